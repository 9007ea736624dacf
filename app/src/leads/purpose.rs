//! What a list of leads is for: the same list serves those who work leads and those who hand them out.

use partner_center::{leads::State, views::List};

use super::text::Words;
use crate::paths;

/// What the list is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// Working leads.
    Work,
    /// Handing them out.
    Dispatch,
}

impl Purpose {
    pub fn path(self) -> &'static str {
        match self {
            Purpose::Work => paths::LEADS,
            Purpose::Dispatch => paths::LEAD_DISPATCH,
        }
    }

    /// The purpose of the list at this path.
    pub fn at(path: &str) -> Option<Purpose> {
        [Purpose::Work, Purpose::Dispatch].into_iter().find(|purpose| purpose.path() == path)
    }

    /// The state shown when the address names none.
    pub fn otherwise(self) -> Option<State> {
        match self {
            Purpose::Work => None,
            Purpose::Dispatch => Some(State::Undispatched),
        }
    }

    /// The list as views know it.
    pub fn list(self) -> List {
        match self {
            Purpose::Work => List::Leads,
            Purpose::Dispatch => List::LeadDispatch,
        }
    }

    pub fn title(self, t: &Words) -> &'static str {
        match self {
            Purpose::Work => t.title,
            Purpose::Dispatch => t.dispatch_title,
        }
    }
}
