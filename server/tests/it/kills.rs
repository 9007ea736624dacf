//! The real process, killed as by a power switch: what was begun is done once after the restart, nothing twice, nothing
//! lost.

use std::process::{Child, Command, Stdio};

use crate::{
    imports::support::{good_rows_from, leads, taken},
    support::{App, Client},
};

/// How often each kind of work is killed.
const KILLS: usize = 50;
/// How many rows a file has: a few batches, so that there is a middle to be killed in.
const ROWS: u32 = 3_000;

/// The product as a process of its own.
struct Process(Child);

impl Process {
    fn start(app: &App) -> Process {
        let child = Command::new(env!("CARGO_BIN_EXE_partner-center"))
            .args(["serve", "--demo", "--addr", "127.0.0.1:0", "--metrics-addr", "127.0.0.1:0"])
            .args(["--database-url", &app.copy.url])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        Process(child)
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // On Unix this is signal 9: nothing of the process runs any more.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

async fn is_running(app: &App) -> bool {
    app.number("SELECT COUNT(*) FROM imports WHERE state IN ('checking', 'writing')", []).await > 0
}

/// How much of all imports is done, in rows.
async fn progress(app: &App) -> i64 {
    app.number("SELECT CAST(COALESCE(SUM(checked + committed), 0) AS BIGINT) FROM imports", []).await
}

/// Runs the process until it has taken so many steps, then kills it; says whether something was still to do.
async fn killed_after(app: &App, steps: usize) -> bool {
    let process = Process::start(app);
    let mut last = progress(app).await;
    let mut seen = 0;
    while seen < steps && is_running(app).await {
        let now = progress(app).await;
        seen += usize::from(now != last);
        last = now;
        tokio::task::yield_now().await;
    }
    drop(process);
    // A dead worker's lease would run for a minute.
    app.change("UPDATE imports SET lease_until = 0 WHERE state IN ('checking', 'writing')", []).await;
    is_running(app).await
}

async fn uploaded(client: &Client, number: u32) -> String {
    taken(client, good_rows_from(number * ROWS, ROWS).as_bytes()).await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_killed_fifty_times_writes_each_row_once() {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    let before = leads(&app).await;
    let (mut kills, mut files) = (0, 0);
    while kills < KILLS {
        let import = uploaded(&admin, files).await;
        files += 1;
        while killed_after(&app, 1 + kills % 3).await {
            kills += 1;
        }
        assert_eq!(admin.post(&format!("{import}/confirm"), &[]).await.status, 303);
        while killed_after(&app, 1 + kills % 3).await {
            kills += 1;
        }
        assert!(admin.get(&import).await.says("已完成"), "file {files} after {kills} kills");
        assert_eq!(leads(&app).await - before, i64::from(files * ROWS), "file {files} after {kills} kills");
    }
    let twice = "SELECT COUNT(*) FROM (SELECT company FROM leads WHERE company LIKE '上海测试%' GROUP BY company HAVING COUNT(*) > 1) t";
    assert_eq!(app.number(twice, []).await, 0);
}
