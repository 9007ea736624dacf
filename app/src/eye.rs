//! The eye without JavaScript, whatever is behind it: a column of a page is open for the next minute.

use std::{fmt::Display, str::FromStr};

use axum::http::{HeaderName, HeaderValue, StatusCode};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use partner_center::{leads, people};

use crate::visit::GRANT_SECONDS;

/// A column that is masked until its eye is clicked.
pub trait Masked: Copy + Eq + Display + FromStr + Send + Sync {
    /// What the rows are, so that two lists with a column of the same name are opened apart.
    const THING: &'static str;
}

impl Masked for leads::Field {
    const THING: &'static str = "lead";
}

impl Masked for people::Field {
    const THING: &'static str = "member";
}

/// Marks the answer as one that shows clear values: it reloads when the moment is over, and its status keeps the browser
/// from holding the page for its Back button, where signing out would not reach it.
pub fn shows_clear_values() {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.set_status(StatusCode::NON_AUTHORITATIVE_INFORMATION);
        response.insert_header(HeaderName::from_static("refresh"), HeaderValue::from(GRANT_SECONDS));
    }
}
