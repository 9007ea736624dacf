//! The chain: nothing in it can be changed, dropped, added or moved without being noticed.

use partner_center::audit::{self, Verdict, verify};
use sea_orm::ConnectionTrait;
use server::seed::draw::Draw;
use tokio::task::JoinSet;

use crate::support::{App, is_postgres};

/// How many rows are whole, or the number of the first that is not.
pub async fn verdict(app: &App) -> Result<i64, i64> {
    match verify(&app.store, &[]).await.unwrap() {
        Verdict::Whole(end) => Ok(end.number),
        Verdict::BrokenAt { number } => Err(number),
    }
}

/// What somebody with the database's password may do: the triggers are gone, and a copy lies beside the trail.
async fn unguarded(app: &App) -> i64 {
    let statements: &[&str] = if is_postgres() {
        &["ALTER TABLE audit_events DISABLE TRIGGER ALL", "ALTER TABLE audit_events DROP CONSTRAINT audit_events_pkey"]
    } else {
        &["DROP TRIGGER audit_no_update", "DROP TRIGGER audit_no_delete"]
    };
    for statement in statements {
        app.db.execute_unprepared(statement).await.unwrap();
    }
    app.db.execute_unprepared("CREATE TABLE audit_copy AS SELECT * FROM audit_events").await.unwrap();
    app.number("SELECT MAX(number) FROM audit_events", []).await
}

async fn restore(app: &App) {
    app.db.execute_unprepared("DELETE FROM audit_events").await.unwrap();
    app.db.execute_unprepared("INSERT INTO audit_events SELECT * FROM audit_copy").await.unwrap();
}

/// One way to change a row, as SQL about the row `{n}` and another one, `{m}`, behind it.
const EDITS: [&str; 17] = [
    "UPDATE audit_events SET at = at + 1 WHERE number = {n}",
    "UPDATE audit_events SET at = at - 86400000 WHERE number = {n}",
    "UPDATE audit_events SET code = 'lead_created ' WHERE number = {n}",
    "UPDATE audit_events SET detail = detail || ' ' WHERE number = {n}",
    "UPDATE audit_events SET detail = '{}' WHERE number = {n}",
    "UPDATE audit_events SET outcome = 'refused' WHERE number = {n}",
    "UPDATE audit_events SET address = '127.0.0.2' WHERE number = {n}",
    "UPDATE audit_events SET request = request || '0' WHERE number = {n}",
    "UPDATE audit_events SET tenant_id = NULL WHERE number = {n}",
    "UPDATE audit_events SET actor_id = tenant_id WHERE number = {n}",
    "UPDATE audit_events SET object_id = actor_id WHERE number = {n}",
    "UPDATE audit_events SET hash = (SELECT hash FROM audit_copy WHERE number = {m}) WHERE number = {n}",
    "UPDATE audit_events SET number = number + 1000000 WHERE number = {n}",
    "DELETE FROM audit_events WHERE number = {n}",
    "DELETE FROM audit_events WHERE number >= {n} AND number <= {m}",
    "UPDATE audit_events SET number = CASE number WHEN {n} THEN {m} ELSE {n} END WHERE number IN ({n}, {m})",
    "UPDATE audit_events SET address = 'x', request = 'y', code = 'z' WHERE number IN ({n}, {m})",
];

#[tokio::test]
async fn every_change_of_a_row_is_found_and_the_row_named() {
    let app = App::new().await;
    let last = unguarded(&app).await;
    assert!(last >= 400, "{last}");
    let mut draw = Draw::new(1847);
    for round in 0..100 {
        let edit = EDITS[round % EDITS.len()];
        let first = 1 + draw.below(last as usize - 1) as i64;
        let second = first + 1 + draw.below((last - first) as usize) as i64;
        // SQLite moves one row at a time, so two swap over a third place.
        let swap = edit.contains("CASE") && !is_postgres();
        let sql = |edit: &str| edit.replace("{n}", &first.to_string()).replace("{m}", &second.to_string());
        if swap {
            for step in [
                "UPDATE audit_events SET number = -1 WHERE number = {n}",
                "UPDATE audit_events SET number = {n} WHERE number = {m}",
                "UPDATE audit_events SET number = {m} WHERE number = -1",
            ] {
                app.db.execute_unprepared(&sql(step)).await.unwrap();
            }
        } else {
            app.db.execute_unprepared(&sql(edit)).await.unwrap();
        }
        assert_eq!(verdict(&app).await, Err(first), "round {round}: {}", sql(edit));
        restore(&app).await;
    }
    assert_eq!(verdict(&app).await, Ok(last));
}

#[tokio::test]
async fn added_rows_and_a_cut_tail_are_found() {
    let app = App::new().await;
    let last = unguarded(&app).await;
    let copied = |number: i64, from: i64| {
        format!(
            "INSERT INTO audit_events SELECT {number}, tenant_id, actor_id, at, code, object_id, detail, outcome, address, request, hash \
             FROM audit_copy WHERE number = {from}"
        )
    };
    for (sql, broken) in [
        (copied(last + 1, last), last + 1),
        (copied(0, 1), 0),
        (copied(-7, 3), -7),
        (format!("DELETE FROM audit_events WHERE number > {}", last - 10), last - 9),
        (format!("DELETE FROM audit_events WHERE number = {last}"), last),
        ("DELETE FROM audit_events".to_owned(), 1),
        ("DELETE FROM audit_events WHERE number = 1".to_owned(), 1),
    ] {
        app.db.execute_unprepared(&sql).await.unwrap();
        assert_eq!(verdict(&app).await, Err(broken), "{sql}");
        restore(&app).await;
    }
    // A head that is turned back in number alone does not fit the tail.
    app.db.execute_unprepared(&format!("DELETE FROM audit_events WHERE number = {last}")).await.unwrap();
    app.db.execute_unprepared(&format!("UPDATE audit_head SET number = {}", last - 1)).await.unwrap();
    assert_eq!(verdict(&app).await, Err(last));
}

#[tokio::test]
async fn a_tail_that_is_cut_whole_is_missed_by_whoever_has_kept_its_end() {
    let app = App::new().await;
    let last = unguarded(&app).await;
    let kept = audit::anchor(&app.store).await.unwrap();
    assert_eq!(kept.to_string().parse(), Ok(kept.clone()), "an anchor can be written down");
    app.db.execute_unprepared(&format!("DELETE FROM audit_events WHERE number > {}", last - 5)).await.unwrap();
    let hash = format!("(SELECT hash FROM audit_events WHERE number = {})", last - 5);
    let back = format!("UPDATE audit_head SET number = {}, hash = {hash}", last - 5);
    app.db.execute_unprepared(&back).await.unwrap();
    assert_eq!(verdict(&app).await, Ok(last - 5), "the chain alone does not know how long it was");
    assert_eq!(verify(&app.store, std::slice::from_ref(&kept)).await, Ok(Verdict::BrokenAt { number: last - 4 }));
    // Nor is a chain that was written anew from there the one whose end was kept.
    let wu = app.sign_in("yunfan/wu").await;
    for _ in 0..5 {
        wu.post("/messages", &[]).await;
    }
    assert_eq!(verify(&app.store, &[kept]).await, Ok(Verdict::BrokenAt { number: last }));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_trail_that_grows_while_it_is_walked_is_whole() {
    let app = App::new().await;
    let wu = app.sign_in("yunfan/wu").await;
    let writing = tokio::spawn(async move {
        for _ in 0..200 {
            assert_eq!(wu.post("/messages", &[]).await.status, 303);
        }
    });
    let mut walks = 0;
    while !writing.is_finished() || walks == 0 {
        assert!(verdict(&app).await.is_ok());
        walks += 1;
    }
    writing.await.unwrap();
}

#[tokio::test]
async fn a_row_that_cannot_even_be_read_is_named_too() {
    let app = App::new().await;
    let last = unguarded(&app).await;
    app.db.execute_unprepared("UPDATE audit_events SET outcome = 'perhaps' WHERE number = 77").await.unwrap();
    assert_eq!(verdict(&app).await, Err(77));
    restore(&app).await;
    assert_eq!(verdict(&app).await, Ok(last));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn five_hundred_lines_from_two_servers_make_one_chain() {
    let app = App::new().await;
    let second = app.second_server().await;
    let before = app.number("SELECT number FROM audit_head", []).await;
    let mut writers = JoinSet::new();
    for (place, who) in ["yunfan/wu", "yunfan/chen", "xinghe/ma", "haitang/admin"].into_iter().enumerate() {
        let client = app.sign_in(who).await.at(if place % 2 == 0 { &app.server } else { &second });
        writers.spawn(async move {
            for _ in 0..125 {
                assert_eq!(client.post("/messages", &[]).await.status, 303);
            }
        });
    }
    writers.join_all().await;
    let after = app.number("SELECT number FROM audit_head", []).await;
    assert_eq!(after, before + 504, "four sign-ins and five hundred lines");
    assert_eq!(app.number("SELECT COUNT(*) FROM audit_events", []).await, after);
    assert_eq!(verdict(&app).await, Ok(after));
}

#[tokio::test]
async fn the_database_refuses_to_change_the_trail() {
    let app = App::new().await;
    for sql in [
        "UPDATE audit_events SET address = 'x' WHERE number = 5",
        "UPDATE audit_events SET number = number",
        "DELETE FROM audit_events WHERE number = 5",
        "DELETE FROM audit_events",
    ] {
        let refused = app.db.execute_unprepared(sql).await.unwrap_err().to_string();
        assert!(refused.contains("append-only"), "{sql}: {refused}");
    }
    if is_postgres() {
        assert!(app.db.execute_unprepared("TRUNCATE audit_events").await.is_err());
    } else {
        let replace = "INSERT OR REPLACE INTO audit_events SELECT number, tenant_id, actor_id, at + 1, code, object_id, \
                       detail, outcome, address, request, hash FROM audit_events WHERE number = 5";
        let replaced = app.db.execute_unprepared(replace).await;
        let still = verdict(&app).await.is_ok();
        assert!(replaced.is_err() && still, "a row can be replaced");
    }
    let rows = app.number("SELECT COUNT(*) FROM audit_events", []).await;
    assert_eq!(verdict(&app).await, Ok(rows));
}
