//! Exports of lists to files (导出): asked for, written by a job with the rights that whoever asked has at that moment,
//! kept for three days. A list offers itself by an arm of [`List`] and by answering what [`Lists`] asks.

use serde::{Deserialize, Serialize};

use crate::{
    access::{Action, Viewer},
    error::Refusal,
    ids::ExportId,
    moment::Moment,
    scope::{Kind, Reasons},
};

mod rules;
pub use rules::{Step, can, seen};

#[cfg(feature = "ssr")]
pub(crate) mod entity;
#[cfg(feature = "ssr")]
mod lists;
#[cfg(feature = "ssr")]
mod spool;
#[cfg(feature = "ssr")]
mod store;
#[cfg(feature = "ssr")]
mod work;

#[cfg(feature = "ssr")]
pub use lists::Lists;
#[cfg(feature = "ssr")]
pub(crate) use store::visible;
#[cfg(feature = "ssr")]
pub use store::{File, cancel, list, open, request, retry};
#[cfg(feature = "ssr")]
pub use work::{expire, work};

/// The most rows of a file.
pub const MOST_ROWS: u64 = 100_000;
/// How long a file is kept, in seconds.
pub const KEPT_SECONDS: i64 = 3 * 86_400;

/// A list that can be exported.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, strum::Display, strum::EnumString, strum::EnumIter,
)]
#[strum(serialize_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(sea_orm::DeriveValueType), sea_orm(value_type = "String"))]
pub enum List {
    Leads,
    Members,
    /// 云审计
    Audit,
}

impl List {
    /// What whoever exports the list must be permitted.
    pub fn action(self) -> Action {
        match self {
            List::Leads => Action::ExportLeads,
            List::Members => Action::ManageMembers,
            List::Audit => Action::ViewAudit,
        }
    }

    /// Why a viewer sees the rows of the list that it sees.
    pub fn reasons(self, viewer: &Viewer) -> Reasons {
        viewer.sees(match self {
            List::Leads => Kind::Leads,
            List::Members => Kind::Colleagues,
            List::Audit => Kind::AuditTrail,
        })
    }
}

/// Whether the viewer may export any list at all.
pub fn any(viewer: &Viewer) -> bool {
    use strum::IntoEnumIterator;
    List::iter().any(|list| viewer.can(list.action()))
}

/// The kind of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::Display, strum::EnumString, strum::EnumIter)]
#[strum(serialize_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(sea_orm::DeriveValueType), sea_orm(value_type = "String"))]
pub enum Format {
    Xlsx,
    /// Comma-separated, UTF-8.
    Csv,
}

/// Where an export stands.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, strum::Display, strum::EnumString, strum::EnumIter,
)]
#[strum(serialize_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(sea_orm::DeriveValueType), sea_orm(value_type = "String"))]
pub enum State {
    /// 排队中
    Queued,
    /// 导出中
    Running,
    /// 已完成
    Done,
    /// 已过期: the file is forgotten.
    Expired,
    /// 失败
    Failed,
    /// 已取消
    Cancelled,
}

/// What is to be exported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    pub list: List,
    /// What is asked of the list: conditions, order, columns. Only the list reads it.
    pub text: String,
    /// The tag of the language that the file speaks.
    pub language: String,
}

/// An export that somebody wants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewExport {
    pub question: Question,
    pub format: Format,
    /// How many rows were found for it.
    pub rows: u64,
}

/// An export as its readers see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportRow {
    pub id: ExportId,
    pub list: List,
    pub language: String,
    pub format: Format,
    pub by: String,
    pub state: State,
    /// Why it failed.
    pub failure: Option<Refusal>,
    /// Rows to be written.
    pub total: u64,
    /// Rows written so far.
    pub written: u64,
    pub created_at: Moment,
    pub ended_at: Moment,
    /// Until when the file is kept, once it is there.
    pub expires_at: Moment,
}
