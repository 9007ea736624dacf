//! People (组织成员): tenants, their members and roles, and how a member proves to be itself.

use std::{collections::BTreeSet, fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{
    access::{Action, Role},
    contact::{AccountName, Email, PersonName, Phone, Shown},
    ids::{MemberId, RoleId},
    moment::Moment,
    page::Slice,
};

mod fields;
mod rules;
pub mod throttle;

#[cfg(feature = "ssr")]
pub mod admin;
#[cfg(feature = "ssr")]
mod contacts;
#[cfg(feature = "ssr")]
pub(crate) mod entity;
#[cfg(feature = "ssr")]
mod explain;
#[cfg(feature = "ssr")]
mod export;
#[cfg(feature = "ssr")]
pub mod gate;
#[cfg(feature = "ssr")]
pub mod hashing;
#[cfg(feature = "ssr")]
mod holding;
#[cfg(feature = "ssr")]
mod list;
#[cfg(feature = "ssr")]
mod members;
#[cfg(feature = "ssr")]
mod personal;
#[cfg(feature = "ssr")]
mod profile;
#[cfg(feature = "ssr")]
mod reach;
#[cfg(feature = "ssr")]
mod roles;
#[cfg(feature = "ssr")]
pub mod sessions;
#[cfg(feature = "ssr")]
mod standing;
#[cfg(feature = "ssr")]
mod store;

#[cfg(feature = "ssr")]
pub use crate::ctx::Asker as SignedIn;
pub use crate::{access::Site, sent::Sent};
pub use fields::{PersonFields, RoleFields};
pub use rules::{
    CONTACT_PLACES, MOST_ROLES, Standing, Step, can, check_contacts, check_review, check_roles, gives_up_team,
    keeps_reviewed, leaves_nobody, standing_for, supervisor_of,
};

#[cfg(feature = "ssr")]
pub use contacts::{Contact, ContactChoice, Contacts, contact_choice, contacts, set_contacts};
#[cfg(feature = "ssr")]
pub use explain::{Explained, LeadAnswer, Reasons, Through, explain, explain_lead};
#[cfg(feature = "ssr")]
pub use export::{exportable, exported, ids_in_order};
#[cfg(feature = "ssr")]
pub use holding::{set_roles, set_supervisor};
#[cfg(feature = "ssr")]
pub use list::{detail, list, member_of_account};
#[cfg(feature = "ssr")]
pub use members::{create, disable, edit, enable, reset_password};
#[cfg(feature = "ssr")]
pub use personal::reveal;
#[cfg(feature = "ssr")]
pub use profile::{Profile, choose, edit_own, profile};
#[cfg(feature = "ssr")]
pub(crate) use reach::{
    address, administrators, language, own_address, reachable, state, superiors, tenants_of, title,
};
#[cfg(feature = "ssr")]
pub use roles::{CustomRole, create_role, custom_role, custom_roles, delete_role, edit_role, holders, role_mark};
#[cfg(feature = "ssr")]
pub use standing::{supervisor_choices, team_of};
#[cfg(feature = "ssr")]
pub(crate) use store::{
    accounts, ids_of_account, ids_of_name, name_of, names, parties, phone, titles, viewer_of, viewers,
};
#[cfg(feature = "ssr")]
pub use store::{enter, member_ctx};

/// What a session remembers of a sign-in. It is worth nothing once the member's version has moved on: disabled, a role
/// taken away, the password changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ticket {
    pub member: MemberId,
    pub version: i32,
}

/// A role that a member holds: a default one, or one that its tenant has made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum Held {
    Default(Role),
    Custom(RoleId),
}

impl Held {
    /// The default role, if it is one.
    pub fn default(self) -> Option<Role> {
        match self {
            Held::Default(role) => Some(role),
            Held::Custom(_) => None,
        }
    }

    /// The role that a tenant has made, if it is one.
    pub fn custom(self) -> Option<RoleId> {
        match self {
            Held::Default(_) => None,
            Held::Custom(id) => Some(id),
        }
    }
}

impl fmt::Display for Held {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Held::Default(role) => role.fmt(f),
            Held::Custom(id) => id.fmt(f),
        }
    }
}

impl FromStr for Held {
    type Err = ();
    fn from_str(text: &str) -> Result<Held, ()> {
        let default = text.parse().map(Held::Default);
        default.or_else(|_| text.parse().map(Held::Custom)).map_err(drop)
    }
}

impl From<Held> for String {
    fn from(held: Held) -> String {
        held.to_string()
    }
}

impl TryFrom<String> for Held {
    type Error = &'static str;
    fn try_from(text: String) -> Result<Held, &'static str> {
        text.parse().map_err(|()| "no role has this code")
    }
}

/// A column of members that is masked until its eye is clicked.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    strum::Display,
    strum::EnumString,
    strum::EnumIter,
)]
#[strum(serialize_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Field {
    Phone,
    Email,
}

/// What of a member can be edited, for the trail.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, strum::Display, strum::EnumIter)]
#[strum(serialize_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Part {
    Name,
    Phone,
    Email,
    Telesales,
}

/// A member's own data, already checked field by field. What is absent stays as it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub name: PersonName,
    pub phone: Option<Phone>,
    pub email: Option<Email>,
}

/// A member that an administrator wants to create.
#[derive(Clone)]
pub struct NewPerson {
    pub account: AccountName,
    pub person: Person,
    pub telesales: bool,
    pub password: String,
    pub held: Vec<Held>,
    pub supervisor: Option<MemberId>,
}

/// A custom role as somebody wants it to be, already checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRole {
    pub name: String,
    pub items: Vec<Action>,
}

/// Which members are wanted by how they stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::Display, strum::EnumString, strum::EnumIter)]
#[strum(serialize_all = "snake_case")]
pub enum State {
    Active,
    Disabled,
    /// Account managers whose supervisor is gone.
    Unassigned,
}

/// What the list of members is narrowed to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// How the account begins.
    pub account: String,
    /// A part of the name, or its pinyin initials.
    pub name: String,
    pub role: Option<Held>,
    pub state: Option<State>,
}

/// What is asked of the list of members.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    pub filter: Filter,
    pub slice: Slice,
    /// The columns whose eye is open for this reader by a grant.
    pub open: Vec<Field>,
}

/// A role that a member holds, with its name if it is the tenant's own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeldRole {
    pub held: Held,
    pub name: Option<String>,
}

/// A member as a line in a list, and on its own page.
#[derive(Clone, Debug)]
pub struct MemberRow {
    pub id: MemberId,
    pub account: String,
    pub name: String,
    pub phone: Shown,
    pub email: Shown,
    pub roles: Vec<HeldRole>,
    /// The roles whose qualification is under review, so that they cannot be taken away.
    pub under_review: BTreeSet<Role>,
    pub supervisor: Option<(MemberId, String)>,
    pub telesales: bool,
    pub standing: Standing,
    pub must_change_password: bool,
    /// As far as the viewer may read the trail.
    pub signed_in_at: Moment,
    pub created_at: Moment,
    /// The mark of what is shown here.
    pub seen: String,
}

/// A member that others may be put under, or a colleague to choose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Colleague {
    pub id: MemberId,
    pub name: String,
    pub account: String,
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_held_role_survives_its_code() {
        for held in [Held::Default(Role::LeadOperator), Held::Custom(RoleId(Uuid::from_u128(7)))] {
            assert_eq!(held.to_string().parse(), Ok(held));
        }
        assert_eq!("king".parse::<Held>(), Err(()));
    }
}
