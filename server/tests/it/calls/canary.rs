//! No number of anybody who is called, or who calls, leaves the server during a call: not in a page of whoever sees the
//! lead, not in an event, not in an answer to the voice service, not in a file, and not in the log.

use serde_json::json;

use super::support::{SESSION, Scene, Service, callback, push, status, time};
use crate::{
    canary::{Log, Needles, database, spellings, tells_last_digits},
    exports::support::{asked, file, work, xlsx_rows},
    leads::eye::{reachable, reveal, values},
    support::{Answer, App, Client, is_postgres},
};

const NUMBER: &str = "13955557777";

/// Phone numbers of the leads of xinghe, read on another copy of the demo where they may be opened.
async fn numbers_of_xinghe() -> Vec<String> {
    let copy = App::new().await;
    copy.change("UPDATE tenants SET marketing_plan_2 = ?", [false.into()]).await;
    let admin = copy.sign_in("xinghe/admin").await;
    let leads = reachable(&copy, "xinghe").await;
    let some = &leads[..leads.len().min(100)];
    let numbers = values(&reveal(&admin, "phone", some).await);
    assert_eq!(numbers.len(), some.len());
    numbers.into_iter().map(|(_, number)| number).collect()
}

/// Everything that was answered, and by which address.
struct Answers {
    all: Vec<(String, Answer)>,
    readers: Vec<Client>,
}

impl Answers {
    fn keep(&mut self, address: &str, answer: Answer) -> u16 {
        let status = answer.status;
        self.all.push((address.to_owned(), answer));
        status
    }

    /// What each reader is shown here.
    async fn read(&mut self, address: &str) {
        for reader in self.readers.clone() {
            let answer = reader.get(address).await;
            assert!(answer.status < 500, "{address}: {}", answer.status);
            self.keep(address, answer);
        }
    }
}

#[tokio::test]
async fn no_digit_of_a_number_leaves_the_server_during_a_call() {
    let mut hidden = numbers_of_xinghe().await;
    let log = Log::listen();
    let before = log.heard();

    let (service, telephony) = Service::start().await;
    let scene = Scene::with(telephony).await;
    let app = &scene.app;
    let (english, tang) = (app.sign_in("xinghe/ma").await, app.sign_in("xinghe/tang").await);
    english.set_cookie("pc_locale", "en");
    let readers = vec![scene.ma.clone(), english, scene.admin.clone(), tang];
    let mut answers = Answers { all: Vec::new(), readers };
    let lead = scene.lead("金丝雀", NUMBER).await;
    let to_lead = format!("+86{NUMBER}");

    // The list, the lead, the button, and the call in each of its states.
    for address in ["/", "/leads", &lead.page(), &lead.step("call"), &lead.step("mute"), "/calls/settings"] {
        answers.read(address).await;
    }
    let started = scene.ma.fill(&lead.step("call"), &[]).await;
    let call = started.location().to_owned();
    answers.keep("start", started);
    let mut events = scene.ma.listen(&format!("{call}/events")).await;
    let mut told = vec![events.next().await];
    answers.read(&call).await;
    answers.read(&lead.step("call")).await;
    scene.go(0).await;
    let to_agent = service.asked()[0].body["callerNbr"].as_str().unwrap().to_owned();
    app.clock.advance(60);
    let address = service.told("statusUrl");
    for (event, called, ago) in
        [("callout", &to_agent, 50), ("alerting", &to_lead, 42), ("answer", &to_lead, 30), ("disconnect", &to_lead, 10)]
    {
        let body = status(app, event, called, ago);
        // Refused, malformed and taken: no answer repeats what was told.
        let wrong = callback(&address, body.to_string(), Some("UsernameToken Username=\"x\""));
        assert_eq!(answers.keep("callback", app.anonymous().send(wrong).await), 401);
        let broken = json!({"eventType": event, "called": called});
        assert_eq!(answers.keep("callback", push(app, &address, &broken).await), 400);
        assert_eq!(answers.keep("callback", push(app, &address, &body).await), 200);
        told.push(events.next().await);
        answers.read(&call).await;
    }
    let bill = json!({"eventType": "fee", "feeLst": [{
        "sessionId": SESSION, "callerNum": "+8675528880000", "calleeNum": to_agent, "fwdDstNum": to_lead,
        "callOutStartTime": time(app, 50), "callEndTime": time(app, 10), "fwdUnaswRsn": 0,
    }]});
    assert_eq!(answers.keep("bill", push(app, &service.told("feeUrl"), &bill).await), 200);
    answers.read(&format!("{call}/events")).await;

    // What came of it: refused with its input, and written down.
    let refused = scene.ma.fill(&call, &[("outcome", ""), ("content", "")]).await;
    assert_eq!(answers.keep("outcome", refused), 422);
    answers.read(&lead.step("call")).await;
    let fields = [("outcome", "unreached"), ("content", "已沟通"), ("mute", "asked")];
    assert_eq!(answers.keep("outcome", scene.ma.fill(&call, &fields).await), 303);
    let refused = scene.ma.post(&lead.step("call"), &[]).await;
    assert_eq!(answers.keep("refused", refused), 409);
    for address in ["/leads", "/leads?page=2", &lead.page(), &call, "/messages", "/audit", "/audit?page=2", "/jobs"] {
        answers.read(address).await;
    }

    // Files.
    for format in ["csv", "xlsx"] {
        let export = asked(app, &scene.admin, "", format).await;
        work(app).await;
        let file = file(&scene.admin, export).await;
        if format == "xlsx" {
            told.extend(xlsx_rows(&file).into_iter().map(|row| row.join("\t")));
        }
        answers.keep(format, file);
    }
    answers.read("/exports").await;

    hidden.extend([NUMBER.to_owned(), to_agent.trim_start_matches("+86").to_owned()]);
    let needles = Needles::of(&hidden, spellings);
    for (address, answer) in &answers.all {
        assert_eq!(needles.in_bytes(&answer.body), None, "{address}");
        assert!(!tells_last_digits(NUMBER, 6, &answer.text()), "{address} tells the last digits");
        for value in answer.headers.values() {
            assert_eq!(needles.in_bytes(value.as_bytes()), None, "a header of {address}");
        }
    }
    assert!(told.len() > 6, "{told:?}");
    for told in &told {
        assert_eq!(needles.in_bytes(told.as_bytes()), None);
    }
    let log = log.0.lock().unwrap()[before..].to_vec();
    assert!(log.len() > 1_000, "the log was listened to");
    assert_eq!(needles.in_bytes(&log), None, "a number is in the log");
    if !is_postgres() {
        app.change("PRAGMA wal_checkpoint(TRUNCATE)", []).await;
    }
    for bytes in database(app).await {
        assert_eq!(needles.in_bytes(&bytes), None, "a number lies in the database");
    }
}
