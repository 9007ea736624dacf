//! Scheduled jobs: what is done every so many minutes, daily, or monthly, each time once over all servers. A run is a row;
//! it is claimed like other work, so a killed run is taken over.

use crate::moment::Moment;

mod schedule;
pub use schedule::Schedule;

#[cfg(feature = "ssr")]
pub(crate) mod entity;
#[cfg(feature = "ssr")]
mod store;
#[cfg(feature = "ssr")]
mod work;

#[cfg(feature = "ssr")]
pub use store::{forget, runs, scheduled};
#[cfg(feature = "ssr")]
pub use work::{Doing, Job, run_now, work};

/// A scheduled job as its readers see it: its latest run, and the latest that failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobRow {
    pub name: String,
    pub last: Run,
    pub last_failed: Option<Run>,
    /// When it is due next.
    pub next_at: Moment,
}

/// A run of a job.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// The time it was due; nothing, if an operator asked for it.
    pub slot: Option<Moment>,
    pub began_at: Moment,
    /// Never, while it runs.
    pub ended_at: Moment,
    /// How many things of all tenants it did something to, for those who may know.
    pub done: Option<u64>,
    /// The code of what stopped it.
    pub failure: Option<String>,
}
