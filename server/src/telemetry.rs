//! Logs and metrics. A line is readable alone and carries its values as fields; personal data is in neither.

use std::{net::SocketAddr, time::Duration};

use app::paths;
use axum::{
    body::Body,
    extract::{MatchedPath, Request},
    http::{Method, Response},
    middleware::Next,
};
use metrics_exporter_prometheus::PrometheusBuilder;
use tracing::Span;
use tracing_subscriber::{EnvFilter, fmt, layer::SubscriberExt, util::SubscriberInitExt};

/// Starts logging to standard error. `RUST_LOG` narrows or widens it.
pub fn start_logging(json: bool) {
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn,sea_orm=warn"));
    let registry = tracing_subscriber::registry().with(filter);
    let started = if json {
        registry.with(fmt::layer().json().with_writer(std::io::stderr)).try_init()
    } else {
        registry.with(fmt::layer().compact().with_writer(std::io::stderr)).try_init()
    };
    if started.is_err() {
        tracing::debug!("logging was started before");
    }
}

/// Starts the metrics' own listener.
pub fn start_metrics(addr: SocketAddr) -> Result<(), metrics_exporter_prometheus::BuildError> {
    PrometheusBuilder::new().with_http_listener(addr).install()
}

/// The span of a request: its id and its path without the query, which may hold what somebody searched for.
pub fn span(request: &axum::http::Request<Body>) -> Span {
    let id = request.headers().get("x-request-id").and_then(|id| id.to_str().ok()).unwrap_or_default();
    tracing::info_span!("request", request.id = id, http.method = %request.method(), http.path = logged(request.uri().path()))
}

/// What of a path is written down: the mark of a callback is a secret between the voice service and us.
fn logged(path: &str) -> &str {
    if path.starts_with(paths::VOICE_CALLBACKS) { paths::VOICE_CALLBACKS } else { path }
}

/// One line for each answer.
pub fn answered<B>(response: &Response<B>, took: Duration, _: &Span) {
    let status = response.status().as_u16();
    let duration_ms = took.as_millis() as u64;
    if status >= 500 {
        tracing::error!(http.status = status, duration_ms, "answered");
    } else {
        tracing::info!(http.status = status, duration_ms, "answered");
    }
}

/// Counts and times each route.
pub async fn measure(request: Request, next: Next) -> axum::response::Response {
    // Anybody may send any word for a method, and each would be counted apart for ever.
    let known = [Method::GET, Method::HEAD, Method::POST].into_iter().find(|method| method == request.method());
    let method = known.map_or("other".to_owned(), |method| method.to_string());
    let began = std::time::Instant::now();
    let route = request.extensions().get::<MatchedPath>().map_or("other".to_owned(), |path| path.as_str().to_owned());
    let response = next.run(request).await;
    let labels = [("method", method), ("route", route), ("status", response.status().as_u16().to_string())];
    metrics::counter!("http_requests_total", &labels).increment(1);
    metrics::histogram!("http_request_seconds", &labels).record(began.elapsed().as_secs_f64());
    response
}
