//! Addresses with a query: read into a struct, written back with one thing changed.

use leptos::prelude::*;
use partner_center::error::{Error, Result};
use serde::{Serialize, de::DeserializeOwned};

use crate::visit::Visit;

/// The query of the page, as a struct of texts. A field given twice makes no sense.
pub fn read<Q: DeserializeOwned>() -> Result<Q> {
    let query = use_context::<axum::http::request::Parts>().and_then(|parts| parts.uri.query().map(str::to_owned));
    parse(&query.unwrap_or_default())
}

/// The query of an address, as a struct of texts.
pub fn of<Q: DeserializeOwned>(address: &str) -> Result<Q> {
    parse(address.split_once('?').map_or("", |(_, query)| query))
}

fn parse<Q: DeserializeOwned>(query: &str) -> Result<Q> {
    serde_html_form::from_str(query).map_err(|_| Error::Malformed)
}

/// The address of a path with this query; what is empty is left out.
pub fn address(path: &str, query: &impl Serialize) -> String {
    let query = serde_html_form::to_string(query).unwrap_or_default();
    let kept: Vec<&str> = query.split('&').filter(|pair| !pair.is_empty() && !pair.ends_with('=')).collect();
    if kept.is_empty() { path.to_owned() } else { format!("{path}?{}", kept.join("&")) }
}

/// The path of the page, without its query.
pub fn path() -> String {
    let address = Visit::current().map(|visit| visit.address).unwrap_or_default();
    address.split('?').next().unwrap_or_default().to_owned()
}

/// A part of the address that is a code or empty.
pub fn coded<T: std::str::FromStr>(text: &str) -> Result<Option<T>> {
    if text.is_empty() { Ok(None) } else { text.parse().map(Some).map_err(|_| Error::Malformed) }
}
