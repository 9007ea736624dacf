//! The headers that every answer carries, errors and files included.

use axum::{
    extract::{Request, State},
    http::{HeaderName, HeaderValue, header},
    middleware::Next,
    response::Response,
};

/// Adds what is missing. Pages have set their own policy, with the nonce of their scripts.
pub async fn secure(State(https): State<bool>, request: Request, next: Next) -> Response {
    let path = request.uri().path();
    let is_file = path.starts_with("/pkg/");
    let is_picture = path.ends_with(".svg");
    let mut response = next.run(request).await;
    let status = response.status();
    let headers = response.headers_mut();
    let mut ensure = |name: HeaderName, value: &'static str| {
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    };
    ensure(
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'",
    );
    ensure(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    ensure(header::X_FRAME_OPTIONS, "DENY");
    ensure(header::REFERRER_POLICY, "same-origin");
    ensure(HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    ensure(HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    ensure(HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=(), payment=()");
    // Files of the build carry their hash in their name; whatever else is said is for this reader, now.
    let cache = match status.is_success() {
        true if is_file => "public, max-age=31536000, immutable",
        true if is_picture => "public, max-age=86400",
        _ => "no-store",
    };
    ensure(header::CACHE_CONTROL, cache);
    ensure(header::CONTENT_TYPE, "text/plain; charset=utf-8");
    if https {
        ensure(header::STRICT_TRANSPORT_SECURITY, "max-age=63072000; includeSubDomains");
    }
    // Text files are served without their encoding; all of ours are UTF-8.
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if kind.starts_with("text/")
        && !kind.contains("charset")
        && let Ok(kind) = HeaderValue::from_str(&format!("{kind}; charset=utf-8"))
    {
        headers.insert(header::CONTENT_TYPE, kind);
    }
    response
}
