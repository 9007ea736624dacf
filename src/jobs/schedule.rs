//! When a job is due, in the trade's zone. A slot is an instant at which it is.

use chrono::{Datelike, Days, Months, NaiveDate};

use crate::moment::Moment;

/// How often a job is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Schedule {
    /// Every so many minutes, counted from midnight where an hour or a day is a multiple of them.
    Every { minutes: u32 },
    /// Every day at this time.
    Daily { hour: u32, minute: u32 },
    /// Every month on this day, which every month has, at this time.
    Monthly { day: u32, hour: u32, minute: u32 },
}

impl Schedule {
    /// The latest slot up to now. Those before it are made up for by it.
    pub fn latest(self, now: Moment) -> Moment {
        let today = now.trade_date();
        match self {
            Schedule::Every { minutes } => {
                let length = i64::from(minutes.max(1)) * 60_000;
                let midnight = Moment::start_of(NaiveDate::default());
                Moment(midnight.0 + (now.0 - midnight.0).div_euclid(length) * length)
            }
            Schedule::Daily { hour, minute } => {
                let slot = at(today, hour, minute);
                if slot <= now { slot } else { at(today - Days::new(1), hour, minute) }
            }
            Schedule::Monthly { day, hour, minute } => {
                let this_month = on(today, day);
                let slot = at(this_month, hour, minute);
                if slot <= now { slot } else { at(this_month - Months::new(1), hour, minute) }
            }
        }
    }

    /// The first slot after this one.
    pub fn after(self, slot: Moment) -> Moment {
        match self {
            Schedule::Every { minutes } => slot.plus_seconds(i64::from(minutes.max(1)) * 60),
            Schedule::Daily { .. } => slot.plus_seconds(86_400),
            Schedule::Monthly { day, hour, minute } => at(on(slot.trade_date(), day) + Months::new(1), hour, minute),
        }
    }
}

fn on(date: NaiveDate, day: u32) -> NaiveDate {
    date.with_day(day.clamp(1, 28)).expect("every month has 28 days")
}

fn at(date: NaiveDate, hour: u32, minute: u32) -> Moment {
    Moment::start_of(date).plus_seconds(i64::from(hour) * 3600 + i64::from(minute) * 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn slot(schedule: Schedule, now: &str) -> String {
        let naive = chrono::NaiveDateTime::parse_from_str(now, "%Y-%m-%d %H:%M").unwrap();
        let seconds = chrono::Timelike::num_seconds_from_midnight(&naive);
        let now = Moment::start_of(naive.date()).plus_seconds(i64::from(seconds));
        let latest = schedule.latest(now);
        let shown = |moment: Moment| moment.in_trade_zone().format("%Y-%m-%d %H:%M").to_string();
        assert!(latest <= now && now < schedule.after(latest), "{now:?} lies in the slot");
        assert_eq!(schedule.latest(latest), latest, "a slot is its own");
        assert_eq!(schedule.latest(schedule.after(latest)), schedule.after(latest), "the next is a slot");
        format!("{} then {}", shown(latest), shown(schedule.after(latest)))
    }

    #[test]
    fn slots_are_those_of_the_trades_zone() {
        let every = |minutes| Schedule::Every { minutes };
        assert_eq!(slot(every(10), "2026-01-01 00:09"), "2026-01-01 00:00 then 2026-01-01 00:10");
        assert_eq!(slot(every(60), "2026-01-01 23:59"), "2026-01-01 23:00 then 2026-01-02 00:00");
        assert_eq!(slot(every(1440), "2026-01-01 07:59"), "2026-01-01 00:00 then 2026-01-02 00:00");
        let daily = Schedule::Daily { hour: 2, minute: 30 };
        assert_eq!(slot(daily, "2026-03-01 02:29"), "2026-02-28 02:30 then 2026-03-01 02:30");
        assert_eq!(slot(daily, "2026-03-01 02:30"), "2026-03-01 02:30 then 2026-03-02 02:30");
        let monthly = Schedule::Monthly { day: 1, hour: 3, minute: 0 };
        assert_eq!(slot(monthly, "2026-01-01 02:59"), "2025-12-01 03:00 then 2026-01-01 03:00");
        assert_eq!(slot(monthly, "2026-01-31 12:00"), "2026-01-01 03:00 then 2026-02-01 03:00");
    }
}
