//! What has changed between the start of a call and its being placed: a call that must not be made any more is not made,
//! says why, and is in the trail as refused.

use super::support::{Scene, Service};
use crate::support::Lead;

const NUMBER: &str = "13955558888";

/// A call that waits to be placed by a voice service that would take it.
struct Waiting {
    scene: Scene,
    service: Service,
    lead: Lead,
    call: String,
    refusals: i64,
}

impl Waiting {
    async fn new(name: &str) -> Waiting {
        let (service, telephony) = Service::start().await;
        let scene = Scene::with(telephony).await;
        let lead = scene.lead(name, NUMBER).await;
        let call = scene.call(&lead).await;
        let refusals = scene.app.audited("call_refused").await;
        Waiting { scene, service, lead, call, refusals }
    }

    /// Nobody's phone has rung, and whoever sees the call reads why.
    async fn was_not_placed(&self, words: &str) {
        self.scene.go(0).await;
        assert_eq!(self.service.asked().len(), 0, "{words}: nobody is rung");
        assert_eq!(self.scene.column(&self.call, "result").await, "failed", "{words}");
        let page = self.scene.admin.get(&self.call).await;
        assert!(page.says("未拨出原因") && page.says(words), "{words}: {}", page.text());
        assert_eq!(self.scene.app.audited("call_refused").await, self.refusals + 1, "{words}");
        let sql =
            "SELECT COUNT(*) FROM audit_events WHERE code = 'call_refused' AND outcome = 'refused' AND request = ?";
        let id = self.call.rsplit('/').next().unwrap();
        assert_eq!(self.scene.app.number(sql, [id.into()]).await, 1, "{words}: as refused, by the call's own id");
    }
}

#[tokio::test]
async fn a_number_that_is_muted_meanwhile_is_not_called() {
    let waiting = Waiting::new("先勿扰").await;
    let answer = waiting.scene.admin.fill(&waiting.lead.step("mute"), &[("mute", "asked")]).await;
    assert_eq!(answer.status, 303);
    waiting.was_not_placed("该号码在勿扰名单中，不能外呼").await;
}

#[tokio::test]
async fn nobody_is_called_once_quiet_hours_have_begun() {
    let waiting = Waiting::new("先安静").await;
    let fields =
        [("quiet_from", "00:00"), ("quiet_to", "23:59"), ("pause_from", "23:00"), ("pause_to", "01:00")].into_iter();
    let fields: Vec<_> = fields.chain([("per_day", "2"), ("per_week", "5"), ("per_minute", "9")]).collect();
    assert_eq!(waiting.scene.admin.post("/calls/settings", &fields).await.status, 303);
    waiting.was_not_placed("现在是免打扰时段").await;
}

#[tokio::test]
async fn a_call_waits_for_two_minutes_and_no_longer() {
    let waiting = Waiting::new("久等").await;
    waiting.scene.app.clock.advance(121);
    waiting.was_not_placed("未能及时拨出，请重新外呼").await;

    let waiting = Waiting::new("刚好").await;
    waiting.scene.go(120).await;
    assert_eq!(waiting.service.asked().len(), 1);
}

#[tokio::test]
async fn a_lead_that_is_somebody_elses_by_now_is_not_called_by_whoever_had_it() {
    let waiting = Waiting::new("先改派").await;
    let tang = waiting.scene.app.member("xinghe/tang").await.to_string();
    let answer = waiting.scene.admin.fill(&waiting.lead.step("dispatch"), &[("follower", &tang)]).await;
    assert_eq!(answer.status, 303);
    waiting.was_not_placed("只有该线索的跟进人可以操作").await;
}

#[tokio::test]
async fn a_lead_that_was_given_back_is_not_called() {
    let waiting = Waiting::new("先退回").await;
    let answer = waiting.scene.ma.fill(&waiting.lead.step("return"), &[("content", "不归我")]).await;
    assert_eq!(answer.status, 303);
    waiting.was_not_placed("只有该线索的跟进人可以操作").await;
}

#[tokio::test]
async fn a_lead_that_was_closed_is_not_called() {
    let waiting = Waiting::new("先关闭").await;
    let fields = [("way", "phone"), ("outcome", "invalid"), ("content", "空号"), ("reason", "wrong_number")];
    assert_eq!(waiting.scene.ma.fill(&waiting.lead.step("follow"), &fields).await.status, 303);
    waiting.was_not_placed("线索已关闭，不能再操作").await;
}

#[tokio::test]
async fn a_call_that_was_given_up_before_it_was_refused_is_given_up() {
    let waiting = Waiting::new("先取消").await;
    assert_eq!(waiting.scene.ma.post(&format!("{}/cancel", waiting.call), &[]).await.status, 303);
    waiting.scene.go(121).await;
    assert_eq!(waiting.scene.column(&waiting.call, "result").await, "cancelled");
    assert_eq!(waiting.scene.app.audited("call_refused").await, waiting.refusals, "nobody was refused");
}
