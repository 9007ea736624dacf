//! The job: killed, cancelled, on two servers at once. Every row becomes one lead or none.

use partner_center::imports;

use super::support::{good_rows, leads, taken, work};
use crate::support::App;

const ROWS: u32 = 5_000;

async fn ready_to_write(app: &App) -> (crate::support::Client, String) {
    let admin = app.sign_in("yunfan/admin").await;
    let import = taken(&admin, good_rows(ROWS).as_bytes()).await;
    work(app).await;
    assert_eq!(admin.post(&format!("{import}/confirm"), &[]).await.status, 303);
    (admin, import)
}

/// Starts the job and drops it in the middle, as a killed server does.
async fn killed_half_way(app: &App) {
    let (store, clock) = (app.store.clone(), app.clock.clone());
    let job = tokio::spawn(async move {
        let vocabulary = app::imports::vocabulary();
        imports::work(&store, &vocabulary, || clock.now()).await
    });
    while app.number("SELECT CAST(SUM(committed) AS BIGINT) FROM imports", []).await == 0 {
        tokio::task::yield_now().await;
    }
    job.abort();
    let _ = job.await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_killed_import_goes_on_where_it_was_and_writes_no_row_twice() {
    let app = App::new().await;
    let before = leads(&app).await;
    let (admin, import) = ready_to_write(&app).await;
    killed_half_way(&app).await;
    let half = leads(&app).await - before;
    assert!(half > 0, "some rows were written");

    let vocabulary = app::imports::vocabulary();
    assert_eq!(imports::work(&app.store, &vocabulary, || app.clock.now()).await, Ok(false), "its lease still runs");
    app.clock.advance(61);
    work(&app).await;
    assert!(admin.get(&import).await.says("已完成"));
    assert_eq!(leads(&app).await - before, i64::from(ROWS));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancelled_import_writes_nothing_more() {
    let app = App::new().await;
    let (admin, import) = ready_to_write(&app).await;
    killed_half_way(&app).await;
    let half = leads(&app).await;
    assert_eq!(admin.post(&format!("{import}/cancel"), &[]).await.status, 303);
    assert_eq!(admin.post(&format!("{import}/cancel"), &[]).await.status, 409, "it has ended already");
    app.clock.advance(61);
    work(&app).await;
    assert!(admin.get(&import).await.says("已取消"));
    assert_eq!(leads(&app).await, half);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_servers_do_not_both_work_on_an_import() {
    let app = App::new().await;
    let before = leads(&app).await;
    let (_, _) = ready_to_write(&app).await;
    let vocabulary = app::imports::vocabulary();
    let one = imports::work(&app.store, &vocabulary, || app.clock.now());
    let other = imports::work(&app.store, &vocabulary, || app.clock.now());
    let (one, other) = tokio::join!(one, other);
    assert_ne!(one, other, "one of the two found nothing to do");
    assert_eq!(leads(&app).await - before, i64::from(ROWS));
}

#[tokio::test]
async fn an_importer_who_has_lost_the_right_imports_nothing() {
    let app = App::new().await;
    let before = leads(&app).await;
    let (_, import) = ready_to_write(&app).await;
    let admin = partner_center::ids::MemberId(app.member("yunfan/admin").await);
    partner_center::people::admin::disable_member(&app.store, admin, app.clock.now()).await.unwrap();
    work(&app).await;
    let lin = app.sign_in("yunfan/lin").await;
    let page = lin.get(&import).await;
    assert!(page.says("失败") && page.says("您已没有此操作的权限"), "{}", page.text());
    assert_eq!(leads(&app).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_whose_file_does_not_open_ends_and_says_so() {
    let app = App::new().await;
    let (admin, import) = ready_to_write(&app).await;
    let before = leads(&app).await;
    app.change("UPDATE import_parts SET sealed = ?", [vec![7_u8; 64].into()]).await;
    work(&app).await;
    let page = admin.get(&import).await;
    assert!(page.says("失败") && page.says("执行中出错"), "{}", page.text());
    assert!(admin.get("/jobs").await.says("执行中出错"));
    assert_eq!((leads(&app).await, app.audited("import_failed").await), (before, 1));
}
