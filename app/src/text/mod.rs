//! Languages, and the words that every capability shares. A word that is missing in one language does not compile.

mod format;
mod problems;
mod shell;
mod zone;

pub use format::{NOTHING, clock_time, counted, date, date_time, date_time_in, number, relative, size};
pub use problems::{conflict, fault, problem, wait};
pub use shell::{Words, words};
pub use zone::Zone;

/// A language of the product.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Locale {
    #[default]
    Chinese,
    English,
}

impl Locale {
    /// The word of this language.
    pub const fn pick<T: Copy>(self, chinese: T, english: T) -> T {
        match self {
            Locale::Chinese => chinese,
            Locale::English => english,
        }
    }

    /// The language's tag, as in `html lang`.
    pub fn tag(self) -> &'static str {
        self.pick("zh-CN", "en")
    }

    /// The language of a tag that we sent ourselves.
    pub fn of_tag(tag: &str) -> Option<Locale> {
        [Locale::Chinese, Locale::English].into_iter().find(|locale| locale.tag() == tag)
    }

    /// The language that a browser asks for first, if it is one of ours.
    pub fn of_accept_language(header: &str) -> Locale {
        let first = header.split(',').next().unwrap_or_default().trim().to_ascii_lowercase();
        if first.starts_with("en") { Locale::English } else { Locale::Chinese }
    }
}
