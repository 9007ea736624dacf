//! How long a code is good, how often it may be guessed at, how many are sent.

use crate::moment::Moment;

/// How long a code is good, in seconds.
pub const LIFE_SECONDS: i64 = 600;
/// So many wrong tries, and a code is worth nothing.
pub const MOST_WRONG: i32 = 3;
/// How many codes a receiver gets: so many in so many seconds.
pub const QUOTAS: [(u64, i64); 2] = [(15, 3_600), (60, 86_400)];

/// Whether the life of a code that was sent then is over.
pub fn is_over(sent_at: Moment, now: Moment) -> bool {
    now > sent_at.plus_seconds(LIFE_SECONDS)
}

/// How long a receiver has to wait for another code, in seconds, given when it got the latest ones, the newest first.
pub fn wait_for_another(sent: &[Moment], now: Moment) -> Option<i64> {
    let wait = QUOTAS.iter().filter_map(|(most, seconds)| {
        // The window is free again when the one that fills it has left.
        let fills = sent.get(*most as usize - 1)?;
        let free_at = fills.plus_seconds(*seconds);
        (free_at > now).then(|| (free_at.0 - now.0 + 999) / 1000)
    });
    wait.max()
}

/// Whether this is what a code looks like.
pub fn is_code(text: &str) -> bool {
    text.len() == 6 && text.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    const START: Moment = Moment(1_800_000_000_000);

    #[test]
    fn a_code_is_good_for_ten_minutes_and_no_second_longer() {
        assert!(!is_over(START, START.plus_seconds(600)));
        assert!(is_over(START, START.plus_seconds(601)));
    }

    /// The times of so many codes, one each so many seconds, the newest first, and the time of the next.
    fn sent(number: i64, every: i64) -> (Vec<Moment>, Moment) {
        ((0..number).rev().map(|place| START.plus_seconds(place * every)).collect(), START.plus_seconds(number * every))
    }

    #[test]
    fn fifteen_codes_fit_into_an_hour() {
        let (fourteen, now) = sent(14, 1);
        assert_eq!(wait_for_another(&fourteen, now), None);
        let (fifteen, now) = sent(15, 1);
        assert_eq!(wait_for_another(&fifteen, now), Some(3_600 - 15));
        assert_eq!(wait_for_another(&fifteen, START.plus_seconds(3_599)), Some(1));
        assert_eq!(wait_for_another(&fifteen, START.plus_seconds(3_600)), None);
    }

    #[test]
    fn sixty_codes_fit_into_a_day() {
        let (fifty_nine, now) = sent(59, 300);
        assert_eq!(wait_for_another(&fifty_nine, now), None);
        let (sixty, now) = sent(60, 300);
        assert_eq!(wait_for_another(&sixty, now), Some(86_400 - 60 * 300));
        assert_eq!(wait_for_another(&sixty, START.plus_seconds(86_400)), None);
    }

    #[test]
    fn only_six_digits_are_a_code() {
        assert!(is_code("012345"));
        for text in ["", "12345", "1234567", "12345a", "１２３４５６", "-12345"] {
            assert!(!is_code(text), "{text}");
        }
    }
}
