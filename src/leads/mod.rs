//! Leads (线索): companies that a campaign or a partner found, dispatched to an operator, followed up, developed into
//! customers.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::{
    access::Viewer,
    calls::{CallRow, Muted},
    contact::{CompanyName, Email, PersonName, Phone, Shown},
    error::Refusal,
    ids::{LeadId, MemberId},
    moment::Moment,
    page::{Cursor, Slice, Total},
    preregistrations::Link,
};

mod fields;
mod rules;
pub use crate::sent::Sent;
pub use fields::LeadFields;
pub use rules::{Followed, NEXT_DATE_LIMIT_DAYS, Step, can, follow};

#[cfg(feature = "ssr")]
mod detail;
#[cfg(feature = "ssr")]
mod dispatch;
#[cfg(feature = "ssr")]
pub(crate) mod draft;
#[cfg(feature = "ssr")]
pub(crate) mod entity;
#[cfg(feature = "ssr")]
mod export;
#[cfg(feature = "ssr")]
mod list;
#[cfg(feature = "ssr")]
mod neighbours;
#[cfg(feature = "ssr")]
mod personal;
#[cfg(feature = "ssr")]
pub mod planting;
#[cfg(feature = "ssr")]
mod remind;
#[cfg(feature = "ssr")]
mod reveal;
#[cfg(feature = "ssr")]
pub mod seen;
#[cfg(feature = "ssr")]
mod store;
pub mod timeline;
#[cfg(feature = "ssr")]
mod work;

#[cfg(feature = "ssr")]
pub use detail::{detail, summary};
#[cfg(feature = "ssr")]
pub use dispatch::{Dispatched, dispatch, follower_choices, mark_all};
#[cfg(feature = "ssr")]
pub use export::{exportable, exported, ids_in_order};
#[cfg(feature = "ssr")]
pub use list::{BATCH_LIMIT, SEARCHES_PER_MINUTE, count, list, matching_ids, place};
#[cfg(feature = "ssr")]
pub use neighbours::neighbours;
#[cfg(feature = "ssr")]
pub use personal::has_eye;
#[cfg(feature = "ssr")]
pub(crate) use personal::{email, phone};
#[cfg(feature = "ssr")]
pub use remind::{SILENT_SECONDS, remind};
#[cfg(feature = "ssr")]
pub use reveal::{BULK_ROWS, confirm_bulk, reveal};
#[cfg(feature = "ssr")]
pub use store::{TWINS_PER_MINUTE, create, duplicate_of, follow_up, give_back, place_after, reopen};
#[cfg(feature = "ssr")]
pub(crate) use store::{followed, history, hold, numbers, of_number, step};
#[cfg(feature = "ssr")]
pub use work::{recent, weeks};

/// The provinces and regions a lead may be in, by their ISO 3166-2:CN codes.
pub const REGIONS: [&str; 34] = [
    "BJ", "TJ", "HE", "SX", "NM", "LN", "JL", "HL", "SH", "JS", "ZJ", "AH", "FJ", "JX", "SD", "HA", "HB", "HN", "GD",
    "GX", "HI", "CQ", "SC", "GZ", "YN", "XZ", "SN", "GS", "QH", "NX", "XJ", "TW", "HK", "MO",
];

/// The name a lead goes by in talk and print, e.g. `XS00001234`.
pub fn display_number(number: i64) -> String {
    format!("XS{number:08}")
}

/// The number that somebody reads out, with or without the letters.
pub fn number_of(text: &str) -> Option<i64> {
    let text = text.trim();
    let digits = text.strip_prefix("XS").or_else(|| text.strip_prefix("xs")).unwrap_or(text);
    let sound = !digits.is_empty() && digits.len() <= 18 && digits.bytes().all(|byte| byte.is_ascii_digit());
    if sound { digits.parse().ok() } else { None }
}

/// Where a lead stands.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    strum::Display,
    strum::EnumString,
    strum::EnumIter,
)]
#[strum(serialize_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(sea_orm::DeriveValueType), sea_orm(value_type = "String"))]
pub enum State {
    /// 待派发
    Undispatched,
    /// 待跟进
    Dispatched,
    /// 跟进中
    Following,
    /// 已转化
    Converted,
    /// 无效
    Invalid,
}

/// Where a lead came from.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, strum::Display, strum::EnumString, strum::EnumIter,
)]
#[strum(serialize_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(sea_orm::DeriveValueType), sea_orm(value_type = "String"))]
pub enum Source {
    /// 华为派发
    Vendor,
    /// 伙伴自建
    Own,
    /// 官网
    Website,
    /// 市场活动
    Event,
    /// 转介绍
    Referral,
    /// 其他
    Other,
}

/// The trade a lead's company is in.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, strum::Display, strum::EnumString, strum::EnumIter,
)]
#[strum(serialize_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(sea_orm::DeriveValueType), sea_orm(value_type = "String"))]
pub enum Industry {
    Internet,
    Manufacturing,
    Retail,
    Logistics,
    Finance,
    Healthcare,
    Education,
    Government,
    Energy,
    Catering,
    Gaming,
    Media,
    Other,
}

/// A cloud product that a lead shows interest in.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, strum::Display, strum::EnumString, strum::EnumIter,
)]
#[strum(serialize_all = "snake_case")]
pub enum Product {
    Ecs,
    Rds,
    Obs,
    Cce,
    Modelarts,
    Gaussdb,
    Cdn,
    Waf,
    Dws,
    Meeting,
    Dedicated,
    Sap,
}

/// How somebody followed a lead up.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, strum::Display, strum::EnumString, strum::EnumIter,
)]
#[strum(serialize_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(sea_orm::DeriveValueType), sea_orm(value_type = "String"))]
pub enum Way {
    Phone,
    Call,
    Email,
    Visit,
    Wechat,
    Other,
}

/// What came of a follow-up.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, strum::Display, strum::EnumString, strum::EnumIter,
)]
#[strum(serialize_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(sea_orm::DeriveValueType), sea_orm(value_type = "String"))]
pub enum Outcome {
    /// 有意向
    Interested,
    /// 需再次跟进
    Again,
    /// 未接通
    Unreached,
    /// 暂无需求
    NoNeed,
    /// 无效线索
    Invalid,
    /// 已发展客户
    Developed,
}

/// Why a lead is invalid.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, strum::Display, strum::EnumString, strum::EnumIter,
)]
#[strum(serialize_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(sea_orm::DeriveValueType), sea_orm(value_type = "String"))]
pub enum InvalidReason {
    WrongNumber,
    Duplicate,
    NotTarget,
    Competitor,
    Other,
}

/// A column that is masked until its eye is clicked.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    strum::Display,
    strum::EnumString,
    strum::EnumIter,
)]
#[strum(serialize_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Field {
    Company,
    Contact,
    Phone,
    Email,
}

impl Field {
    /// Whether the field stays anonymised for everybody in a tenant of marketing plan 2.0.
    pub fn is_sealed_by_plan_2(self) -> bool {
        matches!(self, Field::Phone | Field::Email)
    }
}

/// What may be sorted by. Never a masked field: an order tells about the values.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, strum::Display, strum::EnumString, strum::EnumIter)]
#[strum(serialize_all = "snake_case")]
pub enum Sort {
    /// The newest first.
    #[default]
    Created,
    /// The most recently dispatched first.
    Dispatched,
    /// The most recently followed first.
    Followed,
}

/// When the next follow-up of a lead is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::Display, strum::EnumString, strum::EnumIter)]
#[strum(serialize_all = "snake_case")]
pub enum Due {
    /// Its date has passed.
    Overdue,
    /// Its date is today's, in the trade's zone.
    Today,
    /// Its date lies within the next seven days.
    Soon,
}

/// What a list is narrowed to. Conditions combine with AND; empty texts do not count.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// The number as somebody reads it out.
    pub number: String,
    pub company: String,
    pub contact: String,
    pub follower: String,
    pub campaign: String,
    pub state: Option<State>,
    pub source: Option<Source>,
    /// Dispatched on this day of the trade's zone or later.
    pub dispatched_from: Option<NaiveDate>,
    /// Dispatched on this day or earlier.
    pub dispatched_to: Option<NaiveDate>,
    pub due: Option<Due>,
}

/// What is asked of the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    pub filter: Filter,
    pub sort: Sort,
    /// From the oldest on.
    pub ascending: bool,
    pub slice: Slice,
    /// The columns whose eye is open for this reader by a grant.
    pub open: Vec<Field>,
    /// The address of the page that opens columns, if any does; opening many rows is confirmed for one page.
    pub place: String,
}

/// A lead as a line in a list.
#[derive(Clone, Debug)]
pub struct LeadRow {
    pub id: LeadId,
    pub number: i64,
    pub company: Shown,
    pub contact: Shown,
    pub phone: Shown,
    pub email: Shown,
    pub campaign: Option<String>,
    pub source: Source,
    pub follower: Option<String>,
    pub state: State,
    pub created_at: Moment,
    pub dispatched_at: Moment,
    pub followed_at: Moment,
    pub next_on: Option<NaiveDate>,
    /// What this viewer may do to it now.
    pub steps: Vec<Step>,
}

/// A lead beside another one in a list, and its place there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Beside {
    pub id: LeadId,
    pub place: Cursor,
}

/// The leads before and after one in a list.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Neighbours {
    pub previous: Option<Beside>,
    pub next: Option<Beside>,
}

/// What was done with leads in a week.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Week {
    /// Its Monday.
    pub from: NaiveDate,
    pub entered: Total,
    pub followed: Total,
    pub converted: Total,
}

/// A lead on its own page.
#[derive(Clone, Debug)]
pub struct LeadDetail {
    pub row: LeadRow,
    pub follower_id: Option<MemberId>,
    pub title: Option<String>,
    pub industry: Option<Industry>,
    pub region: Option<String>,
    pub need: Option<String>,
    pub products: Vec<Product>,
    pub creator: String,
    pub invalid_reason: Option<InvalidReason>,
    pub entries: Vec<timeline::Entry>,
    /// The calls that were made to it, the newest first.
    pub calls: Vec<CallRow>,
    /// Whether its number is not to be called.
    pub muted: Option<Muted>,
    /// What it was developed into.
    pub preregistration: Option<Link>,
}

impl LeadDetail {
    /// Whether this viewer may take the step with it now.
    pub fn can(&self, step: Step, viewer: &Viewer) -> Result<(), Refusal> {
        can(step, self.row.state, self.follower_id, viewer)?;
        let has_phone = !self.row.phone.is_absent();
        match step {
            Step::Call | Step::Mute | Step::Unmute if !has_phone => Err(Refusal::NoPhone),
            Step::Mute if self.muted.is_some() => Err(Refusal::DoNotCall),
            Step::Unmute if self.muted.is_none() => Err(Refusal::NotMuted),
            Step::Call
            | Step::Mute
            | Step::Unmute
            | Step::Develop
            | Step::Dispatch
            | Step::Follow
            | Step::Return
            | Step::Reopen => Ok(()),
        }
    }
}

/// A lead that somebody wants to enter, already checked field by field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewLead {
    pub company: CompanyName,
    pub contact: PersonName,
    pub phone: Option<Phone>,
    pub email: Option<Email>,
    pub title: Option<String>,
    pub industry: Option<Industry>,
    pub region: Option<String>,
    pub campaign: Option<String>,
    pub source: Source,
    pub need: Option<String>,
    pub products: Vec<Product>,
    pub follower: Option<MemberId>,
}

/// A follow-up that somebody wants to record.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewFollowUp {
    pub way: Way,
    pub outcome: Outcome,
    pub content: String,
    pub next_on: Option<NaiveDate>,
    pub reason: Option<InvalidReason>,
}

/// A member to whom leads may be dispatched, or the reason why not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FollowerChoice {
    pub id: MemberId,
    pub name: String,
    pub account: String,
    pub open_leads: u64,
    pub refusal: Option<Refusal>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_found_however_it_is_read_out() {
        for text in ["XS00001234", "xs00001234", " 1234 ", "00001234"] {
            assert_eq!(number_of(text), Some(1234), "{text}");
        }
        assert_eq!(number_of(&display_number(7)), Some(7));
        for text in ["", "XS", "12a", "-3", "9999999999999999999", "ХS12"] {
            assert_eq!(number_of(text), None, "{text}");
        }
    }
}
