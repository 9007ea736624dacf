//! Outbound calls: the dialog that starts one, its page while it goes on and afterwards, numbers that are not called, and
//! a tenant's rules.

pub mod islands;

#[cfg(feature = "ssr")]
mod call;
#[cfg(feature = "ssr")]
mod dialogs;
#[cfg(feature = "ssr")]
mod events;
#[cfg(feature = "ssr")]
mod settings;
#[cfg(feature = "ssr")]
mod table;
#[cfg(feature = "ssr")]
pub mod text;

#[cfg(feature = "ssr")]
pub use call::{CallOutcome, CallPage, CancelCall};
#[cfg(feature = "ssr")]
pub use dialogs::{CallStep, CallStepPage, MuteStep, MuteStepPage, UnmuteStep, UnmuteStepPage};
#[cfg(feature = "ssr")]
pub use events::events;
#[cfg(feature = "ssr")]
pub use settings::{CallSettings, CallSettingsPage};
#[cfg(feature = "ssr")]
pub use table::call_list;
