//! Cells of files that a spreadsheet opens: whatever stands in one is text, and nothing is a formula.

use std::borrow::Cow;

/// What begins a formula in one spreadsheet or another: signs, their full-width forms, and what some of them skip.
const BEGINS_A_FORMULA: [char; 11] =
    ['=', '+', '-', '@', '\t', '\r', '\n', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}'];

/// The text of a cell; where it could be taken for a formula, behind an apostrophe.
pub fn guarded(text: &str) -> Cow<'_, str> {
    if text.starts_with(BEGINS_A_FORMULA) || text.trim_start().starts_with(BEGINS_A_FORMULA) {
        return Cow::Owned(format!("'{text}"));
    }
    Cow::Borrowed(text)
}

/// A line of a CSV file (RFC 4180): every cell quoted and guarded.
pub fn line<C: AsRef<str>>(cells: &[C]) -> String {
    let mut line = String::with_capacity(cells.len() * 16);
    for (place, cell) in cells.iter().enumerate() {
        line.push_str(if place == 0 { "\"" } else { ",\"" });
        line.push_str(&guarded(cell.as_ref()).replace('"', "\"\""));
        line.push('"');
    }
    line.push_str("\r\n");
    line
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_a_formula() {
        let signs = ["=1+1", "+1", "-2", "@x", "\tx", "\rx", "\nx", "\u{ff1d}x", "\u{ff0b}x", "\u{ff0d}x", "\u{ff20}x"];
        for formula in signs.into_iter().chain([" =1", "\u{3000}=1"]) {
            assert_eq!(guarded(formula), format!("'{formula}"));
        }
        for text in ["", "1", "a=b", "138****8000", "'=x", "\u{4e91}-\u{5e06}"] {
            assert_eq!(guarded(text), text);
        }
    }

    #[test]
    fn a_line_can_be_read_back() {
        assert_eq!(line(&["a\"b", "c,d", "e\r\nf", "=1"]), "\"a\"\"b\",\"c,d\",\"e\r\nf\",\"'=1\"\r\n");
        assert_eq!(line::<&str>(&[]), "\r\n");
    }
}
