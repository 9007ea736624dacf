//! A slot is done once: on two servers, after a pause, after a kill, and when the clock goes back.

use std::{
    future::pending,
    sync::atomic::{AtomicU64, Ordering},
};

use partner_center::{
    ctx::Store,
    error::Error,
    jobs::{self, Job, Schedule},
    vault::Vault,
};
use server::{
    database,
    jobs::{Background, SCHEDULED, named},
    session::Sessions,
};
use tokio::sync::watch;

use crate::support::App;

const HOUR: i64 = 3_600;

/// Counts what is done.
#[derive(Default)]
struct Counter {
    begun: AtomicU64,
    /// How many begin and never end.
    hang: AtomicU64,
}

const HOURLY: [Job<Counter>; 1] = [Job {
    name: "hourly",
    schedule: Schedule::Every { minutes: 60 },
    run: |with, _| {
        Box::pin(async move {
            with.begun.fetch_add(1, Ordering::Relaxed);
            if with.hang.load(Ordering::Relaxed) > 0 {
                with.hang.fetch_sub(1, Ordering::Relaxed);
                pending::<()>().await;
            }
            Ok(3)
        })
    },
}];

async fn work(app: &App, with: &Counter) -> u64 {
    while jobs::work(&app.store, &HOURLY, with, || app.clock.now()).await.unwrap() {}
    with.begun.load(Ordering::Relaxed)
}

/// Moves the clock to the middle of an hour, so that no slot comes while a lease is waited for.
fn half_past(app: &App) {
    let now = app.clock.now();
    let slot = HOURLY[0].schedule.latest(now);
    app.clock.advance((slot.0 - now.0) / 1000 + HOUR + HOUR / 2);
}

async fn runs(app: &App, name: &str) -> i64 {
    app.number("SELECT COUNT(*) FROM job_runs WHERE name = ?", [name.into()]).await
}

async fn store_of_another_server(app: &App) -> Store {
    Store::new(database::open(&app.copy.url).await.unwrap(), Vault::demo().into())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_slot_is_done_once_however_many_servers_look() {
    let app = App::new().await;
    let (with, other) = (Counter::default(), store_of_another_server(&app).await);
    for round in 1..=3 {
        let look = |store| jobs::work(store, &HOURLY, &with, || app.clock.now());
        let (a, b, c, d) = tokio::join!(look(&app.store), look(&other), look(&app.store), look(&other));
        let worked = [a, b, c, d].into_iter().filter(|worked| *worked == Ok(true)).count();
        assert_eq!((worked, with.begun.load(Ordering::Relaxed)), (1, round));
        app.clock.advance(HOUR);
    }
}

#[tokio::test]
async fn what_was_missed_is_made_up_for_once() {
    let app = App::new().await;
    let with = Counter::default();
    assert_eq!(work(&app, &with).await, 1);
    app.clock.advance(30 * HOUR);
    assert_eq!(work(&app, &with).await, 2);
    app.clock.advance(HOUR);
    assert_eq!(work(&app, &with).await, 3);
}

#[tokio::test]
async fn a_clock_that_goes_back_does_nothing_again() {
    let app = App::new().await;
    let with = Counter::default();
    assert_eq!(work(&app, &with).await, 1);
    for back in [60, HOUR, 50 * HOUR] {
        app.clock.advance(-back);
        assert_eq!(work(&app, &with).await, 1);
        app.clock.advance(back);
        assert_eq!(work(&app, &with).await, 1);
    }
}

#[tokio::test]
async fn a_server_whose_clock_is_far_ahead_stops_no_job_of_the_others() {
    let app = App::new().await;
    half_past(&app);
    let with = Counter { hang: 1.into(), ..Counter::default() };
    let in_a_year = app.clock.now().plus_seconds(365 * 86_400);
    let wrong = jobs::work(&app.store, &HOURLY, &with, || in_a_year);
    tokio::select! {
        biased;
        _ = wrong => panic!("it hangs"),
        () = async { while with.hang.load(Ordering::Relaxed) > 0 { tokio::task::yield_now().await } } => {}
    }
    // The slot of now, and what the other one left behind with a lease that ends in a year.
    assert_eq!(work(&app, &with).await, 3);
    for hour in 1..=3 {
        app.clock.advance(HOUR);
        assert_eq!(work(&app, &with).await, 3 + hour);
    }
}

#[tokio::test]
async fn a_killed_run_is_taken_over_once_its_lease_is_over() {
    let app = App::new().await;
    half_past(&app);
    let with = Counter { hang: 1.into(), ..Counter::default() };
    let killed = jobs::work(&app.store, &HOURLY, &with, || app.clock.now());
    tokio::select! {
        biased;
        _ = killed => panic!("it hangs"),
        () = async { while with.hang.load(Ordering::Relaxed) > 0 { tokio::task::yield_now().await } } => {}
    }
    assert_eq!(work(&app, &with).await, 1, "its lease still runs");
    app.clock.advance(61);
    assert_eq!(work(&app, &with).await, 2);
    assert_eq!(runs(&app, "hourly").await, 1, "it is the same run");
    assert_eq!(app.number("SELECT done FROM job_runs", []).await, 3);
}

const FAILING: [Job<Counter>; 2] = [
    Job {
        name: "failing",
        schedule: Schedule::Every { minutes: 60 },
        run: |_, _| Box::pin(async { Err(Error::Internal) }),
    },
    Job { name: "sound", schedule: Schedule::Every { minutes: 60 }, run: |_, _| Box::pin(async { Ok(0) }) },
];

#[tokio::test]
async fn a_job_that_fails_says_why_holds_up_nothing_and_is_tried_at_its_next_slot() {
    let app = App::new().await;
    let with = Counter::default();
    for round in 1..=2 {
        while jobs::work(&app.store, &FAILING, &with, || app.clock.now()).await.unwrap() {}
        assert_eq!((runs(&app, "failing").await, runs(&app, "sound").await), (round, round));
        app.clock.advance(HOUR);
    }
    let operator = app.sign_in("platform/operator").await;
    let page = operator.get("/jobs").await;
    assert!(page.says("失败") && page.says("内部错误") && page.says("成功"), "{}", page.text());
}

const BUSY: [Job<Counter>; 1] = [Job {
    name: "busy",
    schedule: Schedule::Every { minutes: 60 },
    run: |with, _| {
        Box::pin(async move {
            let busy = with.begun.fetch_add(1, Ordering::Relaxed) < with.hang.load(Ordering::Relaxed);
            if busy { Err(Error::Busy) } else { Ok(1) }
        })
    },
}];

#[tokio::test]
async fn a_job_that_meets_a_busy_database_is_tried_again_soon_and_fails_once_its_next_slot_has_come() {
    let app = App::new().await;
    half_past(&app);
    let with = Counter { hang: 2.into(), ..Counter::default() };
    let work = async || while jobs::work(&app.store, &BUSY, &with, || app.clock.now()).await.unwrap() {};
    let begun = || with.begun.load(Ordering::Relaxed);
    for tries in 1..=3 {
        work().await;
        assert_eq!(begun(), tries, "it is not tried again at once");
        app.clock.advance(31);
    }
    work().await;
    let count = async |which: &str| app.number(&format!("SELECT COUNT(*) FROM job_runs WHERE {which}"), []).await;
    assert_eq!((begun(), runs(&app, "busy").await), (3, 1));
    assert_eq!(count("ended_at > 0 AND failure IS NULL AND done = 1").await, 1);
    // From now on the database has no time at all.
    with.hang.store(u64::MAX, Ordering::Relaxed);
    app.clock.advance(HOUR);
    work().await;
    assert_eq!(count("ended_at = 0").await, 1);
    app.clock.advance(HOUR);
    work().await;
    assert_eq!((count("failure = 'busy'").await, count("ended_at = 0").await), (1, 1));
}

const BREAKING: [Job<Counter>; 1] = [Job {
    name: "breaking",
    schedule: Schedule::Every { minutes: 60 },
    run: |with, _| {
        Box::pin(async move {
            with.begun.fetch_add(1, Ordering::Relaxed);
            panic!("a job that breaks")
        })
    },
}];

#[tokio::test]
async fn a_job_that_panics_has_failed_and_is_tried_at_its_next_slot() {
    let app = App::new().await;
    half_past(&app);
    let with = Counter::default();
    for round in 1..=2 {
        while jobs::work(&app.store, &BREAKING, &with, || app.clock.now()).await.unwrap() {}
        app.clock.advance(120);
        while jobs::work(&app.store, &BREAKING, &with, || app.clock.now()).await.unwrap() {}
        assert_eq!((with.begun.load(Ordering::Relaxed), runs(&app, "breaking").await), (round, round as i64));
        app.clock.advance(HOUR);
    }
    let page = app.sign_in("platform/operator").await.get("/jobs").await;
    assert!(page.says("失败") && page.says("程序异常中断"), "{}", page.text());
}

fn background(app: &App) -> Background {
    let sessions = Sessions::new(app.db.clone(), app.clock.clone());
    Background { store: app.store.clone(), sessions, clock: app.clock.clone() }
}

#[tokio::test]
async fn every_scheduled_job_does_its_work_and_has_a_name_in_both_languages() {
    let app = App::new().await;
    let with = background(&app);
    while jobs::work(&app.store, &SCHEDULED, &with, || app.clock.now()).await.unwrap() {}
    let none: [sea_orm::Value; 0] = [];
    assert_eq!(app.number("SELECT COUNT(*) FROM job_runs WHERE failure IS NOT NULL", none.clone()).await, 0);
    assert_eq!(app.number("SELECT COUNT(*) FROM job_runs", none).await, SCHEDULED.len() as i64);
    let operator = app.sign_in("platform/operator").await;
    for (language, unknown) in [("zh-CN", "其他任务"), ("en", "Another job")] {
        operator.set_cookie("pc_locale", language);
        let page = operator.get("/jobs").await;
        for job in &SCHEDULED {
            assert!(page.says(job.name), "{}", job.name);
        }
        assert!(!page.says(unknown), "a job has no name in {language}");
    }
}

#[tokio::test]
async fn an_operator_has_a_job_done_at_any_time() {
    let app = App::new().await;
    let refused = named("teapot").err().map(|failure| failure.0).unwrap();
    assert!(refused.contains("teapot") && SCHEDULED.iter().all(|job| refused.contains(job.name)), "{refused}");
    let (with, job) = (background(&app), named("expired-exports").unwrap());
    let in_three_days = app.clock.now().plus_seconds(3 * 86_400);
    let clock = || app.clock.now();
    assert_eq!(jobs::run_now(&app.store, job, &with, app.clock.now(), clock).await, Ok(0));
    assert_eq!(jobs::run_now(&app.store, job, &with, in_three_days, clock).await, Ok(1), "the one of the demo");
    assert_eq!(jobs::run_now(&app.store, job, &with, in_three_days, clock).await, Ok(0), "asked again, done again");
    while jobs::work(&app.store, &SCHEDULED, &with, clock).await.unwrap() {}
    assert_eq!(runs(&app, "expired-exports").await, 4, "its own slot comes all the same");
}

#[tokio::test]
async fn a_killed_run_that_an_operator_asked_for_is_not_done_at_another_time() {
    let app = App::new().await;
    half_past(&app);
    let with = Counter::default();
    assert_eq!(work(&app, &with).await, 1);
    with.hang.store(1, Ordering::Relaxed);
    let at = app.clock.now().plus_seconds(30 * 86_400);
    let killed = jobs::run_now(&app.store, &HOURLY[0], &with, at, || app.clock.now());
    tokio::select! {
        biased;
        _ = killed => panic!("it hangs"),
        () = async { while with.hang.load(Ordering::Relaxed) > 0 { tokio::task::yield_now().await } } => {}
    }
    app.clock.advance(61);
    assert_eq!(work(&app, &with).await, 2, "nobody takes it over");
    let page = app.sign_in("platform/operator").await.get("/jobs").await;
    assert!(page.says("手动执行") && page.says("执行中被终止"), "{}", page.text());
}

#[tokio::test]
async fn forgetting_runs_far_ahead_does_no_slot_again() {
    let app = App::new().await;
    let with = Counter::default();
    assert_eq!(work(&app, &with).await, 1);
    app.clock.advance(HOUR);
    assert_eq!(work(&app, &with).await, 2);
    let in_a_year = app.clock.now().plus_seconds(365 * 86_400);
    assert_eq!(jobs::forget(&app.store, in_a_year).await, Ok(1));
    assert_eq!((work(&app, &with).await, runs(&app, "hourly").await), (2, 1));
}

#[tokio::test]
async fn who_is_told_to_stop_begins_nothing() {
    let app = App::new().await;
    let (stop, stops) = watch::channel(false);
    stop.send(true).unwrap();
    let post = server::post::Posts::Real(None);
    server::jobs::run(background(&app), partner_center::calls::Telephony::Absent.into(), post, stops).await;
    let none: [sea_orm::Value; 0] = [];
    assert_eq!(app.number("SELECT COUNT(*) FROM job_runs", none).await, 0);
}
