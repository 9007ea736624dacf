//! Members, roles, and one's own account: list, forms, the profile, and why somebody can or cannot.

pub mod api;

#[cfg(feature = "ssr")]
mod access;
#[cfg(feature = "ssr")]
mod choices;
#[cfg(feature = "ssr")]
mod contacts;
#[cfg(feature = "ssr")]
mod detail;
#[cfg(feature = "ssr")]
mod export;
#[cfg(feature = "ssr")]
mod eye;
#[cfg(feature = "ssr")]
mod list;
#[cfg(feature = "ssr")]
mod new;
#[cfg(feature = "ssr")]
mod profile;
#[cfg(feature = "ssr")]
mod query;
#[cfg(feature = "ssr")]
mod role_form;
#[cfg(feature = "ssr")]
mod roles;
#[cfg(feature = "ssr")]
mod sessions;
#[cfg(feature = "ssr")]
mod steps;
#[cfg(feature = "ssr")]
pub mod text;
#[cfg(feature = "ssr")]
pub mod words;

#[cfg(feature = "ssr")]
pub use access::AccessPage;
#[cfg(feature = "ssr")]
pub use contacts::{ContactsForm, ContactsPage};
#[cfg(feature = "ssr")]
pub use detail::MemberPage;
#[cfg(feature = "ssr")]
pub use export::{ExportMembersPage, MemberFile};
#[cfg(feature = "ssr")]
pub use eye::MemberEye;
#[cfg(feature = "ssr")]
pub use list::MembersPage;
#[cfg(feature = "ssr")]
pub use new::{NewMemberForm, NewMemberPage};
#[cfg(feature = "ssr")]
pub use profile::{Choices, EditProfile, EditProfilePage, ProfilePage};
#[cfg(feature = "ssr")]
pub use role_form::{DeleteRole, DeleteRolePage, EditRole, EditRolePage, NewRoleForm, NewRolePage};
#[cfg(feature = "ssr")]
pub use roles::RolesPage;
#[cfg(feature = "ssr")]
pub use sessions::EndSession;
#[cfg(feature = "ssr")]
pub use steps::{
    DisableStep, DisableStepPage, EditStep, EditStepPage, EnableStep, EnableStepPage, ResetStep, ResetStepPage,
    RolesStep, RolesStepPage, SupervisorStep, SupervisorStepPage,
};
