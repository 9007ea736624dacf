//! How many wrong passwords are borne, and how long one then waits. The wait grows with each failure.
//!
//! Failures are counted in three places: for the account, for the source address, and for a browser that has signed in
//! to the account before. A known browser is counted apart, so that a stranger who guesses cannot lock the member out.

use crate::moment::Moment;

/// Where failures are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counter {
    /// Browsers that have never signed in to this account.
    Account,
    /// A browser that has.
    KnownBrowser,
    /// One source address.
    Source,
}

/// What has been counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Count {
    pub failures: i32,
    pub since: Moment,
    pub last: Moment,
}

impl Counter {
    /// How many failures fit into the window.
    pub fn limit(self) -> i32 {
        match self {
            Counter::Account | Counter::KnownBrowser => 10,
            Counter::Source => 25,
        }
    }

    /// The window in seconds.
    pub fn window(self) -> i64 {
        match self {
            Counter::Account | Counter::KnownBrowser => 15 * 60,
            Counter::Source => 5 * 60,
        }
    }

    /// The seconds to wait before another try, or zero.
    pub fn wait(self, count: Count, now: Moment) -> i64 {
        let count = self.current(count, now);
        let until = if count.failures >= self.limit() {
            count.since.plus_seconds(self.window())
        } else if count.failures >= 3 && self != Counter::Source {
            count.last.plus_seconds(1 << (count.failures - 3))
        } else {
            return 0;
        };
        ((until.0 - now.0).max(0) + 999) / 1000
    }

    /// The count with one more try in it.
    pub fn charged(self, count: Count, now: Moment) -> Count {
        let count = self.current(count, now);
        let since = if count.failures == 0 { now } else { count.since };
        Count { failures: count.failures + 1, since, last: now }
    }

    /// What still counts: nothing of a window that is over, or of one that began in what is now the future.
    fn current(self, count: Count, now: Moment) -> Count {
        let over = now >= count.since.plus_seconds(self.window()) || now < count.since;
        if over { Count::default() } else { count }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn start() -> Moment {
        Moment(1_800_000_000_000)
    }

    fn failures(counter: Counter, number: i32) -> Count {
        (0..number).fold(Count::default(), |count, _| counter.charged(count, start()))
    }

    #[test]
    fn the_wait_grows_with_each_failure() {
        let waits: Vec<i64> =
            (0..=10).map(|number| Counter::Account.wait(failures(Counter::Account, number), start())).collect();
        assert_eq!(waits, [0, 0, 0, 1, 2, 4, 8, 16, 32, 64, 900]);
    }

    #[test]
    fn ten_failures_close_an_account_for_the_rest_of_the_window() {
        let count = failures(Counter::Account, 10);
        assert_eq!(Counter::Account.wait(count, start().plus_seconds(899)), 1);
        assert_eq!(Counter::Account.wait(count, start().plus_seconds(900)), 0);
    }

    #[test]
    fn a_source_may_fail_for_several_accounts() {
        assert_eq!(Counter::Source.wait(failures(Counter::Source, 24), start()), 0);
        assert_eq!(Counter::Source.wait(failures(Counter::Source, 25), start()), 300);
    }

    #[test]
    fn a_clock_that_goes_back_locks_nobody_out() {
        let count = failures(Counter::Account, 10);
        assert_eq!(Counter::Account.wait(count, start().plus_seconds(-5400)), 0);
    }
}
