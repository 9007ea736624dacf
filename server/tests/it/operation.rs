//! Starting and running: tables, readiness, and databases that are refused.

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
