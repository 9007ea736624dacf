//! Leads, from entering to closing.

mod attachments;
mod dispatch;
mod duplicates;
pub mod eye;
mod eye_without_javascript;
mod follow_up;
mod neighbours;
mod paging;
mod races;
mod scope;
mod search;
