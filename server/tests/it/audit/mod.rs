//! The audit trail.

mod chain;
mod trail;
