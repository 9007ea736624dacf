//! Numbers, dates and times, the same way on every page. Times are those of the reader's zone, which each page says once;
//! dates are those of the trade.

use chrono::NaiveDate;
use partner_center::moment::Moment;

use super::{Locale, Zone};

/// What stands where there is nothing.
pub const NOTHING: &str = "--";

/// `2026-11-23`
pub fn date(date: Option<NaiveDate>) -> String {
    date.map_or_else(|| NOTHING.to_owned(), |date| date.to_string())
}

/// `2026-11-23 14:08:00`, by the reader's clock.
pub fn date_time(moment: Moment) -> String {
    date_time_in(Zone::of_reader(), moment)
}

/// The same by the clock of this zone.
pub fn date_time_in(zone: Zone, moment: Moment) -> String {
    if !moment.happened() {
        return NOTHING.to_owned();
    }
    zone.clock(moment).format("%Y-%m-%d %H:%M:%S").to_string()
}

/// `14:08:00` by the reader's clock.
pub fn clock_time(moment: Moment) -> String {
    Zone::of_reader().clock(moment).format("%H:%M:%S").to_string()
}

/// How long ago, for messages: minutes and hours, then the date.
pub fn relative(locale: Locale, moment: Moment, now: Moment) -> String {
    let minutes = (now.0 - moment.0).max(0) / 60_000;
    match minutes {
        0 => locale.pick("刚刚", "just now").to_owned(),
        1..60 => locale.pick(format!("{minutes} 分钟前").as_str(), format!("{minutes} min ago").as_str()).to_owned(),
        60..1440 => {
            let hours = minutes / 60;
            locale.pick(format!("{hours} 小时前").as_str(), format!("{hours} h ago").as_str()).to_owned()
        }
        1440..525_600 => Zone::of_reader().clock(moment).format("%m-%d %H:%M").to_string(),
        _ => Zone::of_reader().clock(moment).format("%Y-%m-%d %H:%M").to_string(),
    }
}

/// `2 条`, `1 row`, `2,000 rows`: a number and what it counts, which English says otherwise for one.
pub fn counted(locale: Locale, count: u64, chinese: &str, [one, many]: [&str; 2]) -> String {
    let english = if count == 1 { one } else { many };
    format!("{} {}", number(count), locale.pick(chinese, english))
}

/// `12,345`
pub fn number(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    grouped
}

/// `1.5 MB`, in units of 1,024.
pub fn size(bytes: u64) -> String {
    match bytes {
        0..1024 => format!("{bytes} B"),
        1024..1_048_576 => format!("{} KB", bytes.div_ceil(1024)),
        _ => format!("{:.1} MB", bytes as f64 / 1_048_576.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_separated() {
        assert_eq!(number(0), "0");
        assert_eq!(number(999), "999");
        assert_eq!(number(1_234_567), "1,234,567");
    }

    #[test]
    fn sizes_have_their_unit() {
        assert_eq!([0, 1023, 1024, 1500, 1_572_864].map(size), ["0 B", "1023 B", "1 KB", "2 KB", "1.5 MB"]);
    }

    #[test]
    fn whoever_has_chosen_no_zone_has_that_of_the_trade() {
        assert_eq!(date_time(Moment(1_767_196_800_000)), "2026-01-01 00:00:00");
        assert_eq!(date_time(Moment::NEVER), "--");
    }

    #[test]
    fn recent_times_are_relative() {
        let now = Moment(1_767_196_800_000);
        let ago = |seconds: i64| relative(Locale::English, now.plus_seconds(-seconds), now);
        assert_eq!([ago(5), ago(180), ago(7200), ago(90_000)], ["just now", "3 min ago", "2 h ago", "12-30 23:00"]);
    }
}
