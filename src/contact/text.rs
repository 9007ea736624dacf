//! Text as people type and paste it: what is trimmed, what is refused, where one character ends.

use super::Flaw;

/// A trimmed text of one line, `min` to `max` characters, without anything that cannot be seen.
pub fn line(text: &str, min: usize, max: usize) -> Result<String, Flaw> {
    let text = text.trim();
    let length = text.chars().count();
    match length {
        0 if min > 0 => Err(Flaw::Empty),
        _ if text.contains(is_invisible) || has_stacked_marks(text) => Err(Flaw::Unprintable),
        _ if length < min => Err(Flaw::TooShort),
        _ if length > max => Err(Flaw::TooLong),
        _ => Ok(text.to_owned()),
    }
}

/// A trimmed text of any number of lines, `min` to `max` characters; each line ends in `\n` alone.
pub fn paragraph(text: &str, min: usize, max: usize) -> Result<String, Flaw> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n").replace('\t', " ");
    let text = text.trim();
    line(&text.replace('\n', " "), min, max).map(|_| text.to_owned())
}

/// A trimmed text that somebody is still at, up to `max` characters: what is wrong with it otherwise is said once it is
/// finished. Controls, which not every database takes, are dropped; each line ends in `\n` alone.
pub fn unfinished(text: &str, max: usize) -> Result<String, Flaw> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n").replace('\t', " ");
    let text: String = text.trim().chars().filter(|c| *c == '\n' || !c.is_control()).collect();
    if text.chars().count() > max { Err(Flaw::TooLong) } else { Ok(text) }
}

/// Controls, noncharacters, and what takes no room or turns the writing round.
fn is_invisible(c: char) -> bool {
    c.is_control()
        || u32::from(c) & 0xfffe == 0xfffe
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{180e}' | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{2800}' | '\u{3164}' | '\u{fdd0}'..='\u{fdef}'
            | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// Marks that are drawn onto the character before them.
fn is_mark(c: char) -> bool {
    matches!(c,
        '\u{300}'..='\u{36f}' | '\u{483}'..='\u{489}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}' | '\u{3099}' | '\u{309a}' | '\u{fe00}'..='\u{fe0f}' | '\u{fe20}'..='\u{fe2f}'
        | '\u{1f3fb}'..='\u{1f3ff}' | '\u{e0100}'..='\u{e01ef}')
}

/// More marks on one character than any spelling needs would spill over the lines around it.
fn has_stacked_marks(text: &str) -> bool {
    text.split(|c| !is_mark(c)).any(|marks| marks.chars().count() > 4)
}

/// The characters as a reader counts them, marks and all.
pub(super) fn letters(text: &str) -> Vec<&str> {
    let mut letters = Vec::new();
    let mut begin = 0;
    for (index, c) in text.char_indices().skip(1) {
        if !is_mark(c) {
            letters.push(&text[begin..index]);
            begin = index;
        }
    }
    if !text.is_empty() {
        letters.push(&text[begin..]);
    }
    letters
}

/// The first characters of a text.
pub(super) fn start(text: &str, count: usize) -> String {
    text.chars().take(count).collect()
}

/// The last characters of a text.
pub(super) fn end(text: &str, count: usize) -> String {
    text.chars().skip(text.chars().count().saturating_sub(count)).collect()
}

/// Half-width and lower case.
pub(super) fn folded(text: &str) -> String {
    text.chars().map(half_width).collect::<String>().to_lowercase()
}

/// What a full-width character looks like at half its width.
pub(super) fn half_width(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

/// The characters that tell two names apart: letters and digits, half-width and lower case.
#[cfg(any(feature = "ssr", test))]
pub(crate) fn significant(text: &str) -> impl Iterator<Item = char> {
    text.chars().map(half_width).flat_map(char::to_lowercase).filter(|c| c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_line_is_trimmed_and_its_characters_counted() {
        assert_eq!(line("\u{3000} 云帆\t\n", 1, 2), Ok("云帆".to_owned()));
        assert_eq!(line("😀𠮷", 2, 2), Ok("😀𠮷".to_owned()));
        assert_eq!(line(" \u{3000}", 1, 9), Err(Flaw::Empty));
        assert_eq!(line("", 0, 9), Ok(String::new()));
        assert_eq!(line("云", 2, 9), Err(Flaw::TooShort));
        assert_eq!(line("云帆科", 1, 2), Err(Flaw::TooLong));
    }

    #[test]
    fn what_cannot_be_seen_is_refused() {
        let invisible = [
            '\0',
            '\u{1}',
            '\u{7f}',
            '\u{85}',
            '\u{200b}',
            '\u{200d}',
            '\u{200f}',
            '\u{2028}',
            '\u{202a}',
            '\u{202e}',
            '\u{2060}',
            '\u{2066}',
            '\u{2069}',
            '\u{feff}',
            '\u{fdd0}',
            '\u{fffe}',
            '\u{ffff}',
            '\u{1ffff}',
            '\u{10ffff}',
        ];
        for c in invisible {
            assert_eq!(line(&format!("云{c}帆"), 1, 9), Err(Flaw::Unprintable), "{c:?}");
            assert_eq!(paragraph(&format!("云{c}帆"), 1, 9), Err(Flaw::Unprintable), "{c:?}");
        }
        assert_eq!(line("云\n帆", 1, 9), Err(Flaw::Unprintable));
        assert_eq!(line("\0", 1, 9), Err(Flaw::Unprintable), "a control at the end is not trimmed away");
    }

    #[test]
    fn more_marks_than_any_spelling_needs_are_refused() {
        assert_eq!(line("e\u{301}\u{323}", 1, 9), Ok("e\u{301}\u{323}".to_owned()));
        assert_eq!(line(&format!("e{}", "\u{301}".repeat(500)), 1, 1000), Err(Flaw::Unprintable));
    }

    #[test]
    fn a_paragraph_keeps_its_lines_and_ends_them_alike() {
        assert_eq!(paragraph(" one\r\ntwo\rthree\n\n", 1, 20), Ok("one\ntwo\nthree".to_owned()));
        assert_eq!(paragraph("a\tb", 1, 3), Ok("a b".to_owned()));
        assert_eq!(paragraph("a\r\nb", 3, 3), Ok("a\nb".to_owned()));
        assert_eq!(paragraph("\r\n", 1, 3), Err(Flaw::Empty));
        assert_eq!(paragraph("a\nb", 1, 2), Err(Flaw::TooLong));
    }

    #[test]
    fn a_mark_stays_with_its_character() {
        assert_eq!(letters("e\u{301}ric"), ["e\u{301}", "r", "i", "c"]);
        assert_eq!(letters("👍🏽葛\u{e0100}"), ["👍🏽", "葛\u{e0100}"]);
        assert_eq!(letters("\u{301}"), ["\u{301}"]);
        assert!(letters("").is_empty());
    }

    proptest! {
        #[test]
        fn what_was_accepted_is_accepted_unchanged(text in prop::collection::vec(any::<char>(), 0..20)) {
            let text: String = text.into_iter().collect();
            if let Ok(line) = line(&text, 0, 20) {
                prop_assert_eq!(super::line(&line, 0, 20), Ok(line));
            }
            if let Ok(paragraph) = paragraph(&text, 0, 20) {
                prop_assert_eq!(super::paragraph(&paragraph, 0, 20), Ok(paragraph));
            }
        }

        #[test]
        fn letters_lose_nothing(text in prop::collection::vec(any::<char>(), 0..20)) {
            let text: String = text.into_iter().collect();
            prop_assert_eq!(letters(&text).concat(), text);
        }
    }
}
