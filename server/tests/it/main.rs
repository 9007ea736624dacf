//! The product as a whole: the real router, the real database, the cast of the demo. One binary, because each one more
//! links everything again.
#![recursion_limit = "512"]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

mod support;

mod access;
mod account;
mod audit;
mod browser_side;
mod calls;
mod canary;
mod codes;
mod exports;
mod home;
mod imports;
mod jobs;
mod kills;
mod leads;
mod messages;
mod operation;
mod pairs;
mod people;
mod preregistrations;
mod tidy;
mod views;
