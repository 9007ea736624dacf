//! Instants and civil dates. Instants are UTC milliseconds; the trade's days are those of UTC+8.

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};

/// The zone in which the trade counts its days (bills, reminders, follow-up dates).
pub const TRADE_OFFSET_SECONDS: i32 = 8 * 3600;

/// An instant, in milliseconds since 1970 UTC. Zero stands for "never" in columns that are sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "ssr", derive(sea_orm::DeriveValueType))]
pub struct Moment(pub i64);

impl Moment {
    /// Never: sorts before everything that happened.
    pub const NEVER: Moment = Moment(0);

    /// The instant that many seconds later (or earlier, if negative).
    pub fn plus_seconds(self, seconds: i64) -> Moment {
        Moment(self.0.saturating_add(seconds.saturating_mul(1000)))
    }

    /// Whether this ever happened.
    pub fn happened(self) -> bool {
        self.0 > 0
    }

    /// The wall clock of the trade's zone at this instant.
    pub fn in_trade_zone(self) -> DateTime<FixedOffset> {
        let zone = FixedOffset::east_opt(TRADE_OFFSET_SECONDS).expect("eight hours are a valid offset");
        DateTime::from_timestamp_millis(self.0).unwrap_or_default().with_timezone(&zone)
    }

    /// The civil date in the trade's zone.
    pub fn trade_date(self) -> NaiveDate {
        self.in_trade_zone().date_naive()
    }

    /// The first instant of a civil date of the trade's zone.
    pub fn start_of(date: NaiveDate) -> Moment {
        let midnight = date.and_hms_opt(0, 0, 0).expect("midnight exists in a fixed offset");
        Moment((midnight.and_utc().timestamp() - i64::from(TRADE_OFFSET_SECONDS)) * 1000)
    }

    /// Now, by the machine's clock. Only the process asks; rules are told.
    #[cfg(feature = "ssr")]
    pub fn now() -> Moment {
        Moment(chrono::Utc::now().timestamp_millis())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_trades_day_begins_at_sixteen_utc() {
        let before = Moment(1_767_196_799_000);
        assert_eq!(before.trade_date().to_string(), "2025-12-31");
        assert_eq!(before.plus_seconds(1).trade_date().to_string(), "2026-01-01");
    }

    #[test]
    fn a_date_begins_where_the_day_before_ends() {
        let date = NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
        assert_eq!(Moment::start_of(date), Moment(1_767_196_800_000));
        assert_eq!(Moment::start_of(date).trade_date(), date);
    }
}
