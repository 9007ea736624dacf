//! What browsers and those who imitate them send, and what they get.

mod bad_input;
mod csrf;
pub mod headers;
mod statements;
