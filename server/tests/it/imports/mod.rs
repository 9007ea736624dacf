//! Imports of leads.

mod files;
mod job;
pub mod support;
