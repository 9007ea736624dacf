//! Verification codes (验证码验证): six digits, sent to whoever is about to do something that cannot be taken back, good
//! for this very act, once, for ten minutes. One engine for pages and for whatever else acts for a member.

use serde::{Deserialize, Serialize};

use crate::{
    access::TenantKind,
    contact::Shown,
    messages::Channel,
    moment::Moment,
    outbox::{Reason, State},
};

mod operation;
pub mod rules;

#[cfg(feature = "ssr")]
mod confirm;
#[cfg(feature = "ssr")]
pub(crate) mod entity;
#[cfg(feature = "ssr")]
mod send;
#[cfg(feature = "ssr")]
mod switch;

#[cfg(feature = "ssr")]
pub use confirm::{Passed, demand, is_fresh};
pub use operation::Operation;
pub use rules::LIFE_SECONDS;
#[cfg(feature = "ssr")]
pub(crate) use rules::is_over;
#[cfg(feature = "ssr")]
pub use send::sweep;
#[cfg(feature = "ssr")]
pub(crate) use send::{needed, operation_of};
#[cfg(feature = "ssr")]
pub(crate) use switch::asks_for;
#[cfg(feature = "ssr")]
pub use switch::{is_on, set};

/// What a code is asked for.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, strum::Display, strum::EnumString, strum::EnumIter,
)]
#[strum(serialize_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Sensitive {
    /// Opening a masked column for many rows at once.
    RevealMany,
    /// Asking for no codes any more.
    SwitchOff,
    /// Saying who may do what: a new member's roles, another's, and what a role of the tenant's own holds.
    ChangeRoles,
    /// Paying an order for a customer from the balance.
    PayOrder,
    /// Allocating to a customer's account or reclaiming from it.
    AdjustAccount,
    /// Issuing and reclaiming coupons.
    Coupons,
    /// Giving coupon quotas to resellers.
    CouponQuotas,
    /// Changing the price of a marketplace order.
    MarketplacePrice,
    /// Ending an association with a customer, or switching its type.
    Disassociate,
    /// Handling what the other side asks for about an association: its end, or another type.
    HandleDisassociation,
    /// Letting a partner act for one, or letting it no longer.
    AuthorisePartner,
    /// Taking money out.
    Withdraw,
    /// Making credentials for the API.
    CreateCredential,
    /// Ending an exclusive discount before its time.
    InvalidateOffer,
}

impl Sensitive {
    /// What a tenant of this kind is asked for a code before.
    pub fn of(kind: TenantKind) -> Vec<Sensitive> {
        use Sensitive::*;
        // What every partner does, and what some do beside it.
        let partners = [SwitchOff, ChangeRoles, CreateCredential, RevealMany, InvalidateOffer, Withdraw];
        let funds = [PayOrder, AdjustAccount, Coupons];
        match kind {
            TenantKind::SolutionProvider => {
                [&partners[..], &funds, &[MarketplacePrice, Disassociate, HandleDisassociation]].concat()
            }
            TenantKind::Distributor => [&partners[..], &funds, &[CouponQuotas]].concat(),
            TenantKind::Reseller => [&partners[..], &funds].concat(),
            TenantKind::Customer => vec![HandleDisassociation, AuthorisePartner],
            TenantKind::Merchant | TenantKind::Platform => Vec::new(),
        }
    }

    /// Whether a tenant of this kind is asked for a code whatever its switch says: money that leaves always takes one,
    /// and a customer has no switch.
    pub fn is_always(self, kind: TenantKind) -> bool {
        self == Sensitive::Withdraw || kind == TenantKind::Customer
    }

    /// Whether the product has the act yet; the others are covered as soon as they come.
    pub fn is_here(self) -> bool {
        match self {
            Sensitive::RevealMany | Sensitive::SwitchOff | Sensitive::ChangeRoles => true,
            Sensitive::CreateCredential
            | Sensitive::InvalidateOffer
            | Sensitive::Withdraw
            | Sensitive::PayOrder
            | Sensitive::AdjustAccount
            | Sensitive::Coupons
            | Sensitive::CouponQuotas
            | Sensitive::MarketplacePrice
            | Sensitive::Disassociate
            | Sensitive::HandleDisassociation
            | Sensitive::AuthorisePartner => false,
        }
    }
}

/// What comes along with the form of a sensitive act.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Typed<'f> {
    /// The code.
    pub code: &'f str,
    /// The channel by which another code is wanted instead.
    pub by: &'f str,
    /// Counts the form once, however often it is sent: one click sends one code.
    pub token: Option<uuid::Uuid>,
}

/// A code is needed: how one may get it, and what became of the one before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Needed {
    pub operation: Sensitive,
    /// The viewer's own mobile number and e-mail address, masked; nothing, where there is none.
    pub sms: Option<Shown>,
    pub email: Option<Shown>,
    /// The newest code for this act, if it may still be typed in.
    pub sent: Option<Sent>,
    pub trouble: Option<Trouble>,
}

/// A code that is on its way or there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sent {
    pub by: Channel,
    pub at: Moment,
    /// The last instant at which it is good.
    pub until: Moment,
    pub tries_left: i32,
    /// Whether the letter with it is out, and if not, why.
    pub state: State,
    pub reason: Option<Reason>,
}

/// Why a code did not help, or was not sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// It is another one.
    Wrong { tries_left: i32 },
    /// It has been guessed at too often.
    UsedUp,
    /// Its ten minutes are over.
    Expired,
    /// None was sent for this act, in this session.
    NotSent,
    /// The receiver has got as many as it may get for now.
    TooMany { retry_after: i64 },
    /// The viewer has no such address.
    NoAddress,
}
