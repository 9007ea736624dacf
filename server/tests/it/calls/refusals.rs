//! Why a lead is not called. Each attempt that is refused is in the trail with its reason, and nothing else happens.

use tokio::task::JoinSet;

use super::support::{NOT_PICKED_UP, Scene, TALK, number};
use crate::support::{Answer, Lead, only_audit};

impl Scene {
    /// Tries to call, and is refused in these words by the dialog, which has no button, and by the form. Each is one
    /// attempt: the dialog that comes back with the refused form is not another one.
    async fn refused(&self, lead: &Lead, words: &str) {
        // A session that was not used for a while is marked as used by the first page.
        self.ma.get(&lead.page()).await;
        let dialog = self.one_line(words, self.ma.get(&lead.step("call"))).await;
        assert_eq!(dialog.status, 200);
        assert!(dialog.says(words) && !dialog.says("开始外呼"), "{words}: {}", dialog.text());
        let answer = self.one_line(words, self.ma.post(&lead.step("call"), &[])).await;
        assert_eq!(answer.status, 409, "{words}");
        assert!(answer.says(words), "{words}");
    }

    /// What is answered to an attempt that leaves its line in the trail, and nothing else.
    async fn one_line(&self, words: &str, attempt: impl Future<Output = Answer>) -> Answer {
        let (before, refusals) = (self.app.writes().await, self.app.audited("call_refused").await);
        let answer = attempt.await;
        assert_eq!(self.app.writes_since(&before).await, only_audit(1), "{words}");
        assert_eq!(self.app.audited("call_refused").await, refusals + 1, "{words}");
        answer
    }
}

#[tokio::test]
async fn tenants_outside_marketing_plan_2_have_no_button_and_are_told_why() {
    let scene = Scene::new().await;
    let wu = scene.app.sign_in("yunfan/wu").await;
    let lead = scene.app.a_lead("yunfan", "following", Some("wu")).await;
    let page = wu.get(&lead.page()).await;
    assert!(page.status == 200 && !page.says("/call\"") && !page.says("勿扰"));
    assert!(!wu.get("/leads").await.says("/call\""));
    for answer in [wu.get(&lead.step("call")).await, wu.post(&lead.step("call"), &[]).await] {
        assert_eq!(answer.status, 409);
        assert!(answer.says("外呼仅对已加入营销计划 2.0 的伙伴开放"));
    }
    let admin = scene.app.sign_in("yunfan/admin").await;
    assert_eq!(admin.get("/calls/settings").await.status, 409);
    assert!(!admin.get("/leads").await.says("/calls/settings"));
}

#[tokio::test]
async fn only_the_follower_or_an_administrator_calls_and_only_an_open_lead() {
    let scene = Scene::new().await;
    let lead = scene.lead("谁来打", &number(TALK, 0)).await;
    assert_eq!(scene.app.sign_in("xinghe/tang").await.post(&lead.step("call"), &[]).await.status, 404);
    let answer = scene.admin.post(&lead.step("call"), &[]).await;
    // The administrator of the demo has not written down yet what came of its last call.
    assert!(answer.status == 409 && answer.says("请先填写上一次外呼的结果"));
    let closed = scene.app.a_lead("xinghe", "invalid", Some("ma")).await;
    assert_eq!(scene.ma.post(&closed.step("call"), &[]).await.status, 409);
    let lin = scene.app.sign_in("yunfan/lin").await;
    assert_eq!(lin.post(&lead.step("call"), &[]).await.status, 403, "supervisors hand leads out and call nobody");
}

#[tokio::test]
async fn each_obstacle_is_named_and_recorded() {
    let scene = Scene::new().await;
    scene.app.tally().await;
    let lead = scene.lead("障碍", &number(TALK, 1)).await;

    let rules = |from: &'static str, to: &'static str, day: &'static str, minute: &'static str| {
        let fields =
            [("quiet_from", from), ("quiet_to", to), ("per_day", day), ("per_week", "5"), ("per_minute", minute)];
        let admin = scene.admin.clone();
        async move { assert_eq!(admin.post("/calls/settings", &fields).await.status, 303) }
    };
    rules("00:00", "23:59", "2", "9").await;
    scene.refused(&lead, "现在是免打扰时段").await;
    rules("", "", "2", "9").await;

    let call = scene.call(&lead).await;
    scene.refused(&lead, "通话尚未结束").await;
    scene.go(0).await;
    scene.go(200).await;
    scene.refused(&lead, "请先填写上一次外呼的结果").await;
    assert!(scene.ma.get(&lead.step("call")).await.says(&call), "the page leads to the call that waits");
    assert_eq!(scene.write_down(&call, "unreached").await.status, 303);

    rules("", "", "1", "9").await;
    scene.refused(&lead, "该号码的外呼次数已达上限").await;
    // A day later the same number may be called again.
    scene.app.clock.advance(86_400);
    let scene =
        Scene { ma: scene.app.sign_in("xinghe/ma").await, admin: scene.app.sign_in("xinghe/admin").await, ..scene };
    scene.ended(&lead).await;
}

#[tokio::test]
async fn a_number_is_called_so_often_whoever_has_the_lead() {
    let scene = Scene::new().await;
    let number = number(TALK, 2);
    let (one, other) = (scene.lead("同号甲", &number).await, scene.lead("同号乙", &number).await);
    for lead in [&one, &other] {
        let call = scene.ended(lead).await;
        assert_eq!(scene.write_down(&call, "unreached").await.status, 303);
    }
    scene.app.tally().await;
    scene.refused(&one, "该号码的外呼次数已达上限").await;
    scene.refused(&other, "该号码的外呼次数已达上限").await;
}

#[tokio::test]
async fn the_limit_of_seven_days_stands_alone_and_ends_on_the_second() {
    let scene = Scene::new().await;
    let rules = [("per_day", "2"), ("per_week", "2"), ("per_minute", "9")];
    assert_eq!(scene.admin.post("/calls/settings", &rules).await.status, 303);
    let lead = scene.lead("七天", &number(TALK, 40)).await;
    let first = scene.app.clock.now();
    let mut scene = scene;
    for day in 0..2 {
        scene.app.clock.advance(day * 3 * 86_400);
        scene.ma = scene.app.sign_in("xinghe/ma").await;
        let call = scene.ended(&lead).await;
        assert_eq!(scene.write_down(&call, "unreached").await.status, 303);
    }
    let week = first.plus_seconds(7 * 86_400);
    scene.app.clock.advance((week.0 - scene.app.clock.now().0) / 1_000 - 1);
    scene.ma = scene.app.sign_in("xinghe/ma").await;
    scene.app.tally().await;
    // Nobody has called it for days: it is the week alone that is full.
    scene.refused(&lead, "该号码的外呼次数已达上限").await;
    scene.app.clock.advance(1);
    scene.call(&lead).await;
}

#[tokio::test]
async fn calls_that_reached_nobody_do_not_count_against_the_number_but_against_the_minute() {
    let scene = Scene::new().await;
    let fields = [("per_day", "1"), ("per_week", "1"), ("per_minute", "2")];
    assert_eq!(scene.admin.post("/calls/settings", &fields).await.status, 303);
    let lead = scene.lead("没接", &number(NOT_PICKED_UP, 1)).await;
    for _ in 0..2 {
        scene.call(&lead).await;
        scene.go(0).await;
        scene.go(13).await;
    }
    scene.app.tally().await;
    scene.refused(&lead, "外呼太频繁").await;
    scene.go(60).await;
    scene.call(&lead).await;
}

#[tokio::test]
async fn an_outcome_that_nobody_can_write_any_more_holds_up_no_call_and_an_older_one_does() {
    let scene = Scene::new().await;
    let rules = [("per_day", "2"), ("per_week", "5"), ("per_minute", "9")];
    assert_eq!(scene.admin.post("/calls/settings", &rules).await.status, 303);
    let (closed, other) = (scene.lead("已关", &number(TALK, 41)).await, scene.lead("下一通", &number(TALK, 42)).await);
    let call = scene.ended(&closed).await;
    assert!(scene.ma.get(&other.step("call")).await.says(&call));
    let lost = [("way", "phone"), ("outcome", "invalid"), ("content", "空号"), ("reason", "wrong_number")];
    assert_eq!(scene.ma.fill(&closed.step("follow"), &lost).await.status, 303);
    assert!(scene.ma.get(&other.step("call")).await.says("开始外呼"), "a closed lead asks for nothing");
    // An older call that still asks is found behind it.
    let older = scene.ended(&other).await;
    let id: uuid::Uuid = older.rsplit('/').next().unwrap().parse().unwrap();
    scene.app.change("UPDATE calls SET created_at = created_at - 86400000 WHERE id = ?", [id.into()]).await;
    let third = scene.lead("第三通", &number(TALK, 43)).await;
    let waiting = scene.ma.get(&third.step("call")).await;
    assert!(waiting.says("请先填写上一次外呼的结果") && waiting.says(&older), "{}", waiting.text());
}

#[tokio::test]
async fn a_member_without_a_phone_and_a_lead_without_one_are_not_joined() {
    let scene = Scene::new().await;
    let lead = scene.lead("无话机", &number(TALK, 3)).await;
    let ma = scene.app.member("xinghe/ma").await;
    scene.app.change("UPDATE members SET phone_sealed = NULL WHERE id = ?", [ma.into()]).await;
    scene.app.tally().await;
    scene.refused(&lead, "您还没有登记接听电话").await;

    let ma = ma.to_string();
    let fields = [
        ("company", "只有邮箱有限公司"),
        ("contact", "李小明"),
        ("email", "li@mail.example"),
        ("source", "own"),
        ("follower", &ma),
    ];
    let answer = scene.admin.post("/leads/new", &fields).await;
    let page = answer.location().to_owned();
    assert!(scene.ma.get(&page).await.says("该线索没有电话"));
    let refused = scene.ma.post(&format!("{page}/call"), &[]).await;
    assert!(refused.status == 409 && refused.says("该线索没有电话"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_form_that_is_sent_many_times_is_one_call_and_two_tabs_are_one_call_too() {
    let scene = Scene::new().await;
    let second = scene.app.second_server().await;
    for (nth, tabs) in [1, 2].into_iter().enumerate() {
        let lead = scene.lead(&format!("连击{nth}"), &number(TALK, 4 + nth)).await;
        let page = lead.step("call");
        let mut bodies = Vec::new();
        for _ in 0..tabs {
            bodies.push(scene.ma.filled(&page, &[]).await);
        }
        let mut sent = JoinSet::new();
        for (place, server) in [&scene.app.server, &second, &scene.app.server, &second].into_iter().enumerate() {
            let client = scene.ma.at(server);
            let request = client.form(&page, bodies[place % tabs].clone());
            sent.spawn(async move { client.send(request).await });
        }
        let answers = sent.join_all().await;
        assert!(answers.iter().all(|answer| matches!(answer.status, 303 | 409)));
        let id: uuid::Uuid = lead.id.parse().unwrap();
        assert_eq!(scene.app.number("SELECT COUNT(*) FROM calls WHERE lead_id = ?", [id.into()]).await, 1);
        let call = answers.iter().find(|answer| answer.status == 303).unwrap().location().to_owned();
        scene.go(0).await;
        scene.go(200).await;
        assert_eq!(scene.write_down(&call, "unreached").await.status, 303);
    }
}

#[tokio::test]
async fn each_reason_is_said_in_the_readers_language_and_only_to_whoever_may_call() {
    let scene = Scene::new().await;
    let lead = scene.lead("两种语言", &number(TALK, 20)).await;
    let english = scene.app.sign_in("xinghe/ma").await;
    english.set_cookie("pc_locale", "en");
    let said = async |chinese: &str, in_english: &str| {
        for (client, words) in [(&scene.ma, chinese), (&english, in_english)] {
            let dialog = client.get(&lead.step("call")).await;
            assert!(dialog.status == 200 && dialog.says(words), "{words}: {}", dialog.text());
            let answer = client.post(&lead.step("call"), &[]).await;
            assert!(answer.status == 409 && answer.says(words), "{words}");
        }
        for (who, status) in [("xinghe/tang", 404), ("yunfan/wu", 404), ("yunfan/qian", 403)] {
            let answer = scene.app.sign_in(who).await.post(&lead.step("call"), &[]).await;
            assert!(answer.status == status && !answer.says(chinese), "{who}: {}", answer.status);
        }
    };
    let rules = async |from: &str, to: &str| {
        let fields = [("quiet_from", from), ("quiet_to", to), ("per_day", "1"), ("per_week", "5"), ("per_minute", "9")];
        assert_eq!(scene.admin.post("/calls/settings", &fields).await.status, 303);
    };
    rules("00:00", "23:59").await;
    said("现在是免打扰时段", "These are quiet hours").await;
    rules("", "").await;
    let call = scene.ended(&lead).await;
    assert_eq!(scene.write_down(&call, "unreached").await.status, 303);
    said("该号码的外呼次数已达上限", "has been called as often as it may be").await;
    assert_eq!(scene.ma.fill(&lead.step("mute"), &[("mute", "asked")]).await.status, 303);
    said("该号码在勿扰名单中", "on the do-not-call list").await;
}
