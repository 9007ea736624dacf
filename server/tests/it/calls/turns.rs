//! Changes that wait for each other: none of them holds what another one needs.

use std::time::Duration;

use partner_center::{
    calls,
    contact::Email,
    ctx::{Ctx, Origin, Store},
    error::{Error, Refusal},
    ids::{LeadId, MemberId},
    leads::Sent,
    people,
    preregistrations::{self, NewPreregistration},
    vault::Vault,
};
use sea_orm::{ConnectOptions, ConnectionTrait, Database, TransactionTrait};
use tokio::task::JoinSet;

use super::support::{Scene, TALK, number};
use crate::support::{Lead, is_postgres};

/// Ma's way to the database over a single connection, as if all others were taken.
async fn over_one_connection(scene: &Scene) -> Ctx {
    let mut options = ConnectOptions::new(&scene.app.copy.url);
    options.max_connections(1).acquire_timeout(Duration::from_secs(3)).sqlx_logging(false);
    let store = Store::new(Database::connect(options).await.unwrap(), Vault::demo().into());
    let ma = MemberId(scene.app.member("xinghe/ma").await);
    people::member_ctx(&store, ma, Origin::default(), scene.app.clock.now()).await.unwrap()
}

fn id(lead: &Lead) -> LeadId {
    LeadId(lead.id.parse().unwrap())
}

#[tokio::test]
async fn a_call_is_started_and_refused_over_a_single_connection() {
    let scene = Scene::new().await;
    let (lead, muted) = (scene.lead("独线一", &number(TALK, 0)).await, scene.lead("独线二", &number(TALK, 1)).await);
    assert_eq!(scene.ma.fill(&muted.step("mute"), &[("mute", "asked")]).await.status, 303);
    let ctx = over_one_connection(&scene).await;
    let refused = calls::start(&ctx, id(&muted), Sent::default()).await;
    assert!(matches!(refused, Err(Error::Conflict(Refusal::DoNotCall))), "{refused:?}");
    let started = calls::start(&ctx, id(&lead), Sent::default()).await;
    assert!(started.is_ok(), "{started:?}");
    // The call before is over by now, and asks for its outcome.
    let call = format!("/calls/{}", started.unwrap());
    scene.go(0).await;
    scene.go(200).await;
    let refused = calls::start(&ctx, id(&lead), Sent::default()).await;
    assert!(matches!(refused, Err(Error::Conflict(Refusal::OutcomeMissing))), "{refused:?} {call}");
}

#[tokio::test]
async fn a_lead_is_developed_over_a_single_connection() {
    let scene = Scene::new().await;
    let lead = scene.lead("独线三", &number(TALK, 2)).await;
    let ctx = over_one_connection(&scene).await;
    let email = Email::parse("li@mail.example").ok();
    let new = NewPreregistration { email, invite: true, ..NewPreregistration::default() };
    let developed = preregistrations::develop(&ctx, id(&lead), new, Sent::default()).await;
    assert!(developed.is_ok(), "{developed:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn changes_of_one_lead_at_once_all_end() {
    let scene = Scene::new().await;
    let second = scene.app.second_server().await;
    for round in 0..6 {
        let lead = scene.lead(&format!("同改{round}"), &number(TALK, 10 + round)).await;
        let lost = [("way", "phone"), ("outcome", "invalid"), ("content", "空号"), ("reason", "wrong_number")];
        let steps: [(&str, &[(&str, &str)]); 3] =
            [("develop", &[("invite", "no")]), ("follow", &lost), ("mute", &[("mute", "wrong_number")])];
        // All forms are there before the first is sent: afterwards the others would be refused to begin with.
        let mut forms = Vec::new();
        for (step, fields) in steps {
            forms.push((step, scene.ma.filled(&lead.step(step), fields).await));
        }
        let mut sent = JoinSet::new();
        for (place, (step, body)) in forms.into_iter().enumerate() {
            let client = if place == 1 { scene.ma.at(&second) } else { scene.ma.clone() };
            let form = client.form(&lead.step(step), body);
            sent.spawn(async move { (step, client.send(form).await.status) });
        }
        for (step, status) in sent.join_all().await {
            assert!(matches!(status, 303 | 409), "{step}: {status}");
        }
        let state = scene.app.lead(&lead.id).await.state;
        assert!(["converted", "invalid"].contains(&state.as_str()), "{state}");
    }
}

/// SQLite has one writer at a time, so that nothing there can wait the wrong way round.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_waits_for_a_lead_does_not_hold_the_trail() {
    if !is_postgres() {
        return;
    }
    let scene = Scene::new().await;
    for (nth, (step, fields)) in
        [("develop", vec![("invite", "no")]), ("mute", vec![("mute", "asked")]), ("call", vec![])]
            .into_iter()
            .enumerate()
    {
        let lead = scene.lead(&format!("等待{nth}"), &number(TALK, 20 + nth)).await;
        let form = scene.ma.form(&lead.step(step), scene.ma.filled(&lead.step(step), &fields).await);
        let other = scene.app.db.begin().await.unwrap();
        let hold = format!("SELECT 1 FROM leads WHERE id = '{}' FOR UPDATE", lead.id);
        other.execute_unprepared(&hold).await.unwrap();
        let ma = scene.ma.clone();
        let waiting = tokio::spawn(async move { ma.send(form).await.status });
        let waits = "SELECT COUNT(*) FROM pg_stat_activity \
                     WHERE datname = current_database() AND wait_event_type = 'Lock'";
        while scene.app.number(waits, []).await == 0 {
            tokio::task::yield_now().await;
        }
        let free = other.execute_unprepared("SELECT 1 FROM audit_chains FOR UPDATE NOWAIT").await;
        assert!(free.is_ok(), "{step}: {free:?}");
        other.rollback().await.unwrap();
        assert_eq!(waiting.await.unwrap(), 303, "{step}");
    }
}
