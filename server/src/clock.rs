//! The clock of the process. Tests move it; nothing else asks the machine for the time.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use partner_center::moment::Moment;

/// The machine's clock, moved by so much.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    ahead: Arc<AtomicI64>,
}

impl Clock {
    /// Now.
    pub fn now(&self) -> Moment {
        Moment(Moment::now().0 + self.ahead.load(Ordering::Relaxed))
    }

    /// Moves the clock by so many seconds, forward or back.
    pub fn advance(&self, seconds: i64) {
        self.ahead.fetch_add(seconds * 1000, Ordering::Relaxed);
    }
}
