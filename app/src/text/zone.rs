//! Time zones that a member may have its instants shown in. Dates of the trade stay those of UTC+8.

use chrono::{DateTime, FixedOffset, Offset, TimeZone};
use chrono_tz::Tz;
use leptos::prelude::*;
use partner_center::moment::Moment;

use super::Locale;

/// The zone of the trade, which is everybody's who has chosen none.
const TRADE: Tz = Tz::Asia__Shanghai;

/// The zones to choose from, from west to east, with their words.
const ZONES: [(Tz, &str, &str); 19] = [
    (Tz::America__Los_Angeles, "洛杉矶", "Los Angeles"),
    (Tz::America__Mexico_City, "墨西哥城", "Mexico City"),
    (Tz::America__New_York, "纽约", "New York"),
    (Tz::America__Sao_Paulo, "圣保罗", "São Paulo"),
    (Tz::UTC, "协调世界时", "UTC"),
    (Tz::Europe__London, "伦敦", "London"),
    (Tz::Europe__Berlin, "柏林", "Berlin"),
    (Tz::Africa__Johannesburg, "约翰内斯堡", "Johannesburg"),
    (Tz::Europe__Istanbul, "伊斯坦布尔", "Istanbul"),
    (Tz::Europe__Moscow, "莫斯科", "Moscow"),
    (Tz::Asia__Riyadh, "利雅得", "Riyadh"),
    (Tz::Asia__Dubai, "迪拜", "Dubai"),
    (Tz::Asia__Kolkata, "加尔各答", "Kolkata"),
    (Tz::Asia__Bangkok, "曼谷", "Bangkok"),
    (Tz::Asia__Jakarta, "雅加达", "Jakarta"),
    (TRADE, "上海", "Shanghai"),
    (Tz::Asia__Singapore, "新加坡", "Singapore"),
    (Tz::Asia__Tokyo, "东京", "Tokyo"),
    (Tz::Australia__Sydney, "悉尼", "Sydney"),
];

/// A time zone of a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Zone(Tz);

impl Default for Zone {
    fn default() -> Zone {
        Zone(TRADE)
    }
}

impl Zone {
    /// Every zone to choose from.
    pub fn all() -> impl Iterator<Item = Zone> {
        ZONES.iter().map(|(tz, ..)| Zone(*tz))
    }

    /// The zone of this name, if it is one to choose.
    pub fn of_name(name: &str) -> Option<Zone> {
        Zone::all().find(|zone| zone.name() == name)
    }

    /// The zone of whoever reads the page that is being made.
    pub fn of_reader() -> Zone {
        use_context().unwrap_or_default()
    }

    /// The zone's name in the tables of the world.
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// The zone's word.
    pub fn word(self, locale: Locale) -> &'static str {
        let found = ZONES.iter().find(|(tz, ..)| *tz == self.0);
        found.map_or("", |(_, chinese, english)| locale.pick(*chinese, *english))
    }

    /// The wall clock of the zone at this instant.
    pub fn clock(self, moment: Moment) -> DateTime<FixedOffset> {
        let utc = DateTime::from_timestamp_millis(moment.0).unwrap_or_default().naive_utc();
        let offset = self.0.offset_from_utc_datetime(&utc).fix();
        offset.from_utc_datetime(&utc)
    }

    /// What a file says beside its times.
    pub fn label(self, locale: Locale) -> String {
        match (self == Zone::default(), locale) {
            (true, _) => "GMT+08:00".to_owned(),
            (false, Locale::Chinese) => format!("{}时间", self.word(locale)),
            (false, Locale::English) => self.word(locale).to_owned(),
        }
    }

    /// What a page says once about its times.
    pub fn note(self, locale: Locale) -> String {
        match (self == Zone::default(), locale) {
            (true, _) => locale.pick("时间均为 GMT+08:00", "Times are GMT+08:00").to_owned(),
            (false, Locale::Chinese) => format!("时间均为{}时间", self.word(locale)),
            (false, Locale::English) => format!("Times are those of {}", self.word(locale)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_zone_knows_summer_and_winter() {
        let new_york = Zone::of_name("America/New_York").unwrap();
        let clock = |moment| new_york.clock(Moment(moment)).format("%Y-%m-%d %H:%M").to_string();
        assert_eq!(clock(1_767_196_800_000), "2025-12-31 11:00");
        assert_eq!(clock(1_783_000_000_000), "2026-07-02 09:46");
    }

    #[test]
    fn every_zone_has_a_name_and_both_words() {
        for zone in Zone::all() {
            assert_eq!(Zone::of_name(zone.name()), Some(zone));
            assert!(!zone.word(Locale::Chinese).is_empty() && !zone.word(Locale::English).is_empty());
        }
        assert_eq!(Zone::of_name("Mars/Olympus"), None);
    }
}
