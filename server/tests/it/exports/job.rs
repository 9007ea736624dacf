//! The job: killed, cancelled, on two servers at once, tried again, and the end of the file.

use std::{collections::BTreeSet, future::poll_fn, pin::pin, task::Poll};

use app::exports::OurLists;
use partner_center::exports;
use server::seed::draw::Draw;
use uuid::Uuid;

use super::support::{ask, asked, column, csv_rows, file, parts, state, step, work, xlsx_rows};
use crate::support::{App, Wanted};

/// Lets the job be polled so many times and drops it there, as a killed server does. Says whether it had ended before.
async fn killed_after(app: &App, polls: usize) -> bool {
    let mut job = pin!(exports::work(&app.store, &OurLists, || app.clock.now()));
    let mut left = polls;
    poll_fn(|context| {
        if left == 0 {
            return Poll::Ready(false);
        }
        left -= 1;
        job.as_mut().poll(context).map(|ended| ended.unwrap())
    })
    .await
}

/// How many polls a whole job takes, more or less.
async fn polls_of_a_whole_job(app: &App) -> usize {
    let mut job = pin!(exports::work(&app.store, &OurLists, || app.clock.now()));
    let mut polls = 0;
    poll_fn(|context| {
        polls += 1;
        job.as_mut().poll(context).map(|ended| assert!(ended.unwrap()))
    })
    .await;
    polls
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_at_any_point_an_export_ends_once_and_whole() {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    let query = "?state=following";
    let wanted = app.leads(Wanted { tenant: "yunfan", state: "following", ..Wanted::default() }).await;
    let wanted: Vec<String> = wanted.iter().map(|lead| lead.display()).collect();
    asked(&app, &admin, query, "csv").await;
    let mut most = polls_of_a_whole_job(&app).await;
    let mut draw = Draw::new(50);
    let mut in_the_middle = 0;
    for round in 0..50 {
        let format = if round % 2 == 0 { "csv" } else { "xlsx" };
        let id = asked(&app, &admin, query, format).await;
        let finished = app.audited("export_finished").await;
        let polls = 1 + draw.below(most);
        match killed_after(&app, polls).await {
            // It takes fewer polls than it seemed: the next one is met earlier.
            true => most = polls.max(2),
            false => in_the_middle += 1,
        }
        assert!(state(&app, id).await == "done" || parts(&app, id).await == 0, "half a file is kept");
        app.clock.advance(61);
        work(&app).await;
        assert_eq!(state(&app, id).await, "done", "round {round}");
        assert_eq!(app.audited("export_finished").await, finished + 1, "round {round}");
        let answer = file(&admin, id).await;
        let rows = if format == "csv" { csv_rows(&answer) } else { xlsx_rows(&answer) };
        assert_eq!(column(&rows, "线索编号"), wanted, "round {round}");
        assert_eq!(parts(&app, id).await, 1);
    }
    assert!(in_the_middle > 30, "killed in the middle {in_the_middle} times");
}

/// Has an export begun and killed while it is running.
async fn begun(app: &App, id: Uuid) {
    let mut polls = 1;
    while state(app, id).await != "running" {
        assert!(!killed_after(app, polls).await, "it ended before it was seen running");
        app.clock.advance(61);
        polls += 1;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancelled_export_is_never_written() {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    let id = asked(&app, &admin, "", "xlsx").await;
    begun(&app, id).await;
    let admin = app.sign_in("yunfan/admin").await;
    assert!(admin.get("/exports").await.says("导出中"));
    assert_eq!(admin.get("/exports").await.header("refresh"), "2", "the page reloads itself");
    assert_eq!(admin.get(&step(id, "file")).await.status, 409, "there is no file yet");
    assert_eq!(admin.post(&step(id, "cancel"), &[]).await.status, 303);
    assert_eq!(admin.post(&step(id, "cancel"), &[]).await.status, 409, "it has ended already");
    app.clock.advance(61);
    work(&app).await;
    assert_eq!((state(&app, id).await.as_str(), parts(&app, id).await), ("cancelled", 0));
    assert_eq!(admin.get(&step(id, "file")).await.status, 409);
    assert_eq!(admin.get("/exports").await.header("refresh"), "");
}

#[tokio::test(flavor = "multi_thread")]
async fn cancelled_under_its_hands_a_job_stops() {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    let id = asked(&app, &admin, "", "csv").await;
    let mut job = pin!(exports::work(&app.store, &OurLists, || app.clock.now()));
    while state(&app, id).await != "running" {
        let poll_once = poll_fn(|context| Poll::Ready(job.as_mut().poll(context)));
        assert!(poll_once.await.is_pending(), "it ended before it was seen running");
    }
    assert_eq!(admin.post(&step(id, "cancel"), &[]).await.status, 303);
    assert_eq!(job.await, Ok(true));
    assert_eq!((state(&app, id).await.as_str(), parts(&app, id).await), ("cancelled", 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn two_servers_do_not_both_work_on_an_export() {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    let id = asked(&app, &admin, "", "csv").await;
    let finished = app.audited("export_finished").await;
    let one = exports::work(&app.store, &OurLists, || app.clock.now());
    let other = exports::work(&app.store, &OurLists, || app.clock.now());
    let (one, other) = tokio::join!(one, other);
    assert_ne!(one, other, "one of the two found nothing to do");
    assert_eq!((state(&app, id).await.as_str(), app.audited("export_finished").await), ("done", finished + 1));
}

#[tokio::test]
async fn a_file_is_kept_for_three_days_and_then_forgotten() {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    let id = asked(&app, &admin, "", "csv").await;
    work(&app).await;
    app.clock.advance(3 * 86_400 - 1);
    exports::expire(&app.store, app.clock.now()).await.unwrap();
    let admin = app.sign_in("yunfan/admin").await;
    file(&admin, id).await;
    app.clock.advance(1);
    let answer = admin.get(&step(id, "file")).await;
    assert!(answer.status == 409 && answer.says("文件已过期删除"), "at once, before it is swept away");
    assert!(admin.get("/exports").await.says("已过期"));
    assert!(parts(&app, id).await > 0);
    assert_eq!(exports::expire(&app.store, app.clock.now()).await, Ok(1));
    assert_eq!((state(&app, id).await.as_str(), parts(&app, id).await), ("expired", 0));
    let history = admin.get("/exports").await;
    assert!(!history.says(&step(id, "file")) && !history.says(&step(id, "retry")), "it is offered no more");
    assert_eq!(exports::expire(&app.store, app.clock.now()).await, Ok(0));
}

#[tokio::test]
async fn a_failed_export_is_tried_again() {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    let id = asked(&app, &admin, "", "csv").await;
    // What is sealed for another place does not open.
    app.change("UPDATE exports SET question = ? WHERE id = ?", [vec![1_u8; 80].into(), id.into()]).await;
    work(&app).await;
    assert!(admin.get("/exports").await.says("执行中出错，请重试"));
    assert_eq!(admin.post(&step(id, "retry"), &[]).await.status, 303);
    assert_eq!(admin.post(&step(id, "retry"), &[]).await.status, 409, "it waits already");
    assert_eq!(state(&app, id).await, "queued");
}

#[tokio::test]
async fn the_one_of_the_demo_that_failed_is_exported_when_it_is_tried_again() {
    let app = App::new().await;
    let lin = app.sign_in("yunfan/lin").await;
    let failed = app.rows("SELECT id FROM exports WHERE state = 'failed'", []).await;
    let id: Uuid = failed[0].try_get_by_index(0).unwrap();
    assert_eq!(lin.post(&step(id, "retry"), &[]).await.status, 303);
    work(&app).await;
    assert!(xlsx_rows(&file(&lin, id).await).len() > 1);
}

#[tokio::test]
async fn a_form_that_is_sent_twice_exports_once() {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    let before = app.number("SELECT COUNT(*) FROM exports", []).await;
    let form = admin.filled("/leads/export", &[("format", "csv")]).await;
    for _ in 0..2 {
        let answer = admin.send(admin.form("/leads/export", form.clone())).await;
        assert_eq!((answer.status, answer.location()), (303, "/exports"));
    }
    assert_eq!(app.number("SELECT COUNT(*) FROM exports", []).await, before + 1);
    ask(&admin, "", "csv").await;
    let states: BTreeSet<String> = app
        .rows("SELECT DISTINCT state FROM exports", [])
        .await
        .iter()
        .map(|row| row.try_get_by_index(0).unwrap())
        .collect();
    let all = ["cancelled", "done", "expired", "failed", "queued"].map(str::to_owned);
    assert_eq!(states, all.into(), "the demo has them in every state that lasts");
}
