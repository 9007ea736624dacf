//! Following up, returning, reopening.

use chrono::Days;

use crate::support::{App, Client, Lead, only_audit};

struct Scene {
    app: App,
    wu: Client,
    admin: Client,
}

impl Scene {
    async fn new() -> Scene {
        let app = App::new().await;
        let (wu, admin) = (app.sign_in("yunfan/wu").await, app.sign_in("yunfan/admin").await);
        Scene { app, wu, admin }
    }

    /// The trade's date so many days from now.
    fn day(&self, days: u64) -> String {
        (self.app.clock.now().trade_date() + Days::new(days)).to_string()
    }

    /// A lead that has just been dispatched to wu.
    async fn dispatched(&self, number: u32) -> Lead {
        let wu = self.app.member("yunfan/wu").await.to_string();
        let (company, phone) = (format!("跟进{number}有限公司"), format!("1392222{number:04}"));
        let id = self.admin.enter(&company, &phone, &[("follower", &wu)]).await;
        self.app.lead(&id).await
    }
}

#[tokio::test]
async fn each_result_leads_to_its_state() {
    let scene = Scene::new().await;
    let (soon, none) = (scene.day(7), String::new());
    for (number, (outcome, next_on, reason, state)) in (1..).zip([
        ("interested", &soon, "", "following"),
        ("again", &soon, "", "following"),
        ("unreached", &none, "", "following"),
        ("unreached", &soon, "", "following"),
        ("no_need", &none, "", "following"),
        ("invalid", &none, "wrong_number", "invalid"),
        ("developed", &none, "", "following"),
    ]) {
        let lead = scene.dispatched(number).await;
        let audited = scene.app.audited("lead_followed_up").await;
        let content = format!("第{number}次沟通");
        let fields =
            [("way", "visit"), ("outcome", outcome), ("content", &*content), ("next_on", next_on), ("reason", reason)];
        let answer = scene.wu.fill(&lead.step("follow"), &fields).await;
        // A lead that became a customer is developed next, which is an act of its own.
        let next = if outcome == "developed" { lead.step("develop") } else { lead.page() };
        assert_eq!((answer.status, answer.location()), (303, next.as_str()), "{outcome}");
        assert_eq!(scene.app.lead(&lead.id).await.state, state, "{outcome}");
        assert_eq!(scene.app.audited("lead_followed_up").await, audited + 1);
        let shown = scene.wu.get(&lead.page()).await;
        assert!(shown.says("跟进记录已保存") && shown.says(&content) && shown.says("上门拜访") || shown.says(&content));
        assert_eq!(shown.says(&soon), !next_on.is_empty(), "{outcome}: the next date");
    }
}

#[tokio::test]
async fn what_is_missing_is_said_beside_its_field_and_nothing_is_done() {
    let scene = Scene::new().await;
    let lead = scene.dispatched(20).await;
    scene.app.tally().await;
    let before = scene.app.writes().await;
    let (today, first, last, late) = (scene.day(0), scene.day(1), scene.day(90), scene.day(91));
    let good =
        [("way", "phone"), ("outcome", "again"), ("content", "改天再谈"), ("next_on", first.as_str()), ("reason", "")];
    for (field, value, outcome) in [
        ("way", "", ""),
        ("way", "pigeon", ""),
        ("outcome", "", ""),
        ("outcome", "won", ""),
        ("content", "", ""),
        ("content", "   \n ", ""),
        ("content", &"字".repeat(1001), ""),
        ("next_on", "", ""),
        ("next_on", &today, ""),
        ("next_on", "2020-01-01", ""),
        ("next_on", &late, ""),
        ("next_on", "tomorrow", ""),
        ("reason", "", "invalid"),
        ("reason", "bored", "invalid"),
    ] {
        let mut fields = good;
        for (name, text) in &mut fields {
            if *name == field {
                *text = value;
            } else if *name == "outcome" && !outcome.is_empty() {
                *text = outcome;
            }
        }
        let answer = scene.wu.fill(&lead.step("follow"), &fields).await;
        assert_eq!(answer.status, 422, "{field}={value}");
        assert!(answer.says(&format!("id=\"{field}-error\"")), "{field}={value} is not said beside the field");
        assert!(field == "content" || answer.says("改天再谈"), "what was typed is lost");
        if value == today || value == late {
            let said =
                if value == today { "请选择今天之后的日期" } else { "请选择 90 天以内的日期" };
            assert!(answer.says(said) && answer.says(&format!("value=\"{value}\"")), "{value}");
        }
        assert_eq!(scene.app.writes_since(&before).await, only_audit(0), "{field}={value}");
    }
    for (day, number) in [(first, 21), (last, 22)] {
        let lead = scene.dispatched(number).await;
        let fields = [("way", "phone"), ("outcome", "again"), ("content", "改天再谈"), ("next_on", day.as_str())];
        assert_eq!(scene.wu.fill(&lead.step("follow"), &fields).await.status, 303, "{day}");
    }
}

#[tokio::test]
async fn the_trades_day_decides_which_date_lies_ahead() {
    let scene = Scene::new().await;
    let lead = scene.dispatched(30).await;
    // A quarter of an hour before midnight in the trade's zone, and some minutes after it.
    let midnight = partner_center::moment::Moment::start_of(scene.app.clock.now().trade_date() + Days::new(1));
    scene.app.clock.advance((midnight.0 - scene.app.clock.now().0) / 1000 - 900);
    let wu = scene.app.sign_in("yunfan/wu").await;
    let tomorrow = scene.day(1);
    let fields = [("way", "phone"), ("outcome", "again"), ("content", "明天再谈"), ("next_on", tomorrow.as_str())];
    let body = wu.filled(&lead.step("follow"), &fields).await;
    scene.app.clock.advance(1700);
    let late = wu.send(wu.form(&lead.step("follow"), body.clone())).await;
    assert_eq!(late.status, 422, "what was tomorrow is today");
    scene.app.clock.advance(-1700);
    assert_eq!(wu.send(wu.form(&lead.step("follow"), body)).await.status, 303);
}

#[tokio::test]
async fn only_the_follower_or_an_administrator_follows_up() {
    let scene = Scene::new().await;
    let lead = scene.dispatched(40).await;
    let fields = [("way", "phone"), ("outcome", "unreached"), ("content", "无人接听")];
    let lin = scene.app.sign_in("yunfan/lin").await;
    assert_eq!(lin.post(&lead.step("follow"), &fields).await.status, 403);
    assert_eq!(scene.app.sign_in("yunfan/chen").await.post(&lead.step("follow"), &fields).await.status, 404);
    assert_eq!(scene.app.lead(&lead.id).await.state, "dispatched");
    assert_eq!(scene.admin.fill(&lead.step("follow"), &fields).await.status, 303);
    assert_eq!(scene.app.lead(&lead.id).await.state, "following");
}

#[tokio::test]
async fn a_lead_that_was_not_dispatched_takes_no_follow_up() {
    let scene = Scene::new().await;
    let lead = scene.app.a_lead("yunfan", "undispatched", None).await;
    let fields = [("way", "phone"), ("outcome", "unreached"), ("content", "无人接听")];
    let answer = scene.admin.post(&lead.step("follow"), &fields).await;
    assert_eq!(answer.status, 409);
    assert!(answer.says("线索尚未派发"));
}

#[tokio::test]
async fn a_returned_lead_waits_for_dispatch_again_and_its_reason_is_told() {
    let scene = Scene::new().await;
    let lead = scene.dispatched(50).await;
    let empty = scene.wu.fill(&lead.step("return"), &[("content", " ")]).await;
    assert_eq!(empty.status, 422);
    assert!(empty.says("id=\"content-error\""));
    assert_eq!(scene.admin.post(&lead.step("return"), &[("content", "代为退回")]).await.status, 409);
    let answer = scene.wu.fill(&lead.step("return"), &[("content", "客户在外省,无法拜访")]).await;
    assert_eq!((answer.status, answer.location()), (303, "/leads"));
    let after = scene.app.lead(&lead.id).await;
    assert_eq!((after.state.as_str(), after.follower), ("undispatched", None));
    assert_eq!(scene.wu.get(&lead.page()).await.status, 404);
    let shown = scene.admin.get(&lead.page()).await;
    assert!(shown.says("客户在外省,无法拜访") && shown.says("退回线索") && shown.says("吴海波"));
    assert!(scene.admin.get("/lead-dispatch").await.listed().contains(&lead.id));
}

#[tokio::test]
async fn an_invalid_lead_is_reopened_by_an_administrator_alone() {
    let scene = Scene::new().await;
    let lead = scene.dispatched(60).await;
    let fields = [("way", "phone"), ("outcome", "invalid"), ("content", "空号"), ("reason", "wrong_number")];
    assert_eq!(scene.wu.fill(&lead.step("follow"), &fields).await.status, 303);
    for step in ["follow", "return"] {
        assert_eq!(scene.wu.get(&lead.step(step)).await.status, 409, "{step} of a closed lead");
    }
    assert_eq!(scene.wu.post(&lead.step("follow"), &fields).await.status, 409);
    let reason = [("content", "客户换了号码")];
    for who in ["yunfan/wu", "yunfan/lin"] {
        let client = scene.app.sign_in(who).await;
        assert_eq!(client.get(&lead.step("reopen")).await.status, 403, "{who}");
        assert_eq!(client.post(&lead.step("reopen"), &reason).await.status, 403, "{who}");
    }
    assert_eq!(scene.app.lead(&lead.id).await.state, "invalid");
    assert_eq!(scene.admin.fill(&lead.step("reopen"), &reason).await.status, 303);
    assert_eq!(scene.app.lead(&lead.id).await.state, "following");
    assert!(scene.wu.get(&lead.page()).await.says("客户换了号码"));
    assert_eq!(scene.admin.post(&lead.step("reopen"), &reason).await.status, 409);
}
