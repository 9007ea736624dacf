//! The real process, killed as by a power switch: what was begun is done once after the restart, nothing twice, nothing
//! lost.

use std::{
    collections::HashSet,
    process::{Child, Command, Stdio},
};

use uuid::Uuid;

use crate::{
    exports::support as exports,
    imports::support::{good_rows, good_rows_from, leads, taken, work},
    support::{App, Client, Wanted, rounds},
};

/// How often each kind of work is killed.
fn enough() -> usize {
    rounds(5, 50)
}

/// How many rows a file has: a few batches, so that there is a middle to be killed in.
const ROWS: u32 = 3_000;

/// The product as a process of its own.
struct Process(Child);

impl Process {
    fn start(app: &App, words: &[&str]) -> Process {
        let child = Command::new(env!("CARGO_BIN_EXE_partner-center"))
            .args(words)
            .args(["--demo", "--database-url", &app.copy.url])
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

/// A kind of work, as it is seen in the database.
struct Work {
    /// What the process is told to do.
    words: &'static [&'static str],
    /// How much there is still to do.
    waits: &'static str,
    /// A number that changes with every step.
    steps: &'static str,
    /// Ends the leases of a process that is dead; they would run for a minute.
    free: &'static str,
}

const SERVE: &[&str] = &["serve", "--addr", "127.0.0.1:0", "--metrics-addr", "127.0.0.1:0"];

const IMPORTS: Work = Work {
    words: SERVE,
    waits: "SELECT COUNT(*) FROM imports WHERE state IN ('checking', 'writing')",
    steps: "SELECT CAST(COALESCE(SUM(checked + committed), 0) AS BIGINT) FROM imports",
    free: "UPDATE imports SET lease_until = 0 WHERE state IN ('checking', 'writing')",
};

const EXPORTS: Work = Work {
    words: SERVE,
    waits: "SELECT COUNT(*) FROM exports WHERE state IN ('queued', 'running')",
    steps: "SELECT CAST(COALESCE(SUM(written), 0) AS BIGINT) FROM exports",
    free: "UPDATE exports SET lease_until = 0 WHERE state IN ('queued', 'running')",
};

const LETTERS: Work = Work {
    words: SERVE,
    waits: "SELECT COUNT(*) FROM outbox WHERE state IN ('pending', 'sending')",
    steps: "SELECT COUNT(*) FROM demo_letters",
    free: "UPDATE outbox SET lease_until = 0 WHERE state IN ('pending', 'sending')",
};

const REMINDERS: Work = Work {
    words: &["run-job", "silent-leads"],
    waits: "SELECT COUNT(*) FROM leads WHERE company LIKE '上海测试%' AND reminded_at < dispatched_at",
    steps: "SELECT COUNT(*) FROM inbox",
    free: "UPDATE job_runs SET lease_until = 0 WHERE ended_at = 0",
};

impl Work {
    /// Lets the process work until it has taken so many steps, then kills it; says whether something is still to do.
    async fn killed_after(&self, app: &App, steps: usize) -> bool {
        let process = Process::start(app, self.words);
        let mut last = app.number(self.steps, []).await;
        let mut seen = 0;
        while seen < steps && app.number(self.waits, []).await > 0 {
            let now = app.number(self.steps, []).await;
            seen += usize::from(now != last);
            last = now;
            tokio::task::yield_now().await;
        }
        drop(process);
        app.change(self.free, []).await;
        app.number(self.waits, []).await > 0
    }

    /// Lets the process work to the end.
    async fn done(&self, app: &App) {
        assert!(!self.killed_after(app, usize::MAX).await);
    }
}

async fn uploaded(client: &Client, number: u32) -> String {
    taken(client, good_rows_from(number * ROWS, ROWS).as_bytes()).await
}

/// Leads of a file, written.
async fn imported(app: &App, client: &Client) {
    let import = taken(client, good_rows(ROWS).as_bytes()).await;
    work(app).await;
    assert_eq!(client.post(&format!("{import}/confirm"), &[]).await.status, 303);
    work(app).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_killed_again_and_again_writes_each_row_once() {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    let before = leads(&app).await;
    let (mut kills, mut files) = (0, 0);
    while kills < enough() {
        let import = uploaded(&admin, files).await;
        files += 1;
        while IMPORTS.killed_after(&app, 1 + kills % 3).await {
            kills += 1;
        }
        assert_eq!(admin.post(&format!("{import}/confirm"), &[]).await.status, 303);
        while IMPORTS.killed_after(&app, 1 + kills % 3).await {
            kills += 1;
        }
        assert!(admin.get(&import).await.says("已完成"), "file {files} after {kills} kills");
        assert_eq!(leads(&app).await - before, i64::from(files * ROWS), "file {files} after {kills} kills");
    }
    let twice = "SELECT COUNT(*) FROM (SELECT company FROM leads WHERE company LIKE '上海测试%' GROUP BY company HAVING COUNT(*) > 1) t";
    assert_eq!(app.number(twice, []).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_killed_again_and_again_is_one_file_with_each_row_once() {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    imported(&app, &admin).await;
    let mut kills = 0;
    while kills < enough() {
        let id = exports::asked(&app, &admin, "?company=上海测试", "csv").await;
        for steps in 1..=5 {
            kills += usize::from(EXPORTS.killed_after(&app, steps).await);
            assert!(["queued", "running"].contains(&exports::state(&app, id).await.as_str()), "{kills} kills");
        }
        EXPORTS.done(&app).await;
        assert_eq!(exports::state(&app, id).await, "done");
        let rows = exports::csv_rows(&exports::file(&admin, id).await);
        let numbers: HashSet<String> = exports::column(&rows, "线索编号").into_iter().collect();
        assert_eq!((rows.len() - 1, numbers.len()), (ROWS as usize, ROWS as usize), "{kills} kills");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn letters_killed_again_and_again_go_out_once_each() {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    let follower = app.member("yunfan/wu").await.to_string();
    let wanted = Wanted { tenant: "yunfan", state: "undispatched", ..Wanted::default() };
    let mut waiting = app.leads(wanted).await.into_iter();
    let mut kills = 0;
    while kills < enough() {
        for lead in waiting.by_ref().take(8) {
            assert_eq!(admin.post(&lead.step("dispatch"), &[("follower", &follower)]).await.status, 303);
        }
        while LETTERS.killed_after(&app, 1 + kills % 2).await {
            kills += 1;
        }
    }
    let told = "SELECT COUNT(*) FROM outbox WHERE state <> 'sent'";
    assert_eq!(app.number(told, []).await, 0, "none is lost");
    let (sent, taken) = ("SELECT COUNT(*) FROM outbox", "SELECT COUNT(*) FROM demo_letters");
    assert_eq!(app.number(sent, []).await, app.number(taken, []).await, "none is sent twice");
    let twice = "SELECT COUNT(*) FROM (SELECT message_id FROM outbox WHERE message_id IS NOT NULL \
                 GROUP BY message_id, member_id, receiver_id, channel HAVING COUNT(*) > 1) t";
    assert_eq!(app.number(twice, []).await, 0, "and no message has two letters of a kind");
}

#[tokio::test(flavor = "multi_thread")]
async fn reminders_killed_again_and_again_are_said_once_to_each() {
    let app = App::new().await;
    let admin = app.sign_in("yunfan/admin").await;
    imported(&app, &admin).await;
    let wu = app.member("yunfan/wu").await;
    let days_ago = app.clock.now().plus_seconds(-5 * 86_400);
    let lie = "UPDATE leads SET state = 'dispatched', follower_id = ?, dispatched_at = ?, reminded_at = 0 WHERE company LIKE '上海测试%'";
    // Who is told of one lead: its follower, and whoever answers for the follower.
    let told = "SELECT COUNT(*) FROM inbox i JOIN leads l ON l.id = i.object_id WHERE i.kind = 'lead_unfollowed' AND l.company LIKE '上海测试%' AND i.member_id = ?";
    let (mut kills, mut said) = (0, 0);
    while kills < enough() {
        app.change(lie, [wu.into(), days_ago.plus_seconds(said).into()]).await;
        said += 1;
        while REMINDERS.killed_after(&app, 1).await {
            kills += 1;
        }
        for member in [wu, app.member("yunfan/admin").await] {
            assert_eq!(app.number(told, [member.into()]).await, i64::from(ROWS) * said, "{kills} kills");
        }
    }
    letters_and_messages_agree(&app, wu).await;
}

/// Each batch of messages has brought a letter, since both are written together.
async fn letters_and_messages_agree(app: &App, member: Uuid) {
    let letters = "SELECT CAST(COALESCE(SUM(more + 1), 0) AS BIGINT) FROM outbox o JOIN inbox i ON i.id = o.message_id WHERE i.kind = 'lead_unfollowed' AND o.member_id = ? AND o.receiver_id IS NULL";
    let messages = "SELECT COUNT(*) FROM inbox i JOIN leads l ON l.id = i.object_id WHERE i.kind = 'lead_unfollowed' AND i.member_id = ? AND l.company LIKE '上海测试%'";
    assert_eq!(app.number(letters, [member.into()]).await, app.number(messages, [member.into()]).await);
}
