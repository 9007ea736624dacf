//! People: tenants, their members and roles, and how a member proves to be itself.

use crate::{access::Viewer, ids::MemberId};

#[cfg(feature = "ssr")]
pub mod admin;
#[cfg(feature = "ssr")]
pub(crate) mod entity;
#[cfg(feature = "ssr")]
pub mod gate;
#[cfg(feature = "ssr")]
pub mod hashing;
#[cfg(feature = "ssr")]
mod reach;
#[cfg(feature = "ssr")]
mod store;
pub mod throttle;

#[cfg(feature = "ssr")]
pub(crate) use reach::{address, administrators, reachable, superiors};
#[cfg(feature = "ssr")]
pub(crate) use store::{accounts, ids_of_account, ids_of_name, names, viewer_of};
#[cfg(feature = "ssr")]
pub use store::{enter, member_ctx};

/// Which site of the vendor an account belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::Display, strum::EnumString)]
#[strum(serialize_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(sea_orm::DeriveValueType), sea_orm(value_type = "String"))]
pub enum Site {
    /// 中国站
    China,
    /// 国际站
    International,
}

/// Who is signed in, for the pages: what the rules need and what a greeting needs.
#[derive(Clone, Debug)]
pub struct SignedIn {
    pub viewer: Viewer,
    pub tenant_title: String,
    pub account: String,
    pub name: String,
    pub site: Site,
    /// Whether the password must be changed before anything else.
    pub must_change_password: bool,
}

/// What a session remembers of a sign-in. It is worth nothing once the member's version has moved on: disabled, a role
/// taken away, the password changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Ticket {
    pub member: MemberId,
    pub version: i32,
}
