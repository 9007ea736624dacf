//! One page of a long list: where it starts, how much it holds, how much there is.

use serde::{Deserialize, Serialize};

/// The sizes a reader may choose.
pub const SIZES: [u64; 4] = [10, 20, 50, 100];
/// The size when none is chosen.
pub const DEFAULT_SIZE: u64 = 20;
/// Rows up to which pages are numbered and totals are exact. Beyond it one goes on page by page.
pub const WINDOW: u64 = 10_000;

/// Where a page starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Start {
    /// The page of that number, from 1, inside the window.
    Number(u64),
    /// The rows that follow the one with this key.
    After(Cursor),
    /// The rows that precede the one with this key.
    Before(Cursor),
}

/// The place of a row in its list: the value sorted by, then the row's own number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cursor {
    pub key: i64,
    pub number: i64,
}

/// Which rows of a list are wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Slice {
    pub start: Start,
    pub size: u64,
}

/// The rows of one page and what lies around it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    pub rows: Vec<T>,
    pub total: Total,
    pub slice: Slice,
    /// Where the page before this one ends, if there is one.
    pub before: Option<Cursor>,
    /// Where the page after this one begins, if there is one.
    pub after: Option<Cursor>,
}

impl<T> Page<T> {
    /// The page that a query for one row more than the size has found. Rows before a cursor arrive in reverse.
    pub fn of(mut rows: Vec<T>, total: Total, slice: Slice, cursor: impl Fn(&T) -> Cursor) -> Page<T> {
        let more = rows.len() as u64 > slice.size;
        rows.truncate(slice.size as usize);
        let backwards = matches!(slice.start, Start::Before(_));
        if backwards {
            rows.reverse();
        }
        let (first, last) = (rows.first().map(&cursor), rows.last().map(&cursor));
        let before = if backwards && !more || slice.start == Start::Number(1) { None } else { first };
        let after = if backwards || more { last } else { None };
        Page { rows, total, slice, before, after }
    }

    /// The same page with these rows, which are its own seen otherwise.
    pub fn holding<U>(&self, rows: Vec<U>) -> Page<U> {
        let Page { total, slice, before, after, .. } = *self;
        Page { rows, total, slice, before, after }
    }

    /// The same page with each row seen otherwise.
    pub fn map<U>(self, f: impl FnMut(T) -> U) -> Page<U> {
        let Page { rows, total, slice, before, after } = self;
        Page { rows: rows.into_iter().map(f).collect(), total, slice, before, after }
    }
}

/// How many rows there are, counted no further than the window.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Total {
    Exactly(u64),
    MoreThan(u64),
}

impl Total {
    /// The total of a count that stopped at `WINDOW + 1`.
    pub fn of(counted: u64) -> Total {
        if counted > WINDOW { Total::MoreThan(WINDOW) } else { Total::Exactly(counted) }
    }

    /// The number of pages that have a number.
    pub fn numbered_pages(self, size: u64) -> u64 {
        let (Total::Exactly(rows) | Total::MoreThan(rows)) = self;
        rows.div_ceil(size).max(1)
    }
}

impl std::fmt::Display for Cursor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}", self.key, self.number)
    }
}

impl std::str::FromStr for Cursor {
    type Err = ();
    fn from_str(text: &str) -> Result<Cursor, ()> {
        let (key, number) = text.split_once('-').ok_or(())?;
        Ok(Cursor { key: key.parse().map_err(drop)?, number: number.parse().map_err(drop)? })
    }
}

impl Slice {
    /// Reads what the address says; `None` for anything that no pager of ours links to.
    pub fn parse(page: &str, after: &str, before: &str, size: &str) -> Option<Slice> {
        let size = if size.is_empty() { DEFAULT_SIZE } else { size.parse().ok().filter(|s| SIZES.contains(s))? };
        let start = match (page, after, before) {
            ("", "", "") => Start::Number(1),
            (page, "", "") => {
                let number: u64 = page.parse().ok()?;
                (number >= 1 && number <= WINDOW.div_ceil(size)).then_some(Start::Number(number))?
            }
            ("", after, "") => Start::After(after.parse().ok()?),
            ("", "", before) => Start::Before(before.parse().ok()?),
            _ => return None,
        };
        Some(Slice { start, size })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_without_a_page_means_the_first() {
        assert_eq!(Slice::parse("", "", "", ""), Some(Slice { start: Start::Number(1), size: 20 }));
    }

    #[test]
    fn pages_and_sizes_that_no_pager_links_to_are_refused() {
        for (page, size) in [("0", ""), ("-1", ""), ("1e18", ""), ("501", "20"), ("1", "1000000000"), ("1", "7")] {
            assert_eq!(Slice::parse(page, "", "", size), None, "page={page} size={size}");
        }
    }

    #[test]
    fn a_cursor_survives_the_address() {
        let cursor = Cursor { key: 1_700_000_000_000, number: 42 };
        assert_eq!(cursor.to_string().parse(), Ok(cursor));
        for tampered in ["", "1", "a-b", "1-", "99999999999999999999-1"] {
            assert_eq!(tampered.parse::<Cursor>(), Err(()));
        }
    }

    #[test]
    fn totals_are_exact_up_to_the_window() {
        assert_eq!(Total::of(10_000), Total::Exactly(10_000));
        assert_eq!(Total::of(10_001), Total::MoreThan(10_000));
    }
}
