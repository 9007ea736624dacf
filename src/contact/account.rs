//! Names to sign in with.

use super::text::{end, half_width, line, start};
use super::{Flaw, Revealed, STARS, Secret, Shown};

/// The name that a person or a customer signs in with.
///
/// It cannot be serialized, and what leaves is a mask.
/// ```compile_fail,E0277
/// fn leaves<T: serde::Serialize>(_: T) {}
/// fn answer(value: partner_center::contact::AccountName) {
///     leaves(value);
/// }
/// ```
/// ```
/// fn leaves<T: serde::Serialize>(_: T) {}
/// fn answer(value: partner_center::contact::AccountName) {
///     leaves(value.masked());
/// }
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AccountName(Secret);

impl AccountName {
    /// Reads a name of 2 to 32 ASCII letters, digits, `_`, `-` and `.`, the first of them a letter.
    pub fn parse(text: &str) -> Result<Self, Flaw> {
        let text: String = line(text, 2, 32)?.chars().map(half_width).collect();
        let is_sound = text.starts_with(|c: char| c.is_ascii_alphabetic())
            && text.chars().all(|c| c.is_ascii_alphanumeric() || "_-.".contains(c));
        if is_sound { Ok(Self(Secret(text))) } else { Err(Flaw::Malformed) }
    }

    /// `ha****g`; of a name of five characters or fewer only the first is kept.
    pub fn masked(&self) -> Shown {
        let name = self.expose();
        Shown::masked(match name.len() {
            0..6 => format!("{}{STARS}", start(name, 1)),
            _ => format!("{}{STARS}{}", start(name, 2), end(name, 1)),
        })
    }

    /// The whole name, against proof of an audited reveal.
    pub fn clear(&self, _: &Revealed) -> Shown {
        self.0.clear()
    }

    /// The bare name, for storage and search keys and for nothing that a person reads.
    pub(crate) fn expose(&self) -> &str {
        &self.0.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn masked(name: &str) -> String {
        AccountName::parse(name).unwrap().masked().text().to_owned()
    }

    #[test]
    fn a_name_begins_with_a_letter_and_holds_letters_digits_and_joints() {
        for name in ["wu", "admin", "Haitang_01", "li.ming-2", &"a".repeat(32)] {
            assert_eq!(AccountName::parse(name).unwrap().expose(), name);
        }
        for (name, flaw) in [
            ("", Flaw::Empty),
            ("a", Flaw::TooShort),
            (&"a".repeat(33), Flaw::TooLong),
            ("1admin", Flaw::Malformed),
            ("_admin", Flaw::Malformed),
            ("ad min", Flaw::Malformed),
            ("云帆云帆", Flaw::Malformed),
            ("admın", Flaw::Malformed),
            ("ad\u{200b}min", Flaw::Unprintable),
        ] {
            assert_eq!(AccountName::parse(name), Err(flaw), "{name}");
        }
    }

    #[test]
    fn full_width_letters_make_no_second_account() {
        assert_eq!(AccountName::parse("ａｄｍｉｎ"), AccountName::parse("admin"));
    }

    #[test]
    fn a_name_keeps_its_first_two_and_its_last() {
        assert_eq!(masked("haitang"), "ha****g");
        assert_eq!(masked("haitang_cloud_01"), "ha****1");
    }

    #[test]
    fn a_name_of_five_characters_or_fewer_keeps_its_first() {
        assert_eq!(masked("admin"), "a****");
        assert_eq!(masked("wu"), "w****");
    }

    proptest! {
        #[test]
        fn anything_may_be_typed(name in "\\PC{0,40}", sound in "[a-z][a-z0-9_.-]{1,31}") {
            for name in [name, sound] {
                if let Ok(name) = AccountName::parse(&name) {
                    prop_assert!(!name.masked().text().contains(name.expose()));
                    prop_assert_eq!(AccountName::parse(name.expose()), Ok(name.clone()));
                }
            }
        }
    }
}
