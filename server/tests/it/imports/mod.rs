//! Imports of leads.

mod files;
mod job;
mod support;
