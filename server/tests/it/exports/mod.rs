//! Exports of lists.

mod access;
mod files;
mod job;
mod lists;
pub mod support;
