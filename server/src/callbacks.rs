//! Callbacks of the voice service. No session and no cookie reaches them: what counts is the mark in the address. They
//! stand outside the reception and the guard, and take no more than a bill is long.

use app::paths;
use axum::{
    Router,
    body::Bytes,
    extract::{DefaultBodyLimit, Path, State},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
    routing::{MethodRouter, post},
};
use partner_center::{calls, ctx::Store, error::Error};

use crate::clock::Clock;

/// The most bytes that a callback has: bills of fifty calls.
const LARGEST: usize = 128 * 1024;
/// What the service takes for "got it".
const TAKEN: &str = r#"{"resultcode":"0","resultdesc":"Success"}"#;

/// What a callback needs.
#[derive(Clone)]
pub struct Callbacks {
    pub store: Store,
    pub clock: Clock,
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
    State(Callbacks { store, clock }): State<Callbacks>,
    Path((call, token, body)): Path<(String, String, String)>,
    bytes: Bytes,
) -> Response {
    match calls::receive(&store, &call, &token, &body, &bytes, clock.now()).await {
        Ok(()) => ([(header::CONTENT_TYPE, "application/json")], TAKEN).into_response(),
        Err(error) => refused(&error).into_response(),
    }
}

/// The service sends again what was not taken for want of time, and nothing else.
fn refused(error: &Error) -> StatusCode {
    match error {
        Error::NotFound => StatusCode::NOT_FOUND,
        Error::Malformed => StatusCode::BAD_REQUEST,
        Error::Busy | Error::Conflict(_) => StatusCode::SERVICE_UNAVAILABLE,
        Error::SignedOut
        | Error::Denied(_)
        | Error::TooLarge
        | Error::Invalid(_)
        | Error::CodeNeeded(_)
        | Error::TooMany { .. }
        | Error::Twin
        | Error::Repeated(_)
        | Error::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}
