//! Names of people, Chinese and other.

use super::text::{letters, line};
use super::{Flaw, Revealed, STARS, Secret, Shown, WORD_STARS, starless};

/// The name of a person.
///
/// It cannot be serialized, and what leaves is a mask.
/// ```compile_fail,E0277
/// fn leaves<T: serde::Serialize>(_: T) {}
/// fn answer(value: partner_center::contact::PersonName) {
///     leaves(value);
/// }
/// ```
/// ```
/// fn leaves<T: serde::Serialize>(_: T) {}
/// fn answer(value: partner_center::contact::PersonName) {
///     leaves(value.masked());
/// }
/// ```
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct PersonName(Secret);

impl PersonName {
    /// Reads a name of 1 to 64 characters.
    pub fn parse(text: &str) -> Result<Self, Flaw> {
        starless(line(text, 1, 64)?).map(|text| Self(Secret(text)))
    }

    /// `张****`, `李****明`, `欧阳****娜`, `J*** S***`.
    pub fn masked(&self) -> Shown {
        let name = self.expose();
        let spaced_han = name.chars().all(|c| is_han(c) || c.is_whitespace());
        let name = if spaced_han { name.replace(char::is_whitespace, "") } else { name.to_owned() };
        let in_words = name.contains(is_between_words) || !name.contains(is_han);
        Shown::masked(if in_words { mask_words(&name) } else { mask_characters(&name) })
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

const COMPOUND_SURNAMES: &str = "欧阳|歐陽|司马|上官|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐|司徒|夏侯|端木|南宫|百里|\
    东郭|西门|独孤|长孙|宇文|轩辕|钟离|闻人|澹台|公冶|宗政|濮阳|淳于|单于|太叔|申屠|仲孙|万俟|赫连|呼延|拓跋|纳兰|\
    完颜";

fn is_han(c: char) -> bool {
    matches!(c, '〇' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

fn is_between_words(c: char) -> bool {
    c.is_whitespace() || matches!(c, '·' | '•' | '‧' | '・')
}

/// The surname, and the last character where that still hides one.
fn mask_characters(name: &str) -> String {
    let letters = letters(name);
    let is_compound = letters.len() > 2 && COMPOUND_SURNAMES.split('|').any(|surname| name.starts_with(surname));
    let surname = if is_compound { 2 } else { 1 };
    match letters.as_slice() {
        [] | [_] => STARS.to_owned(),
        [.., last] if letters.len() > surname + 1 => format!("{}{STARS}{last}", letters[..surname].concat()),
        _ => format!("{}{STARS}", letters[..surname].concat()),
    }
}

/// The initials of the first and the last word, so that not even the number of words shows.
fn mask_words(name: &str) -> String {
    let words: Vec<Vec<&str>> = name.split(is_between_words).filter(|word| !word.is_empty()).map(letters).collect();
    let between = name.chars().find(|&c| is_between_words(c)).unwrap_or(' ');
    match words.as_slice() {
        [] => STARS.to_owned(),
        [word] if word.len() == 1 => STARS.to_owned(),
        [word] => format!("{}{WORD_STARS}", word[0]),
        [first, last] if first.len() + last.len() == 2 => format!("{}{WORD_STARS}", first[0]),
        [first, .., last] => format!("{}{WORD_STARS}{between}{}{WORD_STARS}", first[0], last[0]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn masked(name: &str) -> String {
        PersonName::parse(name).unwrap_or_else(|flaw| panic!("{name}: {flaw:?}")).masked().text().to_owned()
    }

    #[test]
    fn a_name_has_one_to_sixty_four_characters() {
        assert_eq!(PersonName::parse("  "), Err(Flaw::Empty));
        assert!(PersonName::parse("张").is_ok());
        assert!(PersonName::parse(&"明".repeat(64)).is_ok());
        assert_eq!(PersonName::parse(&"明".repeat(65)), Err(Flaw::TooLong));
        assert_eq!(PersonName::parse("张\u{202e}三"), Err(Flaw::Unprintable));
    }

    #[test]
    fn a_one_character_name_shows_nothing() {
        for name in ["张", "𠮷", "A", "😀", "葛\u{e0100}", "e\u{301}", "·"] {
            assert_eq!(masked(name), "****", "{name}");
        }
    }

    #[test]
    fn a_two_character_name_keeps_its_first() {
        assert_eq!(masked("张三"), "张****");
        assert_eq!(masked("𠮷明"), "𠮷****");
        assert_eq!(masked("欧阳"), "欧****");
    }

    #[test]
    fn a_longer_name_keeps_its_first_and_last() {
        assert_eq!(masked("李小明"), "李****明");
        assert_eq!(masked("李小明明"), "李****明");
        assert_eq!(masked("张小𠮷"), "张****𠮷");
        assert_eq!(masked("李小葛\u{e0100}"), "李****葛\u{e0100}");
    }

    #[test]
    fn a_compound_surname_is_kept_whole() {
        assert_eq!(masked("欧阳娜娜"), "欧阳****娜");
        assert_eq!(masked("司马光"), "司马****");
    }

    #[test]
    fn spaces_in_a_chinese_name_change_nothing() {
        assert_eq!(masked("张　三"), "张****");
        assert_eq!(masked("李 小 明"), "李****明");
    }

    #[test]
    fn a_name_in_words_keeps_the_initials_of_the_first_and_the_last() {
        assert_eq!(masked("John Smith"), "J*** S***");
        assert_eq!(masked("John Ronald Reuel Smith"), "J*** S***");
        assert_eq!(masked("O'Neil"), "O***");
        assert_eq!(masked("阿卜杜拉·买买提"), "阿***·买***");
        assert_eq!(masked("E\u{301}mile Zola"), "E\u{301}*** Z***");
        assert_eq!(masked("李 Tom"), "李*** T***");
        assert_eq!(masked("😀😁"), "😀***");
    }

    #[test]
    fn two_words_of_one_letter_show_only_the_first() {
        assert_eq!(masked("A B"), "A***");
    }

    proptest! {
        #[test]
        fn a_mask_never_holds_what_stands_between(codes in prop::collection::btree_set(0x4e00u32..0x9fa6, 2..20)) {
            let name: Vec<char> = codes.into_iter().filter_map(char::from_u32).collect();
            let shown = masked(&name.iter().collect::<String>());
            let hidden = if name.len() == 2 { &name[1..] } else { &name[1..name.len() - 1] };
            let kept = hidden.iter().filter(|c| shown.contains(**c)).count();
            prop_assert!(kept == 0 || COMPOUND_SURNAMES.contains(&shown[..6]), "{}", shown);
        }

        #[test]
        fn anything_may_be_typed(name in prop::collection::vec(any::<char>(), 0..70)) {
            let name: String = name.into_iter().collect();
            if let Ok(name) = PersonName::parse(&name) {
                let shown = name.masked();
                prop_assert!(shown.is_masked() && shown.text().contains(WORD_STARS));
                prop_assert!(!shown.text().contains(name.expose()));
                prop_assert_eq!(PersonName::parse(name.expose()), Ok(name.clone()));
            }
        }

        #[test]
        fn neither_the_length_of_words_nor_their_number_shows(name in "A[b-y]{1,9}( [b-y]{1,9}){0,4} Z[b-y]{1,9}") {
            prop_assert_eq!(masked(&name), "A*** Z***");
        }
    }
}
