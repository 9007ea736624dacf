//! The guard against other sites: a request that may change something must come from our own pages.

use axum::{
    extract::Request,
    http::{HeaderMap, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

/// Refuses unsafe requests of other origins, and methods that nobody needs.
pub async fn same_origin(request: Request, next: Next) -> Response {
    match *request.method() {
        Method::GET | Method::HEAD | Method::OPTIONS => next.run(request).await,
        Method::TRACE | Method::CONNECT => StatusCode::METHOD_NOT_ALLOWED.into_response(),
        _ if is_our_own(request.headers()) => next.run(request).await,
        _ => (StatusCode::FORBIDDEN, "cross-origin request refused").into_response(),
    }
}

/// Browsers say where a request comes from; what says nothing is not one of our pages.
fn is_our_own(headers: &HeaderMap) -> bool {
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    match text("sec-fetch-site") {
        Some(site) => site == "same-origin",
        None => match (text(header::ORIGIN.as_str()), text(header::HOST.as_str())) {
            (Some(origin), Some(host)) => origin.split_once("://").is_some_and(|(_, from)| from == host),
            _ => false,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(pairs: &[(&'static str, &'static str)]) -> bool {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.insert(*name, value.parse().unwrap());
        }
        is_our_own(&headers)
    }

    #[test]
    fn only_our_own_pages_may_change_anything() {
        let host = ("host", "127.0.0.1:3000");
        assert!(verdict(&[host, ("sec-fetch-site", "same-origin")]));
        assert!(verdict(&[host, ("origin", "http://127.0.0.1:3000")]));
        // Another port is the same site and still another origin.
        assert!(!verdict(&[host, ("sec-fetch-site", "same-site")]));
        assert!(!verdict(&[host, ("sec-fetch-site", "cross-site"), ("origin", "http://127.0.0.1:3000")]));
        assert!(!verdict(&[host, ("sec-fetch-site", "none")]));
        assert!(!verdict(&[host, ("origin", "http://127.0.0.1:9999")]));
        assert!(!verdict(&[host, ("origin", "http://127.0.0.1:3000.evil.example")]));
        assert!(!verdict(&[host, ("origin", "null")]));
        assert!(!verdict(&[host]));
    }
}
