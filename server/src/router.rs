//! The one router: pages, forms, server functions, files, health, and the layers around them.

use std::{path::Path, time::Duration};

use app::{account, codes, form, imports, leads, messages, paths, routes, shell::shell};
use axum::{
    Router,
    extract::{DefaultBodyLimit, Request, State},
    http::{HeaderName, HeaderValue, Method, StatusCode, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::{MethodRouter, get, post},
};
use leptos::prelude::LeptosOptions;
use leptos_axum::{AxumRouteListing, LeptosRoutes, generate_route_list};
use partner_center::error::Error;
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
}

/// The largest request: a file and the fields around it.
const LARGEST_UPLOAD: usize = partner_center::imports::LARGEST_FILE as usize + 64 * 1024;

/// Files at the root of the site that anybody may fetch.
const FILES: [&str; 5] = ["favicon.svg", "logo.svg", "robots.txt", "leads-template.csv", "leads-sample.csv"];

/// Every form: where it posts and what takes it. Pages post to their own address. The coverage test reads this table.
pub fn forms() -> Vec<(&'static str, MethodRouter<LeptosOptions>)> {
    vec![
        (paths::SIGN_IN, post(form::post::<account::SignIn>)),
        (paths::SIGN_OUT, post(form::post::<account::SignOut>)),
        (paths::CHANGE_PASSWORD, post(form::post::<account::ChangePassword>)),
        (paths::LANGUAGE, post(form::post::<form::small::Language>)),
        (paths::THEME, post(form::post::<form::small::Colours>)),
        (paths::DISMISS_NOTICE, post(form::post::<form::small::DismissNotice>)),
        (paths::NEW_LEAD, post(form::post::<leads::NewLeadForm>)),
        (paths::LEAD_EYE, post(form::post::<leads::Eye>)),
        (paths::LEAD_COLUMNS, post(form::post::<leads::ChosenColumns>)),
        ("/leads/{id}/dispatch", post(form::post::<leads::DispatchStep>)),
        ("/leads/{id}/follow", post(form::post::<leads::FollowStep>)),
        ("/leads/{id}/return", post(form::post::<leads::ReturnStep>)),
        ("/leads/{id}/reopen", post(form::post::<leads::ReopenStep>)),
        (paths::DISPATCH_CHOSEN, post(form::post::<leads::DispatchChosen>)),
        (paths::LEAD_IMPORTS, post(imports::upload).layer(DefaultBodyLimit::max(LARGEST_UPLOAD))),
        ("/leads/import/{id}/confirm", post(form::post::<imports::ConfirmImport>)),
        ("/leads/import/{id}/cancel", post(form::post::<imports::CancelImport>)),
        (paths::MESSAGES, post(form::post::<messages::MarkRead>)),
        (paths::MESSAGE_SETTINGS, post(form::post::<messages::ChooseChannels>)),
        (paths::MESSAGE_RECEIVERS, post(form::post::<messages::AddReceiver>)),
        ("/messages/receivers/{id}/remove", post(form::post::<messages::RemoveReceiver>)),
        (paths::VERIFICATION, post(form::post::<codes::SwitchForm>)),
    ]
}

/// Files that are made for the reader.
pub fn downloads() -> Vec<(&'static str, MethodRouter<LeptosOptions>)> {
    vec![("/leads/import/{id}/failures", get(imports::failures))]
}

/// The pages of the route table.
pub fn pages() -> Vec<AxumRouteListing> {
    generate_route_list(routes::listed)
}

/// The whole product as one service.
pub fn router(parts: Parts) -> Router {
    let options = parts.options.clone();
    let pages_options = options.clone();
    let posted = forms().into_iter().chain(downloads());
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
    let Parts { reception, sessions, db, options } = parts;
    let secure = reception.secure;
    let session_layer = SessionManagerLayer::new(sessions)
        .with_name(if secure { "__Host-pc" } else { "pc" })
        .with_secure(secure)
        .with_http_only(true)
        .with_same_site(SameSite::Lax)
        .with_path("/")
        .with_expiry(Expiry::OnSessionEnd);
    let product = product
        .layer(middleware::from_fn_with_state(reception, reception::receive))
        .layer(session_layer)
        .layer(middleware::from_fn_with_state(secure, session::complete_removal))
        .layer(middleware::from_fn(guard::same_origin))
        .layer(CompressionLayer::new());
    let ready = Router::new().route("/healthz", get(|| async { "ok" })).route("/readyz", get(ready)).with_state(db);

    files(&options)
        .merge(ready)
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
    let uploads = request.method() == Method::POST && request.uri().path() == paths::LEAD_IMPORTS;
    let limit = if uploads { LONGEST_UPLOAD } else { LONGEST_ANSWER };
    match tokio::time::timeout(limit, next.run(request)).await {
        Ok(response) => response,
        Err(_) => later("this takes too long"),
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
