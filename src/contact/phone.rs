//! Telephone numbers of mainland China.

use super::text::{end, folded, line, start};
use super::{Flaw, Revealed, STARS, Secret, Shown};

/// A Chinese mobile or landline number, kept as `13800138000` or `010-88886666-12`.
///
/// It cannot be serialized,
/// ```compile_fail,E0277
/// fn leaves<T: serde::Serialize>(_: T) {}
/// fn answer(phone: partner_center::contact::Phone) {
///     leaves(phone);
/// }
/// ```
/// nor printed,
/// ```compile_fail,E0277
/// fn prints<T: std::fmt::Display>(_: T) {}
/// fn answer(phone: partner_center::contact::Phone) {
///     prints(phone);
/// }
/// ```
/// nor shown clear by code that has not written the audit trail.
/// ```compile_fail
/// fn answer(phone: partner_center::contact::Phone) -> partner_center::contact::Shown {
///     phone.clear(&partner_center::contact::Revealed::recorded())
/// }
/// ```
/// What leaves is a mask.
/// ```
/// fn leaves<T: serde::Serialize>(_: T) {}
/// fn answer(phone: partner_center::contact::Phone) {
///     leaves(phone.masked());
/// }
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Phone(Secret);

impl Phone {
    /// Reads a number in the spellings people type: `+86 138-0013-8000`, `(010) 88886666 转 12`, full-width digits.
    pub fn parse(text: &str) -> Result<Self, Flaw> {
        let text = folded(&line(text, 1, 40)?);
        let (number, extension) = match EXTENSION_MARKS.iter().find_map(|mark| text.split_once(mark)) {
            Some((number, extension)) => (number, Some(dashed(extension.trim_start_matches(':'))?)),
            None => (text.as_str(), None),
        };
        let number = national(&dashed(number)?);
        let normalised = match extension {
            None if number.starts_with('1') => mobile(&digits(&number))?,
            Some(_) if number.starts_with('1') => return Err(Flaw::Malformed),
            extension => landline(&number, extension.as_deref())?,
        };
        Ok(Self(Secret(normalised)))
    }

    /// Whether it is a mobile number, which reaches one person.
    pub fn is_mobile(&self) -> bool {
        self.expose().starts_with('1')
    }

    /// `138****8000`, or the area code and the last two digits: `010-****66`.
    pub fn masked(&self) -> Shown {
        let number = self.expose();
        let mut groups = number.split('-');
        Shown::masked(match (groups.next(), groups.next()) {
            (Some(area), Some(local)) => format!("{area}-{STARS}{}", end(local, 2)),
            _ => format!("{}{STARS}{}", start(number, 3), end(number, 4)),
        })
    }

    /// The whole number, against proof of an audited reveal.
    pub fn clear(&self, _: &Revealed) -> Shown {
        self.0.clear()
    }

    /// The number as telephone networks take it: `+8613800138000`, `+861088886666`. An extension cannot be dialled.
    #[cfg(feature = "ssr")]
    pub(crate) fn international(&self) -> String {
        let mut groups = self.expose().split('-');
        let (first, local) = (groups.next().unwrap_or_default(), groups.next().unwrap_or_default());
        format!("+86{}{local}", first.trim_start_matches('0'))
    }

    /// The bare number, for sealing into storage and for nothing that a person reads.
    pub(crate) fn expose(&self) -> &str {
        &self.0.0
    }
}

/// Longer marks stand first: `ext` holds an `x`.
const EXTENSION_MARKS: [&str; 9] = ["转分机", "分机号", "分机", "转", "轉", "extension", "ext", "x", "#"];

/// Digits, dashes and a leading plus, out of whatever people put between digits.
fn dashed(text: &str) -> Result<String, Flaw> {
    let mut dashed = String::new();
    for c in text.trim().chars() {
        match c {
            '0'..='9' => dashed.push(c),
            '+' if dashed.is_empty() => dashed.push(c),
            '-' | ')' | '\u{2010}'..='\u{2015}' | '\u{2212}' => dashed.push('-'),
            ' ' | '.' | '(' | '/' => {}
            _ => return Err(Flaw::Malformed),
        }
    }
    Ok(dashed.trim_matches('-').to_owned())
}

fn digits(dashed: &str) -> String {
    dashed.chars().filter(char::is_ascii_digit).collect()
}

fn is_mobile_start(digits: &str) -> bool {
    matches!(digits.as_bytes(), [b'1', b'3'..=b'9', ..])
}

/// The number without a country code; abroad an area code loses its zero, which returns here.
fn national(dashed: &str) -> String {
    if let Some(rest) = dashed.strip_prefix("+86").or_else(|| dashed.strip_prefix("0086")) {
        let rest = rest.trim_start_matches('-');
        let zero = if rest.starts_with('0') || is_mobile_start(&digits(rest)) { "" } else { "0" };
        return format!("{zero}{rest}");
    }
    let all = digits(dashed);
    match all.strip_prefix("86") {
        Some(mobile) if mobile.len() == 11 && is_mobile_start(mobile) => mobile.to_owned(),
        _ => dashed.to_owned(),
    }
}

fn mobile(digits: &str) -> Result<String, Flaw> {
    match digits.len() {
        _ if !is_mobile_start(digits) => Err(Flaw::Malformed),
        0..11 => Err(Flaw::TooShort),
        11 => Ok(digits.to_owned()),
        _ => Err(Flaw::TooLong),
    }
}

/// A last group of digits is an extension when the number is whole without it.
fn landline(dashed: &str, extension: Option<&str>) -> Result<String, Flaw> {
    let (number, extension) = match (extension, dashed.rsplit_once('-')) {
        (None, Some((number, rest))) if area_and_local(&digits(number)).is_ok() => (number, Some(rest)),
        (extension, _) => (dashed, extension),
    };
    let (area, local) = area_and_local(&digits(number))?;
    match extension {
        None => Ok(format!("{area}-{local}")),
        Some(extension) if (1..=6).contains(&extension.len()) && extension == digits(extension) => {
            Ok(format!("{area}-{local}-{extension}"))
        }
        Some(_) => Err(Flaw::Malformed),
    }
}

/// Beijing and the 02x cities have area codes of three digits and numbers of eight, all others four and seven or eight.
fn area_and_local(digits: &str) -> Result<(String, String), Flaw> {
    let (area, lengths) = match digits.as_bytes() {
        [b'0', b'1', b'0', ..] | [b'0', b'2', ..] => (3, 8..=8),
        [b'0', b'3'..=b'9', ..] => (4, 7..=8),
        _ => return Err(Flaw::Malformed),
    };
    let (area, local) = digits.split_at_checked(area).ok_or(Flaw::TooShort)?;
    match local.len() {
        length if length < *lengths.start() => Err(Flaw::TooShort),
        length if length > *lengths.end() => Err(Flaw::TooLong),
        _ if local.starts_with(['0', '1']) => Err(Flaw::Malformed),
        _ => Ok((area.to_owned(), local.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn kept(text: &str) -> String {
        Phone::parse(text).unwrap_or_else(|flaw| panic!("{text}: {flaw:?}")).expose().to_owned()
    }

    fn masked(text: &str) -> String {
        Phone::parse(text).unwrap().masked().text().to_owned()
    }

    #[test]
    fn a_mobile_is_kept_as_its_eleven_digits() {
        for text in [
            "13800138000",
            " 138-0013-8000 ",
            "138 0013 8000",
            "+86 13800138000",
            "+86-138-0013-8000",
            "(+86) 138 0013 8000",
            "0086 13800138000",
            "86 138 0013 8000",
            "１３８００１３８０００",
            "＋８６　１３８－００１３－８０００",
            "138–0013–8000",
        ] {
            assert_eq!(kept(text), "13800138000", "{text}");
        }
    }

    #[test]
    fn a_landline_is_kept_with_its_area_code_apart() {
        for text in [
            "010-88886666",
            "01088886666",
            "(010)88886666",
            "（010）8888 6666",
            "+86 10 88886666",
            "+86-010-8888-6666",
            "010 8888-6666",
        ] {
            assert_eq!(kept(text), "010-88886666", "{text}");
        }
        assert_eq!(kept("0755 2661 2345"), "0755-26612345");
        assert_eq!(kept("+86 755 26612345"), "0755-26612345");
        assert_eq!(kept("0471-6612345"), "0471-6612345");
        assert_eq!(kept("021 61234567"), "021-61234567");
    }

    #[test]
    fn an_extension_is_kept_behind_a_second_dash() {
        for text in [
            "010-88886666-12",
            "010-88886666 ext 12",
            "010-88886666 ext. 12",
            "010-88886666 Ext: 12",
            "010-88886666转12",
            "010-88886666 转分机 12",
            "010-88886666 分机：12",
            "010-88886666x12",
            "01088886666#12",
            "（010）88886666－12",
        ] {
            assert_eq!(kept(text), "010-88886666-12", "{text}");
        }
        assert_eq!(kept("0471-6612345-8"), "0471-6612345-8", "not an eight-digit line");
    }

    #[test]
    fn what_is_no_number_is_refused_for_its_reason() {
        for (text, flaw) in [
            ("", Flaw::Empty),
            ("  ", Flaw::Empty),
            ("1380013800", Flaw::TooShort),
            ("+86 1380013800", Flaw::TooShort),
            ("138001380001", Flaw::TooLong),
            ("010-8888666", Flaw::TooShort),
            ("010-888866661", Flaw::TooLong),
            ("0755", Flaw::TooShort),
            ("12345678901", Flaw::Malformed),
            ("10086", Flaw::Malformed),
            ("010-18886666", Flaw::Malformed),
            ("88886666", Flaw::Malformed),
            ("+1 415 555 2671", Flaw::Malformed),
            ("+86", Flaw::Malformed),
            ("138-0013-8000转1", Flaw::Malformed),
            ("010-88886666转", Flaw::Malformed),
            ("010-88886666转1234567", Flaw::Malformed),
            ("010-88886666转1-2", Flaw::Malformed),
            ("call me", Flaw::Malformed),
            ("٠١٣٨٠٠١٣٨٠٠٠", Flaw::Malformed),
            ("138\u{200b}00138000", Flaw::Unprintable),
            ("\u{202d}13800138000\u{202c}", Flaw::Unprintable),
        ] {
            assert_eq!(Phone::parse(text), Err(flaw), "{text}");
        }
    }

    #[cfg(feature = "ssr")]
    #[test]
    fn networks_get_the_number_with_its_country_and_without_its_extension() {
        let dialled = |text: &str| Phone::parse(text).unwrap().international();
        assert_eq!(dialled("13800138000"), "+8613800138000");
        assert_eq!(dialled("010-88886666 ext 12"), "+861088886666");
        assert_eq!(dialled("0755-26612345"), "+8675526612345");
    }

    #[test]
    fn a_mobile_shows_three_and_four_digits() {
        assert_eq!(masked("+86 13800138000"), "138****8000");
        assert_eq!(masked("13912341234"), "139****1234");
    }

    #[test]
    fn a_landline_shows_its_area_code_and_two_digits() {
        assert_eq!(masked("010-88886612"), "010-****12");
        assert_eq!(masked("0471-6612345"), "0471-****45");
    }

    #[test]
    fn a_mask_does_not_tell_whether_there_is_an_extension() {
        assert_eq!(masked("010-88886666 ext 12"), masked("010-88886666"));
    }

    fn spelling() -> impl Strategy<Value = String> {
        prop_oneof![
            "(\\+86 ?|0086-?)?1[3-9][0-9][ -]?[0-9]{4}[ -]?[0-9]{4}",
            "(\\+86[ -])?0(10|2[0-9])[ -]?[2-9][0-9]{7}((-|转| ext )[0-9]{1,6})?",
            "\\(?0[3-9][0-9]{2}[) -][2-9][0-9]{6,7}((-|转|#)[0-9]{1,6})?",
        ]
    }

    proptest! {
        #[test]
        fn every_spelling_is_kept_in_a_form_that_reads_back_the_same(text in spelling()) {
            let phone = Phone::parse(&text).unwrap();
            prop_assert_eq!(Phone::parse(phone.expose()), Ok(phone.clone()));
        }

        #[test]
        fn anything_may_be_typed(text in prop_oneof!["[0-9+() ext转#.０-９-]{0,45}", "\\PC{0,45}"]) {
            if let Ok(phone) = Phone::parse(&text) {
                prop_assert_eq!(Phone::parse(phone.expose()), Ok(phone.clone()));
            }
        }

        #[test]
        fn stars_stand_for_all_the_digits_between(text in spelling()) {
            let phone = Phone::parse(&text).unwrap();
            let groups: Vec<&str> = phone.expose().split('-').collect();
            let (number, between) = match groups.as_slice() {
                [mobile] => (mobile.to_string(), &mobile[3..7]),
                [area, local, ..] => (format!("{area}-{local}"), &local[..local.len() - 2]),
                [] => unreachable!(),
            };
            let shown = phone.masked();
            prop_assert!(shown.is_masked());
            prop_assert_eq!(shown.text().replace(STARS, between), number);
        }
    }
}
