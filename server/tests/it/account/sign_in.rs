//! Signing in: the same answer to everything that does not fit, and nowhere else to go afterwards.

use partner_center::{ids::MemberId, people::admin};
use server::seed::PASSWORD;

use crate::support::{Answer, App, encoded};

/// The answer without what was typed and what is new in every answer.
fn plain(answer: &Answer, typed: &[&str]) -> (u16, String, Vec<String>) {
    let (status, mut text) = answer.without_chance("");
    for (place, text_typed) in typed.iter().enumerate() {
        text = text.replace(&format!("value=\"{text_typed}\""), &format!("value=\"TYPED{place}\""));
    }
    let mut names: Vec<String> = answer.headers.keys().map(ToString::to_string).collect();
    names.sort();
    (status, text, names)
}

#[tokio::test]
async fn whatever_does_not_fit_gets_the_same_answer() {
    let app = App::new().await;
    let zhao = MemberId(app.member("yunfan/zhao").await);
    admin::disable_member(&app.store, zhao, app.clock.now()).await.unwrap();
    let tries = [
        ("yunfan", "wu", "Wrong-2026"),
        ("yunfan", "nobody", PASSWORD),
        ("nowhere", "wu", PASSWORD),
        ("qingshan", "wu", PASSWORD),
        ("yunfan", "zhao", PASSWORD),
        ("yunfan", "zhao", "Wrong-2026"),
        ("yunfan", "WU\u{0}", PASSWORD),
        ("yun\u{0}fan", "wu", PASSWORD),
        ("𠮷野", "🐟", "🔑🔑🔑🔑"),
        ("yunfan", "' OR 1=1 --", PASSWORD),
        ("yunfan", "%", PASSWORD),
        ("yunfan", "wu", " Demo-2026-pc"),
        ("yunfan", "wu", "demo-2026-pc"),
    ];
    let mut answers = Vec::new();
    for (tenant, account, password) in tries {
        let client = app.anonymous();
        let answer = client.post("/sign-in", &[("tenant", tenant), ("account", account), ("password", password)]).await;
        assert!(!answer.says(password), "the password is shown again");
        assert_eq!(client.cookie("pc"), None);
        answers.push((format!("{tenant}/{account}"), plain(&answer, &[tenant, account])));
    }
    assert_eq!(answers[0].1.0, 422);
    assert!(answers[0].1.1.contains("租户名、账号名或密码不正确"));
    for (who, answer) in &answers[1..] {
        // What cannot stand in an attribute as it is, is escaped there; so only those that can are compared whole.
        if who.is_ascii() && !who.contains(['\'', '\0']) {
            assert_eq!(answer, &answers[0].1, "{who} is told apart");
        }
        assert_eq!((answer.0, &answer.2), (answers[0].1.0, &answers[0].1.2), "{who} is told apart");
    }
    app.clock.advance(901);
    assert_eq!(app.anonymous().sign_in("yunfan/wu", PASSWORD).await.status, 303);
}

#[tokio::test]
async fn every_try_is_in_the_trail_and_none_tells_what_was_typed() {
    let app = App::new().await;
    for who in ["yunfan/wu", "yunfan/nobody", "nowhere/nobody"] {
        app.anonymous().sign_in(who, "Wrong-2026").await;
    }
    assert_eq!(app.audited("sign_in_refused").await, 3);
    app.anonymous().sign_in("yunfan/wu", PASSWORD).await;
    assert_eq!(app.audited("signed_in").await, 1);
    let lines = "SELECT detail FROM audit_events WHERE code = 'sign_in_refused'";
    for line in app.rows(lines, []).await {
        let detail: String = line.try_get_by_index(0).unwrap();
        assert!(!detail.contains("nobody") && !detail.contains("Wrong"), "{detail}");
    }
    let admin = app.sign_in("yunfan/admin").await;
    assert!(admin.get("/audit?event=sign_in_refused").await.says("wu"));
    let nobodys = "SELECT COUNT(*) FROM audit_events WHERE code = 'sign_in_refused' AND tenant_id IS NULL";
    assert_eq!(app.number(nobodys, []).await, 2);
}

#[tokio::test]
async fn a_password_of_a_megabyte_is_refused_unread() {
    let app = App::new().await;
    let client = app.anonymous();
    let long = "Aa1-".repeat(256 * 1024);
    let answer = client.sign_in("yunfan/wu", &long).await;
    assert!(matches!(answer.status, 400 | 413), "{}", answer.status);
    for length in [1025, 100_000] {
        let answer = client.sign_in("yunfan/wu", &"A".repeat(length)).await;
        assert_eq!(answer.status, 422);
        assert!(!answer.says("AAAA"));
    }
    let answer = client.sign_in(&format!("yunfan/{}", "w".repeat(2000)), PASSWORD).await;
    assert_eq!(answer.status, 422);
    assert_eq!(app.number("SELECT COUNT(*) FROM sign_in_attempts", []).await, 0);
    assert_eq!(client.sign_in("yunfan/wu", PASSWORD).await.status, 303);
}

#[tokio::test]
async fn what_is_missing_is_said_beside_its_field() {
    let app = App::new().await;
    let client = app.anonymous();
    let good = [("tenant", "yunfan"), ("account", "wu"), ("password", PASSWORD)];
    for (place, (field, _)) in good.iter().enumerate() {
        let mut fields = good;
        fields[place].1 = "  ";
        let answer = client.fill("/sign-in", &fields).await;
        assert_eq!(answer.status, 422);
        assert!(answer.says(&format!("id=\"{field}-error\"")), "{field}");
        assert!(field == &"tenant" || answer.says("value=\"yunfan\""), "what was typed is lost");
    }
    assert_eq!(client.fill("/sign-in", &good).await.status, 303);
}

#[tokio::test]
async fn one_goes_on_to_a_page_of_ours_and_nowhere_else() {
    let app = App::new().await;
    for (next, to) in [
        ("", "/"),
        ("/", "/"),
        ("/leads?company=%E4%BA%91%E5%B8%86&page=2", "/leads?company=%E4%BA%91%E5%B8%86&page=2"),
        ("/leads/00000000-0000-0000-0000-000000000000/follow", "/leads/00000000-0000-0000-0000-000000000000/follow"),
        ("//evil.example", "/"),
        ("///evil.example", "/"),
        ("/\\evil.example", "/"),
        ("\\\\evil.example", "/"),
        ("/\t/evil.example", "/"),
        ("\t//evil.example", "/"),
        ("/\n/evil.example", "/"),
        (" //evil.example", "/"),
        ("https://evil.example", "/"),
        ("https:evil.example", "/"),
        ("HTTPS:/evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("data:text/html,x", "/"),
        ("@evil.example", "/"),
        ("evil.example", "/"),
        (".evil.example", "/"),
        ("/leads\r\nSet-Cookie: pc=1", "/"),
        ("/leads\u{0}", "/"),
        ("/\u{202e}leads", "/"),
        ("/线索", "/"),
        ("//evil.example/%2f..", "/"),
        ("http:/\\evil.example", "/"),
        ("?next=/leads", "/"),
        ("#leads", "/"),
    ] {
        let client = app.anonymous();
        let fields = [("tenant", "yunfan"), ("account", "wu"), ("password", PASSWORD), ("next", next)];
        let answer = client.post("/sign-in", &fields).await;
        assert_eq!((answer.status, answer.location()), (303, to), "{next:?}");
        assert_eq!(answer.headers.get_all("set-cookie").iter().count(), 2, "{next:?}");
    }
}

#[tokio::test]
async fn where_one_wanted_to_go_survives_a_failed_try() {
    let app = App::new().await;
    let client = app.anonymous();
    let sent = client.get("/leads?page=2&size=50").await;
    assert_eq!(sent.status, 303);
    let door = sent.location().to_owned();
    let fields = [("tenant", "yunfan"), ("account", "wu"), ("password", "Wrong-2026")];
    let body = client.get(&door).await.text();
    let hidden = crate::support::hidden_fields(&body, "/sign-in").unwrap();
    let next = hidden.iter().find(|(name, _)| name == "next").unwrap().1.clone();
    assert_eq!(next, "/leads?page=2&size=50");
    let mut failed = fields.to_vec();
    failed.push(("next", &next));
    let refused = client.send(client.form("/sign-in", encoded(&failed))).await;
    assert_eq!(refused.status, 422);
    assert!(crate::support::hidden_fields(&refused.text(), "/sign-in").unwrap().contains(&("next".to_owned(), next)));
}

#[tokio::test]
async fn names_are_read_with_spaces_around_them() {
    let app = App::new().await;
    assert_eq!(app.anonymous().sign_in(" yunfan / wu ", PASSWORD).await.status, 303);
}

#[tokio::test]
async fn a_form_that_was_sent_while_signed_out_is_not_sent_again() {
    let app = App::new().await;
    let answer = app.anonymous().post("/messages", &[]).await;
    assert_eq!((answer.status, answer.location()), (303, "/sign-in"));
}
