//! The events of a call, as a page follows them.

use super::support::{Scene, TALK, number};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_is_told_each_state_and_the_end_and_then_nothing_more() {
    let scene = Scene::new().await;
    let lead = scene.lead("直播", &number(TALK, 0)).await;
    let call = scene.call(&lead).await;
    let (watcher, address) = (scene.ma.clone(), format!("{call}/events"));
    let watching = tokio::spawn(async move { watcher.get(&address).await });
    for (seconds, state) in [(0, "placing"), (1, "agent"), (4, "ringing"), (4, "answered"), (60, "ended")] {
        scene.go(seconds).await;
        assert_eq!(scene.column(&call, "state").await, state);
    }
    let told = watching.await.unwrap();
    assert_eq!(told.status, 200);
    assert!(told.header("content-type").starts_with("text/event-stream"));
    assert!(told.header("cache-control").contains("no-"), "{}", told.header("cache-control"));
    assert!(told.text().ends_with("event: over\ndata: 已接通\n\n"), "{}", told.text());
    // A call that is over is told once.
    let told = scene.ma.get(&format!("{call}/events")).await;
    assert_eq!(told.text(), "event: over\ndata: 已接通\n\n");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_member_who_is_shut_out_is_told_nothing_more() {
    let scene = Scene::new().await;
    let lead = scene.lead("停用", &number(TALK, 1)).await;
    let call = scene.call(&lead).await;
    let ma = partner_center::ids::MemberId(scene.app.member("xinghe/ma").await);
    let mut told = scene.ma.listen(&format!("{call}/events")).await;
    assert_eq!(told.next().await, "event: state\ndata: 排队中\n\n");
    partner_center::people::admin::disable_member(&scene.app.store, ma, scene.app.clock.now()).await.unwrap();
    assert_eq!(told.rest().await, "");
    // Nor is anybody called in the name of somebody who is gone.
    scene.go(0).await;
    assert_eq!(scene.column(&call, "result").await, "failed");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_session_that_has_ended_is_told_nothing_more_and_another_one_goes_on() {
    let scene = Scene::new().await;
    let lead = scene.lead("退出", &number(TALK, 2)).await;
    let call = scene.call(&lead).await;
    let elsewhere = scene.app.sign_in("xinghe/ma").await;
    let mut here = scene.ma.listen(&format!("{call}/events")).await;
    let mut there = elsewhere.listen(&format!("{call}/events")).await;
    for told in [&mut here, &mut there] {
        assert_eq!(told.next().await, "event: state\ndata: 排队中\n\n");
    }
    assert_eq!(scene.ma.post("/sign-out", &[]).await.status, 303);
    assert_eq!(here.rest().await, "");
    scene.go(0).await;
    assert_eq!(there.next().await, "event: state\ndata: 正在发起\n\n");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_happens_right_after_signing_out_is_told_to_nobody() {
    let scene = Scene::new().await;
    let lead = scene.lead("紧接", &number(TALK, 4)).await;
    let call = scene.call(&lead).await;
    let elsewhere = scene.app.sign_in("xinghe/admin").await;
    let mut here = scene.admin.listen(&format!("{call}/events")).await;
    let mut there = elsewhere.listen(&format!("{call}/events")).await;
    for told in [&mut here, &mut there] {
        assert_eq!(told.next().await, "event: state\ndata: 排队中\n\n");
    }
    assert_eq!(scene.admin.post("/sign-out", &[]).await.status, 303);
    scene.go(0).await;
    assert_eq!(there.next().await, "event: state\ndata: 正在发起\n\n");
    assert_eq!(here.rest().await, "");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_has_the_lead_no_longer_is_told_nothing_more() {
    let scene = Scene::new().await;
    let lead = scene.lead("改派", &number(TALK, 3)).await;
    let call = scene.call(&lead).await;
    let mut told = scene.ma.listen(&format!("{call}/events")).await;
    assert_eq!(told.next().await, "event: state\ndata: 排队中\n\n");
    let tang = scene.app.member("xinghe/tang").await.to_string();
    assert_eq!(scene.admin.fill(&lead.step("dispatch"), &[("follower", &tang)]).await.status, 303);
    assert_eq!(told.rest().await, "");
    let answer = scene.ma.get(&format!("{call}/events")).await;
    assert_eq!(answer.status, 404);
}
