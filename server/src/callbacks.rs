//! Callbacks of the voice service. No session and no cookie reaches them: what counts is the mark in the address and the
//! service's signature. They stand outside the reception and the guard, and take no more than a bill is long.

use std::sync::Arc;

use app::paths;
use axum::{
    Router,
    body::Bytes,
    extract::{DefaultBodyLimit, Path, State},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
    routing::{MethodRouter, post},
};
use partner_center::{
    calls::{self, Arrived, Telephony},
    ctx::Store,
    error::Error,
};

use crate::clock::Clock;

/// The most bytes that a callback has: bills of fifty calls.
const LARGEST: usize = 128 * 1024;
/// The header with the service's signature.
const SIGNATURE: &str = "x-aksk";
/// What the service takes for "got it".
const TAKEN: &str = r#"{"resultcode":"0","resultdesc":"Success"}"#;

/// What a callback needs.
#[derive(Clone)]
pub struct Callbacks {
    pub store: Store,
    pub clock: Clock,
    /// Who may call back.
    pub telephony: Arc<Telephony>,
}

/// Every callback: where it arrives and what takes it. The coverage test reads this table.
pub fn callbacks() -> Vec<(&'static str, MethodRouter<Callbacks>)> {
    vec![(paths::VOICE_CALLBACK, post(voice))]
}

/// The callbacks as a service.
pub fn router(callbacks_of: Callbacks) -> Router {
    let routes = callbacks().into_iter().fold(Router::new(), |router, (path, method)| router.route(path, method));
    routes.layer(DefaultBodyLimit::max(LARGEST)).with_state(callbacks_of)
}

async fn voice(
    State(Callbacks { store, clock, telephony }): State<Callbacks>,
    Path((call, mark, body)): Path<(String, String, String)>,
    headers: HeaderMap,
    bytes: Bytes,
) -> Response {
    // A header that is no text is a wrong signature, and not a missing one.
    let signature = headers.get(SIGNATURE).map(|header| header.to_str().unwrap_or_default());
    let arrived = Arrived { call: &call, mark: &mark, body: &body, signature, bytes: &bytes };
    match calls::receive(&store, &telephony, arrived, clock.now()).await {
        Ok(()) => ([(header::CONTENT_TYPE, "application/json")], TAKEN).into_response(),
        Err(error) => refused(&error).into_response(),
    }
}

/// The service sends again what was not taken for want of time, and nothing else.
fn refused(error: &Error) -> StatusCode {
    match error {
        Error::NotFound => StatusCode::NOT_FOUND,
        Error::SignedOut => StatusCode::UNAUTHORIZED,
        Error::Malformed => StatusCode::BAD_REQUEST,
        Error::Busy | Error::Conflict(_) => StatusCode::SERVICE_UNAVAILABLE,
        Error::Denied(_)
        | Error::TooLarge
        | Error::Invalid(_)
        | Error::CodeNeeded(_)
        | Error::TooMany { .. }
        | Error::Twin
        | Error::Repeated(_)
        | Error::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}
