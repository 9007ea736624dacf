//! What every server function shares: how it learns who asks, and how it says no.

use leptos::server_fn::{codec::JsonEncoding, error::FromServerFnError, error::ServerFnErrorErr};
use serde::{Deserialize, Serialize};

/// Why a call was refused, as the islands need to know it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum ApiError {
    /// The server refused; the page without JavaScript says why.
    Refused,
    /// The call did not arrive or made no sense.
    Network,
}

impl FromServerFnError for ApiError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(_: ServerFnErrorErr) -> ApiError {
        #[cfg(feature = "ssr")]
        crate::fault::answer_with(&partner_center::error::Error::Malformed);
        ApiError::Network
    }
}

impl std::fmt::Display for ApiError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{self:?}")
    }
}

#[cfg(feature = "ssr")]
impl From<partner_center::error::Error> for ApiError {
    fn from(error: partner_center::error::Error) -> ApiError {
        crate::fault::answer_with(&error);
        ApiError::Refused
    }
}

/// The viewer's way to the database, for a server function.
#[cfg(feature = "ssr")]
pub fn ctx() -> Result<partner_center::ctx::Ctx, ApiError> {
    let visit = crate::visit::Visit::current().ok_or(partner_center::error::Error::Internal)?;
    Ok(visit.ctx()?)
}
