//! Where codes are asked for, nobody gets other roles, and no role other items, without one.

use super::support::{arrived, other_than, switched_on};
use crate::{
    people::support::{create, page, roles},
    support::{Answer, App, Client, hidden_fields},
};

/// Sends the dialog's form as it stands on the page, with more fields.
async fn go_on(client: &Client, address: &str, dialog: &Answer, more: &[(&str, &str)]) -> Answer {
    let text = dialog.text();
    let kept = hidden_fields(text.rsplit("<dialog").next().unwrap(), address).expect("a dialog that asks for a code");
    let kept = kept.iter().map(|(name, value)| (name.as_str(), value.as_str()));
    client.post(address, &kept.chain(more.iter().copied()).collect::<Vec<_>>()).await
}

/// Has a code sent and types it, first a wrong one.
async fn confirmed(
    (app, post, admin): &(App, crate::messages::support::Recording, Client),
    address: &str,
    refused: Answer,
) -> Answer {
    assert_eq!(refused.status, 422, "{}", refused.text());
    assert!(refused.says("输入验证码") && refused.says("设置成员角色或角色权限"));
    let asked = go_on(admin, address, &refused, &[("code_by", "sms")]).await;
    assert_eq!(asked.status, 422);
    let code = arrived(app, post).await;
    let wrong = go_on(admin, address, &asked, &[("code", &other_than(&code))]).await;
    assert!(wrong.status == 422 && wrong.says("还可输入 2 次"), "{}", wrong.text());
    go_on(admin, address, &wrong, &[("code", &code)]).await
}

#[tokio::test]
async fn other_roles_take_a_code_and_what_was_ticked_is_kept_meanwhile() {
    let all = switched_on().await;
    let (app, _, admin) = &all;
    let (address, qian) = (page(app, "yunfan/qian", "roles").await, app.member("yunfan/qian").await);
    let refused = admin.fill(&address, &[("roles", "finance"), ("roles", "architect")]).await;
    assert_eq!(roles(app, qian).await, ["finance"]);
    let done = confirmed(&all, &address, refused).await;
    assert_eq!(done.status, 303, "{}", done.text());
    assert_eq!(roles(app, qian).await, ["architect", "finance"]);
    assert_eq!((app.audited("code_failed").await, app.audited("code_confirmed").await), (1, 1));
}

#[tokio::test]
async fn a_code_for_some_roles_is_worth_nothing_for_others_or_for_another_member() {
    let (app, post, admin) = switched_on().await;
    let address = page(&app, "yunfan/qian", "roles").await;
    let asked = admin.fill(&address, &[("roles", "architect"), ("code_by", "email")]).await;
    assert_eq!(asked.status, 422);
    let code = arrived(&app, &post).await;
    let other_roles = admin.fill(&address, &[("roles", "admin"), ("code", &code)]).await;
    assert!(other_roles.status == 422 && other_roles.says("尚未为此操作发送验证码"), "{}", other_roles.text());
    let other = page(&app, "yunfan/wu", "roles").await;
    let other = admin.fill(&other, &[("roles", "architect"), ("code", &code)]).await;
    assert!(other.status == 422 && other.says("尚未为此操作发送验证码"));
    assert_eq!(roles(&app, app.member("yunfan/qian").await).await, ["finance"]);
    let told = admin.fill(&address, &[("roles", "architect"), ("code", &code)]).await;
    assert_eq!(told.status, 303, "it is still good for what it was sent for");
}

#[tokio::test]
async fn what_would_be_refused_anyway_is_refused_before_a_code_is_sent() {
    let (app, post, admin) = switched_on().await;
    let address = page(&app, "yunfan/qian", "roles").await;
    let wrong = [("roles", "admin"), ("roles", "finance"), ("code_by", "sms")];
    let refused = admin.fill(&address, &wrong).await;
    assert!(refused.status == 422 && refused.says("管理员角色不能与其他角色") && !refused.says("输入验证码"));
    let taken = [("roles", "finance"), ("code_by", "sms"), ("account", "chen"), ("phone", "13700000009")];
    let taken = create(&admin, "wang.xm", 9, &taken).await;
    assert!(taken.status == 422 && taken.says("账号名为 5–32 位") && !taken.says("输入验证码"));
    assert_eq!(app.audited("code_sent").await, 0);
    crate::messages::support::deliver(&app, &post).await;
    assert!(post.letters.lock().unwrap().is_empty());
}

#[tokio::test]
async fn a_new_member_takes_a_code_and_its_data_is_kept_meanwhile() {
    let all = switched_on().await;
    let (app, _, admin) = &all;
    let refused = create(admin, "wang.xm", 1, &[("roles", "finance"), ("roles", "architect")]).await;
    let number = "SELECT COUNT(*) FROM members WHERE account = 'wang.xm'";
    assert_eq!(app.number(number, []).await, 0);
    let done = confirmed(&all, "/members/new", refused).await;
    assert_eq!(done.status, 303, "{}", done.text());
    assert_eq!(roles(app, app.member("yunfan/wang.xm").await).await, ["architect", "finance"]);
    assert_eq!(app.anonymous().sign_in("yunfan/wang.xm", crate::people::support::INITIAL).await.status, 303);
}

#[tokio::test]
async fn other_items_of_a_role_take_a_code_and_making_one_does_not() {
    let all = switched_on().await;
    let (app, _, admin) = &all;
    assert_eq!(admin.fill("/roles/new", &[("name", "审计员"), ("items", "view_audit")]).await.status, 303);
    let id: uuid::Uuid =
        app.rows("SELECT id FROM roles WHERE name = '审计员'", []).await[0].try_get_by_index(0).unwrap();
    let address = format!("/roles/{id}");
    let wider = [("name", "审计员"), ("items", "view_audit"), ("items", "view_leads")];
    let refused = admin.fill(&address, &wider).await;
    assert_eq!(app.audited("role_edited").await, 0);
    assert_eq!(confirmed(&all, &address, refused).await.status, 303);
    assert_eq!(app.audited("role_edited").await, 1);
}
