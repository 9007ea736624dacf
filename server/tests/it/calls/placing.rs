//! Placing calls with the voice service: what it is asked, and that nobody is called twice, whoever dies when.

use partner_center::calls;
use serde_json::json;

use super::support::{SESSION, Scene, Service, mac, push, status};
use crate::support::is_postgres;

const NUMBER: &str = "13955556666";

async fn placed(name: &str) -> (Service, Scene, String) {
    let (service, telephony) = Service::start().await;
    let scene = Scene::with(telephony).await;
    let lead = scene.lead(name, NUMBER).await;
    let call = scene.call(&lead).await;
    (service, scene, call)
}

#[tokio::test]
async fn the_service_is_asked_as_it_is_documented() {
    let (service, scene, call) = placed("文档").await;
    scene.go(0).await;
    let asked = service.asked();
    assert_eq!(asked.len(), 1);
    assert_eq!(asked[0].path, "/rest/httpsessions/click2Call/v2.0");
    let header = |name: &str| asked[0].headers.get(name).unwrap().to_str().unwrap().to_owned();
    assert_eq!(header("content-type"), "application/json;charset=UTF-8");
    assert_eq!(header("authorization"), r#"AKSK realm="SDP",profile="UsernameToken",type="Appkey""#);
    let token = header("x-aksk");
    let part = |name: &str| {
        let (_, rest) = token.split_once(&format!("{name}=\"")).unwrap();
        rest.split_once('"').unwrap().0.to_owned()
    };
    assert_eq!(part("Username"), "the-key");
    let digest = mac("the-secret", &format!("{}{}", part("Nonce"), part("Created")));
    assert_eq!(part("PasswordDigest"), base64::Engine::encode(&base64::engine::general_purpose::STANDARD, digest));

    let body = &asked[0].body;
    assert_eq!(body["calleeNbr"], format!("+86{NUMBER}"));
    assert!(body["callerNbr"].as_str().unwrap().starts_with("+861"));
    assert_ne!(body["callerNbr"], body["calleeNbr"]);
    assert_eq!((&body["displayNbr"], &body["displayCalleeNbr"]), (&json!("+8675528880000"), &json!("+8675528880000")));
    assert_eq!((&body["recordFlag"], &body["maxDuration"]), (&json!("false"), &json!(60)));
    let id = call.rsplit('/').next().unwrap();
    assert_eq!(body["userData"], id);
    let (state, bill) = (service.told("statusUrl"), service.told("feeUrl"));
    assert_eq!((state.len(), bill.len()), (50, 50), "{state}");
    assert!(state.starts_with("/v/") && state.ends_with("/s") && bill.ends_with("/f"), "{state} {bill}");
    assert_eq!(scene.column(&call, "provider_call").await, SESSION);
}

#[tokio::test]
async fn a_call_that_the_service_refuses_has_failed() {
    let (service, scene, call) = placed("被拒").await;
    service.say(Some(json!({"resultcode": "1010010", "resultdesc": "The app_key is invalid."})));
    scene.go(0).await;
    assert_eq!(scene.column(&call, "result").await, "failed");
    assert!(scene.ma.get(&call).await.says("呼叫失败"));
    scene.go(1_000).await;
    assert_eq!(service.asked().len(), 1, "nobody tries again by itself");
}

#[tokio::test]
async fn a_call_whose_placing_broke_at_the_service_is_unknown_and_is_not_placed_again() {
    for (nth, status) in [500, 502, 503, 504, 302].into_iter().enumerate() {
        let (service, scene, call) = placed(&format!("故障{nth}")).await;
        service.fail(status, json!({"resultcode": "1020001", "resultdesc": "Internal error."}));
        scene.go(0).await;
        assert_eq!(scene.column(&call, "state").await, "placing", "{status}: it may ring");
        scene.go(61).await;
        assert_eq!(service.asked().len(), 1, "{status}: nobody tries again by itself");
        if nth == 0 {
            // The service had placed it after all.
            let told = status_of(&scene, "answer");
            assert_eq!(push(&scene.app, &service.told("statusUrl"), &told).await.status, 200);
            assert_eq!(scene.column(&call, "state").await, "answered");
        } else {
            scene.go(600).await;
            assert_eq!(scene.column(&call, "result").await, "unknown", "{status}");
        }
    }
    let (service, scene, call) = placed("拒绝").await;
    service.fail(400, json!({"resultcode": "1023006", "resultdesc": "Authorization not contained."}));
    scene.go(0).await;
    assert_eq!(scene.column(&call, "result").await, "failed", "what was refused was not placed");
}

fn status_of(scene: &Scene, event: &str) -> serde_json::Value {
    status(&scene.app, event, &format!("+86{NUMBER}"), 1)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_dies_while_it_places_a_call_leaves_one_call_and_not_two() {
    let (service, scene, call) = placed("死于途中").await;
    service.say(None);
    let (store, telephony, clock) = (scene.app.store.clone(), scene.telephony.clone(), scene.app.clock.clone());
    let job = tokio::spawn(async move { calls::work(&store, &telephony, || clock.now()).await });
    while service.asked().is_empty() {
        tokio::task::yield_now().await;
    }
    job.abort();
    let _ = job.await;
    // The next server finds a call that is being placed, and leaves it alone,
    service.say(Some(json!({"resultcode": "0", "resultdesc": "Success", "sessionId": "another"})));
    scene.go(0).await;
    scene.go(61).await;
    assert_eq!(service.asked().len(), 1);
    assert_eq!(scene.column(&call, "state").await, "placing");
    // but if the service had taken it, its reports are believed.
    let told = status(&scene.app, "alerting", &format!("+86{NUMBER}"), 1);
    assert_eq!(push(&scene.app, &service.told("statusUrl"), &told).await.status, 200);
    assert_eq!(scene.column(&call, "state").await, "ringing");
    assert_eq!(scene.column(&call, "provider_call").await, SESSION);
}

#[tokio::test]
async fn a_server_that_dies_before_it_places_a_call_leaves_it_to_the_next() {
    let (service, scene, call) = placed("死于开始").await;
    // As a server leaves it that has claimed it and then died.
    let id: uuid::Uuid = call.rsplit('/').next().unwrap().parse().unwrap();
    let until = scene.app.clock.now().plus_seconds(60).0;
    let held = "UPDATE calls SET worker = ?, lease_until = ? WHERE id = ?";
    scene.app.change(held, [uuid::Uuid::new_v4().into(), until.into(), id.into()]).await;
    scene.go(0).await;
    assert_eq!(service.asked().len(), 0, "its lease still runs");
    scene.go(61).await;
    assert_eq!(service.asked().len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_servers_place_a_call_once() {
    for round in 0..5 {
        let (service, scene, _) = placed(&format!("两台{round}")).await;
        let work = || {
            let (store, telephony, clock) = (scene.app.store.clone(), scene.telephony.clone(), scene.app.clock.clone());
            tokio::spawn(async move { while calls::work(&store, &telephony, || clock.now()).await.unwrap() {} })
        };
        let (one, other) = (work(), work());
        one.await.unwrap();
        other.await.unwrap();
        assert_eq!(service.asked().len(), 1);
    }
}

#[tokio::test]
async fn a_call_that_nobody_hears_of_ends_as_unknown() {
    let (_, scene, call) = placed("无音讯").await;
    scene.go(0).await;
    scene.go(599).await;
    assert_eq!(scene.column(&call, "state").await, "placing");
    scene.go(2).await;
    assert_eq!(scene.column(&call, "result").await, "unknown");
    assert!(scene.ma.get(&call).await.says("结果未知"));
}

#[tokio::test]
async fn a_silent_call_that_cannot_be_ended_keeps_no_other_from_its_end() {
    let (service, scene, stuck) = placed("卡住").await;
    scene.go(0).await;
    // A colleague's call, as old and as silent.
    let tang = scene.app.sign_in("xinghe/tang").await;
    let follower = scene.app.member("xinghe/tang").await.to_string();
    let id = scene.admin.enter("同时卡住有限公司", "13955557001", &[("follower", &follower)]).await;
    service.fail(500, json!({"resultcode": "1020001"}));
    let started = tang.fill(&format!("/leads/{id}/call"), &[]).await;
    let other = started.location().to_owned();
    scene.go(0).await;
    let id = stuck.rsplit('/').next().unwrap();
    let sql = if is_postgres() {
        format!("ALTER TABLE calls ADD CHECK (state <> 'ended' OR id <> '{id}') NOT VALID")
    } else {
        let id = id.replace('-', "");
        format!(
            "CREATE TRIGGER stuck BEFORE UPDATE ON calls WHEN NEW.id = X'{id}' AND NEW.state = 'ended' \
             BEGIN SELECT RAISE(ABORT, 'stuck'); END"
        )
    };
    scene.app.change(&sql, []).await;
    scene.app.clock.advance(601);
    let done = calls::work(&scene.app.store, &scene.telephony, || scene.app.clock.now()).await;
    assert!(done.is_err(), "that one is stuck is not passed over: {done:?}");
    assert_eq!(scene.column(&stuck, "state").await, "placing");
    assert_eq!(scene.column(&other, "result").await, "unknown");
}

#[tokio::test]
async fn a_call_that_is_given_up_is_ended_by_the_service() {
    let (service, scene, call) = placed("请停止").await;
    scene.go(0).await;
    assert_eq!(scene.ma.post(&format!("{call}/cancel"), &[]).await.status, 303);
    scene.go(0).await;
    scene.go(61).await;
    let asked = service.asked();
    assert_eq!(asked.len(), 2, "it is asked once");
    assert_eq!(asked[1].path, "/rest/httpsessions/callStop/v2.0");
    assert_eq!(asked[1].body, json!({"sessionid": SESSION, "signal": "call_stop"}));
    assert_eq!(scene.column(&call, "state").await, "placing", "it ends when the service says so");
    let over = status(&scene.app, "disconnect", "", 0);
    assert_eq!(push(&scene.app, &service.told("statusUrl"), &over).await.status, 200);
    assert_eq!(scene.column(&call, "result").await, "cancelled");
}

#[tokio::test]
async fn a_call_without_the_services_name_cannot_be_ended_until_the_service_says_it() {
    let (service, scene, call) = placed("无名").await;
    service.fail(500, json!({"resultcode": "1020001"}));
    scene.go(0).await;
    assert_eq!(scene.ma.post(&format!("{call}/cancel"), &[]).await.status, 303);
    scene.go(0).await;
    assert_eq!(service.asked().len(), 1, "there is no name to end it by");
    let page = scene.ma.get(&call).await;
    assert!(page.says("正在发起") && page.says("线路尚未确认这次外呼") && !page.says("取消外呼"), "{}", page.text());
    let asked = scene.app.audited("call_cancelled").await;
    assert_eq!(scene.ma.post(&format!("{call}/cancel"), &[]).await.status, 303);
    assert_eq!(scene.app.audited("call_cancelled").await, asked, "it has been asked for already");
    service.fail(200, json!({"resultcode": "0"}));
    let told = status_of(&scene, "alerting");
    assert_eq!(push(&scene.app, &service.told("statusUrl"), &told).await.status, 200);
    scene.go(0).await;
    assert_eq!(service.asked()[1].body, json!({"sessionid": SESSION, "signal": "call_stop"}));
    let page = scene.ma.get(&call).await;
    assert!(page.says("已请求结束通话") && !page.says("线路尚未确认"), "{}", page.text());
}

#[tokio::test]
async fn a_call_that_the_service_does_not_end_says_so_and_may_be_ended_once_more() {
    let (service, scene, call) = placed("不停").await;
    scene.go(0).await;
    service.fail(400, json!({"resultcode": "1010024", "resultdesc": "The session is over."}));
    assert_eq!(scene.ma.post(&format!("{call}/cancel"), &[]).await.status, 303);
    scene.go(0).await;
    scene.go(61).await;
    assert_eq!(service.asked().len(), 2, "what was declined is not asked for again by itself");
    let page = scene.ma.get(&call).await;
    assert!(page.says("线路未能结束通话") && page.says("取消外呼"), "{}", page.text());
    let mut events = scene.ma.listen(&format!("{call}/events")).await;
    assert!(events.next().await.contains("event: state"));
    assert!(events.next().await.contains("event: note\ndata: 线路未能结束通话"));
    // Once more, and this time the service does it,
    service.fail(200, json!({"resultcode": "0"}));
    assert_eq!(scene.ma.post(&format!("{call}/cancel"), &[]).await.status, 303);
    scene.go(0).await;
    assert_eq!(service.asked().len(), 3);
    assert!(scene.ma.get(&call).await.says("已请求结束通话"));
    // and nothing is left of its refusal.
    assert_eq!(scene.column(&call, "stop_refused_at").await, "0");
}

#[tokio::test]
async fn an_answer_that_broke_leaves_the_wish_to_end_a_call_standing() {
    let (service, scene, call) = placed("停止故障").await;
    scene.go(0).await;
    service.fail(502, json!({}));
    assert_eq!(scene.ma.post(&format!("{call}/cancel"), &[]).await.status, 303);
    scene.go(0).await;
    assert_eq!(service.asked().len(), 2);
    assert!(scene.ma.get(&call).await.says("已请求结束通话"));
    service.fail(200, json!({"resultcode": "0"}));
    scene.go(61).await;
    assert_eq!(service.asked().len(), 3);
    assert_ne!(scene.column(&call, "stopped_at").await, "0");
}

#[tokio::test]
async fn without_a_carrier_every_call_fails_at_once() {
    let scene = Scene::with(partner_center::calls::Telephony::Absent).await;
    let lead = scene.lead("没有线路", NUMBER).await;
    let call = scene.call(&lead).await;
    scene.go(0).await;
    assert_eq!(scene.column(&call, "result").await, "failed");
}
