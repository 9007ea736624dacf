//! Opening a column of many rows takes a code where the tenant asks for one.

use super::support::{arrived, switched_on};
use crate::{
    leads::eye::{reachable, reveal},
    support::{App, Client},
};

async fn eye(client: &Client, back: &str, more: &[(&str, &str)]) -> crate::support::Answer {
    let mut fields = vec![("field", "company"), ("open", "yes"), ("back", back), ("rows", "100")];
    fields.extend(more);
    client.post("/leads/eye", &fields).await
}

#[tokio::test]
async fn fifty_values_are_shown_without_a_code_and_more_are_not() {
    let (app, _, admin) = switched_on().await;
    let leads = reachable(&app, "yunfan").await;
    assert_eq!(reveal(&admin, "phone", &leads[..50]).await.status, 200);
    let before = app.audited("lead_value_revealed").await;
    assert_eq!(reveal(&admin, "phone", &leads[50..101]).await.status, 422);
    assert_eq!(app.audited("lead_value_revealed").await, before);
}

#[tokio::test]
async fn where_no_codes_are_asked_for_a_whole_page_opens() {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    let leads = reachable(&app, "yunfan").await;
    assert_eq!(reveal(&admin, "phone", &leads[..100]).await.status, 200);
}

#[tokio::test]
async fn a_code_opens_the_page_that_it_was_asked_for() {
    let (app, post, admin) = switched_on().await;
    let page = "/leads?size=100";
    let asked = eye(&admin, page, &[]).await;
    assert_eq!(asked.status, 422);
    assert!(asked.says("输入验证码"));
    assert_eq!(eye(&admin, page, &[("code_by", "email")]).await.status, 422);
    let code = arrived(&app, &post).await;
    assert_eq!(eye(&admin, "/leads?size=100&page=2", &[("code", &code)]).await.status, 422, "another page");
    let opened = eye(&admin, page, &[("code", &code)]).await;
    assert_eq!((opened.status, opened.location()), (303, page));
    assert_eq!(admin.get(page).await.status, 203);
    assert_eq!(app.audited("lead_value_revealed").await, 100);
    assert_eq!(eye(&admin, page, &[("code", &code)]).await.status, 422, "the code is used up");
}

#[tokio::test]
async fn a_page_that_grows_behind_an_open_eye_is_masked() {
    let (app, _, admin) = switched_on().await;
    let fields = [("field", "company"), ("open", "yes"), ("back", "/leads?size=20"), ("rows", "20")];
    assert_eq!(admin.post("/leads/eye", &fields).await.status, 303);
    assert_eq!(admin.get("/leads?size=100").await.status, 200, "masked, and not refused");
    assert_eq!(app.audited("lead_value_revealed").await, 0);
}
