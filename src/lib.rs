//! The business of Partner Center: what a lead is, who may do what to it, and how it is stored.
//!
//! The pure half (nouns, decisions, masks) compiles for the server and for the browser and knows no clock, no database
//! and no `async`. The feature `ssr` adds the half that stores.

pub mod access;
pub mod attachments;
pub mod audit;
pub mod calls;
pub mod cells;
pub mod codes;
pub mod contact;
pub mod error;
pub mod exports;
pub mod grants;
pub mod ids;
pub mod imports;
pub mod jobs;
pub mod leads;
pub mod messages;
pub mod moment;
pub mod outbox;
pub mod page;
pub mod password;
pub mod people;
pub mod preferences;
pub mod preregistrations;
pub mod scope;
mod sent;
pub mod views;

#[cfg(feature = "ssr")]
pub mod ctx;
#[cfg(feature = "ssr")]
pub mod keys;
#[cfg(feature = "ssr")]
mod lease;
#[cfg(feature = "ssr")]
pub mod reveal;
#[cfg(feature = "ssr")]
mod sealed_file;
#[cfg(feature = "ssr")]
pub mod vault;
