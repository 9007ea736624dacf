//! The chains: nothing in them can be changed, dropped, added or moved without being noticed.

use partner_center::{
    audit::{self, Anchor, Chain, Verdict, verify},
    ids::TenantId,
    moment::Moment,
};
use sea_orm::ConnectionTrait;
use server::seed::draw::Draw;
use tokio::task::JoinSet;

use crate::support::{App, is_postgres};

/// How many rows are whole, or what is not.
pub async fn verdict(app: &App) -> Result<i64, Verdict> {
    match verify(&app.store, &[]).await.unwrap() {
        Verdict::Whole(ends) => Ok(ends.iter().map(|end| end.place).sum()),
        broken => Err(broken),
    }
}

/// The id of a tenant, and its chain.
async fn chain_of(app: &App, tenant: &str) -> (uuid::Uuid, Chain) {
    let id = app.rows("SELECT id FROM tenants WHERE name = ?", [tenant.into()]).await;
    let id = id[0].try_get_by_index(0).unwrap();
    (id, Chain::Tenant(TenantId(id)))
}

async fn kept(app: &App) -> Vec<Anchor> {
    audit::anchors(&app.store, Moment::NEVER).await.unwrap()
}

/// An id as it is written in a statement.
fn literal(id: uuid::Uuid) -> String {
    if is_postgres() { format!("'{id}'") } else { format!("x'{}'", id.simple()) }
}

/// What somebody with the database's password may do: the triggers are gone, and a copy lies beside the trail. Says how
/// long a tenant's chain is.
async fn unguarded(app: &App, chain: uuid::Uuid) -> i64 {
    let statements: &[&str] = if is_postgres() {
        &[
            "ALTER TABLE audit_events DISABLE TRIGGER ALL",
            "ALTER TABLE audit_events DROP CONSTRAINT audit_events_pkey",
            "DROP INDEX audit_by_place",
        ]
    } else {
        &["DROP TRIGGER audit_no_update", "DROP TRIGGER audit_no_delete", "DROP INDEX audit_by_place"]
    };
    for statement in statements {
        app.db.execute_unprepared(statement).await.unwrap();
    }
    app.db.execute_unprepared("CREATE TABLE audit_copy AS SELECT * FROM audit_events").await.unwrap();
    app.number("SELECT MAX(place) FROM audit_events WHERE chain_id = ?", [chain.into()]).await
}

async fn restore(app: &App) {
    app.db.execute_unprepared("DELETE FROM audit_events").await.unwrap();
    app.db.execute_unprepared("INSERT INTO audit_events SELECT * FROM audit_copy").await.unwrap();
}

/// One way to change a row, as SQL about the row `{n}` of a chain and another one, `{m}`, behind it; `{of}` is the condition
/// that a row is of the chain, `{other}` another chain.
const EDITS: [&str; 20] = [
    "UPDATE audit_events SET at = at + 1 WHERE {of} AND place = {n}",
    "UPDATE audit_events SET at = at - 86400000 WHERE {of} AND place = {n}",
    "UPDATE audit_events SET code = 'lead_created ' WHERE {of} AND place = {n}",
    "UPDATE audit_events SET detail = detail || ' ' WHERE {of} AND place = {n}",
    "UPDATE audit_events SET detail = '{}' WHERE {of} AND place = {n}",
    "UPDATE audit_events SET outcome = 'refused' WHERE {of} AND place = {n}",
    "UPDATE audit_events SET address = '127.0.0.2' WHERE {of} AND place = {n}",
    "UPDATE audit_events SET request = request || '0' WHERE {of} AND place = {n}",
    "UPDATE audit_events SET tenant_id = NULL WHERE {of} AND place = {n}",
    "UPDATE audit_events SET actor_id = tenant_id WHERE {of} AND place = {n}",
    "UPDATE audit_events SET acting_tenant_id = tenant_id WHERE {of} AND place = {n}",
    "UPDATE audit_events SET second_tenant_id = tenant_id WHERE {of} AND place = {n}",
    "UPDATE audit_events SET object_id = tenant_id WHERE {of} AND place = {n}",
    "UPDATE audit_events SET hash = (SELECT hash FROM audit_copy WHERE {of} AND place = {m}) WHERE {of} AND place = {n}",
    "UPDATE audit_events SET place = place + 1000000 WHERE {of} AND place = {n}",
    "UPDATE audit_events SET chain_id = {other} WHERE {of} AND place = {n}",
    "DELETE FROM audit_events WHERE {of} AND place = {n}",
    "DELETE FROM audit_events WHERE {of} AND place >= {n} AND place <= {m}",
    "UPDATE audit_events SET place = CASE place WHEN {n} THEN {m} ELSE {n} END WHERE {of} AND place IN ({n}, {m})",
    "UPDATE audit_events SET address = 'x', request = 'y', code = 'z' WHERE {of} AND place IN ({n}, {m})",
];

#[tokio::test]
async fn every_change_of_a_row_is_found_and_the_row_named() {
    let app = App::new().await;
    let (id, chain) = chain_of(&app, "yunfan").await;
    let last = unguarded(&app, id).await;
    assert!(last >= 300, "{last}");
    let whole = verdict(&app).await.unwrap();
    let (of, other) = (format!("chain_id = {}", literal(id)), literal(chain_of(&app, "xinghe").await.0));
    let mut draw = Draw::new(1847);
    for round in 0..100 {
        let edit = EDITS[round % EDITS.len()];
        let first = 1 + draw.below(last as usize - 1) as i64;
        let second = first + 1 + draw.below((last - first) as usize) as i64;
        let sql = edit.replace("{of}", &of).replace("{other}", &other);
        let sql = sql.replace("{n}", &first.to_string()).replace("{m}", &second.to_string());
        app.db.execute_unprepared(&sql).await.unwrap();
        let broken = verdict(&app).await;
        // A row that has moved into another chain is missed in the one and too much in the other.
        if edit.contains("{other}") {
            assert!(broken.is_err(), "round {round}: {sql}");
        } else {
            assert_eq!(broken, Err(Verdict::BrokenAt { chain, place: first }), "round {round}: {sql}");
        }
        restore(&app).await;
    }
    assert_eq!(verdict(&app).await, Ok(whole));
}

#[tokio::test]
async fn added_rows_and_a_cut_tail_are_found() {
    let app = App::new().await;
    let (id, chain) = chain_of(&app, "yunfan").await;
    let last = unguarded(&app, id).await;
    let of = format!("chain_id = {}", literal(id));
    let broken_at = |place| Err(Verdict::BrokenAt { chain, place });
    let copied = |place: i64, from: i64| {
        format!(
            "INSERT INTO audit_events (number, chain_id, place, tenant_id, actor_id, at, code, object_id, detail, outcome, \
             address, request, hash) SELECT 1000000 + number, chain_id, {place}, tenant_id, actor_id, at, code, object_id, \
             detail, outcome, address, request, hash FROM audit_copy WHERE {of} AND place = {from}"
        )
    };
    for (sql, broken) in [
        (copied(last + 1, last), last + 1),
        (copied(0, 1), 0),
        (copied(-7, 3), -7),
        (format!("DELETE FROM audit_events WHERE {of} AND place > {}", last - 10), last - 9),
        (format!("DELETE FROM audit_events WHERE {of} AND place = {last}"), last),
        (format!("DELETE FROM audit_events WHERE {of}"), 1),
        (format!("DELETE FROM audit_events WHERE {of} AND place = 1"), 1),
    ] {
        app.db.execute_unprepared(&sql).await.unwrap();
        assert_eq!(verdict(&app).await, broken_at(broken), "{sql}");
        restore(&app).await;
    }
    // A head that is turned back in its place alone does not fit the tail.
    app.change(&format!("DELETE FROM audit_events WHERE {of} AND place = {last}"), []).await;
    app.change("UPDATE audit_chains SET place = place - 1 WHERE id = ?", [id.into()]).await;
    assert_eq!(verdict(&app).await, broken_at(last));
}

#[tokio::test]
async fn a_tail_that_is_cut_whole_is_missed_by_whoever_has_kept_its_end() {
    let app = App::new().await;
    let (id, chain) = chain_of(&app, "yunfan").await;
    let last = unguarded(&app, id).await;
    let whole = verdict(&app).await.unwrap();
    let kept = kept(&app).await;
    let written: Vec<String> = kept.iter().map(ToString::to_string).collect();
    assert_eq!(Anchor::listed(&written.join("\n")), Ok(kept.clone()), "anchors can be written down");
    app.change("DELETE FROM audit_events WHERE chain_id = ? AND place > ?", [id.into(), (last - 5).into()]).await;
    let back = "UPDATE audit_chains SET place = ?, hash = (SELECT hash FROM audit_events WHERE chain_id = ? AND place = ?) \
                WHERE id = ?";
    app.change(back, [(last - 5).into(), id.into(), (last - 5).into(), id.into()]).await;
    assert_eq!(verdict(&app).await, Ok(whole - 5), "the chain alone does not know how long it was");
    assert_eq!(verify(&app.store, &kept).await, Ok(Verdict::BrokenAt { chain, place: last - 4 }));
    // Nor is a chain that was written anew from there the one whose end was kept.
    let wu = app.sign_in("yunfan/wu").await;
    for _ in 0..5 {
        wu.post("/messages", &[]).await;
    }
    assert_eq!(verify(&app.store, &kept).await, Ok(Verdict::BrokenAt { chain, place: last }));
}

#[tokio::test]
async fn a_chain_that_is_gone_whole_is_missed() {
    let app = App::new().await;
    let (id, chain) = chain_of(&app, "yunfan").await;
    unguarded(&app, id).await;
    app.change("DELETE FROM audit_events WHERE chain_id = ?", [id.into()]).await;
    assert_eq!(verdict(&app).await, Err(Verdict::BrokenAt { chain, place: 1 }), "its head is there");
    let kept = kept(&app).await;
    app.change("DELETE FROM audit_chains WHERE id = ?", [id.into()]).await;
    assert_eq!(verdict(&app).await, Err(Verdict::Missing { chain }), "the platform's chain tells that it had begun");
    assert_eq!(verify(&app.store, &kept).await, Ok(Verdict::Missing { chain }));
    restore(&app).await;
    assert_eq!(verdict(&app).await, Err(Verdict::BrokenAt { chain, place: 1 }), "its lines have no head");
}

#[tokio::test]
async fn the_platforms_chain_does_not_go_without_the_others() {
    let app = App::new().await;
    let nobody = uuid::Uuid::nil();
    unguarded(&app, nobody).await;
    app.change("DELETE FROM audit_events WHERE chain_id = ?", [nobody.into()]).await;
    app.change("UPDATE audit_chains SET place = 0 WHERE id = ?", [nobody.into()]).await;
    assert!(matches!(verdict(&app).await, Err(Verdict::BrokenAt { chain: Chain::Tenant(_), place: 1 })));
    app.change("DELETE FROM audit_chains WHERE id = ?", [nobody.into()]).await;
    assert_eq!(verdict(&app).await, Err(Verdict::Missing { chain: Chain::Platform }));
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
    let (id, chain) = chain_of(&app, "yunfan").await;
    unguarded(&app, id).await;
    let whole = verdict(&app).await.unwrap();
    app.change("UPDATE audit_events SET outcome = 'perhaps' WHERE chain_id = ? AND place = 77", [id.into()]).await;
    assert_eq!(verdict(&app).await, Err(Verdict::BrokenAt { chain, place: 77 }));
    restore(&app).await;
    assert_eq!(verdict(&app).await, Ok(whole));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn five_hundred_lines_from_two_servers_make_a_chain_for_each_tenant() {
    let app = App::new().await;
    let second = app.second_server().await;
    let before = app.number("SELECT COUNT(*) FROM audit_events", []).await;
    let mut ends = Vec::new();
    for (tenant, lines) in [("yunfan", 252), ("xinghe", 126), ("haitang", 126)] {
        let (id, _) = chain_of(&app, tenant).await;
        ends.push((id, lines + app.number("SELECT place FROM audit_chains WHERE id = ?", [id.into()]).await));
    }
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
    for (id, end) in ends {
        assert_eq!(app.number("SELECT place FROM audit_chains WHERE id = ?", [id.into()]).await, end);
    }
    let after = app.number("SELECT COUNT(*) FROM audit_events", []).await;
    assert_eq!(after, before + 504, "four sign-ins and five hundred lines");
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
        // By its number, and by its place.
        for number in ["number", "number + 1000000"] {
            let replace = format!(
                "INSERT OR REPLACE INTO audit_events SELECT {number}, tenant_id, actor_id, at + 1, code, object_id, detail, \
                 outcome, address, request, chain_id, place, acting_tenant_id, second_tenant_id, hash \
                 FROM audit_events WHERE number = 5"
            );
            let replaced = app.db.execute_unprepared(&replace).await;
            let still = verdict(&app).await.is_ok();
            assert!(replaced.is_err() && still, "a row can be replaced by its {number}");
        }
    }
    let rows = app.number("SELECT COUNT(*) FROM audit_events", []).await;
    assert_eq!(verdict(&app).await, Ok(rows));
}
