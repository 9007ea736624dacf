//! Keyboard shortcuts: one island that listens, a dialog that explains, and the member's choice to be without them.

mod island;
#[cfg(feature = "ssr")]
mod page;
#[cfg(feature = "ssr")]
mod text;

pub use island::Keys;
#[cfg(feature = "ssr")]
pub use page::{Keyboard, KeyboardForm, KeyboardPage};
