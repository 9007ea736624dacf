//! How often and how long a letter is tried.

/// How many times a letter is handed over before it is given up.
pub const MOST_TRIES: i32 = 6;
/// How long one try may take, in seconds: less than the lease, so that two servers do not try at once.
pub const TRY_SECONDS: u64 = 20;

/// How long to wait after so many tries, in seconds; nothing, if there is no further one.
pub fn wait_after(tries: i32) -> Option<i64> {
    match tries {
        ..=1 => Some(30),
        2 => Some(2 * 60),
        3 => Some(10 * 60),
        4 => Some(60 * 60),
        5 => Some(6 * 60 * 60),
        MOST_TRIES.. => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_wait_grows_and_ends() {
        let waits: Vec<Option<i64>> = (1..=MOST_TRIES).map(wait_after).collect();
        assert_eq!(waits, [Some(30), Some(120), Some(600), Some(3_600), Some(21_600), None]);
    }
}
