//! Search keys for Chinese names: pairs of characters, of the name itself and of its pinyin initials.
//!
//! Neither database cuts Chinese into words, so each pair becomes a token of a full-text index. The tokens find the
//! candidates; `key.contains(needle)` then decides.

mod readings;

pub use readings::spells;

use crate::contact::significant;
use readings::{by_dictionary, initial};

/// Stands between the two parts of a key; no significant character is a control.
const SEPARATOR: char = '\u{1f}';
const LONGEST_NEEDLE: usize = 64;

/// What a name is found by: its significant characters and, behind separators, their initials, as people say the name and
/// as a dictionary would begin its characters, where that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SearchKey(String);

impl SearchKey {
    /// The key of a name: `上海云帆 Ltd` becomes `上海云帆ltd`, a separator, and `shyfltd`.
    pub fn of(name: &str) -> Self {
        let name: Vec<char> = significant(name).collect();
        let said: String = (0..name.len()).map(|index| initial(&name, index)).collect();
        let written: String = name.iter().map(|character| by_dictionary(*character)).collect();
        let mut key: String = name.iter().chain([&SEPARATOR]).collect();
        key.push_str(&said);
        if written != said {
            key.push(SEPARATOR);
            key.push_str(&written);
        }
        Self(key)
    }

    /// The text to store beside the name; a query matches when it contains the needle.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The tokens to index, each once. `field` is a small ASCII letter that keeps two columns of a table apart.
    pub fn terms(&self, field: char, tenant: i64) -> Vec<String> {
        let mut terms: Vec<String> = self.0.split(SEPARATOR).flat_map(|part| pairs(part, field, tenant)).collect();
        terms.sort_unstable();
        terms.dedup();
        terms
    }
}

/// Fewer than two significant characters: such a search would read out the whole table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooShort;

/// What somebody looks for, in the same spelling as the keys.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    needle: String,
    terms: Vec<String>,
}

impl Query {
    /// Reads a search box; a blank one asks for nothing.
    pub fn parse(text: &str, field: char, tenant: i64) -> Option<Result<Self, TooShort>> {
        if text.trim().is_empty() {
            return None;
        }
        let needle: String = significant(text).take(LONGEST_NEEDLE).collect();
        let mut terms: Vec<String> = pairs(&needle, field, tenant).collect();
        terms.sort_unstable();
        terms.dedup();
        Some(if terms.is_empty() { Err(TooShort) } else { Ok(Self { needle, terms }) })
    }

    /// What a key must contain to match; free of wildcards.
    pub fn needle(&self) -> &str {
        &self.needle
    }

    /// The tokens that a matching row has, all of them.
    pub fn terms(&self) -> &[String] {
        &self.terms
    }

    /// Whether the one token decides alone, so that the needle need not be compared.
    pub fn exact(&self) -> bool {
        self.needle.chars().count() == 2
    }
}

/// The token of each two neighbours, such as `t7n云帆`.
fn pairs(part: &str, field: char, tenant: i64) -> impl Iterator<Item = String> {
    debug_assert!(field.is_ascii_lowercase(), "a field is a small letter, so that a token stays one word");
    let tenant = tenant.cast_unsigned();
    part.chars().zip(part.chars().skip(1)).map(move |(a, b)| format!("t{tenant}{field}{}{}", letter(a), letter(b)))
}

/// Both databases agree that ASCII and the common Chinese block are letters. About later blocks and other scripts
/// their tables differ, so those are spelled out, at one width to keep any two pairs apart.
fn letter(c: char) -> String {
    match c {
        'a'..='z' | '0'..='9' | '\u{4e00}'..='\u{9fa5}' => c.to_string(),
        _ => format!("u{:06x}", u32::from(c)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashSet;

    fn query(text: &str) -> Query {
        Query::parse(text, 'n', 7).unwrap().unwrap()
    }

    /// As the databases do it: all tokens, then the needle.
    fn finds(text: &str, name: &str) -> bool {
        let (query, key) = (query(text), SearchKey::of(name));
        let terms: HashSet<String> = key.terms('n', 7).into_iter().collect();
        let by_terms = query.terms().iter().all(|term| terms.contains(term));
        let by_needle = key.as_str().contains(query.needle());
        assert!(by_terms || !by_needle, "the tokens must not lose what the needle finds: {text} in {name}");
        assert!(!query.exact() || by_terms == by_needle, "one token must decide alone: {text} in {name}");
        by_terms && by_needle
    }

    fn initials(name: &str) -> String {
        SearchKey::of(name).as_str().split(SEPARATOR).nth(1).unwrap().to_owned()
    }

    #[test]
    fn a_key_is_the_name_and_its_initials() {
        assert_eq!(SearchKey::of("上海 云帆（Ltd.）2").as_str(), "上海云帆ltd2\u{1f}shyfltd2");
    }

    #[test]
    fn two_characters_or_their_initials_find_a_company() {
        for text in ["云帆", "上海云帆", "yfkj", "YF", "ＹＦ", " 云 帆 ", "云帆科技有限公司", "ｓｈｙｆ"]
        {
            assert!(finds(text, "上海云帆科技有限公司"), "{text}");
        }
        for text in ["帆云", "云技", "上帆", "fy", "司s", "云y", "北京云帆"] {
            assert!(!finds(text, "上海云帆科技有限公司"), "{text}");
        }
    }

    #[test]
    fn latin_names_are_found_in_any_case_and_across_spaces() {
        for text in ["acme", "ACME", "Acme Ltd", "me lt", "acme, ltd."] {
            assert!(finds(text, "Acme Ltd"), "{text}");
        }
        assert!(finds("o'neil", "O’Neil & Söhne"));
        assert!(finds("SÖHNE", "O’Neil & Söhne"));
    }

    #[test]
    fn a_blank_box_asks_for_nothing() {
        for text in ["", "  ", "\u{3000}", "\t\r\n"] {
            assert_eq!(Query::parse(text, 'n', 7), None);
        }
    }

    #[test]
    fn fewer_than_two_significant_characters_are_too_short() {
        for text in ["云", "a", "%", "_", "%%%", "__", "%a_", "*云*", "'\"", "😀😀", "\\", "\0\0"] {
            assert_eq!(Query::parse(text, 'n', 7), Some(Err(TooShort)), "{text}");
        }
    }

    #[test]
    fn a_wildcard_is_not_part_of_the_needle() {
        assert_eq!(query("云%帆").needle(), "云帆");
        assert_eq!(query("a_b\\").needle(), "ab");
    }

    #[test]
    fn only_a_needle_of_two_characters_is_exact() {
        assert!(query("云帆").exact());
        assert!(query("云-帆").exact());
        assert!(!query("云帆科").exact());
        assert!(!query("ababab").exact());
    }

    #[test]
    fn a_needle_is_cut_at_64_characters() {
        assert_eq!(query(&"云帆".repeat(5000)).needle().chars().count(), 64);
        assert!(finds(&"云帆科技".repeat(20), &"云帆科技".repeat(30)));
    }

    #[test]
    fn terms_never_cross_from_the_name_to_the_initials() {
        assert_eq!(SearchKey::of("云帆").terms('n', 7), ["t7nyf", "t7n云帆"]);
    }

    #[test]
    fn terms_keep_tenants_and_fields_apart() {
        let key = SearchKey::of("1云帆2");
        let all = [key.terms('n', 1), key.terms('n', 11), key.terms('c', 1), key.terms('n', -1)].concat();
        assert_eq!(all.iter().collect::<HashSet<_>>().len(), all.len());
    }

    #[test]
    fn rare_characters_are_spelled_out() {
        assert_eq!(query("𠮷é").terms(), ["t7nu020bb7u0000e9"]);
    }

    #[test]
    fn a_name_of_two_readings_is_found_by_either() {
        for (text, name) in
            [("stf", "单田芳"), ("dtf", "单田芳"), ("zxm", "曾小明"), ("cxm", "曾小明"), ("cqca", "重庆长安")]
        {
            assert!(finds(text, name), "{text} {name}");
        }
        assert!(finds("zqza", "重庆长安"), "as the dictionary begins each");
        assert!(!finds("cqza", "重庆长安"), "one way or the other");
    }

    #[test]
    fn names_are_read_as_people_say_them() {
        for (name, expected) in [
            ("重庆长安", "cqca"),
            ("厦门大厦", "xmds"),
            ("招商银行", "zsyh"),
            ("行业会计", "hykj"),
            ("成长音乐", "czyy"),
            ("西藏天空", "xztk"),
            ("曾小明", "zxm"),
            ("单田芳", "stf"),
            ("单位信息科技", "dwxxkj"),
            ("区块链技术", "qkljs"),
            ("万俟卨", "mqx"),
        ] {
            assert_eq!(initials(name), expected, "{name}");
        }
    }

    /// Chinese, Latin and digits, mixed with what a key leaves out.
    fn name() -> impl Strategy<Value = String> {
        let character = prop_oneof![
            4 => (0x4e00u32..0x9fa6).prop_map(|code| char::from_u32(code).unwrap()),
            2 => prop::sample::select("aZ09ＡｚéßİΣ﷐㈱①云帆%_ ()（）'\u{1f}\u{0}".chars().collect::<Vec<_>>()),
            1 => any::<char>(),
        ];
        prop::collection::vec(character, 0..80).prop_map(|characters| characters.into_iter().collect())
    }

    proptest! {
        #[test]
        fn every_part_of_a_name_finds_it(name in name(), begin in 0usize..80, length in 1usize..80) {
            let part: String = name.chars().skip(begin).take(length).collect();
            if let Some(Ok(_)) = Query::parse(&part, 'n', 7) {
                prop_assert!(finds(&part, &name));
            }
        }

        #[test]
        fn the_initials_of_a_name_find_it(name in name()) {
            if let Some(Ok(query)) = Query::parse(&initials(&name), 'n', 7) {
                prop_assert!(finds(query.needle(), &name));
            }
        }

        #[test]
        fn tokens_and_needle_agree_about_any_two_characters(name in name(), text in name()) {
            let text: String = significant(&text).take(2).collect();
            if let Some(Ok(_)) = Query::parse(&text, 'n', 7) {
                finds(&text, &name);
            }
        }

        #[test]
        fn a_token_is_one_word_in_either_database(name in name()) {
            for term in SearchKey::of(&name).terms('n', 7) {
                let is_word = |c| matches!(c, 'a'..='z' | '0'..='9' | '\u{4e00}'..='\u{9fa5}');
                prop_assert!(term.chars().all(is_word), "{}", term);
            }
        }
    }
}
