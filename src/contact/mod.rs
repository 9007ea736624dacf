//! Personal data and its masking: what may be typed, what is kept, and what a viewer is shown of it.
//!
//! Values are parsed once, at the edge. Afterwards they cannot be printed or serialized: what leaves is [`Shown`].
//! Who may see a value clear is not decided here.

mod account;
mod company;
mod email;
mod person;
mod phone;
mod text;

pub use account::AccountName;
pub use company::CompanyName;
pub use email::Email;
pub use person::PersonName;
pub use phone::Phone;
#[cfg(feature = "ssr")]
pub(crate) use text::significant;
pub use text::{line, paragraph, unfinished};

use serde::{Deserialize, Serialize};
use std::fmt;

/// Why a text is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Flaw {
    /// Nothing but white space.
    Empty,
    /// Fewer characters or digits than it takes.
    TooShort,
    /// More characters or digits than are kept.
    TooLong,
    /// Not the shape of such a value, or a mask instead of the value.
    Malformed,
    /// Holds something that cannot be seen: a control, a zero-width or a bidirectional mark.
    Unprintable,
}

/// What a viewer gets to see of a personal value; only this module makes one.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct Shown {
    text: String,
    masked: bool,
}

impl Shown {
    /// What stands for a value that nobody sees, whatever it is: not a character of it is left.
    #[cfg(feature = "ssr")]
    pub(crate) fn anonymised() -> Shown {
        Shown { text: "****".to_owned(), masked: true }
    }

    /// What stands where there is no value.
    pub fn nothing() -> Self {
        Self { text: "--".to_owned(), masked: false }
    }

    /// Whether there is no value at all, hidden or not.
    pub fn is_absent(&self) -> bool {
        *self == Self::nothing()
    }

    /// The characters to print.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether some of the value is hidden behind stars.
    pub fn is_masked(&self) -> bool {
        self.masked
    }

    fn masked(text: String) -> Self {
        Self { text, masked: true }
    }
}

/// A clear value stays out of logs even after its reveal.
impl fmt::Debug for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Shown").field(&if self.masked { self.text() } else { "…" }).finish()
    }
}

/// Proof that a reveal has been written to the audit trail; without one no value is shown clear.
#[derive(Debug)]
#[must_use]
pub struct Revealed(());

#[cfg(any(feature = "ssr", test))]
impl Revealed {
    /// Made only by the audited reveal, once its audit rows are committed.
    pub(crate) fn recorded() -> Self {
        Self(())
    }
}

/// The text inside a personal value: comparable, not printable.
#[derive(Clone, PartialEq, Eq)]
struct Secret(String);

impl Secret {
    fn clear(&self) -> Shown {
        Shown { text: self.0.clone(), masked: false }
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("…")
    }
}

/// The stars say nothing about how many characters they hide.
const STARS: &str = "****";
const WORD_STARS: &str = "***";

/// A mask that comes back, from a copied cell or an exported file, must not be stored over the value. No name needs a
/// star, and without stars in it no value can look like its own mask.
fn starless(text: String) -> Result<String, Flaw> {
    if text.contains('*') { Err(Flaw::Malformed) } else { Ok(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_value_is_two_dashes_and_not_masked() {
        assert_eq!(Shown::nothing().text(), "--");
        assert!(!Shown::nothing().is_masked());
    }

    #[test]
    fn nothing_personal_prints_itself() {
        let phone = Phone::parse("13800138000").unwrap();
        assert_eq!(format!("{phone:?}"), "Phone(…)");
        assert_eq!(format!("{:?}", PersonName::parse("张三").unwrap()), "PersonName(…)");
        assert_eq!(format!("{:?}", phone.clear(&Revealed::recorded())), "Shown(\"…\")");
        assert_eq!(format!("{:?}", phone.masked()), "Shown(\"138****8000\")");
    }

    #[test]
    fn proof_of_a_reveal_shows_the_value_clear() {
        let shown = Phone::parse("13800138000").unwrap().clear(&Revealed::recorded());
        assert_eq!(shown.text(), "13800138000");
        assert!(!shown.is_masked());
    }

    #[cfg(feature = "ssr")]
    #[test]
    fn what_leaves_is_the_mask_and_the_mark_that_it_is_one() {
        let shown = serde_json::to_string(&Email::parse("li.ming@example.com").unwrap().masked()).unwrap();
        assert_eq!(shown, r#"{"text":"li.****@example.com","masked":true}"#);
    }

    #[test]
    fn a_mask_typed_back_is_refused() {
        assert_eq!(Phone::parse("138****8000"), Err(Flaw::Malformed));
        assert_eq!(Email::parse("li.****@example.com"), Err(Flaw::Malformed));
        assert_eq!(PersonName::parse("J*** S***"), Err(Flaw::Malformed));
        assert_eq!(PersonName::parse("*"), Err(Flaw::Malformed));
        assert_eq!(CompanyName::parse("上海****科技有限公司"), Err(Flaw::Malformed));
        assert_eq!(AccountName::parse("ha****g"), Err(Flaw::Malformed));
    }
}
