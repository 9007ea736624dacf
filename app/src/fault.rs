//! Failed requests: which status they get, and the page that says why.

use axum::http::StatusCode;
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use partner_center::{
    codes::{Needed, Trouble},
    error::{Error, Result},
    page::{Page, Slice, Start, Total},
};

use crate::{
    paths,
    text::{self, Locale},
    visit::Visit,
};

/// When to try again where the product is at its limit.
const BUSY_SECONDS: i64 = 5;

/// The one place that knows which error is which status.
pub fn status(error: &Error) -> StatusCode {
    match error {
        Error::SignedOut => StatusCode::UNAUTHORIZED,
        Error::Denied(_) => StatusCode::FORBIDDEN,
        Error::NotFound => StatusCode::NOT_FOUND,
        Error::Malformed => StatusCode::BAD_REQUEST,
        Error::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
        Error::CodeNeeded(needed) if retry_after(needed).is_some() => StatusCode::TOO_MANY_REQUESTS,
        Error::Invalid(_) | Error::CodeNeeded(_) => StatusCode::UNPROCESSABLE_ENTITY,
        Error::Conflict(_) | Error::Twin => StatusCode::CONFLICT,
        Error::TooMany { .. } => StatusCode::TOO_MANY_REQUESTS,
        Error::Busy => StatusCode::SERVICE_UNAVAILABLE,
        Error::Repeated(_) => StatusCode::SEE_OTHER,
        Error::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}

/// Sets the status of the answer that is being rendered.
pub fn answer_with(error: &Error) {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.set_status(status(error));
        let wait = match error {
            Error::TooMany { retry_after } => Some(*retry_after),
            Error::CodeNeeded(needed) => retry_after(needed),
            Error::Busy => Some(BUSY_SECONDS),
            _ => None,
        };
        if let Some(wait) = wait {
            response.insert_header(axum::http::header::RETRY_AFTER, wait.into());
        }
    }
}

/// When another code may be sent, if none may be now.
fn retry_after(needed: &Needed) -> Option<i64> {
    match needed.trouble {
        Some(Trouble::TooMany { retry_after }) => Some(retry_after),
        _ => None,
    }
}

/// The page of a list whose conditions make no sense: empty, with the status of what is said beside the fields.
///
/// # Errors
/// Whatever is not about a field.
pub fn nothing_found<T>(error: &Error, asked: Slice) -> Result<Page<T>> {
    if !matches!(error, Error::Invalid(_)) {
        return Err(error.clone());
    }
    answer_with(error);
    let slice = Slice { start: Start::Number(1), size: asked.size };
    Ok(Page { rows: Vec::new(), total: Total::Exactly(0), slice, before: None, after: None })
}

/// Provided when the request itself failed before any page was asked.
#[derive(Clone)]
pub struct Failed(pub Error);

/// A page that says what went wrong and where to go.
#[component]
pub fn FaultPage(error: Error) -> impl IntoView {
    answer_with(&error);
    let visit = Visit::current();
    let locale = visit.as_ref().map_or(Locale::default(), |visit| visit.locale);
    let shell = text::words(locale);
    let (title, advice) = text::fault(locale, &error);
    let request = visit.map(|visit| visit.origin.request).filter(|id| !id.is_empty());
    view! {
        <leptos_meta::Title text=title />
        <section class="fault">
            <p class="fault__code">{status(&error).as_u16()}</p>
            <h1>{title}</h1>
            <p>{advice}</p>
            {request.map(|id| view! { <p class="muted">{shell.request} ": " <code class="id">{id}</code></p> })}
            <p class="fault__ways">
                <a class="button button--primary" href=paths::HOME>
                    {shell.back_home}
                </a>
                {matches!(error, Error::Denied(_))
                    .then(|| {
                        view! {
                            <a class="button" href=paths::ACCESS>
                                {shell.access}
                            </a>
                        }
                    })}
            </p>
        </section>
    }
}
