//! Pre-registrations (报备): prospects that a partner has announced to the vendor as its own, so that nobody else works on
//! them for a while.

use serde::{Deserialize, Serialize};

use crate::{
    contact::{CompanyName, Email, PersonName, Phone, Shown},
    ids::{LeadId, PreregistrationId},
    moment::Moment,
    outbox::Reason,
};

mod fields;
mod rules;
pub use fields::ProspectFields;
pub use rules::{Happening, INVITATION_SECONDS, MOST_AT_ONCE, VALID_SECONDS, after, take};

#[cfg(feature = "ssr")]
pub(crate) mod entity;
#[cfg(feature = "ssr")]
mod invitations;
#[cfg(feature = "ssr")]
pub mod planting;
#[cfg(feature = "ssr")]
mod store;

#[cfg(feature = "ssr")]
pub(crate) use invitations::{mark_invited, to_invite};
#[cfg(feature = "ssr")]
pub(crate) use store::of_lead;
#[cfg(feature = "ssr")]
pub use store::{carried_by, develop, expire, get, held_by_us};

/// The name a pre-registration goes by in talk and print, e.g. `BB00000012`.
pub fn display_number(number: i64) -> String {
    format!("BB{number:08}")
}

/// Where a pre-registration stands.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, strum::Display, strum::EnumString, strum::EnumIter,
)]
#[strum(serialize_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(sea_orm::DeriveValueType), sea_orm(value_type = "String"))]
pub enum State {
    /// 待审核
    Pending,
    /// 已报备
    Registered,
    /// 报备失败
    Rejected,
    /// 已邀请
    Invited,
    /// 已关联
    Associated,
    /// 关联失败
    Failed,
    /// 已失效
    Expired,
}

impl State {
    /// Whether it keeps the prospect from everybody else, and counts among those that a partner holds.
    pub fn holds(self) -> bool {
        match self {
            State::Pending | State::Registered | State::Invited => true,
            State::Rejected | State::Associated | State::Failed | State::Expired => false,
        }
    }
}

/// Which pre-registration a lead has become.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    pub id: PreregistrationId,
    pub number: i64,
    pub state: State,
}

/// What a lead already has for its pre-registration, and may not be typed over where marketing plan 2.0 keeps it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Carried {
    /// Whether its phone is a mobile.
    pub mobile: bool,
    pub email: bool,
    /// Whether phone and e-mail stay as they are.
    pub sealed: bool,
}

/// What somebody adds to a lead or changes of it when developing it. What is left out is carried over from the lead.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewPreregistration {
    pub company: Option<CompanyName>,
    pub contact: Option<PersonName>,
    pub mobile: Option<Phone>,
    pub email: Option<Email>,
    /// Whether an invitation is to be sent.
    pub invite: bool,
    pub remark: Option<String>,
}

/// What has become of the invitation that was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Invitation {
    /// It waits for its turn, or for another one after this reason.
    UnderWay(Option<Reason>),
    /// It went out at this time.
    Sent(Moment),
    /// It did not go out, for this reason if one is known.
    NotSent(Option<Reason>),
}

/// A pre-registration as its readers see it.
#[derive(Clone, Debug)]
pub struct PreregistrationRow {
    pub id: PreregistrationId,
    pub number: i64,
    pub lead: LeadId,
    pub lead_number: i64,
    pub company: Shown,
    pub contact: Shown,
    pub mobile: Shown,
    pub email: Shown,
    pub owner: String,
    /// The invitation; nothing, if none was asked for.
    pub invitation: Option<Invitation>,
    pub remark: Option<String>,
    pub state: State,
    pub created_at: Moment,
    pub expires_at: Moment,
}
