//! Outbound calls.

mod callbacks;
mod canary;
mod course;
mod do_not_call;
mod drafts;
mod events;
mod meanwhile;
mod placing;
mod refusals;
mod settings;
pub mod support;
mod turns;
mod upkeep;
