//! A lead's history as its readers see it.

use chrono::NaiveDate;

use super::{InvalidReason, Outcome, Way};
use crate::{attachments::Attachment, calls::CallResult, moment::Moment};

/// One line of a lead's history.
#[derive(Clone, Debug)]
pub struct Entry {
    pub at: Moment,
    pub author: String,
    pub what: What,
    /// The files that hang on it.
    pub files: Vec<Attachment>,
}

/// What happened to a lead.
#[derive(Clone, Debug)]
pub enum What {
    Created,
    Imported,
    Dispatched { to: String },
    Returned { reason: String },
    Followed { way: Way, outcome: Outcome, content: String, next_on: Option<NaiveDate>, reason: Option<InvalidReason> },
    Reopened { reason: String },
    Developed,
    Called { result: Option<CallResult>, seconds: Option<i64> },
}
