//! The audit trail.

mod chain;
mod closed;
mod trail;
