//! Exports of lists.

mod access;
mod files;
mod job;
pub mod support;
