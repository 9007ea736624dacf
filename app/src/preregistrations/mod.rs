//! Pre-registrations: the dialog that develops a lead into one, and its page.

mod detail;
mod develop;
pub mod text;

pub use detail::ProspectPage;
pub use develop::{DevelopStep, DevelopStepPage};
