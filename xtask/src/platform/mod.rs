//! What differs between Unix and other systems.

#[cfg(not(unix))]
mod other;
#[cfg(unix)]
mod unix;

#[cfg(not(unix))]
pub use other::{become_program, give_to, is_alive, is_root, run_as, signal};
#[cfg(unix)]
pub use unix::{become_program, give_to, is_alive, is_root, run_as, signal};
