//! Forms. A form posts to its page's own address; one generic handler reads it, saves it, and answers with a redirect or
//! with that page again, the input kept and the reason beside the field.

use std::collections::HashMap;

use axum::{
    body::{Body, to_bytes},
    extract::{FromRequestParts, Path, State},
    http::{HeaderValue, Request, StatusCode, header, request::Parts},
    response::{IntoResponse, Response},
};
use leptos::prelude::*;
use partner_center::{
    codes::{Needed, Typed},
    error::{Code, Error, Problem, Result},
};
use serde::de::DeserializeOwned;

use crate::{fault, fault::Failed, paths, shell, text::Locale, visit::Visit};

/// The most bytes that a form has, texts of ten thousand characters and a thousand ticked rows included.
pub(crate) const LARGEST: usize = 256 * 1024;

/// The parts of the address that vary, by name.
pub type Params = HashMap<String, String>;

/// The id in a form's address. What is no id at all names no thing either.
pub fn id_of<T: std::str::FromStr>(params: &Params) -> Result<T> {
    params.get("id").and_then(|id| id.parse().ok()).ok_or(Error::NotFound)
}

/// What a saved form answers with.
pub struct Saved {
    /// Where to go.
    pub location: String,
    /// What to tell there, once; a code that the page knows, and what belongs to it behind dots.
    pub flash: Option<String>,
    /// A cookie to set on the way.
    pub cookie: Option<String>,
    /// Nowhere yet: the form has another step, and its page is shown again for it.
    pub again: bool,
}

impl Saved {
    /// Goes there without a word.
    pub fn at(location: impl Into<String>) -> Saved {
        Saved { location: location.into(), flash: None, cookie: None, again: false }
    }

    /// Goes there and tells.
    pub fn telling(location: impl Into<String>, flash: impl Into<String>) -> Saved {
        Saved { flash: Some(flash.into()), ..Saved::at(location) }
    }

    /// Stays: the form's page is shown again, with what was sent, for its next step.
    pub fn again() -> Saved {
        Saved { again: true, ..Saved::at("") }
    }
}

/// A form: its fields as text, and what sending it does.
pub trait PageForm: DeserializeOwned + Clone + Default + Send + Sync + 'static {
    /// Whether the form's address is also a page, which a refused form comes back to. A mere act has none.
    const HAS_PAGE: bool = true;

    /// Does what the form asks for, or says what is wrong.
    fn save(&self, visit: &Visit, params: &Params) -> impl Future<Output = Result<Saved>> + Send;

    /// What may be shown again after a refusal; passwords are not.
    fn kept(self) -> Self {
        self
    }

    /// Its fields, where a verification code is asked for and the dialog sends them once more together with the code.
    fn carried(&self) -> Vec<(&'static str, String)> {
        Vec::new()
    }
}

/// A form on its way back to its page: refused, or going on.
#[derive(Clone)]
pub struct Posted<F> {
    pub form: F,
    /// Nothing, where the form only goes on to its next step.
    pub error: Option<Error>,
}

impl<F: Clone + Default + Send + Sync + 'static> Posted<F> {
    /// The form as it was sent, or an empty one, and what was wrong with it.
    pub fn take() -> (F, Option<Error>) {
        match use_context::<Posted<F>>() {
            Some(Posted { form, error }) => (form, error),
            None => (F::default(), None),
        }
    }
}

/// The code that is needed before a refused form goes on, if that is what refused it.
pub fn code_needed(error: Option<&Error>) -> Option<Needed> {
    match error {
        Some(Error::CodeNeeded(needed)) => Some((**needed).clone()),
        _ => None,
    }
}

/// The fields of a form that asks for a code: `once`, `code` and `code_by`.
pub fn typed<'f>(once: &str, code: &'f str, by: &'f str) -> Result<Typed<'f>> {
    Ok(Typed { code, by, token: token_of(once)? })
}

/// What is wrong with one field of a refused form.
pub fn problem_of(error: Option<&Error>, field: &str) -> Option<Code> {
    match error {
        Some(Error::Invalid(problems)) => problems.iter().find(|problem| problem.field == field).map(|p| p.code),
        _ => None,
    }
}

/// The same, as a question that a page's fields can ask.
pub fn beside(error: &Option<Error>) -> impl Fn(&str) -> Option<Code> + Clone + Send + Sync + use<> {
    let error = error.clone();
    move |field| problem_of(error.as_ref(), field)
}

/// All problems of a refused form.
pub fn problems(error: Option<&Error>) -> Vec<Problem> {
    match error {
        Some(Error::Invalid(problems)) => problems.clone(),
        _ => Vec::new(),
    }
}

/// The handler behind every form.
pub async fn post<F: PageForm>(State(options): State<LeptosOptions>, request: Request<Body>) -> Response {
    let (mut parts, body) = request.into_parts();
    let Ok(Path(params)) = Path::<Params>::from_request_parts(&mut parts, &options).await else {
        return failed(options, parts, Error::Malformed).await;
    };
    let form: F = match read(&parts, body).await {
        Ok(form) => form,
        Err(error) => return failed(options, parts, error).await,
    };
    let Some(visit) = parts.extensions.get::<Visit>().cloned() else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let saved = form.save(&visit, &params).await;
    answer(options, parts, &visit, saved, F::HAS_PAGE.then(|| form.kept())).await
}

/// Sends the browser on, or answers with the form's page again if it has one: the input kept, the reason beside it.
pub(crate) async fn answer<F: Clone + Send + Sync + 'static>(
    options: LeptosOptions,
    parts: Parts,
    visit: &Visit,
    saved: Result<Saved>,
    kept: Option<F>,
) -> Response {
    match (saved, kept) {
        (Ok(saved), Some(form)) if saved.again => {
            let posted = Posted { form, error: None };
            render(options, parts, move || provide_context(posted.clone())).await
        }
        (Ok(saved), _) => redirect(saved, visit),
        (Err(Error::Repeated(location)), _) => redirect(Saved::at(location), visit),
        (
            Err(
                error @ (Error::Invalid(_)
                | Error::Conflict(_)
                | Error::CodeNeeded(_)
                | Error::TooMany { .. }
                | Error::Busy),
            ),
            Some(form),
        ) => {
            let posted = Posted { form, error: Some(error.clone()) };
            render(options, parts, move || {
                fault::answer_with(&error);
                provide_context(posted.clone());
            })
            .await
        }
        (Err(error), _) => failed(options, parts, error).await,
    }
}

/// Reads a form without files.
pub(crate) async fn read<F: DeserializeOwned>(parts: &Parts, body: Body) -> Result<F> {
    let kind = parts.headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if !kind.starts_with("application/x-www-form-urlencoded") {
        return Err(Error::Malformed);
    }
    let bytes = to_bytes(body, LARGEST).await.map_err(|_| Error::TooLarge)?;
    if percent_encoding::percent_decode(&bytes).decode_utf8().is_err() {
        return Err(Error::Malformed);
    }
    serde_html_form::from_bytes(&bytes).map_err(|_| Error::Malformed)
}

/// Answers with the error page.
pub async fn failed(options: LeptosOptions, parts: Parts, error: Error) -> Response {
    render(options, parts, move || provide_context(Failed(error.clone()))).await
}

/// Renders the page of this address with more context.
pub async fn render(
    options: LeptosOptions,
    parts: Parts,
    context: impl Fn() + Clone + Send + Sync + 'static,
) -> Response {
    let handler = leptos_axum::render_app_async_with_context(context, move || shell::shell(options.clone()));
    handler(Request::from_parts(parts, Body::empty())).await.into_response()
}

/// Sends the browser on, with what to tell there in a cookie that the next page eats.
pub fn redirect(saved: Saved, visit: &Visit) -> Response {
    let location = if paths::is_local(&saved.location) { saved.location.as_str() } else { paths::HOME };
    let mut response = (StatusCode::SEE_OTHER, [(header::LOCATION, location)]).into_response();
    let secure = if visit.secure { "; Secure" } else { "" };
    let flash = saved.flash.map(|code| format!("pc_flash={code}; Path=/; Max-Age=60; HttpOnly; SameSite=Lax{secure}"));
    for cookie in flash.into_iter().chain(saved.cookie) {
        if let Ok(value) = HeaderValue::from_str(&cookie) {
            response.headers_mut().append(header::SET_COOKIE, value);
        }
    }
    response
}

/// A cookie that lasts, such as the language.
pub fn lasting_cookie(visit: &Visit, name: &str, value: &str) -> String {
    let secure = if visit.secure { "; Secure" } else { "" };
    format!("{name}={value}; Path=/; Max-Age=31536000; HttpOnly; SameSite=Lax{secure}")
}

/// A new token for a form that must count once.
pub fn token() -> String {
    uuid::Uuid::new_v4().to_string()
}

/// The token that came back. A form without one (another client) simply counts each time.
pub fn token_of(text: &str) -> Result<Option<uuid::Uuid>> {
    if text.is_empty() { Ok(None) } else { text.parse().map(Some).map_err(|_| Error::Malformed) }
}

/// The language switch, the colour switch and their like: small forms in the frame, each going back where it came from.
pub mod small {
    use super::*;

    /// Chooses the language.
    #[derive(Clone, Default, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    pub struct Language {
        #[serde(default)]
        pub tag: String,
        #[serde(default)]
        pub back: String,
    }

    impl PageForm for Language {
        const HAS_PAGE: bool = false;

        async fn save(&self, visit: &Visit, _: &Params) -> Result<Saved> {
            let locale = Locale::of_tag(&self.tag).ok_or(Error::Malformed)?;
            // Whoever has chosen a language for every machine changes that choice; nobody else is held to one.
            if let Some(member) = visit.signed_in.as_ref().filter(|member| !member.language.is_empty()) {
                partner_center::people::choose(&visit.ctx()?, locale.tag(), &member.zone).await?;
            }
            let cookie = Some(lasting_cookie(visit, "pc_locale", locale.tag()));
            Ok(Saved { cookie, ..Saved::at(self.back.as_str()) })
        }
    }

    /// Chooses the colours.
    #[derive(Clone, Default, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    pub struct Colours {
        #[serde(default)]
        pub theme: String,
        #[serde(default)]
        pub back: String,
    }

    impl PageForm for Colours {
        const HAS_PAGE: bool = false;

        async fn save(&self, visit: &Visit, _: &Params) -> Result<Saved> {
            let theme: crate::visit::Theme = self.theme.parse().map_err(|_| Error::Malformed)?;
            let cookie = Some(lasting_cookie(visit, "pc_theme", &theme.to_string()));
            Ok(Saved { cookie, ..Saved::at(self.back.as_str()) })
        }
    }

    /// Hides the notice for accounts of the international site, for good.
    #[derive(Clone, Default, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    pub struct DismissNotice {
        #[serde(default)]
        pub back: String,
    }

    impl PageForm for DismissNotice {
        const HAS_PAGE: bool = false;

        async fn save(&self, visit: &Visit, _: &Params) -> Result<Saved> {
            use partner_center::preferences::{self, Preference};
            preferences::set(&visit.ctx()?, Preference::IntlNotice, "hidden").await?;
            Ok(Saved::at(self.back.as_str()))
        }
    }
}
