//! The address of the list of members: what it may say, and what that asks of the business.

use partner_center::{
    error::{Error, Result},
    page::Slice,
    people::{Field, Filter, Query},
};
use serde::{Deserialize, Serialize};

use crate::query;

/// The query of the list's address, as it stands there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct MemberQuery {
    pub account: String,
    pub name: String,
    pub role: String,
    pub state: String,
    pub size: String,
    pub page: String,
    pub after: String,
    pub before: String,
}

impl MemberQuery {
    /// The whole question.
    pub fn ask(&self, open: Vec<Field>) -> Result<Query> {
        let role = if self.role.is_empty() { None } else { Some(self.role.parse().map_err(|()| Error::Malformed)?) };
        Ok(Query {
            filter: Filter {
                account: self.account.clone(),
                name: self.name.clone(),
                role,
                state: query::coded(&self.state)?,
            },
            slice: Slice::parse(&self.page, &self.after, &self.before, &self.size).ok_or(Error::Malformed)?,
            open,
        })
    }

    /// The same question at another place of the list.
    pub fn at(&self, (page, after, before): crate::ui::Target) -> MemberQuery {
        MemberQuery { page, after, before, ..self.clone() }
    }

    /// The conditions that are set, by name.
    pub fn conditions(&self) -> Vec<(String, String)> {
        let all = [("account", &self.account), ("name", &self.name), ("role", &self.role), ("state", &self.state)];
        let set = all.into_iter().filter(|(_, value)| !value.is_empty());
        set.map(|(name, value)| (name.to_owned(), value.clone())).collect()
    }
}
