//! The tenant's own roles: what they hold, who holds them, and when each counts.

use crate::{
    people::support::{create, page},
    support::{App, Client, only_audit},
};

async fn role(app: &App, tenant: &str, name: &str) -> String {
    let sql = "SELECT r.id FROM roles r JOIN tenants t ON t.id = r.tenant_id WHERE t.name = ? AND r.name = ?";
    let rows = app.rows(sql, [tenant.into(), name.into()]).await;
    rows[0].try_get_by_index::<uuid::Uuid>(0).unwrap().to_string()
}

async fn make(client: &Client, name: &str, items: &[&str]) -> u16 {
    let mut fields = vec![("name", name)];
    fields.extend(items.iter().map(|item| ("items", *item)));
    client.fill("/roles/new", &fields).await.status
}

#[tokio::test]
async fn whoever_holds_a_role_has_its_items_from_the_next_request_on() {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    assert_eq!(make(&admin, "审计员", &["view_audit"]).await, 303);
    let id = role(&app, "yunfan", "审计员").await;
    let made = create(&admin, "audit.er", 1, &[("roles", &id)]).await;
    assert_eq!(made.status, 303, "{}", made.text());
    app.change("UPDATE members SET must_change_password = FALSE WHERE account = 'audit.er'", []).await;
    let holder = app.anonymous();
    assert_eq!(holder.sign_in("yunfan/audit.er", super::support::INITIAL).await.status, 303);
    assert_eq!((holder.get("/audit").await.status, holder.get("/leads").await.status), (200, 403));
    assert!(holder.get("/").await.says("审计员"), "the role is named in the frame");
    let edit = format!("/roles/{id}");
    let wider = [("name", "审计员"), ("items", "view_audit"), ("items", "view_leads")];
    assert_eq!(admin.fill(&edit, &wider).await.status, 303);
    let leads = holder.get("/leads").await;
    assert_eq!(leads.status, 200, "the same session");
    assert_eq!(leads.listed().len(), 20, "a custom role with the menu sees all rows");
    assert_eq!(admin.fill(&edit, &[("name", "只看线索"), ("items", "view_leads")]).await.status, 303);
    assert_eq!((holder.get("/audit").await.status, holder.get("/leads").await.status), (403, 200));
    assert_eq!(holder.post("/sign-out", &[]).await.status, 303);
    let detail = "SELECT detail FROM audit_events WHERE code = 'role_edited' ORDER BY number DESC";
    let detail: String = app.rows(detail, []).await[0].try_get_by_index(0).unwrap();
    assert!(detail.contains("\"before\":[\"view_leads\",\"view_audit\"]"), "{detail}");
    assert!(detail.contains("\"after\":[\"view_leads\"]") && !detail.contains("只看"), "{detail}");
}

#[tokio::test]
async fn an_item_of_leads_without_their_view_is_refused_beside_the_items() {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    let answer = admin.fill("/roles/new", &[("name", "只派发"), ("items", "dispatch_lead")]).await;
    assert!(answer.status == 422 && answer.says("需要同时勾选“查看线索”"), "{}", answer.text());
    assert_eq!(make(&admin, "只派发", &["dispatch_lead", "view_leads"]).await, 303);
}

#[tokio::test]
async fn a_role_that_somebody_holds_is_not_given_up() {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    let held = role(&app, "yunfan", "线索稽核").await;
    let delete = format!("/roles/{held}/delete");
    assert_eq!(admin.get(&delete).await.status, 409);
    let list = admin.get("/roles").await;
    assert!(list.says("仍有成员持有该角色") && !list.says(&delete), "the list says so before one tries");
    let answer = admin.post(&delete, &[]).await;
    assert_eq!((answer.status, answer.says("仍有成员持有该角色")), (409, true));
    for who in ["yunfan/xie.lan", "yunfan/meng.qi"] {
        let roles = page(&app, who, "roles").await;
        assert_eq!(admin.fill(&roles, &[("roles", "finance")]).await.status, 303, "{who}");
    }
    assert_eq!(admin.fill(&delete, &[]).await.status, 303);
    assert_eq!(admin.get(&format!("/roles/{held}")).await.status, 404);
    let items = "SELECT COUNT(*) FROM role_items WHERE role_id = ?";
    assert_eq!(app.number(items, [held.parse::<uuid::Uuid>().unwrap().into()]).await, 0);
    assert_eq!(app.audited("role_deleted").await, 1);
}

#[tokio::test]
async fn a_role_has_a_name_of_its_own_and_at_least_one_item_of_its_kind_of_tenant() {
    let app = App::new().await;
    app.tally().await;
    let admin = app.sign_in("yunfan/admin").await;
    let before = app.writes().await;
    for (name, items) in [
        ("", &["view_leads"][..]),
        ("线索稽核", &["view_leads"]),
        ("系统管理员", &["view_leads"]),
        ("Finance", &["view_leads"]),
        (&"名".repeat(33), &["view_leads"]),
        ("空角色", &[]),
        ("越权", &["manage_members"]),
        ("未知", &["fly"]),
    ] {
        assert_eq!(make(&admin, name, items).await, 422, "{name} {items:?}");
    }
    assert_eq!(app.writes_since(&before).await, only_audit(0));
    let customer = app.sign_in("haitang/admin").await;
    let form = customer.get("/roles/new").await;
    assert!(!form.says("value=\"view_leads\"") && form.says("value=\"view_audit\""));
    assert_eq!(make(&customer, "看线索", &["view_leads"]).await, 422);
    // Behind the product's back it is worth nothing either.
    assert_eq!(make(&customer, "看审计", &["view_audit"]).await, 303);
    let id = role(&app, "haitang", "看审计").await;
    assert_eq!(create(&customer, "hai.tang", 1, &[("roles", &id)]).await.status, 303);
    app.change(
        "UPDATE role_items SET item = 'dispatch_lead' WHERE role_id = ?",
        [id.parse::<uuid::Uuid>().unwrap().into()],
    )
    .await;
    app.change("UPDATE members SET must_change_password = FALSE WHERE account = 'hai.tang'", []).await;
    let holder = app.anonymous();
    holder.sign_in("haitang/hai.tang", super::support::INITIAL).await;
    assert_eq!(holder.get("/lead-dispatch").await.status, 403);
    // A merchant has no item to give, and is told so.
    let merchant = app.sign_in("zhiyun/admin").await;
    let page = merchant.get("/roles").await;
    assert!(page.says("没有可以授予自定义角色的权限项") || page.says("/roles/new"));
}

#[tokio::test]
async fn a_role_changed_by_somebody_else_is_shown_again() {
    let app = App::new().await;
    let (one, other) = (app.sign_in("yunfan/admin").await, app.sign_in("yunfan/admin").await);
    let edit = format!("/roles/{}", role(&app, "yunfan", "市场专员").await);
    let late = other.filled(&edit, &[("name", "市场二部"), ("items", "view_leads")]).await;
    assert_eq!(one.fill(&edit, &[("name", "市场一部"), ("items", "view_leads")]).await.status, 303);
    let answer = other.send(other.form(&edit, late)).await;
    assert_eq!((answer.status, answer.says("市场二部")), (409, true));
}

#[tokio::test]
async fn the_default_roles_are_listed_with_what_they_may_and_who_holds_them() {
    let app = App::new().await;
    let page = app.sign_in("yunfan/admin").await.get("/roles").await;
    for said in
        ["系统管理员", "客户经理主管", "财务专员", "派发线索", "线索稽核", "市场专员", "/members?role=supervisor"]
    {
        assert!(page.says(said), "{said}");
    }
    assert!(!page.says("商家管理员"), "roles of other kinds of tenants are not offered");
}
