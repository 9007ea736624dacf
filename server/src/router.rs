//! The one router: pages, forms, server functions, files, health, and the layers around them.

use std::{
    collections::HashSet,
    path::Path,
    sync::{Arc, LazyLock},
    time::Duration,
};

use app::{
    account, audit, calls, codes, exports, form, imports, keyboard, leads, messages, paths, people, preregistrations,
    routes,
    shell::shell,
    upload::{self, FileForm},
    views,
};
use axum::{
    Router,
    extract::{MatchedPath, Request, State},
    http::{HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::{MethodRouter, get, post},
};
use leptos::prelude::LeptosOptions;
use leptos_axum::{AxumRouteListing, LeptosRoutes, generate_route_list};
use partner_center::{calls::Telephony, error::Error};
use sea_orm::{ConnectionTrait, DatabaseConnection};
use tower_http::{
    catch_panic::CatchPanicLayer,
    compression::CompressionLayer,
    request_id::{MakeRequestUuid, PropagateRequestIdLayer, SetRequestIdLayer},
    services::{ServeDir, ServeFile},
    trace::TraceLayer,
};
use tower_sessions::{Expiry, SessionManagerLayer, cookie::SameSite};

use crate::{
    arrival,
    callbacks::{self, Callbacks},
    guard, headers,
    reception::{self, Reception},
    session::{self, Sessions},
    telemetry,
};

/// Everything the router is made of.
pub struct Parts {
    pub reception: Reception,
    pub sessions: Sessions,
    pub db: DatabaseConnection,
    pub options: LeptosOptions,
    /// Who carries calls, and calls back.
    pub telephony: Arc<Telephony>,
}

/// Files at the root of the site that anybody may fetch.
const FILES: [&str; 5] = ["favicon.svg", "logo.svg", "robots.txt", "leads-template.csv", "leads-sample.csv"];

/// Every form: where it posts and what takes it. Pages post to their own address. The coverage test reads this table.
pub fn forms() -> Vec<(&'static str, MethodRouter<LeptosOptions>)> {
    let mut forms = forms_with_files();
    forms.extend(forms_without_files());
    forms
}

/// The forms that take files, and as long as these need to arrive.
fn forms_with_files() -> Vec<(&'static str, MethodRouter<LeptosOptions>)> {
    vec![
        ("/leads/{id}/follow", with_files::<leads::FollowStep>()),
        (paths::LEAD_IMPORTS, with_files::<imports::UploadImport>()),
    ]
}

fn forms_without_files() -> Vec<(&'static str, MethodRouter<LeptosOptions>)> {
    vec![
        (paths::SIGN_IN, post(form::post::<account::SignIn>)),
        (paths::SIGN_OUT, post(form::post::<account::SignOut>)),
        (paths::CHANGE_PASSWORD, post(form::post::<account::ChangePassword>)),
        (paths::LANGUAGE, post(form::post::<form::small::Language>)),
        (paths::THEME, post(form::post::<form::small::Colours>)),
        (paths::DISMISS_NOTICE, post(form::post::<form::small::DismissNotice>)),
        (paths::KEYBOARD, post(form::post::<keyboard::KeyboardForm>)),
        (paths::NEW_LEAD, post(form::post::<leads::NewLeadForm>)),
        (paths::LEAD_EYE, post(form::post::<leads::Eye>)),
        (paths::LEAD_COLUMNS, post(form::post::<leads::ChosenColumns>)),
        ("/leads/{id}/dispatch", post(form::post::<leads::DispatchStep>)),
        ("/leads/{id}/return", post(form::post::<leads::ReturnStep>)),
        ("/leads/{id}/reopen", post(form::post::<leads::ReopenStep>)),
        ("/leads/{id}/call", post(form::post::<calls::CallStep>)),
        ("/leads/{id}/mute", post(form::post::<calls::MuteStep>)),
        ("/leads/{id}/unmute", post(form::post::<calls::UnmuteStep>)),
        ("/leads/{id}/develop", post(form::post::<preregistrations::DevelopStep>)),
        ("/calls/{id}", post(form::post::<calls::CallOutcome>)),
        ("/calls/{id}/cancel", post(form::post::<calls::CancelCall>)),
        (paths::CALL_SETTINGS, post(form::post::<calls::CallSettings>)),
        (paths::DISPATCH_CHOSEN, post(form::post::<leads::DispatchChosen>)),
        (paths::LEAD_EXPORT, post(form::post::<exports::ExportForm<leads::LeadFile>>)),
        (paths::MEMBER_EXPORT, post(form::post::<exports::ExportForm<people::MemberFile>>)),
        (paths::AUDIT_EXPORT, post(form::post::<exports::ExportForm<audit::AuditFile>>)),
        ("/exports/{id}/cancel", post(form::post::<exports::CancelExport>)),
        ("/exports/{id}/retry", post(form::post::<exports::RetryExport>)),
        ("/leads/import/{id}/confirm", post(form::post::<imports::ConfirmImport>)),
        ("/leads/import/{id}/cancel", post(form::post::<imports::CancelImport>)),
        ("/views/{list}", post(form::post::<views::ViewForm>)),
        (paths::MESSAGES, post(form::post::<messages::MarkRead>)),
        (paths::MESSAGE_SETTINGS, post(form::post::<messages::ChooseChannels>)),
        (paths::MESSAGE_RECEIVERS, post(form::post::<messages::AddReceiver>)),
        ("/messages/receivers/{id}/remove", post(form::post::<messages::RemoveReceiver>)),
        (paths::VERIFICATION, post(form::post::<codes::SwitchForm>)),
        (paths::NEW_MEMBER, post(form::post::<people::NewMemberForm>)),
        (paths::CONTACTS, post(form::post::<people::ContactsForm>)),
        (paths::MEMBER_EYE, post(form::post::<people::MemberEye>)),
        ("/members/{id}/edit", post(form::post::<people::EditStep>)),
        ("/members/{id}/roles", post(form::post::<people::RolesStep>)),
        ("/members/{id}/supervisor", post(form::post::<people::SupervisorStep>)),
        ("/members/{id}/reset-password", post(form::post::<people::ResetStep>)),
        ("/members/{id}/disable", post(form::post::<people::DisableStep>)),
        ("/members/{id}/enable", post(form::post::<people::EnableStep>)),
        (paths::NEW_ROLE, post(form::post::<people::NewRoleForm>)),
        ("/roles/{id}", post(form::post::<people::EditRole>)),
        ("/roles/{id}/delete", post(form::post::<people::DeleteRole>)),
        (paths::EDIT_PROFILE, post(form::post::<people::EditProfile>)),
        (paths::PROFILE_CHOICES, post(form::post::<people::Choices>)),
        ("/profile/sessions/{id}/end", post(form::post::<people::EndSession>)),
    ]
}

/// A form that takes files, and no more of them than it says.
fn with_files<F: FileForm>() -> MethodRouter<LeptosOptions> {
    post(upload::post::<F>).layer(upload::limit::<F>())
}

/// Files that are made or kept for the reader.
pub fn downloads() -> Vec<(&'static str, MethodRouter<LeptosOptions>)> {
    vec![
        ("/leads/import/{id}/failures", get(imports::failures)),
        ("/exports/{id}/file", get(exports::file)),
        ("/leads/{id}/attachments/{file}", get(leads::attachment)),
    ]
}

/// Events that a page goes on telling.
pub fn streams() -> Vec<(&'static str, MethodRouter<LeptosOptions>)> {
    vec![("/calls/{id}/events", get(calls::events))]
}

/// The pages of the route table.
pub fn pages() -> Vec<AxumRouteListing> {
    generate_route_list(routes::listed)
}

/// The whole product as one service.
pub fn router(parts: Parts) -> Router {
    let options = parts.options.clone();
    let pages_options = options.clone();
    let posted = forms().into_iter().chain(downloads()).chain(streams());
    let product = posted
        .fold(Router::new(), |router, (path, method)| router.route(path, method))
        .leptos_routes(&options, pages(), move || shell(pages_options.clone()))
        .fallback(not_found)
        .method_not_allowed_fallback(|| async { StatusCode::METHOD_NOT_ALLOWED })
        .with_state(options);
    received(product, parts)
}

/// Puts the reception and all other layers around what is served.
pub fn received(product: Router, parts: Parts) -> Router {
    let Parts { reception, sessions, db, options, telephony } = parts;
    let secure = reception.secure;
    let session_layer = SessionManagerLayer::new(sessions)
        .with_name(if secure { "__Host-pc" } else { "pc" })
        .with_secure(secure)
        .with_http_only(true)
        .with_same_site(SameSite::Lax)
        .with_path("/")
        .with_expiry(Expiry::OnSessionEnd);
    let (store, clock) = (reception.store.clone(), reception.clock.clone());
    let told = callbacks::router(Callbacks { store, clock, telephony });
    let product = product
        .layer(middleware::from_fn_with_state(reception, reception::receive))
        .layer(session_layer)
        .layer(middleware::from_fn(arrival::wait))
        .layer(middleware::from_fn_with_state(secure, session::complete_removal))
        .layer(middleware::from_fn(guard::same_origin))
        .layer(CompressionLayer::new());
    let ready = Router::new().route("/healthz", get(|| async { "ok" })).route("/readyz", get(ready)).with_state(db);

    files(&options)
        .merge(ready)
        .merge(told)
        .merge(product)
        .layer(CatchPanicLayer::custom(|_: Box<dyn std::any::Any + Send>| {
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }))
        .layer(middleware::from_fn(in_time))
        .layer(middleware::from_fn_with_state(secure, headers::secure))
        .layer(middleware::from_fn(telemetry::measure))
        .layer(TraceLayer::new_for_http().make_span_with(telemetry::span).on_response(telemetry::answered))
        .layer(PropagateRequestIdLayer::x_request_id())
        .layer(SetRequestIdLayer::x_request_id(MakeRequestUuid))
        .layer(middleware::from_fn(own_request_id))
}

/// How long an answer may take.
const LONGEST_ANSWER: Duration = Duration::from_secs(30);
/// How long a file may take to arrive, over a slow line too.
const LONGEST_UPLOAD: Duration = Duration::from_secs(600);

/// Gives up on what takes too long.
async fn in_time(request: Request, next: Next) -> Response {
    match tokio::time::timeout(limit(&request), next.run(request)).await {
        Ok(response) => response,
        Err(_) => later("this takes too long"),
    }
}

/// How long this request may take, by the form it posts.
fn limit(request: &Request) -> Duration {
    static WITH_FILES: LazyLock<HashSet<&str>> =
        LazyLock::new(|| forms_with_files().into_iter().map(|(path, _)| path).collect());
    let form = request.extensions().get::<MatchedPath>().filter(|_| request.method() == Method::POST);
    match form {
        Some(form) if WITH_FILES.contains(form.as_str()) => LONGEST_UPLOAD,
        _ => LONGEST_ANSWER,
    }
}

/// The answer of a product that cannot answer now.
fn later(why: &'static str) -> Response {
    let later = [(header::RETRY_AFTER, HeaderValue::from_static("5"))];
    (StatusCode::SERVICE_UNAVAILABLE, later, why).into_response()
}

/// Request ids are ours: one that a client sends would let it write into the logs and the trail.
async fn own_request_id(mut request: Request, next: Next) -> Response {
    request.headers_mut().remove(HeaderName::from_static("x-request-id"));
    next.run(request).await
}

fn files(options: &LeptosOptions) -> Router {
    let site = Path::new(options.site_root.as_ref());
    let pkg = ServeDir::new(site.join("pkg")).precompressed_br().precompressed_gzip();
    FILES.iter().fold(Router::new().nest_service("/pkg", pkg), |router, file| {
        router
            .route_service(&format!("/{file}"), ServeFile::new(site.join(file)).precompressed_br().precompressed_gzip())
    })
}

async fn not_found(State(options): State<LeptosOptions>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    form::failed(options, parts, Error::NotFound).await
}

/// Ready when the database answers.
async fn ready(State(db): State<DatabaseConnection>) -> Response {
    match db.execute_unprepared("SELECT 1").await {
        Ok(_) => "ready".into_response(),
        Err(_) => later("not ready"),
    }
}

#[cfg(test)]
mod tests {
    use axum::{body::Body, http, routing::any};
    use tower::ServiceExt;

    use super::*;

    /// The limit of a request, asked where the product asks for it: in a layer around the routes.
    async fn limit_of(method: Method, path: &str) -> String {
        let routes = forms().into_iter().map(|(path, _)| (path, any(|| async {})));
        let product = routes.fold(Router::new(), |router, (path, method)| router.route(path, method));
        let product = product.layer(middleware::from_fn(|request: Request, _: Next| async move {
            limit(&request).as_secs().to_string()
        }));
        let request = http::Request::builder().method(method).uri(path.replace("{id}", "7")).body(Body::empty());
        let answer = product.oneshot(request.unwrap()).await.unwrap();
        String::from_utf8(axum::body::to_bytes(answer.into_body(), 10).await.unwrap().to_vec()).unwrap()
    }

    #[tokio::test]
    async fn every_form_with_files_and_nothing_else_may_take_as_long_as_files_need() {
        for (path, _) in forms_with_files() {
            assert_eq!(limit_of(Method::POST, path).await, LONGEST_UPLOAD.as_secs().to_string(), "{path}");
            assert_eq!(limit_of(Method::GET, path).await, LONGEST_ANSWER.as_secs().to_string(), "{path}");
        }
        for (path, _) in forms_without_files() {
            assert_eq!(limit_of(Method::POST, path).await, LONGEST_ANSWER.as_secs().to_string(), "{path}");
        }
    }
}
