//! The eye as a plain form: a column is open for the pages of the next minute.

use super::eye::{reachable, reveal, values};
use crate::support::{App, Client};

async fn eye(client: &Client, field: &str, open: &str) {
    let answer = client.post("/leads/eye", &[("field", field), ("open", open), ("back", "/leads?size=10")]).await;
    assert_eq!((answer.status, answer.location()), (303, "/leads?size=10"));
}

/// The clear phone numbers of the ten newest leads, asked by somebody else.
async fn phones(app: &App) -> Vec<String> {
    let lin = app.sign_in("yunfan/lin").await;
    let leads = reachable(app, "yunfan").await;
    let newest = app.sign_in("yunfan/lin").await.get("/leads?size=10").await.listed();
    let shown: Vec<_> = leads.into_iter().filter(|lead| newest.contains(&lead.id)).collect();
    values(&reveal(&lin, "phone", &shown).await).into_iter().map(|(_, phone)| phone).collect()
}

fn shows(page: &crate::support::Answer, phones: &[String]) -> usize {
    phones.iter().filter(|phone| page.says(phone)).count()
}

#[tokio::test]
async fn a_column_is_open_for_a_minute_and_each_page_of_it_is_in_the_trail() {
    let app = App::new().await;
    let phones = phones(&app).await;
    let admin = app.sign_in("yunfan/admin").await;
    let before = app.audited("lead_value_revealed").await;
    assert_eq!(shows(&admin.get("/leads?size=10").await, &phones), 0);
    eye(&admin, "phone", "yes").await;
    assert_eq!(app.audited("lead_value_revealed").await, before, "nothing was shown yet");
    let page = admin.get("/leads?size=10").await;
    assert_eq!(shows(&page, &phones), phones.len());
    assert!(page.says("data-open-by-server"));
    let lines = app.audited("lead_value_revealed").await - before;
    assert!(lines >= phones.len() as i64 && lines <= 10, "{lines} lines for ten rows");
    admin.get("/leads?size=10").await;
    assert_eq!(app.audited("lead_value_revealed").await, before + 2 * lines, "each showing is a showing");
    app.clock.advance(59);
    assert_eq!(shows(&admin.get("/leads?size=10").await, &phones), phones.len());
    app.clock.advance(2);
    let page = admin.get("/leads?size=10").await;
    assert_eq!(shows(&page, &phones), 0);
    assert!(!page.says("data-open-by-server"));
    assert_eq!(app.audited("lead_value_revealed").await, before + 3 * lines);
}

#[tokio::test]
async fn a_second_click_closes_the_column() {
    let app = App::new().await;
    let phones = phones(&app).await;
    let admin = app.sign_in("yunfan/admin").await;
    eye(&admin, "phone", "yes").await;
    eye(&admin, "company", "yes").await;
    assert_eq!(shows(&admin.get("/leads?size=10").await, &phones), phones.len());
    eye(&admin, "phone", "").await;
    let page = admin.get("/leads?size=10").await;
    assert_eq!(shows(&page, &phones), 0);
    assert!(page.says("有限公司"), "the other column is still open");
}

#[tokio::test]
async fn an_open_column_is_that_sessions_alone() {
    let app = App::new().await;
    let phones = phones(&app).await;
    let (here, elsewhere) = (app.sign_in("yunfan/admin").await, app.sign_in("yunfan/admin").await);
    eye(&here, "phone", "yes").await;
    assert_eq!(shows(&elsewhere.get("/leads?size=10").await, &phones), 0);
    here.post("/sign-out", &[]).await;
    here.sign_in("yunfan/admin", server::seed::PASSWORD).await;
    assert_eq!(shows(&here.get("/leads?size=10").await, &phones), 0, "open across a sign-out");
}

#[tokio::test]
async fn nothing_is_revealed_after_signing_out() {
    let app = App::new().await;
    let leads = reachable(&app, "yunfan").await;
    let admin = app.sign_in("yunfan/admin").await;
    let cookie = admin.cookie("pc").unwrap();
    admin.post("/sign-out", &[]).await;
    admin.set_cookie("pc", &cookie);
    let answer = reveal(&admin, "phone", &leads[..1]).await;
    assert_eq!(answer.status, 401);
    assert_eq!(app.audited("lead_value_revealed").await, 0);
    let eye = admin.post("/leads/eye", &[("field", "phone"), ("open", "yes"), ("back", "/leads")]).await;
    assert_eq!((eye.status, eye.location()), (303, "/sign-in"));
}

#[tokio::test]
async fn a_full_quota_refuses_the_page_and_shows_nothing() {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    let leads = reachable(&app, "yunfan").await;
    for some in leads.chunks(100).take(2) {
        values(&reveal(&admin, "phone", some).await);
    }
    eye(&admin, "phone", "yes").await;
    let page = admin.get("/leads?size=10").await;
    assert_eq!(page.status, 429);
    assert!(page.listed().is_empty());
    app.clock.advance(61);
    assert_eq!(admin.get("/leads?size=10").await.status, 200, "closed again, the list is readable");
}

#[tokio::test]
async fn an_eye_leads_nowhere_else() {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    for back in ["//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)", ""] {
        let answer = admin.post("/leads/eye", &[("field", "phone"), ("open", ""), ("back", back)]).await;
        assert_eq!((answer.status, answer.location()), (303, "/"), "{back}");
    }
    for field in ["", "title", "need", "Phone", "phone,email"] {
        let answer = admin.post("/leads/eye", &[("field", field), ("open", "yes"), ("back", "/leads")]).await;
        assert_eq!(answer.status, 400, "{field}");
    }
}

#[tokio::test]
async fn only_the_page_with_the_clicked_eye_is_open() {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    eye(&admin, "phone", "yes").await;
    let before = app.audited("lead_value_revealed").await;
    let first = app.a_lead("yunfan", "undispatched", None).await.id;
    for other in ["/leads", "/leads?size=10&page=2", &format!("/leads/{first}"), &format!("/leads/{first}/dispatch")] {
        let page = admin.get(other).await;
        assert_eq!(page.status, 200, "{other}");
        assert!(!page.says("data-open-by-server"), "{other}");
    }
    assert_eq!(app.audited("lead_value_revealed").await, before);
    assert!(admin.get("/leads?size=10").await.says("data-open-by-server"));
}

#[tokio::test]
async fn a_clock_that_is_set_back_does_not_keep_a_column_open() {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    app.clock.advance(600);
    let later = app.sign_in("yunfan/admin").await;
    eye(&later, "phone", "yes").await;
    app.clock.advance(-600);
    assert!(!later.get("/leads?size=10").await.says("data-open-by-server"));
    eye(&admin, "phone", "yes").await;
    assert!(admin.get("/leads?size=10").await.says("data-open-by-server"));
}

#[tokio::test]
async fn where_there_is_no_eye_the_form_is_refused_and_recorded_like_the_call() {
    let app = App::new().await;
    let ma = app.sign_in("xinghe/ma").await;
    let before = app.audited("reveal_refused").await;
    let answer = ma.post("/leads/eye", &[("field", "phone"), ("open", "yes"), ("back", "/leads")]).await;
    assert_eq!(answer.status, 409);
    assert_eq!(app.audited("reveal_refused").await, before + 1);
}
