//! What the voice service tells, in whatever order and however often, and what somebody tells who is not the service.

use partner_center::calls::Telephony;
use serde_json::{Value, json};

use super::support::{SESSION, Scene, Service, callback, created, push, signature, signed, status, time};
use crate::canary::{Needles, spellings};

const NUMBER: &str = "13955557777";

struct Told {
    service: Service,
    scene: Scene,
    call: String,
    /// Both numbers, as the network writes them.
    agent: String,
    lead: String,
}

impl Told {
    async fn new(name: &str) -> Told {
        let (service, telephony) = Service::start().await;
        let scene = Scene::with(telephony).await;
        let lead = scene.lead(name, NUMBER).await;
        let call = scene.call(&lead).await;
        scene.go(0).await;
        let agent = service.asked()[0].body["callerNbr"].as_str().unwrap().to_owned();
        scene.app.clock.advance(60);
        Told { service, scene, call, agent, lead: format!("+86{NUMBER}") }
    }

    async fn status(&self, body: &Value) -> u16 {
        push(&self.scene.app, &self.service.told("statusUrl"), body).await.status
    }

    async fn fee(&self, body: &Value) -> u16 {
        push(&self.scene.app, &self.service.told("feeUrl"), body).await.status
    }

    async fn state(&self) -> String {
        self.scene.column(&self.call, "state").await
    }

    async fn result(&self) -> String {
        self.scene.column(&self.call, "result").await
    }

    /// Everything that a call which is answered makes the service tell.
    fn course(&self) -> Vec<(Value, &'static str)> {
        let app = &self.scene.app;
        vec![
            (status(app, "callout", &self.agent, 50), "agent"),
            (status(app, "alerting", &self.agent, 48), "agent"),
            (status(app, "answer", &self.agent, 45), "agent"),
            (status(app, "callout", &self.lead, 44), "ringing"),
            (status(app, "alerting", &self.lead, 42), "ringing"),
            (status(app, "answer", &self.lead, 30), "answered"),
            (status(app, "disconnect", &self.lead, 10), "ended"),
        ]
    }

    fn bill(&self, more: &Value) -> Value {
        let app = &self.scene.app;
        let mut bill = json!({
            "direction": 0, "spId": "sp", "appKey": "the-key", "icid": "icid-1", "bindNum": "+8675528880000",
            "sessionId": SESSION, "callerNum": "+8675528880000", "calleeNum": self.agent, "fwdDstNum": self.lead,
            "callOutStartTime": time(app, 50), "callOutAnswerTime": time(app, 45), "fwdStartTime": time(app, 44),
            "callEndTime": time(app, 10), "fwdUnaswRsn": 0, "ulFailReason": 0, "recordFlag": 0,
        });
        for (name, value) in more.as_object().unwrap() {
            bill[name] = value.clone();
        }
        json!({"eventType": "fee", "feeLst": [bill]})
    }
}

#[tokio::test]
async fn a_call_goes_on_as_the_service_tells() {
    let told = Told::new("顺序").await;
    for (body, state) in told.course() {
        assert_eq!(told.status(&body).await, 200);
        assert_eq!(told.state().await, state);
    }
    assert_eq!(told.result().await, "completed");
    let page = told.scene.ma.get(&told.call).await;
    assert!(page.says("20 秒"), "{}", page.text());
}

#[tokio::test]
async fn what_comes_late_or_twice_changes_nothing_that_was_known() {
    let told = Told::new("乱序").await;
    let mut course = told.course();
    course.reverse();
    let lines = told.scene.app.audited("call_ended").await;
    for (body, _) in course.iter().chain(&course) {
        assert_eq!(told.status(body).await, 200);
        assert_eq!(told.state().await, "ended", "an ended call stays ended");
    }
    assert_eq!(told.result().await, "completed");
    assert!(told.scene.ma.get(&told.call).await.says("20 秒"));
    let id: uuid::Uuid = told.call.rsplit('/').next().unwrap().parse().unwrap();
    let reports = told
        .scene
        .app
        .number("SELECT COUNT(*) FROM call_reports WHERE call_id = ? AND report NOT LIKE 'signature %'", [id.into()])
        .await;
    assert_eq!(reports, course.len() as i64);
    // The first report said "ended", the others what that was: no answer at first, then a talk.
    assert_eq!(told.scene.app.audited("call_ended").await - lines, 2);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn reports_that_come_at_once_are_all_counted() {
    let told = Told::new("同时").await;
    let second = told.scene.app.second_server().await;
    let mut sent = tokio::task::JoinSet::new();
    for (place, (body, _)) in told.course().into_iter().cycle().take(21).enumerate() {
        let client = told.scene.app.anonymous();
        let client = if place % 2 == 0 { client.at(&second) } else { client };
        let request = signed(&told.scene.app, &told.service.told("statusUrl"), body.to_string());
        sent.spawn(async move { client.send(request).await.status });
    }
    for status in sent.join_all().await {
        assert!(matches!(status, 200 | 503), "{status}");
    }
    for (body, _) in told.course() {
        assert_eq!(told.status(&body).await, 200, "what was too much at once comes again");
    }
    assert_eq!((told.state().await.as_str(), told.result().await.as_str()), ("ended", "completed"));
}

#[tokio::test]
async fn a_bill_says_why_nobody_answered_and_alone_is_enough() {
    for (place, (code, result)) in
        [(17, "busy"), (19, "no_answer"), (21, "refused"), (1, "no_answer"), (55, "blocked")].into_iter().enumerate()
    {
        let told = Told::new(&format!("话单{place}")).await;
        if place % 2 == 0 {
            assert_eq!(told.status(&status(&told.scene.app, "disconnect", &told.lead, 12)).await, 200);
        }
        assert_eq!(told.fee(&told.bill(&json!({"fwdUnaswRsn": code}))).await, 200);
        assert_eq!((told.state().await.as_str(), told.result().await.as_str()), ("ended", result));
    }
    let told = Told::new("话单接通").await;
    let answered = json!({"fwdAlertingTime": time(&told.scene.app, 42), "fwdAnswerTime": time(&told.scene.app, 30)});
    for _ in 0..3 {
        assert_eq!(told.fee(&told.bill(&answered)).await, 200, "the service sends it until it is taken");
    }
    assert_eq!(told.result().await, "completed");
    assert!(told.scene.ma.get(&told.call).await.says("20 秒"));
}

#[tokio::test]
async fn whoever_was_not_told_the_address_changes_nothing() {
    let told = Told::new("伪造").await;
    let other = Told::new("别的").await;
    let app = &told.scene.app;
    let body = status(app, "disconnect", &told.lead, 1);
    let good = told.service.told("statusUrl");
    let (start, kind) = good.rsplit_once('/').unwrap();
    let (before, mark) = start.rsplit_once('/').unwrap();
    let call = before.rsplit('/').next().unwrap();
    let foreign = other.service.told("statusUrl");
    let foreign = foreign.rsplit('/').nth(1).unwrap();
    let never = "AAAAAAAAAAAAAAAAAAAAAA";
    for address in [
        format!("{before}/{foreign}/{kind}"),
        format!("{before}/{never}/{kind}"),
        format!("{before}/{}/{kind}", &mark[..21]),
        format!("{before}/{mark}A/{kind}"),
        format!("{before}/{mark}==/{kind}"),
        format!("{before}/x/{kind}"),
        format!("{before}/{mark}/other"),
        format!("/v/{never}/{mark}/{kind}"),
        format!("/v/nothing/{mark}/{kind}"),
        format!("/v/{call}A/{mark}/{kind}"),
        format!("/v/{call}/{mark}/status"),
    ] {
        let answer = push(app, &address, &body).await;
        assert_eq!((answer.status, answer.text().as_str()), (404, ""), "{address}");
    }
    assert_eq!(app.anonymous().get(&good).await.status, 405);
    // Another call's name in the right place is another call.
    let mut another = body.clone();
    another["statusInfo"]["sessionId"] = json!("1201_999");
    assert_eq!(told.status(&another).await, 404);
    for nonsense in ["", "{}", "[]", "null", "{\"eventType\":\"answer\"}", "{\"eventType\":\"fee\",\"feeLst\":[]}"] {
        let request = signed(app, &good, nonsense.to_owned());
        assert_eq!(app.anonymous().send(request).await.status, 400, "{nonsense}");
    }
    let large = signed(app, &good, "x".repeat(200 * 1024));
    assert_eq!(app.anonymous().send(large).await.status, 413);
    assert_eq!(told.state().await, "placing");
    // What one does not know of is taken and forgotten.
    assert_eq!(told.status(&json!({"eventType": "callin", "statusInfo": {}})).await, 200);
    assert_eq!(told.state().await, "placing");
}

#[tokio::test]
async fn only_what_the_service_has_signed_just_now_counts_and_it_counts_once() {
    let told = Told::new("签名").await;
    let app = &told.scene.app;
    let (state, bill) = (told.service.told("statusUrl"), told.service.told("feeUrl"));
    let answer = status(app, "answer", &told.lead, 30).to_string();
    let send = async |address: &str, body: &str, signature: Option<&str>| {
        app.anonymous().send(callback(address, body.to_owned(), signature)).await.status
    };
    // Missing, wrong in each part, and stale.
    let beijing = created(app, 8 * 3600);
    let good = signature("the-secret", &state, "n1", &beijing);
    let elsewhere = format!("{state}x");
    for (why, wrong) in [
        ("missing", None),
        ("empty", Some(String::new())),
        ("of somebody else", Some(signature("another-secret", &state, "n1", &beijing))),
        ("of another address", Some(signature("the-secret", &elsewhere, "n1", &beijing))),
        ("of another nonce", Some(good.replace("Nonce=\"n1\"", "Nonce=\"n2\""))),
        ("of another key", Some(good.replace("the-key", "a-key"))),
        ("of an hour ago", Some(signature("the-secret", &state, "n1", &created(app, 7 * 3600)))),
        ("of eleven minutes ago", Some(signature("the-secret", &state, "n1", &created(app, 8 * 3600 - 660)))),
        ("of the future", Some(signature("the-secret", &state, "n1", &created(app, 8 * 3600 + 660)))),
    ] {
        assert_eq!(send(&state, &answer, wrong.as_deref()).await, 401, "{why}");
    }
    assert_eq!(told.state().await, "placing");
    // Right: by the clock of Beijing, and by UTC.
    let alerting = status(app, "alerting", &told.lead, 42).to_string();
    assert_eq!(send(&state, &alerting, Some(&signature("the-secret", &state, "n3", &created(app, 0)))).await, 200);
    assert_eq!(told.state().await, "ringing");
    assert_eq!(send(&state, &answer, Some(&good)).await, 200);
    assert_eq!(told.state().await, "answered");
    // Replayed, with what it signed or with something else.
    let over = status(app, "disconnect", &told.lead, 1).to_string();
    for body in [&answer, &over] {
        assert_eq!(send(&state, body, Some(&good)).await, 401);
    }
    assert_eq!(told.state().await, "answered");
    // A bill is signed the same way, and not by the signature of a state.
    let whole = told.bill(&json!({})).to_string();
    assert_eq!(send(&bill, &whole, Some(&signature("the-secret", &state, "n4", &beijing))).await, 401);
    assert_eq!(send(&bill, &whole, Some(&signature("the-secret", &bill, "n4", &beijing))).await, 200);
    assert_eq!(told.state().await, "ended");
}

#[tokio::test]
async fn an_operator_may_take_callbacks_without_a_signature_and_never_a_wrong_one() {
    let (service, telephony) = Service::start().await;
    let Telephony::VoiceCall(voice) = telephony else { unreachable!() };
    let scene = Scene::with(Telephony::VoiceCall(Box::new(voice.taking_unsigned(true)))).await;
    let lead = scene.lead("免签", NUMBER).await;
    let call = scene.call(&lead).await;
    scene.go(0).await;
    scene.app.clock.advance(60);
    let address = service.told("statusUrl");
    let body = status(&scene.app, "alerting", &format!("+86{NUMBER}"), 5).to_string();
    let wrong = signature("another-secret", &address, "n1", &created(&scene.app, 0));
    for (signature, status, state) in [(Some(wrong.as_str()), 401, "placing"), (None, 200, "ringing")] {
        let request = callback(&address, body.clone(), signature);
        assert_eq!(scene.app.anonymous().send(request).await.status, status);
        assert_eq!(scene.column(&call, "state").await, state);
    }
}

#[tokio::test]
async fn no_answer_and_no_row_has_a_number_that_the_service_told() {
    let told = Told::new("号码").await;
    let needles = Needles::of(&[NUMBER.to_owned(), told.agent.trim_start_matches("+86").to_owned()], spellings);
    let mut answers = Vec::new();
    for (body, _) in told.course() {
        answers.push(push(&told.scene.app, &told.service.told("statusUrl"), &body).await);
    }
    answers.push(push(&told.scene.app, &told.service.told("feeUrl"), &told.bill(&json!({}))).await);
    answers.push(told.scene.ma.get(&told.call).await);
    for answer in &answers {
        assert_eq!(needles.in_bytes(&answer.body), None);
    }
    for bytes in crate::canary::database(&told.scene.app).await {
        assert_eq!(needles.in_bytes(&bytes), None, "a number lies in the database");
    }
}

#[tokio::test]
async fn a_time_that_cannot_be_right_is_the_time_of_its_arrival() {
    let told = Told::new("时间").await;
    for (timestamp, called) in [("9999-12-31 23:59:59", &told.lead), ("yesterday", &told.agent)] {
        let mut body = status(&told.scene.app, "answer", called, 0);
        body["statusInfo"]["timestamp"] = json!(timestamp);
        assert_eq!(told.status(&body).await, 200);
    }
    let now = told.scene.app.clock.now().0.to_string();
    assert_eq!(told.scene.column(&told.call, "answered_at").await, now);
    assert_eq!(told.scene.column(&told.call, "agent_at").await, now);
}
