//! Messages and the letters that go with them.

mod inbox;
mod letters;
mod mail;
mod parties;
mod receivers;
mod reminders;
pub mod support;
