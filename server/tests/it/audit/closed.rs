//! The chain of before there was one for each tenant: what was verified then is verified still, and new chains begin at its
//! end.

use migrations::Migrator;
use partner_center::{
    audit::{self, Anchor, Chain, Verdict, verify},
    ctx::Store,
    ids::TenantId,
    moment::Moment,
    people::admin,
    vault::Vault,
};
use sea_orm::{ConnectionTrait, DatabaseConnection};
use sea_orm_migration::MigratorTrait;
use server::database;

use crate::support::{empty_database, is_postgres};

/// How many migrations there were before there were several chains.
const BEFORE: u32 = 19;
/// The lines that the version before has written with the keys of the demo: code, tenant, object, time, what, hash.
const LINES: [(&str, &str, &str, i64, &str, &str); 4] = [
    (
        "tenant_created",
        YUNFAN,
        YUNFAN,
        1_796_094_570_905,
        r#"{"tenant_created":{"created":"01a22f94-319a-7734-95e4-848afb810e10"}}"#,
        "ddaa23e087dafab5066f916a8ce01699ddac17c4997b295251efb4f61220e624",
    ),
    (
        "tenant_created",
        PLATFORM,
        PLATFORM,
        1_796_094_570_922,
        r#"{"tenant_created":{"created":"01a22f94-31ab-7285-bc35-87591e4a7965"}}"#,
        "32a0ecd4d120f0a4959d5ed0e0cc20905786d391dd16242f510cdd2959092e1e",
    ),
    (
        "member_created",
        YUNFAN,
        ADMIN,
        1_796_094_570_944,
        r#"{"member_created":{"member":"01a22f94-320a-76a5-9a1b-49fa3fefa12a"}}"#,
        "d21242de5b7ed68cceac047481e3681a19f636ca8190bebe2c064518a57cb8a2",
    ),
    (
        "roles_changed",
        YUNFAN,
        ADMIN,
        1_796_094_570_944,
        r#"{"roles_changed":{"member":"01a22f94-320a-76a5-9a1b-49fa3fefa12a","before":[],"after":["admin"]}}"#,
        "a71121ae4e7867b2006423b1e781907e4d5f6f46dc9c98c3664148b628e4ca30",
    ),
];
const YUNFAN: &str = "01a22f94319a773495e4848afb810e10";
const PLATFORM: &str = "01a22f9431ab7285bc3587591e4a7965";
const ADMIN: &str = "01a22f94320a76a59a1b49fa3fefa12a";
/// The anchor that the version before has printed.
const ANCHOR: &str = "4:a71121ae4e7867b2006423b1e781907e4d5f6f46dc9c98c3664148b628e4ca30";

fn id(hex: &str) -> String {
    if is_postgres() { format!("'{hex}'") } else { format!("x'{hex}'") }
}

fn bytes(hex: &str) -> String {
    if is_postgres() { format!("'\\x{hex}'") } else { format!("x'{hex}'") }
}

/// A database as the version before has left it.
async fn as_before(db: &DatabaseConnection) {
    Migrator::up(db, Some(BEFORE)).await.unwrap();
    for (number, name, kind, tenant) in [(1, "yunfan", "distributor", YUNFAN), (2, "platform", "platform", PLATFORM)] {
        let sql = format!(
            "INSERT INTO tenants (id, number, name, title, kind, marketing_plan_2, created_at) \
             VALUES ({}, {number}, '{name}', '{name}', '{kind}', FALSE, 0)",
            id(tenant)
        );
        db.execute_unprepared(&sql).await.unwrap();
    }
    for (place, (code, tenant, object, at, detail, hash)) in LINES.iter().enumerate() {
        let sql = format!(
            "INSERT INTO audit_events (number, tenant_id, at, code, object_id, detail, outcome, address, request, hash) \
             VALUES ({}, {}, {at}, '{code}', {}, '{detail}', 'done', 'command line', '', {})",
            place + 1,
            id(tenant),
            id(object),
            bytes(hash)
        );
        db.execute_unprepared(&sql).await.unwrap();
    }
    let head = format!("UPDATE audit_head SET number = 4, hash = {}", bytes(LINES[3].5));
    db.execute_unprepared(&head).await.unwrap();
}

#[tokio::test]
async fn what_was_verified_before_there_were_several_chains_is_verified_still() {
    let copy = empty_database().await;
    let db = database::open(&copy.url).await.unwrap();
    as_before(&db).await;
    database::migrate(&db).await.unwrap();
    let store = Store::new(db.clone(), Vault::demo().into());
    let anchor: Anchor = ANCHOR.parse().unwrap();
    let kept = std::slice::from_ref(&anchor);
    assert_eq!(verify(&store, kept).await, Ok(Verdict::Whole(vec![anchor.clone()])));

    // Both tenants go on, in chains that begin at the end of the one before.
    let yunfan: TenantId = YUNFAN.parse().unwrap();
    for tenant in [yunfan, PLATFORM.parse().unwrap()] {
        admin::create_role(&store, tenant, "角色", &[], Moment::now()).await.unwrap();
    }
    let ends = audit::anchors(&store, Moment::NEVER).await.unwrap();
    let places: Vec<(Chain, i64)> = ends.iter().map(|end| (end.chain, end.place)).collect();
    assert_eq!(places, [(Chain::Platform, 2), (Chain::Tenant(yunfan), 1), (Chain::Closed, 4)]);
    assert!(matches!(verify(&store, kept).await, Ok(Verdict::Whole(_))));

    let unguarded =
        if is_postgres() { "ALTER TABLE audit_events DISABLE TRIGGER ALL" } else { "DROP TRIGGER audit_no_update" };
    db.execute_unprepared(unguarded).await.unwrap();
    for (change, back, place) in [
        ("SET at = at + 1 WHERE number = 3", "SET at = at - 1 WHERE number = 3", 3),
        ("SET number = 1000 WHERE number = 2", "SET number = 2 WHERE number = 1000", 2),
    ] {
        db.execute_unprepared(&format!("UPDATE audit_events {change}")).await.unwrap();
        assert_eq!(verify(&store, kept).await, Ok(Verdict::BrokenAt { chain: Chain::Closed, place }), "{change}");
        db.execute_unprepared(&format!("UPDATE audit_events {back}")).await.unwrap();
    }
    assert!(matches!(verify(&store, kept).await, Ok(Verdict::Whole(_))));

    // The closed chain is as much a part of the others as they are of it.
    db.execute_unprepared(
        "UPDATE audit_chains SET hash = (SELECT hash FROM audit_events WHERE number = 3) WHERE place = 4",
    )
    .await
    .unwrap();
    assert!(matches!(verify(&store, &[]).await, Ok(Verdict::BrokenAt { .. })));
}

#[tokio::test]
async fn the_chain_of_before_is_there_again_where_a_migration_is_taken_back() {
    let copy = empty_database().await;
    let db = database::open(&copy.url).await.unwrap();
    as_before(&db).await;
    for _ in 0..2 {
        Migrator::up(&db, Some(1)).await.unwrap();
        Migrator::down(&db, Some(1)).await.unwrap();
    }
    database::migrate(&db).await.unwrap();
    let store = Store::new(db, Vault::demo().into());
    let anchor: Anchor = ANCHOR.parse().unwrap();
    assert_eq!(verify(&store, &[]).await, Ok(Verdict::Whole(vec![anchor])));
}
