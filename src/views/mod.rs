//! Saved views: a list's question, kept under a name by the member who asks it often. Nobody else sees it.

use crate::{access::Action, ids::ViewId};

#[cfg(feature = "ssr")]
pub(crate) mod entity;
#[cfg(feature = "ssr")]
mod store;

#[cfg(feature = "ssr")]
pub use store::{choose_default, delete, of, plant, rename, save};

/// How many views a member keeps of one list.
pub const MOST: usize = 20;
/// How long a view's name may be, in characters.
pub const LONGEST_NAME: usize = 32;
/// How long a question may be, as it stands in an address.
pub const LONGEST_QUERY: usize = 2_000;

/// A list whose questions may be kept; its name is that of its address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::Display, strum::EnumString, strum::EnumIter)]
#[strum(serialize_all = "kebab-case")]
#[cfg_attr(feature = "ssr", derive(sea_orm::DeriveValueType), sea_orm(value_type = "String"))]
pub enum List {
    Leads,
    LeadDispatch,
}

impl List {
    /// What one must be permitted to see the list.
    pub fn action(self) -> Action {
        match self {
            List::Leads => Action::ViewLeads,
            List::LeadDispatch => Action::DispatchLead,
        }
    }
}

/// A saved view. Its query may name a customer, so it has no `Debug` and goes to nobody but its member.
#[derive(Clone, PartialEq, Eq)]
pub struct View {
    pub id: ViewId,
    pub name: String,
    /// The query of the list's address.
    pub query: String,
    /// Whether the list shows it when its address asks for nothing.
    pub is_default: bool,
}

/// A view that somebody wants to keep.
#[derive(Clone, PartialEq, Eq)]
pub struct NewView {
    pub list: List,
    pub name: String,
    pub query: String,
    pub is_default: bool,
}
