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
    standing: Option<Moment>,
}

impl Clock {
    /// A clock that stands still until it is moved.
    pub fn standing(at: Moment) -> Clock {
        Clock { standing: Some(at), ..Clock::default() }
    }

    /// Now.
    pub fn now(&self) -> Moment {
        let machine = self.standing.unwrap_or_else(Moment::now);
        Moment(machine.0 + self.ahead.load(Ordering::Relaxed))
    }

    /// Moves the clock by so many seconds, forward or back.
    pub fn advance(&self, seconds: i64) {
        self.ahead.fetch_add(seconds * 1000, Ordering::Relaxed);
    }
}
