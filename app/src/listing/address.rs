//! The address of a list: its conditions, and which page of what they find.

use partner_center::{
    error::{Error, Result},
    page::Slice,
};
use serde::{Deserialize, Serialize};

use super::Conditions;
use crate::{query, ui::Target};

/// What an address asks of a list.
#[derive(Clone, Debug, Default)]
pub struct Asked<C> {
    pub conditions: C,
    paging: Paging,
}

/// Which page, as it stands in the address.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Paging {
    size: String,
    page: String,
    after: String,
    before: String,
}

impl<C: Conditions> Asked<C> {
    /// What the address of the page being rendered asks.
    ///
    /// # Errors
    /// `Malformed` where a field is given twice.
    pub fn read() -> Result<Asked<C>> {
        Ok(Asked { conditions: query::read()?, paging: query::read()? })
    }

    /// Which rows are wanted.
    ///
    /// # Errors
    /// `Malformed` for a page that no pager of ours links to.
    pub fn slice(&self) -> Result<Slice> {
        let Paging { size, page, after, before } = &self.paging;
        Slice::parse(page, after, before, size).ok_or(Error::Malformed)
    }

    /// The address of another page of the same list.
    pub fn at(&self, path: &str, (page, after, before): Target) -> String {
        let place = Paging { size: self.paging.size.clone(), page, after, before };
        let (asked, place) = (query::address("", &self.conditions), query::address("", &place));
        let parts: Vec<&str> = [&asked, &place].into_iter().filter_map(|part| part.strip_prefix('?')).collect();
        if parts.is_empty() { path.to_owned() } else { format!("{path}?{}", parts.join("&")) }
    }

    /// The conditions that are set, by name.
    pub fn set(&self) -> Vec<(String, String)> {
        let query = query::address("", &self.conditions);
        serde_html_form::from_str(query.trim_start_matches('?')).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone, Debug, Default, Serialize, Deserialize)]
    #[serde(default)]
    struct Named {
        name: String,
    }

    fn asked(name: &str, size: &str) -> Asked<Named> {
        let paging = Paging { size: size.to_owned(), page: "7".to_owned(), ..Paging::default() };
        Asked { conditions: Named { name: name.to_owned() }, paging }
    }

    #[test]
    fn another_page_keeps_the_conditions_and_the_length() {
        let to = |page: &str| (page.to_owned(), String::new(), String::new());
        assert_eq!(asked("a&b", "50").at("/list", to("2")), "/list?name=a%26b&size=50&page=2");
        assert_eq!(asked("", "").at("/list", to("")), "/list");
    }

    #[test]
    fn what_is_set_is_told_as_it_was_typed() {
        assert_eq!(asked("云 帆&=", "50").set(), [("name".to_owned(), "云 帆&=".to_owned())]);
        assert!(asked("", "50").set().is_empty());
    }
}
