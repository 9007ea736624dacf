//! Who may call what, and on whose rows.

pub mod calls;
mod coverage;
mod offers;
