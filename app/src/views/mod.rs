//! Saved views (视图): above a list, links to the questions that its reader has kept; on a page of its own, keeping them.
//! A list has them by naming itself in [`partner_center::views::List`] and showing a [`ViewBar`].

mod bar;
mod page;
mod text;

use partner_center::views::{List, View};

pub use bar::ViewBar;
pub use page::{ViewForm, ViewsPage};
pub use text::flash;

use crate::{paths, text::Locale, visit::Visit};

/// The address of a list when it asks for nothing.
pub fn path(list: List) -> &'static str {
    match list {
        List::Leads => paths::LEADS,
        List::LeadDispatch => paths::LEAD_DISPATCH,
    }
}

/// The address of the whole list, whatever view is its default.
pub fn all(list: List) -> String {
    format!("{}?view=all", path(list))
}

/// The address that takes every condition back.
pub fn reset(list: List, views: &[View]) -> String {
    if views.iter().any(|view| view.is_default) { all(list) } else { path(list).to_owned() }
}

/// The view to show where the address asks for nothing at all.
pub fn default_of<'v>(visit: &Visit, views: &'v [View]) -> Option<&'v View> {
    if visit.address.contains('?') { None } else { views.iter().find(|view| view.is_default) }
}

/// The address of a view.
fn address(list: List, view: &View) -> String {
    // A view that keeps no condition is the whole list, whatever is the default.
    if view.query.is_empty() { all(list) } else { format!("{}?{}", path(list), view.query) }
}

/// A list's name.
fn title(locale: Locale, list: List) -> &'static str {
    let t = crate::leads::text::words(locale);
    match list {
        List::Leads => t.title,
        List::LeadDispatch => t.dispatch_title,
    }
}
