//! A call from the button to what is written down about it.

use super::support::{BUSY, DECLINED, NO_ANSWER, NOT_PICKED_UP, Scene, TALK, number};
use crate::{
    canary::{Needles, database, spellings, tells_last_digits},
    support::is_postgres,
};

#[tokio::test]
async fn the_members_phone_rings_first_then_the_leads_and_both_talk() {
    let scene = Scene::new().await;
    let lead = scene.lead("外呼一", &number(TALK, 0)).await;
    let call = scene.call(&lead).await;
    let shown = async |seconds| {
        scene.go(seconds).await;
        scene.ma.get(&call).await
    };
    assert!(scene.ma.get(&call).await.says("排队中"));
    assert!(shown(0).await.says("正在发起"));
    assert!(shown(1).await.says("外呼成员振铃中"));
    assert!(shown(4).await.says("客户振铃中"));
    let talking = shown(4).await;
    assert!(talking.says("通话中") && talking.says("取消外呼") && !talking.says("填写外呼结果"));
    let over = shown(30).await;
    assert!(over.says("已接通") && over.says("填写外呼结果") && !over.says("取消外呼"));
    assert!(over.says("通话时长：6 秒"), "{}", over.text());

    let content = "客户在看报价";
    let next = (scene.app.clock.now().trade_date() + chrono::Days::new(3)).to_string();
    let fields = [("outcome", "interested"), ("content", content), ("next_on", next.as_str()), ("reason", "")];
    let answer = scene.ma.fill(&call, &fields).await;
    assert_eq!((answer.status, answer.location()), (303, lead.page().as_str()));
    assert_eq!(scene.app.lead(&lead.id).await.state, "following");
    let page = scene.ma.get(&lead.page()).await;
    assert!(page.says("外呼结果已保存") && page.says(content) && page.says("外呼 · 有意向"));
    assert!(page.says("通话记录") && page.says("外呼 · 已接通 · 6 秒"));
    // It is written down once.
    let again = scene.ma.get(&call).await;
    assert!(!again.says("填写外呼结果") && again.says("返回线索"));
    assert_eq!(scene.ma.post(&call, &fields).await.status, 409);
}

#[tokio::test]
async fn every_end_has_its_word_and_asks_for_an_outcome_only_if_the_lead_was_tried() {
    let scene = Scene::new().await;
    for (nth, (course, word, asks)) in [
        (NO_ANSWER, "无人接听", true),
        (BUSY, "对方忙", true),
        (DECLINED, "对方拒接", true),
        (NOT_PICKED_UP, "外呼成员未接听", false),
    ]
    .into_iter()
    .enumerate()
    {
        let lead = scene.lead(&format!("结果{nth}"), &number(course, 0)).await;
        let call = scene.ended(&lead).await;
        let shown = scene.ma.get(&call).await;
        assert!(shown.says(word), "{word}");
        assert_eq!(shown.says("填写外呼结果"), asks, "{word}");
        if asks {
            assert_eq!(scene.write_down(&call, "unreached").await.status, 303, "{word}");
        }
        scene.app.clock.advance(61);
    }
}

#[tokio::test]
async fn a_call_that_is_given_up_ends() {
    let scene = Scene::new().await;
    let lead = scene.lead("取消", &number(TALK, 1)).await;
    // Before anybody has placed it,
    let call = scene.call(&lead).await;
    assert_eq!(scene.ma.post(&format!("{call}/cancel"), &[]).await.status, 303);
    scene.go(0).await;
    assert!(scene.ma.get(&call).await.says("已取消"));
    assert_eq!(scene.column(&call, "provider_call").await, "", "it was never placed");
    // Whoever is a moment too late is shown what became of it.
    let late = scene.ma.post(&format!("{call}/cancel"), &[]).await;
    assert_eq!((late.status, late.location()), (303, call.as_str()));
    assert_eq!(scene.app.audited("call_cancelled").await, 1);
    // and while a phone rings. Somebody else does not give it up.
    let call = scene.call(&lead).await;
    scene.go(0).await;
    scene.go(2).await;
    assert_eq!(scene.admin.post(&format!("{call}/cancel"), &[]).await.status, 409);
    assert_eq!(scene.ma.post(&format!("{call}/cancel"), &[]).await.status, 303);
    scene.go(0).await;
    assert!(scene.ma.get(&call).await.says("已取消"));
    scene.go(100).await;
    assert_eq!(scene.column(&call, "result").await, "cancelled");
}

#[tokio::test]
async fn only_the_caller_writes_down_what_came_of_a_call_and_whoever_sees_the_lead_sees_it() {
    let scene = Scene::new().await;
    let lead = scene.lead("旁观", &number(TALK, 2)).await;
    let call = scene.ended(&lead).await;
    let seen = scene.admin.get(&call).await;
    assert!(seen.status == 200 && seen.says("已接通") && !seen.says("填写外呼结果"));
    let fields = [("outcome", "unreached"), ("content", "代填")];
    assert_eq!(scene.admin.post(&call, &fields).await.status, 409);
    for (who, status) in [("xinghe/tang", 404), ("yunfan/admin", 404), ("yunfan/qian", 403)] {
        let client = scene.app.sign_in(who).await;
        assert_eq!(client.get(&call).await.status, status, "{who}");
        assert_eq!(client.get(&format!("{call}/events")).await.status, status, "{who}");
        assert_ne!(client.post(&format!("{call}/cancel"), &[]).await.status, 303, "{who}");
    }
}

#[tokio::test]
async fn what_came_of_a_call_is_asked_for_after_signing_out_and_on_another_device() {
    let scene = Scene::new().await;
    let (lead, next) = (scene.lead("稍后", &number(TALK, 5)).await, scene.lead("下一个", &number(TALK, 6)).await);
    let call = scene.ended(&lead).await;
    assert_eq!(scene.ma.post("/sign-out", &[]).await.status, 303);
    scene.app.clock.advance(3 * 86_400);
    let elsewhere = scene.app.sign_in("xinghe/ma").await;
    // The next call waits for it, and leads to it.
    let waiting = elsewhere.get(&next.step("call")).await;
    assert!(waiting.says("请先填写上一次外呼的结果") && waiting.says(&call), "{}", waiting.text());
    let asked = elsewhere.get(&call).await;
    assert!(
        asked.says("填写外呼结果") && asked.says("通话时长：6 秒") && asked.says("通话结果：已接通"),
        "{}",
        asked.text()
    );
    let fields = [("outcome", "unreached"), ("content", "补记"), ("next_on", ""), ("reason", "")];
    assert_eq!(elsewhere.fill(&call, &fields).await.status, 303);
    assert!(elsewhere.get(&next.step("call")).await.says("开始外呼"));
}

#[tokio::test]
async fn a_call_that_was_not_answered_proposes_that_nobody_was_reached() {
    let scene = Scene::new().await;
    let lead = scene.lead("未接", &number(NO_ANSWER, 1)).await;
    let call = scene.ended(&lead).await;
    let asked = scene.ma.get(&call).await;
    assert!(
        asked.says("通话结果：无人接听") && !asked.says("通话时长：") && !asked.says("接通时间："),
        "{}",
        asked.text()
    );
    let chosen = asked.text().split("value=\"unreached\"").nth(1).unwrap().split('>').next().unwrap().to_owned();
    assert!(chosen.contains("selected"), "{chosen}");
}

#[tokio::test]
async fn a_lead_that_became_a_customer_is_developed_next() {
    let scene = Scene::new().await;
    let lead = scene.lead("发展", &number(TALK, 3)).await;
    let call = scene.ended(&lead).await;
    let answer = scene.write_down(&call, "developed").await;
    assert_eq!((answer.status, answer.location()), (303, lead.step("develop").as_str()));
    assert_eq!(scene.app.lead(&lead.id).await.state, "following", "not converted before it is developed");
}

#[tokio::test]
async fn no_digit_of_the_number_leaves_the_server() {
    let scene = Scene::new().await;
    let number = number(TALK, 4);
    let needles = Needles::of(std::slice::from_ref(&number), spellings);
    let lead = scene.lead("匿名", &number).await;
    let mut answers = vec![scene.ma.get(&lead.step("call")).await];
    let call = scene.call(&lead).await;
    for seconds in [0, 1, 4, 4, 30] {
        scene.go(seconds).await;
        answers.push(scene.ma.get(&call).await);
    }
    answers.push(scene.ma.get(&format!("{call}/events")).await);
    answers.push(scene.write_down(&call, "unreached").await);
    for page in [lead.page(), lead.step("develop"), lead.step("mute"), call.clone(), "/leads".to_owned()] {
        answers.push(scene.ma.get(&page).await);
        answers.push(scene.admin.get(&page).await);
    }
    answers.push(scene.admin.get("/audit").await);
    for answer in &answers {
        assert_eq!(needles.in_bytes(&answer.body), None);
        assert!(!tells_last_digits(&number, 4, &answer.text()), "the last digits stand in a page");
        for value in answer.headers.values() {
            assert_eq!(needles.in_bytes(value.as_bytes()), None);
        }
    }
    if !is_postgres() {
        scene.app.change("PRAGMA wal_checkpoint(TRUNCATE)", []).await;
    }
    for bytes in database(&scene.app).await {
        assert_eq!(needles.in_bytes(&bytes), None, "the number lies in the database");
    }
}
