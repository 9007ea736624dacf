//! Scheduled jobs, and the page that tells of the work in the background.

mod page;
mod schedule;
