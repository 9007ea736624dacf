//! The lead list's address: what it may say, and what that asks of the business.

use partner_center::{
    error::{Error, Result},
    leads::{Field, Filter, Query, Sort, State},
    page::Slice,
};
use serde::{Deserialize, Serialize};

use crate::query;

/// The query of a list's address, as it stands there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ListQuery {
    pub number: String,
    pub company: String,
    pub contact: String,
    pub follower: String,
    pub campaign: String,
    pub state: String,
    pub source: String,
    pub from: String,
    pub to: String,
    pub due: String,
    pub sort: String,
    pub dir: String,
    pub size: String,
    pub page: String,
    pub after: String,
    pub before: String,
    /// `all` where the whole list is wanted although a view is the default.
    pub view: String,
}

impl ListQuery {
    /// The conditions. `otherwise` is the state when the address names none; `all` names every one.
    pub fn filter(&self, otherwise: Option<State>) -> Result<Filter> {
        let state = match self.state.as_str() {
            "" => otherwise,
            "all" => None,
            state => Some(state.parse().map_err(|_| Error::Malformed)?),
        };
        Ok(Filter {
            number: self.number.clone(),
            company: self.company.clone(),
            contact: self.contact.clone(),
            follower: self.follower.clone(),
            campaign: self.campaign.clone(),
            state,
            source: query::coded(&self.source)?,
            dispatched_from: query::coded(&self.from)?,
            dispatched_to: query::coded(&self.to)?,
            due: query::coded(&self.due)?,
        })
    }

    /// The whole question.
    pub fn ask(&self, otherwise: Option<State>, open: Vec<Field>) -> Result<Query> {
        if !matches!(self.view.as_str(), "" | "all") {
            return Err(Error::Malformed);
        }
        Ok(Query {
            filter: self.filter(otherwise)?,
            sort: query::coded(&self.sort)?.unwrap_or_default(),
            ascending: match self.dir.as_str() {
                "" => false,
                "asc" => true,
                _ => return Err(Error::Malformed),
            },
            slice: Slice::parse(&self.page, &self.after, &self.before, &self.size).ok_or(Error::Malformed)?,
            open,
            place: String::new(),
        })
    }

    /// Whether anything narrows the list.
    pub fn is_narrowed(&self) -> bool {
        self.narrows_first_fields() || !self.company.is_empty() || self.is_folded_out()
    }

    /// Whether a condition behind the fold is set.
    pub fn is_folded_out(&self) -> bool {
        [&self.number, &self.campaign, &self.source, &self.from, &self.to, &self.due]
            .iter()
            .any(|field| !field.is_empty())
    }

    /// Whether a condition is set that a narrow screen folds away although it stands before the fold elsewhere.
    pub fn narrows_first_fields(&self) -> bool {
        [&self.contact, &self.follower].iter().any(|field| !field.is_empty())
            || !matches!(self.state.as_str(), "" | "all")
    }

    /// The question that a view keeps; nothing, if it is none that this version understands.
    pub fn of(query: &str) -> Option<ListQuery> {
        let asked: ListQuery = serde_html_form::from_str(query).ok()?;
        asked.ask(None, Vec::new()).ok().map(|_| asked)
    }

    /// The question of an address of this list as a saved view keeps it: without the place in the list.
    pub fn tidy(query: &str) -> Result<String> {
        ListQuery::of(query).map(|asked| asked.question()).ok_or(Error::Malformed)
    }

    /// The question without the place in the list.
    pub fn question(&self) -> String {
        let asked = ListQuery { view: String::new(), ..self.at(Default::default()) };
        query::address("", &asked).trim_start_matches('?').to_owned()
    }

    /// The same question at another place of the list.
    pub fn at(&self, (page, after, before): crate::ui::Target) -> ListQuery {
        ListQuery { page, after, before, ..self.clone() }
    }

    /// The same question, sorted by this; sorted by it already, the other way round.
    pub fn sorted(&self, sort: Sort) -> ListQuery {
        let current: Sort = self.sort.parse().unwrap_or_default();
        let dir = if current == sort && self.dir.is_empty() { "asc" } else { "" };
        let sort = if sort == Sort::default() { String::new() } else { sort.to_string() };
        ListQuery { sort, dir: dir.to_owned(), ..self.at(Default::default()) }
    }

    /// What a form that changes only the page size keeps.
    pub fn kept(&self) -> Vec<(String, String)> {
        let mut kept = self.conditions();
        for (name, value) in [("sort", &self.sort), ("dir", &self.dir), ("view", &self.view)] {
            if !value.is_empty() {
                kept.push((name.to_owned(), value.clone()));
            }
        }
        kept
    }

    /// The conditions that are set, by name.
    pub fn conditions(&self) -> Vec<(String, String)> {
        let all = [
            ("number", &self.number),
            ("company", &self.company),
            ("contact", &self.contact),
            ("follower", &self.follower),
            ("campaign", &self.campaign),
            ("state", &self.state),
            ("source", &self.source),
            ("from", &self.from),
            ("to", &self.to),
            ("due", &self.due),
        ];
        all.into_iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| (name.to_owned(), value.clone()))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sorting_twice_turns_the_order() {
        let once = ListQuery::default().sorted(Sort::Followed);
        assert_eq!((once.sort.as_str(), once.dir.as_str()), ("followed", ""));
        let twice = once.sorted(Sort::Followed);
        assert_eq!((twice.sort.as_str(), twice.dir.as_str()), ("followed", "asc"));
        let other = twice.sorted(Sort::Created);
        assert_eq!((other.sort.as_str(), other.dir.as_str()), ("", ""));
    }

    #[test]
    fn a_view_keeps_the_question_and_not_the_page() {
        assert_eq!(
            ListQuery::tidy("page=3&sort=followed&state=following&company=").as_deref(),
            Ok("state=following&sort=followed")
        );
        assert_eq!(ListQuery::tidy("view=all&after=1-2&size=50").as_deref(), Ok("size=50"));
        assert_eq!(ListQuery::tidy("state=asleep"), Err(Error::Malformed));
        assert_eq!(ListQuery::tidy("company=a&company=b"), Err(Error::Malformed));
    }

    #[test]
    fn what_no_page_of_ours_links_to_is_malformed() {
        let bad = [
            ListQuery { state: "asleep".to_owned(), ..ListQuery::default() },
            ListQuery { from: "yesterday".to_owned(), ..ListQuery::default() },
            ListQuery { due: "never".to_owned(), ..ListQuery::default() },
            ListQuery { sort: "phone".to_owned(), ..ListQuery::default() },
            ListQuery { view: "theirs".to_owned(), ..ListQuery::default() },
            ListQuery { dir: "sideways".to_owned(), ..ListQuery::default() },
            ListQuery { page: "1e18".to_owned(), ..ListQuery::default() },
            ListQuery { size: "1000000000".to_owned(), ..ListQuery::default() },
        ];
        for query in bad {
            assert_eq!(query.ask(None, Vec::new()), Err(Error::Malformed), "{query:?}");
        }
    }
}
