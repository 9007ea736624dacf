//! A request as it arrives: its body is read before anybody asks who sends it, so that it is judged by what its sender may
//! do when all of it is there; and it names no place but ours to go back to.

use axum::{
    body::{Body, to_bytes},
    extract::Request,
    http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

/// The most bytes that are kept before they are asked about; what is announced as longer is refused by whatever takes it.
const MOST: usize = 2 << 20;

/// Waits for the body, unless it brings files, whose changes ask again who sends them.
pub async fn wait(request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    come_from_here(&mut parts.headers);
    let waits = !matches!(parts.method, Method::GET | Method::HEAD) && !brings_files(&parts.headers);
    if !waits || announced(&parts.headers).is_some_and(|length| length > MOST) {
        return next.run(Request::from_parts(parts, body)).await;
    }
    match to_bytes(body, MOST).await {
        Ok(bytes) => next.run(Request::from_parts(parts, Body::from(bytes))).await,
        Err(error) if is_too_long(&error) => StatusCode::PAYLOAD_TOO_LARGE.into_response(),
        // Whoever sent it has gone away in the middle of it.
        Err(_) => StatusCode::BAD_REQUEST.into_response(),
    }
}

fn brings_files(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    kind.to_ascii_lowercase().starts_with("multipart/")
}

fn announced(headers: &HeaderMap) -> Option<usize> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

fn is_too_long(error: &axum::Error) -> bool {
    let mut cause: Option<&dyn std::error::Error> = Some(error);
    while let Some(error) = cause {
        if error.is::<http_body_util::LengthLimitError>() {
            return true;
        }
        cause = error.source();
    }
    false
}

/// A server function that a plain form has called sends its browser back to where the request says it came from. That is
/// a page of ours, or the home page.
fn come_from_here(headers: &mut HeaderMap) {
    let Some(referer) = headers.get(header::REFERER) else { return };
    let here = referer.to_str().ok().and_then(|referer| own_address(referer, headers.get(header::HOST)));
    let here = here.and_then(|here| HeaderValue::from_str(&here).ok());
    headers.insert(header::REFERER, here.unwrap_or(HeaderValue::from_static("/")));
}

/// Path and query of an address on this host. Two strokes at its beginning would name another host.
fn own_address(referer: &str, host: Option<&HeaderValue>) -> Option<String> {
    let uri: Uri = referer.parse().ok()?;
    let is_own = uri.authority().map(|authority| authority.as_str()) == host.and_then(|host| host.to_str().ok());
    let address = uri.path_and_query()?.as_str();
    let is_path = address.starts_with('/') && !address.starts_with("//") && !address.starts_with("/\\");
    (is_own && is_path).then(|| address.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_goes_back_to_pages_of_this_host_alone() {
        let host = HeaderValue::from_static("partners.example");
        let own = |referer: &str| own_address(referer, Some(&host));
        assert_eq!(own("https://partners.example/leads?page=2").as_deref(), Some("/leads?page=2"));
        for other in [
            "https://elsewhere.example/leads",
            "https://partners.example.elsewhere.example/",
            "https://partners.example//elsewhere.example/",
            "https://partners.example@elsewhere.example/",
            "//elsewhere.example/",
            "/leads",
            "javascript:alert(1)",
            "",
        ] {
            assert_eq!(own(other), None, "{other}");
        }
        assert_eq!(own_address("https://partners.example/", None), None);
    }
}
