//! Other sites cannot make a browser change anything, and looking never does.

use axum::{
    body::Body,
    http::{HeaderMap, Request, header},
};

use crate::{
    access::calls::{CALLS, Call},
    support::{App, encoded, only_audit},
};

/// What other sites can make a browser send.
const VARIANTS: [(&str, &[(&str, &str)]); 12] = [
    ("another site", &[("sec-fetch-site", "cross-site"), ("origin", "http://evil.example")]),
    ("another site that says our origin", &[("sec-fetch-site", "cross-site"), ("origin", "http://partners.test")]),
    ("another port", &[("sec-fetch-site", "same-site"), ("origin", "http://partners.test:9999")]),
    ("typed by hand", &[("sec-fetch-site", "none")]),
    ("nothing at all", &[]),
    ("a sandboxed frame", &[("origin", "null")]),
    ("a longer host", &[("origin", "http://partners.test.evil.example")]),
    ("our host as a user", &[("origin", "http://partners.test@evil.example")]),
    ("our host as a path", &[("origin", "http://evil.example/partners.test")]),
    ("another port, old browser", &[("origin", "http://partners.test:9999")]),
    ("a referer alone", &[("referer", "http://partners.test/leads")]),
    ("plain text", &[("sec-fetch-site", "cross-site"), ("content-type", "text/plain")]),
];

fn request(call: &Call, address: &str, body: &str, headers: &[(&str, &str)]) -> Request<Body> {
    let mut map = HeaderMap::new();
    map.insert(header::CONTENT_TYPE, "application/x-www-form-urlencoded".parse().unwrap());
    for (name, value) in headers {
        map.insert(name.parse::<header::HeaderName>().unwrap(), value.parse().unwrap());
    }
    let mut request = Request::builder().method(call.method).uri(address).body(Body::from(body.to_owned())).unwrap();
    *request.headers_mut() = map;
    request
}

#[tokio::test]
async fn no_other_site_changes_anything() {
    let app = App::new().await;
    app.tally().await;
    let admin = app.sign_in("yunfan/admin").await;
    let follower = app.member("yunfan/zhao").await.to_string();
    let before = app.writes().await;
    for call in CALLS.iter().filter(|call| call.is_post() && !call.is_callback()) {
        let state = if call.on.is_empty() { "following" } else { call.on };
        let lead = app.a_lead("yunfan", state, Some("wu")).await;
        let fields = call.filled(&lead.id, &follower);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, text)| (*name, text.as_str())).collect();
        for (who, headers) in VARIANTS {
            let request = request(call, &call.address(&lead.id), &encoded(&fields), headers);
            let answer = admin.send(request).await;
            assert_eq!(answer.status, 403, "{who}: {}", call.route);
        }
        assert_eq!(app.writes_since(&before).await, only_audit(0), "{}", call.route);
    }
    // The set-up is right: from our own page the same is done.
    let lead = app.a_lead("yunfan", "following", Some("wu")).await;
    assert_eq!(admin.post(&lead.step("dispatch"), &[("follower", &follower)]).await.status, 303);
}

#[tokio::test]
async fn no_other_site_signs_anybody_in() {
    let app = App::new().await;
    let victim = app.anonymous();
    let body = encoded(&[("tenant", "yunfan"), ("account", "wu"), ("password", server::seed::PASSWORD)]);
    for (who, headers) in VARIANTS {
        let sign_in = CALLS.iter().find(|call| call.is_post() && call.route == "/sign-in").unwrap();
        let answer = victim.send(request(sign_in, "/sign-in", &body, headers)).await;
        assert_eq!(answer.status, 403, "{who}");
        assert_eq!(victim.cookie("pc"), None, "{who}");
    }
}

#[tokio::test]
async fn looking_changes_nothing() {
    let app = App::new().await;
    app.tally().await;
    let admin = app.sign_in("yunfan/admin").await;
    let before = app.writes().await;
    for call in CALLS.iter().filter(|call| !call.is_post()) {
        let state = if call.on.is_empty() { "following" } else { call.on };
        let lead = app.a_lead("yunfan", state, Some("wu")).await;
        for method in ["GET", "HEAD"] {
            let address = call.address(&lead.id);
            let request = Request::builder().method(method).uri(&address).body(Body::empty()).unwrap();
            let answer = admin.send(request).await;
            assert!(matches!(answer.status, 200 | 303 | 404 | 409), "{method} {address}: {}", answer.status);
            assert_eq!(app.writes_since(&before).await, only_audit(0), "{method} {address}");
        }
    }
}

#[tokio::test]
async fn a_form_in_the_address_is_not_sent() {
    let app = App::new().await;
    app.tally().await;
    let admin = app.sign_in("yunfan/admin").await;
    let lead = app.a_lead("yunfan", "following", Some("wu")).await;
    let follower = app.member("yunfan/zhao").await.to_string();
    let before = app.writes().await;
    for address in [
        format!("{}?follower={follower}", lead.step("dispatch")),
        format!("{}?content=back", lead.step("return")),
        format!("/lead-dispatch/chosen?id={}&member={follower}", lead.id),
        "/sign-out?everywhere=yes".to_owned(),
        "/leads/eye?field=phone&open=yes".to_owned(),
    ] {
        admin.get(&address).await;
        assert_eq!(app.writes_since(&before).await, only_audit(0), "{address}");
    }
    assert_eq!(admin.get("/leads").await.status, 200);
}
