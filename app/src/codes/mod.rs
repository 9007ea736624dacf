//! Verification codes: the dialog that asks for one over whatever page was refused, and the switch.

pub mod islands;

#[cfg(feature = "ssr")]
mod dialog;
#[cfg(feature = "ssr")]
mod switch;
#[cfg(feature = "ssr")]
pub mod text;

#[cfg(feature = "ssr")]
pub use dialog::CodeDialog;
#[cfg(feature = "ssr")]
pub use switch::{SwitchForm, VerificationPage};
