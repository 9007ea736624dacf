//! Messages (消息中心): what a member should know of, with a link to the thing.

use serde::{Deserialize, Serialize};

use crate::{ids::LeadId, moment::Moment};

#[cfg(feature = "ssr")]
pub(crate) mod entity;
#[cfg(feature = "ssr")]
mod store;

#[cfg(feature = "ssr")]
pub(crate) use store::{lead_dispatched, plant};
#[cfg(feature = "ssr")]
pub use store::{list, mark_all_read, unread};

/// What a message tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, strum::Display, strum::EnumString)]
#[strum(serialize_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(sea_orm::DeriveValueType), sea_orm(value_type = "String"))]
pub enum Kind {
    LeadDispatched,
}

/// One message of a member's list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageRow {
    pub kind: Kind,
    pub lead: LeadId,
    pub lead_number: Option<i64>,
    pub at: Moment,
    pub is_read: bool,
}
