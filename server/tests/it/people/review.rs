//! While the qualification behind a role is under review, the role stays.

use partner_center::{
    access::Role,
    error::{Code, Error, Problem, Result},
    ids::MemberId,
    people::admin,
};

use crate::{
    people::support::{page, roles},
    support::{App, only_audit},
};

/// Says where a review is, as the operator does.
async fn review(app: &App, account: &str, role: Role, under_review: bool) -> Result<bool> {
    let (tenant, _) = admin::tenant_named(&app.store, "yunfan").await.unwrap();
    let id = admin::member_named(&app.store, tenant, account).await?;
    admin::set_review(&app.store, tenant, id, role, under_review, app.clock.now()).await
}

#[tokio::test]
async fn a_role_under_review_is_ticked_and_fixed_and_goes_again_once_that_is_done() {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    let (dialog, chen) = (page(&app, "yunfan/chen", "roles").await, app.member("yunfan/chen").await);
    let lin = app.member("yunfan/lin").await.to_string();
    assert!(!admin.get(&dialog).await.says("资质审核"));
    assert_eq!(review(&app, "chen", Role::Manager, true).await, Ok(true));
    let shown = admin.get(&dialog).await;
    assert!(shown.says("资质审核期间，对应角色已勾选且不能取消") && shown.says("aria-describedby=\"roles-fixed\""));
    assert!(admin.get(&page(&app, "yunfan/chen", "").await).await.says("资质审核中"));
    // A browser sends what is fixed along with what is ticked.
    let more = [("roles", "finance"), ("supervisor", lin.as_str())];
    let answer = admin.fill(&dialog, &more).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    assert_eq!(roles(&app, chen).await, ["finance", "manager"]);
    assert_eq!(review(&app, "chen", Role::Manager, false).await, Ok(true));
    assert!(!admin.get(&dialog).await.says("资质审核"));
    assert_eq!(admin.fill(&dialog, &[("roles", "finance"), ("supervisor", "")]).await.status, 303);
    assert_eq!(roles(&app, chen).await, ["finance"]);
}

#[tokio::test]
async fn taking_a_role_under_review_away_is_refused_beside_the_roles_in_both_languages() {
    let app = App::new().await;
    app.tally().await;
    let admin = app.sign_in("yunfan/admin").await;
    let dialog = page(&app, "yunfan/chen", "roles").await;
    let lin = app.member("yunfan/lin").await.to_string();
    review(&app, "chen", Role::Manager, true).await.unwrap();
    let before = app.writes().await;
    for without in [&[("roles", "finance")][..], &[("roles", "admin")], &[("roles", "supervisor")]] {
        let answer = admin.post(&dialog, without).await;
        assert_eq!(answer.status, 422, "{without:?}");
        assert!(answer.says("资质审核期间不能取消对应角色"), "{}", answer.text());
    }
    // What does not go with it is said as ever.
    let four = [("roles", "finance"), ("roles", "architect"), ("roles", "lead_operator"), ("supervisor", &*lin)];
    for (more, said) in [
        (&[("roles", "admin")][..], "管理员角色不能与其他角色"),
        (&[("roles", "supervisor")], "不能同时选择"),
        (&four, "最多选择 3 个角色"),
    ] {
        let answer = admin.fill(&dialog, more).await;
        assert_eq!((answer.status, answer.says(said)), (422, true), "{said}");
    }
    assert_eq!(app.writes_since(&before).await, only_audit(0));
    admin.post("/language", &[("tag", "en"), ("back", "/")]).await;
    let answer = admin.post(&dialog, &[("roles", "finance")]).await;
    assert!(answer.says("A role whose qualification is under review cannot be taken away"), "{}", answer.text());
    assert!(answer.says("While its qualification is under review, a role stays ticked"));
}

#[tokio::test]
async fn a_review_begins_once_for_a_role_that_is_held_and_the_trail_names_it() {
    let app = App::new().await;
    let before = app.audited("qualification_reviewed").await;
    for (state, is_news) in [(true, true), (true, false), (false, true), (false, false)] {
        assert_eq!(review(&app, "chen", Role::Manager, state).await, Ok(is_news));
    }
    // Each in the trail of the vendor and of the company.
    assert_eq!(app.audited("qualification_reviewed").await, before + 4);
    let refused = |code| Err(Error::Invalid(vec![Problem::new("role", code)]));
    assert_eq!(review(&app, "chen", Role::Architect, true).await, refused(Code::RoleNotHeld));
    assert_eq!(review(&app, "qian", Role::Finance, true).await, refused(Code::Unknown));
    assert_eq!(review(&app, "nobody", Role::Manager, true).await, Err(Error::NotFound));
    // A member of another tenant is none of this one.
    let (tenant, _) = admin::tenant_named(&app.store, "yunfan").await.unwrap();
    let he = MemberId(app.member("qingshan/he").await);
    let foreign = admin::set_review(&app.store, tenant, he, Role::Manager, true, app.clock.now()).await;
    assert_eq!(foreign, Err(Error::NotFound));
    let trail = app.sign_in("yunfan/admin").await.get("/audit?event=qualification_reviewed").await;
    assert!(trail.says("→ chen · 客户经理 · 审核中") && trail.says("→ chen · 客户经理 · 审核结束"), "{}", trail.text());
}
