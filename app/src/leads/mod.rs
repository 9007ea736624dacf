//! Leads: list, detail, forms, dispatch.

pub mod api;

#[cfg(feature = "ssr")]
mod attachment;
#[cfg(feature = "ssr")]
mod choices;
#[cfg(feature = "ssr")]
mod chosen;
#[cfg(feature = "ssr")]
mod columns;
#[cfg(feature = "ssr")]
pub(crate) mod detail;
#[cfg(feature = "ssr")]
mod export;
#[cfg(feature = "ssr")]
mod eye;
#[cfg(feature = "ssr")]
mod list;
#[cfg(feature = "ssr")]
mod new;
#[cfg(feature = "ssr")]
pub(crate) mod place;
#[cfg(feature = "ssr")]
mod purpose;
#[cfg(feature = "ssr")]
pub mod query;
#[cfg(feature = "ssr")]
mod search;
#[cfg(feature = "ssr")]
pub(crate) mod steps;
#[cfg(feature = "ssr")]
pub mod text;

#[cfg(feature = "ssr")]
pub use attachment::attachment;
#[cfg(feature = "ssr")]
pub use chosen::{DispatchChosen, DispatchChosenPage};
#[cfg(feature = "ssr")]
pub use columns::ChosenColumns;
#[cfg(feature = "ssr")]
pub use detail::LeadPage;
#[cfg(feature = "ssr")]
pub use export::{ExportLeadsPage, LeadFile};
#[cfg(feature = "ssr")]
pub use eye::{Eye, EyePage};
#[cfg(feature = "ssr")]
pub use list::{DispatchPage, LeadsPage};
#[cfg(feature = "ssr")]
pub use new::{NewLeadForm, NewLeadPage};
#[cfg(feature = "ssr")]
pub use steps::{
    DispatchStep, DispatchStepPage, FollowStep, FollowStepPage, ReopenStep, ReopenStepPage, ReturnStep, ReturnStepPage,
};
