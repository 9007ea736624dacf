//! The follow-up that a call leaves to be written: there from the end of the call, kept while it is typed, and gone when
//! what came of the call is saved.

use tokio::task::JoinSet;

use super::support::{BUSY, NOT_PICKED_UP, Scene, Service, TALK, number, push, status};
use crate::support::Lead;

impl Scene {
    async fn drafts(&self, call: &str) -> i64 {
        let id: uuid::Uuid = call.rsplit('/').next().unwrap().parse().unwrap();
        self.app.number("SELECT COUNT(*) FROM call_drafts WHERE call_id = ?", [id.into()]).await
    }

    async fn draft(&self, call: &str, column: &str) -> String {
        let id: uuid::Uuid = call.rsplit('/').next().unwrap().parse().unwrap();
        let sql = format!("SELECT COALESCE(CAST({column} AS TEXT), '--') FROM call_drafts WHERE call_id = ?");
        self.app.rows(&sql, [id.into()]).await[0].try_get_by_index(0).unwrap()
    }

    async fn one(&self, nth: usize) -> (Lead, String) {
        let lead = self.lead(&format!("草稿{nth}"), &number(TALK, 50 + nth)).await;
        let call = self.ended(&lead).await;
        (lead, call)
    }
}

const KEPT: [(&str, &str); 6] = [
    ("act", "draft"),
    ("outcome", "no_need"),
    ("content", "说到一半"),
    ("next_on", "2020-01-01"),
    ("reason", "competitor"),
    ("mute", "asked"),
];

#[tokio::test]
async fn the_end_of_a_call_leaves_one_draft_of_codes_where_the_lead_was_tried() {
    let scene = Scene::new().await;
    for (nth, (course, drafts)) in [(TALK, 1), (BUSY, 1), (NOT_PICKED_UP, 0)].into_iter().enumerate() {
        let lead = scene.lead(&format!("留稿{nth}"), &number(course, 30)).await;
        let call = scene.call(&lead).await;
        scene.go(0).await;
        assert_eq!(scene.drafts(&call).await, 0, "it goes on");
        scene.go(200).await;
        assert_eq!(scene.drafts(&call).await, drafts, "{course}");
        let page = scene.ma.get(&lead.page()).await;
        assert_eq!(page.says("继续填写跟进草稿"), drafts == 1, "{course}");
        if drafts == 1 {
            let likely = if course == BUSY { "unreached" } else { "--" };
            let left = [scene.draft(&call, "way").await, scene.draft(&call, "outcome").await];
            assert_eq!(left, ["call", likely], "{course}");
            assert_eq!(scene.draft(&call, "content").await, "--", "words are for the page");
            assert!(!scene.admin.get(&lead.page()).await.says("继续填写跟进草稿"), "it is the caller's own");
            assert_eq!(scene.write_down(&call, "unreached").await.status, 303);
        }
        scene.app.clock.advance(61);
    }
}

#[tokio::test]
async fn silence_and_giving_up_leave_a_draft_as_well_where_the_lead_was_tried() {
    let (service, telephony) = Service::start().await;
    let scene = Scene::with(telephony).await;
    let lead = scene.lead("无声", "13955559991").await;
    let call = scene.call(&lead).await;
    scene.go(0).await;
    scene.go(601).await;
    assert_eq!((scene.column(&call, "result").await.as_str(), scene.drafts(&call).await), ("unknown", 1));
    // The bill that comes after all says that nobody answered, and the draft follows it.
    let bill = serde_json::json!({"eventType": "fee", "feeLst": [{
        "sessionId": super::support::SESSION, "fwdAlertingTime": super::support::time(&scene.app, 590), "fwdUnaswRsn": 19,
    }]});
    assert_eq!(push(&scene.app, &service.told("feeUrl"), &bill).await.status, 200);
    assert_eq!(scene.column(&call, "result").await, "no_answer");
    assert_eq!((scene.drafts(&call).await, scene.draft(&call, "outcome").await.as_str()), (1, "unreached"));
    assert_eq!(scene.write_down(&call, "unreached").await.status, 303);

    let lead = scene.lead("响铃取消", "13955559992").await;
    let call = scene.call(&lead).await;
    service.asked.lock().unwrap().clear();
    scene.go(0).await;
    let state = service.told("statusUrl");
    for event in ["alerting", "disconnect"] {
        if event == "disconnect" {
            assert_eq!(scene.ma.post(&format!("{call}/cancel"), &[]).await.status, 303);
        }
        let told = status(&scene.app, event, "+8613955559992", 0);
        assert_eq!(push(&scene.app, &state, &told).await.status, 200);
    }
    assert_eq!((scene.column(&call, "result").await.as_str(), scene.drafts(&call).await), ("no_answer", 1));
}

#[tokio::test]
async fn a_call_that_reached_nobody_after_all_takes_its_draft_along_unless_somebody_has_typed_something() {
    for typed in [false, true] {
        let (service, telephony) = Service::start().await;
        let scene = Scene::with(telephony).await;
        let lead = scene.lead("没响过", "13955559993").await;
        let call = scene.call(&lead).await;
        scene.go(0).await;
        scene.go(601).await;
        assert_eq!(scene.drafts(&call).await, 1);
        if typed {
            assert_eq!(scene.ma.fill(&call, &KEPT).await.status, 303);
        }
        let bill = serde_json::json!({"eventType": "fee", "feeLst": [{
            "sessionId": super::support::SESSION, "fwdUnaswRsn": 0,
        }]});
        assert_eq!(push(&scene.app, &service.told("feeUrl"), &bill).await.status, 200);
        assert_eq!(scene.column(&call, "result").await, "agent_unreached");
        assert_eq!(scene.drafts(&call).await, i64::from(typed));
        assert_eq!(scene.ma.get(&call).await.says("说到一半"), typed);
    }
}

#[tokio::test]
async fn what_is_typed_is_kept_for_every_server_and_settles_nothing() {
    let scene = Scene::new().await;
    let (lead, call) = scene.one(0).await;
    assert!(scene.ma.get(&call).await.says("通话时长：6 秒"), "the call itself begins it");
    let (followed, muted) = (scene.app.audited("lead_followed_up").await, scene.app.audited("do_not_call_added").await);
    let answer = scene.ma.fill(&call, &KEPT).await;
    assert_eq!((answer.status, answer.location()), (303, call.as_str()));
    assert!(scene.ma.get(&call).await.says("草稿已保存"));
    assert_eq!(scene.app.audited("call_draft_saved").await, 1);
    assert_eq!(scene.app.audited("lead_followed_up").await, followed);
    assert_eq!(scene.app.audited("do_not_call_added").await, muted);
    assert!(!scene.ma.get(&lead.page()).await.says("说到一半"), "it is no follow-up yet");

    let second = scene.app.second_server().await;
    let page = scene.ma.at(&second).get(&call).await;
    assert!(page.says("说到一半") && page.says("草稿保存于") && !page.says("通话时长：6 秒"), "{}", page.text());
    for code in ["no_need", "competitor", "asked"] {
        let chosen = page.text().split(&format!("value=\"{code}\"")).nth(1).unwrap().to_owned();
        assert!(chosen.split('>').next().unwrap().contains("selected"), "{code}");
    }
    assert!(page.says("value=\"2020-01-01\""), "a date that makes no sense yet is kept too");
    assert!(scene.ma.get(&lead.step("call")).await.says("请先填写上一次外呼的结果"), "the call is not settled");

    // An empty draft is one as well.
    assert_eq!(scene.ma.fill(&call, &[("act", "draft"), ("content", ""), ("outcome", "")]).await.status, 303);
    let page = scene.ma.get(&call).await;
    assert!(!page.says("说到一半") && !page.says("通话时长：6 秒"));

    assert_eq!(scene.write_down(&call, "unreached").await.status, 303);
    assert_eq!(scene.drafts(&call).await, 0, "what came of the call takes its place");
    assert!(!scene.ma.get(&lead.page()).await.says("继续填写跟进草稿"));
    assert_eq!(scene.ma.post(&call, &KEPT).await.status, 409, "there is nothing left to draft");
    assert_eq!(scene.drafts(&call).await, 0);
}

#[tokio::test]
async fn only_what_is_too_long_is_refused_and_nothing_of_it_is_lost() {
    let scene = Scene::new().await;
    let (_, call) = scene.one(1).await;
    let longest = "字".repeat(1000);
    let fields = |content| [("act", "draft"), ("outcome", "bogus"), ("content", content), ("next_on", "明天")];
    assert_eq!(scene.ma.fill(&call, &fields(longest.as_str())).await.status, 303);
    let longer = format!("{longest}完");
    let answer = scene.ma.fill(&call, &fields(&longer)).await;
    assert!(answer.status == 422 && answer.says("id=\"content-error\"") && answer.says(&longer));
    assert_eq!(scene.draft(&call, "revision").await, "1");
    assert_eq!(scene.ma.fill(&call, &fields("零\u{0}字\u{200b}符")).await.status, 303);
    assert_eq!(scene.draft(&call, "content").await, "零字\u{200b}符");
    assert_eq!(scene.draft(&call, "next_on").await, "明天");
}

#[tokio::test]
async fn a_draft_is_its_callers_own() {
    let scene = Scene::new().await;
    let (_, call) = scene.one(2).await;
    assert_eq!(scene.ma.fill(&call, &KEPT).await.status, 303);
    assert!(!scene.admin.get(&call).await.says("说到一半"));
    assert_eq!(scene.admin.post(&call, &KEPT).await.status, 409);
    for (who, status) in [("xinghe/tang", 404), ("yunfan/admin", 404), ("yunfan/qian", 403)] {
        assert_eq!(scene.app.sign_in(who).await.post(&call, &KEPT).await.status, status, "{who}");
    }
    assert_eq!(scene.draft(&call, "revision").await, "1");
    let going_on = scene.lead("未完", &number(TALK, 60)).await;
    assert_eq!(scene.write_down(&call, "unreached").await.status, 303);
    let call = scene.call(&going_on).await;
    assert_eq!(scene.ma.post(&call, &KEPT).await.status, 409, "a call that goes on has none");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_tabs_overwrite_nothing_unseen_and_many_clicks_are_one() {
    let scene = Scene::new().await;
    let second = scene.app.second_server().await;
    let (_, call) = scene.one(3).await;
    let with = |content: &'static str| [("act", "draft"), ("content", content), ("outcome", "again")];
    let tabs = [scene.ma.filled(&call, &with("甲页")).await, scene.ma.filled(&call, &with("乙页")).await];
    let final_word = scene.ma.filled(&call, &[("content", "定稿"), ("outcome", "again")]).await;
    let mut sent = JoinSet::new();
    for server in [&scene.app.server, &second, &scene.app.server, &second] {
        let client = scene.ma.at(server);
        let request = client.form(&call, tabs[0].clone());
        sent.spawn(async move { client.send(request).await.status });
    }
    assert_eq!(sent.join_all().await, [303; 4]);
    assert_eq!((scene.draft(&call, "revision").await.as_str(), scene.app.audited("call_draft_saved").await), ("1", 1));
    // The other tab has not seen it: it is told, keeps its text, and may go on with it.
    for body in [tabs[1].clone(), final_word] {
        let answer = scene.ma.send(scene.ma.form(&call, body)).await;
        assert_eq!(answer.status, 409);
        assert!(answer.says("乙页") || answer.says("定稿"));
        assert!(answer.says("另一个页面已保存的草稿") && answer.says("甲页"), "what it would take away is shown");
        assert!(answer.says("name=\"seen\" value=\"1\""), "{}", answer.text());
    }
    // One that is refused for something else comes back no wiser than it went.
    let unseen = [("seen", "0"), ("content", ""), ("outcome", "again"), ("next_on", "")];
    let refused = scene.ma.post(&call, &unseen).await;
    assert!(refused.status == 422 && refused.says("name=\"seen\" value=\"0\""), "{}", refused.text());
    assert_eq!(scene.draft(&call, "content").await, "甲页");
    assert_eq!(scene.column(&call, "outcome_at").await, "0");
    assert_eq!(scene.ma.fill(&call, &with("乙页")).await.status, 303);
    assert_eq!((scene.draft(&call, "content").await, scene.drafts(&call).await), ("乙页".to_owned(), 1));
}

#[tokio::test]
async fn the_database_holds_one_draft_of_a_call() {
    let scene = Scene::new().await;
    let (_, call) = scene.one(4).await;
    let id: uuid::Uuid = call.rsplit('/').next().unwrap().parse().unwrap();
    let copy = "INSERT INTO call_drafts SELECT * FROM call_drafts WHERE call_id = ? ON CONFLICT DO NOTHING";
    assert_eq!(scene.app.change(copy, [id.into()]).await, 0);
}
