//! Whatever is typed or sent: it is refused, or kept and shown as the text it is.

use axum::{body::Body, http::Request};

use crate::{
    access::calls::{CALLS, Call},
    support::{Answer, App, Client, encoded, only_audit},
};

const LONG: usize = 10_000;

fn payloads() -> Vec<String> {
    [
        "</title><svg onload=alert(1)>",
        "</textarea><script>alert(1)</script>",
        "'\"><img src=x onerror=alert(1)>",
        "<script>alert(1)</script>",
        "\" autofocus onfocus=alert(1) x=\"",
        "javascript:alert(1)",
        "<!--<script>",
        "]]><script>alert(1)</script>",
        "{{7*7}}${7*7}",
        "=HYPERLINK(\"http://evil.example\")",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "云\u{0}帆",
        "云\u{200b}帆",
        "\u{202e}帆云",
        "云\u{2028}帆",
        "𠮷野家🐟",
        "e\u{301}\u{301}\u{301}\u{301}\u{301}\u{301}",
        "\u{feff}云帆",
        "\r\nSet-Cookie: pc=1",
        "%00%0a",
        "'; DROP TABLE leads; --",
    ]
    .into_iter()
    .map(str::to_owned)
    .chain(["字".repeat(LONG), "a".repeat(LONG)])
    .collect()
}

/// No payload may stand in a page as anything but text.
fn assert_harmless(answer: &Answer, what: &str) {
    let text = answer.text();
    for raw in
        ["<svg onload", "<script>alert", "<img src=x", "</textarea><script", "=\"\" autofocus onfocus", "<!--<script>"]
    {
        assert!(!text.contains(raw), "{what}: {raw} stands in the page");
    }
    assert!(answer.status < 500, "{what}: {}", answer.status);
    assert!(!answer.headers.values().any(|value| value.as_bytes().windows(9).any(|bytes| bytes == b"\r\nSet-Coo")));
}

/// A call with one field replaced, on a lead that is still as the call needs it.
async fn send(app: &App, client: &Client, call: &Call, field: usize, text: &str) -> (Answer, String) {
    let state = if call.on.is_empty() { "following" } else { call.on };
    let leads = app.leads(crate::support::Wanted { tenant: "yunfan", state, ..Default::default() }).await;
    let lead = leads.last().unwrap();
    let fields = call.filled(&lead.id, &app.member("yunfan/zhao").await.to_string());
    let replaced = |(place, (name, value)): (usize, &(&'static str, String))| {
        (*name, if place == field { text.to_owned() } else { value.clone() })
    };
    let fields: Vec<(&str, String)> = fields.iter().enumerate().map(replaced).collect();
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    (client.post(&call.address(&lead.id), &fields).await, lead.id.clone())
}

fn forms() -> impl Iterator<Item = &'static Call> {
    // Whoever signs out or changes the password cannot be asked again.
    let leaves = |call: &Call| matches!(call.route, "/sign-out" | "/change-password" | "/sign-in");
    CALLS.iter().filter(move |call| call.is_post() && !call.is_callback() && !leaves(call))
}

#[tokio::test]
async fn every_text_in_every_field_is_refused_or_shown_as_it_is() {
    let app = App::new().await;
    app.tally().await;
    let admin = app.sign_in("yunfan/admin").await;
    for call in forms() {
        for field in 0..call.fields.len() {
            for text in payloads() {
                let before = app.writes().await;
                let (answer, id) = send(&app, &admin, call, field, &text).await;
                let what = format!("{} {}={:.40}", call.route, call.fields[field].0, text);
                assert_harmless(&answer, &what);
                if answer.status >= 400 {
                    // Two texts may name the same prospect, and a prospect that is held is refused with a line.
                    let lines = i64::from(call.route == "/leads/{id}/develop" && answer.status == 409);
                    assert_eq!(app.writes_since(&before).await, only_audit(lines), "{what}: {}", answer.status);
                } else if answer.status == 303 {
                    assert!(answer.location().starts_with('/'), "{what}: {}", answer.location());
                    assert_harmless(&admin.get(&format!("/leads/{id}")).await, &what);
                }
            }
        }
    }
    for address in ["/leads?size=100", "/lead-dispatch", "/messages", "/audit", "/"] {
        assert_harmless(&admin.get(address).await, address);
    }
}

#[tokio::test]
async fn stored_text_is_text_on_every_page() {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    let wu = app.member("yunfan/wu").await.to_string();
    let text = "</textarea></title><script>alert(1)</script><svg onload=alert(1)>\"'";
    let more = [("title", &text[..60]), ("campaign", text), ("need", text), ("follower", wu.as_str())];
    let company = format!("{text}有限公司");
    let id = admin.enter(&company, "13900080001", &more).await;
    let lead = app.lead(&id).await;
    let follow = [("way", "phone"), ("outcome", "unreached"), ("content", text)];
    assert_eq!(admin.fill(&lead.step("follow"), &follow).await.status, 303);
    let client = app.sign_in("yunfan/wu").await;
    assert_eq!(client.fill(&lead.step("return"), &[("content", text)]).await.status, 303);
    for field in ["company", "contact"] {
        admin.post("/leads/eye", &[("field", field), ("open", "yes"), ("back", "/leads")]).await;
    }
    for address in [
        "/leads".to_owned(),
        lead.page(),
        lead.step("dispatch"),
        format!("/lead-dispatch/chosen?id={id}"),
        "/audit".to_owned(),
    ] {
        let answer = admin.get(&address).await;
        assert!(matches!(answer.status, 200 | 203), "{address}");
        assert_harmless(&answer, &address);
    }
    assert!(admin.get(&lead.page()).await.says("&lt;script&gt;alert(1)&lt;/script&gt;"), "it is shown at all");
    let revealed = admin.call("/api/leads/reveal", &[("field", "company"), ("ids[0]", &id)]).await;
    assert!(revealed.header("content-type").starts_with("application/json"), "{}", revealed.header("content-type"));
}

#[tokio::test]
async fn a_refused_form_keeps_what_was_typed_even_inside_a_text_area() {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    let need = "\n第一行 <b>\n</textarea><script>alert(1)</script> & \"x\"";
    let fields = [
        ("company", "云"),
        ("contact", "O'Neil \"Bob\" <b>"),
        ("need", need),
        ("source", "own"),
        ("products", "ecs"),
        ("products", "obs"),
    ];
    let answer = admin.fill("/leads/new", &fields).await;
    assert_eq!(answer.status, 422);
    assert_harmless(&answer, "a refused form");
    let text = answer.text();
    assert!(
        text.contains("&lt;/textarea&gt;&lt;script&gt;alert(1)&lt;/script&gt; &amp; \"x\""),
        "the text area is lost"
    );
    assert!(
        text.contains("O'Neil &quot;Bob&quot; &lt;b&gt;") || text.contains("O'Neil &quot;Bob&quot; <b>"),
        "the field is lost"
    );
    for product in ["ecs", "obs"] {
        let ticked = crate::support::tags(&text, "input").into_iter().any(|input| {
            input.contains(&("value".to_owned(), product.to_owned())) && input.iter().any(|(name, _)| name == "checked")
        });
        assert!(ticked, "{product} is not ticked any more");
    }
}

#[tokio::test]
async fn what_is_no_form_of_ours_makes_no_sense() {
    let app = App::new().await;
    app.tally().await;
    let admin = app.sign_in("yunfan/admin").await;
    let zhao = app.member("yunfan/zhao").await.to_string();
    // The upload is made of parts; what it refuses is told with the imports.
    for call in forms().filter(|call| !call.route.starts_with("/api/") && call.route != "/leads/import") {
        let state = if call.on.is_empty() { "following" } else { call.on };
        let lead = app.a_lead("yunfan", state, Some("wu")).await;
        let fields = call.filled(&lead.id, &zhao);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, text)| (*name, text.as_str())).collect();
        let good = encoded(&fields);
        let repeated = fields
            .iter()
            .find(|(name, _)| !matches!(*name, "id" | "shown" | "roles" | "items" | "ways"))
            .map(|field| encoded(&[*field, *field]));
        let address = call.address(&lead.id);
        let form = "application/x-www-form-urlencoded";
        let multipart = "multipart/form-data; boundary=x";
        let mut bad = vec![
            ("an unknown field", form, format!("{good}&tenant_id=1"), 400),
            ("a status", form, format!("{good}&is_admin=true&state=converted&role=admin"), 400),
            ("no type", "", good.clone(), 400),
            ("plain text", "text/plain", good.clone(), 400),
            ("JSON", "application/json", "{}".to_owned(), 400),
            (
                "parts",
                multipart,
                "--x\r\nContent-Disposition: form-data; name=\"follower\"\r\n\r\n1\r\n--x--".to_owned(),
                400,
            ),
            ("too much", form, format!("{good}&pad={}", "a".repeat(300 * 1024)), 413),
            ("no text", form, format!("{good}&company=%ff%fe"), 400),
        ];
        bad.extend(repeated.map(|repeated| ("a repeated field", form, format!("{good}&{repeated}"), 400)));
        for (what, kind, body, status) in bad {
            let before = app.writes().await;
            let mut request = admin.form(&address, body);
            request.headers_mut().remove("content-type");
            if !kind.is_empty() {
                request.headers_mut().insert("content-type", kind.parse().unwrap());
            }
            let answer = admin.send(request).await;
            assert_eq!(answer.status, status, "{what}: {}", call.route);
            assert_eq!(app.writes_since(&before).await, only_audit(0), "{what}: {}", call.route);
        }
    }
}

#[tokio::test]
async fn a_function_takes_nothing_but_its_own_arguments() {
    let app = App::new().await;
    app.tally().await;
    let admin = app.sign_in("yunfan/admin").await;
    let id = app.a_lead("yunfan", "following", Some("wu")).await.id;
    let before = app.writes().await;
    for body in [
        String::new(),
        "field=phone".to_owned(),
        "field=need&ids[0]=1".to_owned(),
        format!("field=secret&ids[0]={id}"),
        "field=phone&ids[0]=1".to_owned(),
        "field=phone&ids[0]=' OR 1=1 --".to_owned(),
        format!("field[]=phone&ids={id}"),
        format!("field=phone&ids[999999999999]={id}&ids[x]=y"),
        format!("field=phone&ids[0][0][0][0][0][0][0]={id}"),
        "%ff%fe=1".to_owned(),
        "a".repeat(200_000),
        "{}".to_owned(),
    ] {
        let answer = admin.send(admin.form("/api/leads/reveal", body.clone())).await;
        let what = format!("{:.60}", body);
        assert!((400..500).contains(&answer.status), "{what}: {} {}", answer.status, answer.text());
        assert!(
            !answer.says("__err") && answer.location().is_empty(),
            "{what} is sent elsewhere: {}",
            answer.location()
        );
        assert_eq!(app.writes_since(&before).await, only_audit(0), "{what}");
    }
}

#[tokio::test]
async fn other_spellings_of_an_address_open_nothing() {
    let app = App::new().await;
    let wu = app.sign_in("yunfan/wu").await;
    let foreign = app.a_lead("qingshan", "following", Some("he")).await;
    for path in [foreign.page(), "/lead-dispatch".to_owned(), "/audit".to_owned()] {
        let start = wu.get(&path).await.status;
        assert!(start >= 400);
        for spelling in [
            format!("/{path}"),
            format!("/.{path}"),
            format!("/%2e{path}"),
            format!("{path}/"),
            format!("{path}/."),
            format!("{path}%2f"),
            format!("{path};x=1"),
            format!("{path}%00"),
            format!("{path}%20"),
            path.to_uppercase(),
            format!("/leads/..{path}"),
            format!("{path}?_method=GET"),
            path.replace("lead", "%6cead"),
        ] {
            let answer = wu.get(&spelling).await;
            assert!(answer.status >= 400, "{spelling}: {}", answer.status);
            assert!(!answer.says(&foreign.display()), "{spelling}");
        }
        let request =
            Request::post(&path).header("x-http-method-override", "GET").header("sec-fetch-site", "same-origin");
        assert!(wu.send(request.body(Body::empty()).unwrap()).await.status >= 400);
    }
}
