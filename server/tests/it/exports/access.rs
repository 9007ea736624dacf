//! Who exports, and whose exports one sees.

use partner_center::{access::Action, ids::MemberId, people::admin};
use uuid::Uuid;

use super::support::{ask, asked, column, csv_rows, file, state, step, work};
use crate::support::App;

async fn lose_the_role(app: &App, who: &str) {
    let id: Uuid = app.member(who).await;
    assert_eq!(app.change("UPDATE member_roles SET role = 'finance' WHERE member_id = ?", [id.into()]).await, 1);
}

#[tokio::test]
async fn administrators_and_supervisors_export_and_nobody_else() {
    let app = App::new().await;
    for (who, may) in [("admin", true), ("lin", true), ("chen", false), ("wu", false), ("sun", false), ("qian", false)]
    {
        let client = app.sign_in(&format!("yunfan/{who}")).await;
        assert_eq!(client.get("/leads").await.says("/leads/export"), may, "{who} sees the button");
        assert_eq!(client.get("/leads/export").await.status, if may { 200 } else { 403 }, "{who}");
        assert_eq!(ask(&client, "", "csv").await.status, if may { 303 } else { 403 }, "{who}");
        assert_eq!(client.get("/").await.says("href=\"/exports\""), may, "{who} finds the history in the menu");
    }
}

#[tokio::test]
async fn an_export_is_its_members_and_its_administrators() {
    let app = App::new().await;
    let (admin, lin) = (app.sign_in("yunfan/admin").await, app.sign_in("yunfan/lin").await);
    let (of_lin, of_admin) = (asked(&app, &lin, "", "csv").await, asked(&app, &admin, "", "csv").await);
    let stranger = app.sign_in("xinghe/admin").await;
    let operator = app.sign_in("platform/operator").await;
    for client in [&stranger, &operator] {
        for id in [of_lin, of_admin] {
            assert_eq!(client.post(&step(id, "cancel"), &[]).await.status, 404);
        }
    }
    assert_eq!(lin.post(&step(of_admin, "cancel"), &[]).await.status, 404);
    work(&app).await;
    for (client, id, status) in [
        (&lin, of_lin, 200),
        (&lin, of_admin, 404),
        (&admin, of_lin, 200),
        (&admin, of_admin, 200),
        (&stranger, of_lin, 404),
    ] {
        assert_eq!(client.get(&step(id, "file")).await.status, status);
        assert_eq!(client.get("/exports").await.says(&id.to_string()), status == 200);
    }
    assert_eq!(app.anonymous().get(&step(of_lin, "file")).await.status, 303);
}

#[tokio::test]
async fn a_custom_role_with_every_item_of_exports_reaches_its_holders_own_alone() {
    let app = App::new().await;
    let tenant = admin::tenant_named(&app.store, "yunfan").await.unwrap().0;
    let items = [Action::ViewJobs, Action::ExportLeads];
    let (wu, now) = (MemberId(app.member("yunfan/wu").await), app.clock.now());
    let role = admin::create_role(&app.store, tenant, "导出专员", &items, now).await.unwrap();
    admin::give_role(&app.store, tenant, wu, role, now).await.unwrap();
    let (lin, wu) = (app.sign_in("yunfan/lin").await, app.sign_in("yunfan/wu").await);
    let (of_lin, own) = (asked(&app, &lin, "", "csv").await, asked(&app, &wu, "", "csv").await);
    assert_eq!(wu.post(&step(of_lin, "cancel"), &[]).await.status, 404);
    work(&app).await;
    assert_eq!(wu.get(&step(of_lin, "file")).await.status, 404);
    app.change("UPDATE exports SET state = 'failed' WHERE id = ?", [of_lin.into()]).await;
    assert_eq!(wu.post(&step(of_lin, "retry"), &[]).await.status, 404);
    for page in ["/exports", "/jobs"] {
        let page = wu.get(page).await;
        assert!(page.status == 200 && !page.says(&of_lin.to_string()) && !page.says("林晓梅"), "{}", page.text());
    }
    let followers = column(&csv_rows(&file(&wu, own).await), "跟进人");
    assert!(!followers.is_empty() && followers.iter().all(|follower| follower == "吴海波"), "{followers:?}");
}

#[tokio::test]
async fn the_history_is_paged_and_ends_with_the_first_export() {
    let app = App::new().await;
    let lin = app.sign_in("yunfan/lin").await;
    let mut all = Vec::new();
    for second in 0..12 {
        app.clock.advance(i64::from(second > 0));
        let id = asked(&app, &lin, "?state=invalid", "csv").await;
        app.change("UPDATE exports SET state = 'failed' WHERE id = ?", [id.into()]).await;
        all.push(id);
    }
    let mut found = Vec::new();
    let mut next = Some("/exports?size=10".to_owned());
    while let Some(address) = next {
        let page = lin.get(&address).await;
        assert_eq!(page.status, 200, "{address}");
        found.extend(all.iter().rev().filter(|id| page.says(&step(**id, "retry"))).copied());
        next = crate::support::linked(&page.text(), "next");
    }
    all.reverse();
    assert_eq!(found, all);
    assert_eq!(lin.get("/exports?page=0").await.status, 400);
    assert!(lin.get("/exports?page=9").await.says("href=\"/exports\""));
}

#[tokio::test]
async fn three_exports_of_a_member_and_ten_of_a_tenant_are_under_way_at_once() {
    let app = App::new().await;
    let (admin, lin) = (app.sign_in("yunfan/admin").await, app.sign_in("yunfan/lin").await);
    let first = asked(&app, &lin, "", "csv").await;
    for _ in 0..2 {
        asked(&app, &lin, "", "csv").await;
    }
    let refused = ask(&lin, "", "csv").await;
    assert!(refused.status == 409 && refused.says("进行中的导出已达上限"), "{}", refused.text());
    // Others have room, until the company has none.
    let own = asked(&app, &admin, "", "csv").await;
    app.change("UPDATE exports SET state = 'failed' WHERE id = ?", [own.into()]).await;
    let luo = app.member("yunfan/luo.jia").await;
    for _ in 3..10 {
        let of_another = asked(&app, &admin, "", "csv").await;
        app.change("UPDATE exports SET member_id = ? WHERE id = ?", [luo.into(), of_another.into()]).await;
    }
    assert_eq!(ask(&admin, "", "csv").await.status, 409);
    assert_eq!(admin.post(&step(own, "retry"), &[]).await.status, 409);
    // One that is given up makes room for another one.
    assert_eq!(lin.post(&step(first, "cancel"), &[]).await.status, 303);
    assert_eq!(admin.post(&step(own, "retry"), &[]).await.status, 303);
    assert_eq!(ask(&lin, "", "csv").await.status, 409);
}

#[tokio::test]
async fn whoever_loses_the_right_before_the_job_comes_gets_nothing() {
    let app = App::new().await;
    let lin = app.sign_in("yunfan/lin").await;
    let id = asked(&app, &lin, "", "csv").await;
    lose_the_role(&app, "yunfan/lin").await;
    let failures = app.audited("export_failed").await;
    work(&app).await;
    assert_eq!((state(&app, id).await.as_str(), app.audited("export_failed").await), ("failed", failures + 1));
    let history = lin.get("/exports").await;
    assert!(history.says("失败") && history.says("您的角色没有此操作的权限"), "{}", history.text());
    assert!(!history.says(&step(id, "retry")));
    assert_eq!(lin.post(&step(id, "retry"), &[]).await.status, 403);
    assert_eq!(lin.get(&step(id, "file")).await.status, 403);
}

#[tokio::test]
async fn whoever_loses_the_right_later_cannot_fetch_the_file_any_more() {
    let app = App::new().await;
    let lin = app.sign_in("yunfan/lin").await;
    let id = asked(&app, &lin, "", "csv").await;
    work(&app).await;
    file(&lin, id).await;
    lose_the_role(&app, "yunfan/lin").await;
    assert_eq!(lin.get(&step(id, "file")).await.status, 403);
}

#[tokio::test]
async fn who_may_not_sign_in_any_more_exports_nothing() {
    let app = App::new().await;
    let lin = app.sign_in("yunfan/lin").await;
    let id = asked(&app, &lin, "", "csv").await;
    let member = MemberId(app.member("yunfan/lin").await);
    admin::disable_member(&app.store, member, app.clock.now()).await.unwrap();
    work(&app).await;
    assert_eq!(state(&app, id).await, "failed");
}

#[tokio::test]
async fn every_step_of_an_export_is_in_the_trail() {
    let app = App::new().await;
    let codes = ["requested", "finished", "downloaded", "cancelled", "failed", "expired"];
    let audited = async || {
        let mut counts = Vec::new();
        for code in codes {
            counts.push(app.audited(&format!("export_{code}")).await);
        }
        counts
    };
    let before = audited().await;
    let admin = app.sign_in("yunfan/admin").await;
    let given_up = asked(&app, &admin, "?state=invalid", "csv").await;
    assert_eq!(admin.post(&step(given_up, "cancel"), &[]).await.status, 303);
    let id = asked(&app, &admin, "?state=following", "csv").await;
    work(&app).await;
    file(&admin, id).await;
    app.clock.advance(3 * 86_400);
    // The one of the demo goes as well.
    assert_eq!(partner_center::exports::expire(&app.store, app.clock.now()).await, Ok(2));
    let now = audited().await;
    let more: Vec<i64> = now.iter().zip(before).map(|(now, before)| now - before).collect();
    assert_eq!(more, [2, 1, 1, 1, 0, 2]);
    let rows = app.number("SELECT written FROM exports WHERE id = ?", [id.into()]).await;
    let trail =
        app.rows("SELECT detail FROM audit_events WHERE object_id = ? AND code = 'export_finished'", [id.into()]);
    let detail: String = trail.await[0].try_get_by_index(0).unwrap();
    assert!(detail.contains(&format!("\"rows\":{rows}")), "{detail}");
    let page = app.sign_in("yunfan/admin").await.get("/audit").await;
    assert!(page.says("发起导出") && page.says("取消导出"), "{}", page.text());
}
