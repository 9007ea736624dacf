//! What a member has chosen for itself and finds again on every machine: list columns, hidden notices.

#[cfg(feature = "ssr")]
pub(crate) mod entity;
#[cfg(feature = "ssr")]
mod store;

#[cfg(feature = "ssr")]
pub use store::{get, set};

/// A choice that is kept for the member.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::Display, strum::EnumString, strum::EnumIter)]
#[strum(serialize_all = "snake_case")]
pub enum Preference {
    /// The columns hidden in the lead list, comma-separated.
    LeadColumns,
    /// Whether the notice for accounts of the international site is hidden.
    IntlNotice,
    /// Whether keyboard shortcuts are off.
    Keyboard,
}
