//! Where a lead was opened from: a list with its question, and the lead's place in it. It stands in the address of the
//! lead's page and of its dialogs, so that one goes on to the next lead and back to the very page of the list.

use partner_center::{
    access::Action,
    ctx::Ctx,
    error::{Error, Result},
    ids::LeadId,
    leads::{self, Beside, Neighbours},
    page::Cursor,
};
use serde::{Deserialize, Serialize};

use super::{purpose::Purpose, query::ListQuery, text::Words};
use crate::{paths, query, visit::Visit};

/// The longest address of a list that comes along.
const LONGEST: usize = 4_000;

/// The part of an address that names the place. Whatever else stands there does not matter here.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct Written {
    r#in: String,
    at: String,
}

/// What keeps the visit's place in its list, behind the path of wherever one goes on from here.
pub(crate) fn here(visit: &Visit) -> Result<String> {
    Ok(suffix(Place::of(visit)?.as_ref()))
}

/// A list and a place in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    purpose: Purpose,
    query: ListQuery,
    at: Option<Cursor>,
}

impl Place {
    /// A place in a list that is being shown.
    pub(super) fn new(purpose: Purpose, query: ListQuery) -> Place {
        Place { purpose, query, at: None }
    }

    /// The place that this visit's address names, if it names one that its visitor may go back to.
    ///
    /// # Errors
    /// `Malformed` for anything that no list of ours links to.
    pub fn of(visit: &Visit) -> Result<Option<Place>> {
        let query = visit.address.split_once('?').map_or("", |(_, query)| query);
        let place = Place::read(query)?;
        let can = |action| visit.signed_in.as_ref().is_some_and(|signed_in| signed_in.viewer.can(action));
        Ok(place.filter(|place| place.purpose == Purpose::Work || can(Action::DispatchLead)))
    }

    fn read(query: &str) -> Result<Option<Place>> {
        let written: Written = serde_html_form::from_str(query).map_err(|_| Error::Malformed)?;
        if written.r#in.is_empty() && written.at.is_empty() {
            return Ok(None);
        }
        if written.r#in.len() > LONGEST {
            return Err(Error::Malformed);
        }
        let (path, asked) = written.r#in.split_once('?').unwrap_or((&written.r#in, ""));
        let purpose = Purpose::at(path).ok_or(Error::Malformed)?;
        let asked: ListQuery = serde_html_form::from_str(asked).map_err(|_| Error::Malformed)?;
        asked.ask(purpose.otherwise(), Vec::new())?;
        Ok(Some(Place { purpose, query: asked, at: query::coded(&written.at)? }))
    }

    /// The list's name.
    pub(super) fn title(&self, t: &Words) -> &'static str {
        self.purpose.title(t)
    }

    /// The list, at the page that one came from.
    pub fn back(&self) -> String {
        query::address(self.purpose.path(), &self.query)
    }

    /// What makes an address of a lead one in this list: the part behind its path.
    pub(super) fn suffix(&self) -> String {
        let at = self.at.map(|at| at.to_string()).unwrap_or_default();
        query::address("", &Written { r#in: self.back(), at })
    }

    /// The same list at another lead.
    pub(super) fn beside(&self, at: Cursor) -> Place {
        Place { at: Some(at), ..self.clone() }
    }

    /// The leads before and after. Where too much has been searched already there are none, and the lead is shown still.
    pub(super) async fn neighbours(&self, ctx: &Ctx, id: LeadId) -> Result<Neighbours> {
        let ask = self.query.ask(self.purpose.otherwise(), Vec::new())?;
        match leads::neighbours(ctx, &ask, id, self.at).await {
            Err(Error::TooMany { .. }) => Ok(Neighbours::default()),
            Err(Error::Invalid(_)) => Err(Error::Malformed),
            found => found,
        }
    }

    /// The address of a lead beside.
    pub(super) fn to(&self, beside: Beside) -> String {
        format!("{}{}", paths::lead(beside.id), self.beside(beside.place).suffix())
    }
}

/// The part of a lead's addresses that keeps the place; nothing where there is none.
pub fn suffix(place: Option<&Place>) -> String {
    place.map(Place::suffix).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(of: &str, at: &str) -> Result<Option<Place>> {
        Place::read(query::address("", &Written { r#in: of.to_owned(), at: at.to_owned() }).trim_start_matches('?'))
    }

    #[test]
    fn a_place_survives_the_address() {
        for list in
            ["/leads", "/lead-dispatch", "/leads?company=%E4%BA%91%E5%B8%86&state=following&sort=followed&page=3"]
        {
            let place = read(list, "1700000000000-42").unwrap().unwrap();
            assert_eq!(place.back(), list);
            let again = Place::read(place.suffix().trim_start_matches('?')).unwrap().unwrap();
            assert_eq!(again, place);
        }
        assert_eq!(read("", ""), Ok(None));
    }

    #[test]
    fn only_our_own_lists_are_gone_back_to() {
        for (list, at) in [
            ("//evil/leads", ""),
            ("https://evil/leads", ""),
            ("/leads/new", ""),
            ("/audit", ""),
            ("/leads?sort=phone", ""),
            ("/leads?page=0", ""),
            ("/leads?state=asleep", ""),
            ("/leads", "tomorrow"),
            ("", "1-2"),
        ] {
            assert_eq!(read(list, at), Err(Error::Malformed), "{list} {at}");
        }
        assert_eq!(read(&format!("/leads?company={}", "a".repeat(LONGEST)), ""), Err(Error::Malformed));
    }
}
