//! What every test stands on: a database of its own, servers on it, and people with browsers.

mod app;
mod client;
mod database;
mod html;
mod leads;
mod tally;

pub use app::App;
pub use client::{Answer, Client, HOST, encoded};
pub use database::{empty as empty_database, is_postgres};
pub use html::{hidden_fields, inside, linked, tags};
pub use leads::{Lead, Wanted};
pub use tally::only_audit;

/// How many rounds a test makes that repeats itself: few by default, all with `cargo xtask test --long`.
pub fn rounds(short: usize, long: usize) -> usize {
    if std::env::var_os("PARTNER_CENTER_LONG").is_some() { long } else { short }
}

/// Everybody of the demo who takes part in the tests, as tenant and account.
pub const CAST: [&str; 14] = [
    "yunfan/admin",
    "yunfan/lin",
    "yunfan/chen",
    "yunfan/wu",
    "yunfan/qian",
    "yunfan/sun",
    "qingshan/admin",
    "qingshan/he",
    "xinghe/admin",
    "xinghe/ma",
    "zhiyun/admin",
    "platform/reviewer",
    "platform/operator",
    "haitang/admin",
];
