//! Numbers that are not called.

use super::support::{Scene, TALK, number};

#[tokio::test]
async fn a_muted_number_is_not_called_wherever_it_stands_until_an_administrator_allows_it() {
    let scene = Scene::new().await;
    let number = number(TALK, 0);
    let (one, other) = (scene.lead("勿扰甲", &number).await, scene.lead("勿扰乙", &number).await);
    let missing = scene.ma.fill(&one.step("mute"), &[("mute", "")]).await;
    assert!(missing.status == 422 && missing.says("id=\"mute-error\""));
    let answer = scene.ma.fill(&one.step("mute"), &[("mute", "asked")]).await;
    assert_eq!((answer.status, answer.location()), (303, one.page().as_str()));
    for lead in [&one, &other] {
        let page = scene.ma.get(&lead.page()).await;
        assert!(page.says("该号码在勿扰名单中（客户要求不再联系，马骏"), "{}", page.text());
        let refused = scene.ma.post(&lead.step("call"), &[]).await;
        assert!(refused.status == 409 && refused.says("该号码在勿扰名单中，不能外呼"));
    }
    assert_eq!(scene.ma.post(&other.step("mute"), &[("mute", "asked")]).await.status, 409, "it is on the list");
    assert_eq!(scene.ma.get(&one.step("unmute")).await.status, 403);
    assert_eq!(scene.ma.post(&one.step("unmute"), &[]).await.status, 403);
    assert_eq!(scene.admin.fill(&other.step("unmute"), &[]).await.status, 303);
    assert_eq!(scene.admin.post(&other.step("unmute"), &[]).await.status, 409, "it is off the list");
    scene.call(&one).await;
    assert_eq!(scene.app.audited("do_not_call_lifted").await, 1);
}

#[tokio::test]
async fn what_is_said_in_a_call_is_heard_at_once() {
    let scene = Scene::new().await;
    let lead = scene.lead("当面说", &number(TALK, 1)).await;
    let call = scene.ended(&lead).await;
    let muted = scene.app.audited("do_not_call_added").await;
    let fields = [("outcome", "no_need"), ("content", "请不要再打"), ("mute", "complaint")];
    assert_eq!(scene.ma.fill(&call, &fields).await.status, 303);
    assert!(scene.ma.get(&lead.page()).await.says("客户投诉"));
    assert_eq!(scene.app.audited("do_not_call_added").await, muted + 1);
}

#[tokio::test]
async fn another_tenant_is_not_told_and_may_call() {
    let scene = Scene::new().await;
    let number = number(TALK, 2);
    let lead = scene.lead("两家", &number).await;
    assert_eq!(scene.ma.fill(&lead.step("mute"), &[("mute", "other")]).await.status, 303);
    scene.app.change("UPDATE tenants SET marketing_plan_2 = ? WHERE name = 'yunfan'", [true.into()]).await;
    let (admin, wu) = (scene.app.sign_in("yunfan/admin").await, scene.app.sign_in("yunfan/wu").await);
    let follower = scene.app.member("yunfan/wu").await.to_string();
    let id = admin.enter("两家有限公司", &number, &[("follower", &follower)]).await;
    let fields = [("per_day", "2"), ("per_week", "5"), ("per_minute", "2")];
    assert_eq!(admin.post("/calls/settings", &fields).await.status, 303);
    assert!(!wu.get(&format!("/leads/{id}")).await.says("勿扰名单中"));
    assert_eq!(wu.post(&format!("/leads/{id}/call"), &[]).await.status, 303);
}
