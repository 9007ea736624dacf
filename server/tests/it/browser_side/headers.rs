//! The headers of every answer.

use axum::{
    body::Body,
    http::{Method, Request, header},
};

use crate::support::{Answer, App, encoded};

/// What is true of every answer, whatever it is. The coverage test asks it of each of its calls.
pub fn assert_strict(answer: &Answer, what: &str) {
    let policy = answer.header("content-security-policy");
    for part in ["default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "object-src 'none'"] {
        assert!(policy.contains(part), "{what}: {part} is missing in {policy}");
    }
    for weakness in ["unsafe-inline", "unsafe-eval'", "http:", "https:", "data:", "*"] {
        let wasm = policy.replace("'wasm-unsafe-eval'", "");
        assert!(!wasm.contains(weakness), "{what}: {weakness} in {policy}");
    }
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("referrer-policy", "same-origin"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
    ] {
        assert_eq!(answer.header(name), value, "{what}: {name}");
    }
    assert!(!answer.header("x-request-id").is_empty(), "{what}: no request id");
    let kind = answer.header("content-type");
    assert!(!kind.is_empty(), "{what}: no content type");
    if kind.starts_with("text/") {
        assert!(kind.contains("charset=utf-8"), "{what}: {kind}");
    }
    // Pictures are everybody's; whatever else is said is for this reader, now.
    let kept = if kind.starts_with("image/") { "public" } else { "no-store" };
    assert!(answer.header("cache-control").contains(kept), "{what}: {}", answer.header("cache-control"));
    for cookie in answer.headers.get_all(header::SET_COOKIE) {
        let cookie = cookie.to_str().unwrap();
        assert!(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax"), "{what}: {cookie}");
    }
    if kind.starts_with("text/html") {
        let nonce = answer.nonce().unwrap_or_else(|| panic!("{what}: a page without a nonce"));
        assert!(nonce.len() >= 16, "{what}: {nonce}");
        assert!(policy.contains("form-action 'self'"), "{what}: {policy}");
        for inline in [" style=\"", " onclick=", " onload=", " onerror=", "href=\"javascript:"] {
            assert!(!answer.says(inline), "{what}: {inline} in the page");
        }
    }
}

#[tokio::test]
async fn two_answers_have_two_nonces() {
    let app = App::new().await;
    let wu = app.sign_in("yunfan/wu").await;
    let (one, other) = (wu.get("/leads").await, wu.get("/leads").await);
    assert_eq!(one.status, 200);
    assert_ne!(one.nonce(), other.nonce());
    for script in one.text().split("<script").skip(1) {
        let nonce = one.nonce().unwrap();
        let tag = script.split('>').next().unwrap();
        assert!(tag.contains(&nonce), "a script without the nonce: {tag}");
    }
}

#[tokio::test]
async fn refusals_and_files_carry_the_same_headers() {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    let mut answers = Vec::new();
    for (address, status) in [
        ("/leads?page=0", 400),
        ("/leads?sort=phone", 400),
        ("/leads?company=%E4%BA%91", 422),
        ("/no-such-page", 404),
        ("/leads/not-an-id", 404),
        ("/pkg/none.js", 404),
        ("/robots.txt", 200),
        ("/favicon.svg", 200),
        ("/healthz", 200),
        ("/readyz", 200),
        ("/api/leads/none", 404),
    ] {
        answers.push((format!("GET {address}"), admin.get(address).await, status));
    }
    for method in [Method::PUT, Method::DELETE, Method::TRACE] {
        let request = Request::builder().method(method.clone()).uri("/leads").header("sec-fetch-site", "same-origin");
        let answer = admin.send(request.body(Body::empty()).unwrap()).await;
        answers.push((format!("{method} /leads"), answer, 405));
    }
    answers.push(("POST /leads".to_owned(), admin.post("/leads", &[]).await, 405));
    answers.push(("GET of a function".to_owned(), admin.get("/api/leads/reveal").await, 405));
    answers.push(("an unknown function".to_owned(), admin.call("/api/leads/none", &[]).await, 404));
    let long = "a".repeat(300 * 1024);
    answers.push(("a long form".to_owned(), admin.post("/leads/new", &[("need", &long)]).await, 413));
    let stranger = app.anonymous();
    answers.push(("a function for a stranger".to_owned(), stranger.call("/api/leads/reveal", &[]).await, 401));
    for (what, answer, status) in &answers {
        assert_eq!(answer.status, *status, "{what}: {}", answer.text());
        assert_strict(answer, what);
    }
    assert!(answers.iter().all(|(_, answer, _)| !answer.says("server function at the route")));
}

#[tokio::test]
async fn an_encrypted_connection_is_demanded_from_then_on() {
    let app = App::secure().await;
    let plain = App::new().await;
    assert!(app.anonymous().get("/sign-in").await.header("strict-transport-security").starts_with("max-age="));
    assert_eq!(plain.anonymous().get("/sign-in").await.header("strict-transport-security"), "");
}

#[tokio::test]
async fn who_waits_is_told_how_long() {
    let app = App::new().await;
    let client = app.anonymous();
    for _ in 0..3 {
        assert_eq!(client.sign_in("yunfan/wu", "Wrong-2026").await.status, 422);
    }
    let answer = client.sign_in("yunfan/wu", "Wrong-2026").await;
    assert_eq!(answer.status, 429);
    assert_eq!(answer.header("retry-after"), "1");
    assert_strict(&answer, "a sign-in that has to wait");
}

#[tokio::test]
async fn a_request_id_is_never_the_callers_own() {
    let app = App::new().await;
    let request = Request::get("/sign-in").header("x-request-id", "forged\u{20}line").body(Body::empty()).unwrap();
    let answer = app.anonymous().send(request).await;
    assert_eq!(answer.header("x-request-id").len(), 36);
    assert!(!answer.says("forged"));
}

#[tokio::test]
async fn signing_out_clears_what_the_browser_kept() {
    let app = App::new().await;
    let wu = app.sign_in("yunfan/wu").await;
    let answer = wu.send(wu.form("/sign-out", encoded(&[]))).await;
    assert_eq!((answer.status, answer.location()), (303, "/sign-in"));
    assert!(answer.header("clear-site-data").contains("cache"));
}
