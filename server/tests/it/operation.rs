//! Starting and running: tables, readiness, and databases that are refused.

use std::{
    io::{BufRead, BufReader},
    process::{Command, Stdio},
};

use sea_orm::ConnectionTrait;
use server::database;

use crate::support::{App, empty_database, is_postgres};

#[tokio::test]
async fn migrating_twice_changes_nothing() {
    let copy = empty_database().await;
    let db = database::open(&copy.url).await.unwrap();
    database::migrate(&db).await.unwrap();
    database::migrate(&db).await.unwrap();
    let again = database::open(&copy.url).await.unwrap();
    database::migrate(&again).await.unwrap();
    let App { db: filled, .. } = &App::new().await;
    database::migrate(filled).await.unwrap();
}

#[tokio::test]
async fn two_servers_that_start_at_once_share_one_set_of_tables() {
    let copy = empty_database().await;
    let (one, other) = (database::open(&copy.url).await.unwrap(), database::open(&copy.url).await.unwrap());
    let (first, second) = tokio::join!(database::migrate(&one), database::migrate(&other));
    first.unwrap();
    second.unwrap();
    one.execute_unprepared("SELECT 1 FROM leads").await.unwrap();
}

#[tokio::test]
async fn a_demo_is_filled_once() {
    let app = App::new().await;
    let hasher = partner_center::people::hashing::Hasher::new(partner_center::people::hashing::Cost::Trifling);
    let before = app.number("SELECT COUNT(*) FROM leads", []).await;
    server::seed::demo(&app.store, &hasher, 1, app.clock.now()).await.unwrap();
    assert_eq!(app.number("SELECT COUNT(*) FROM leads", []).await, before);
}

#[tokio::test]
async fn a_database_keeps_what_it_has_acknowledged_or_is_refused() {
    let copy = empty_database().await;
    let db = database::open(&copy.url).await.unwrap();
    if !is_postgres() {
        let read = async |pragma: &str| {
            let statement = sea_orm::Statement::from_string(db.get_database_backend(), format!("PRAGMA {pragma}"));
            db.query_one_raw(statement).await.unwrap().unwrap()
        };
        assert_eq!(read("journal_mode").await.try_get_by_index::<String>(0).unwrap(), "wal");
        assert_eq!(read("synchronous").await.try_get_by_index::<i32>(0).unwrap(), 2);
        assert_eq!(read("foreign_keys").await.try_get_by_index::<i32>(0).unwrap(), 1);
        return;
    }
    let name = copy.url.rsplit('/').next().unwrap();
    db.execute_unprepared(&format!("ALTER DATABASE {name} SET synchronous_commit = off")).await.unwrap();
    let refused = database::open(&copy.url).await.unwrap_err().to_string();
    assert!(refused.contains("synchronous_commit"), "{refused}");
    db.execute_unprepared(&format!("ALTER DATABASE {name} SET synchronous_commit = on")).await.unwrap();
    database::open(&copy.url).await.unwrap();
}

#[tokio::test]
async fn a_server_is_ready_while_its_database_answers() {
    let app = App::new().await;
    let client = app.anonymous();
    for address in ["/readyz", "/healthz"] {
        assert_eq!(client.get(address).await.status, 200, "{address}");
    }
}

#[tokio::test]
async fn a_product_that_is_no_demo_starts_empty() {
    let copy = empty_database().await;
    let mut process = Command::new(env!("CARGO_BIN_EXE_partner-center"))
        .args(["serve", "--addr", "127.0.0.1:0", "--metrics-addr", "127.0.0.1:0", "--database-url", &copy.url])
        .env("PARTNER_CENTER_KEYS", "1:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")
        .stderr(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    let words = BufReader::new(process.stderr.take().unwrap());
    let serves = words.lines().map_while(Result::ok).any(|line| line.contains("serving"));
    process.kill().unwrap();
    process.wait().unwrap();
    assert!(serves, "it starts");
    let db = database::open(&copy.url).await.unwrap();
    for table in ["tenants", "members", "leads"] {
        let count = sea_orm::Statement::from_string(db.get_database_backend(), format!("SELECT COUNT(*) FROM {table}"));
        let count = db.query_one_raw(count).await.unwrap().unwrap().try_get_by_index::<i64>(0).unwrap();
        assert_eq!(count, 0, "{table}");
    }
}

#[tokio::test]
async fn a_database_that_goes_away_and_comes_back_is_never_a_false_answer() {
    let app = App::new().await;
    let wu = app.sign_in("yunfan/wu").await;
    if !is_postgres() {
        return;
    }
    let others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity \
                  WHERE datname = current_database() AND pid <> pg_backend_pid()";
    for _ in 0..3 {
        app.db.execute_unprepared(others).await.unwrap();
        let mut statuses = Vec::new();
        while statuses.last() != Some(&200) {
            let answer = wu.get("/leads").await;
            assert!(matches!(answer.status, 200 | 503), "{}: {}", answer.status, answer.text());
            assert!(answer.status == 200 || !answer.header("retry-after").is_empty());
            statuses.push(answer.status);
            assert!(statuses.len() < 40, "it does not heal");
        }
    }
}
