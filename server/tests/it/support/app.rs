//! The product under test: servers on one database, and a clock that the test moves.

use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use axum::Router;
use leptos::config::LeptosOptions;
use partner_center::{
    calls::Telephony,
    ctx::Store,
    moment::Moment,
    people::hashing::{Cost, Hasher},
    vault::Vault,
};
use sea_orm::{ConnectionTrait, DatabaseBackend, DatabaseConnection, QueryResult, Statement, TransactionTrait, Value};
use server::{
    clock::Clock,
    database,
    reception::Reception,
    router::{self, Parts},
    seed,
    session::Sessions,
};
use uuid::Uuid;

use super::{Client, database::Copy};

/// The product on a database of its own.
pub struct App {
    pub clock: Clock,
    pub db: DatabaseConnection,
    pub store: Store,
    pub server: Router,
    pub copy: Copy,
    /// How many statements the server has run.
    statements: Arc<AtomicU64>,
    secure: bool,
    telephony: Arc<Telephony>,
}

impl App {
    /// One server on a copy of the demo.
    pub async fn new() -> App {
        App::start(Copy::of_the_demo().await, false, Telephony::Simulator).await
    }

    /// The same, where somebody else carries the calls.
    pub async fn carried_by(telephony: Telephony) -> App {
        App::start(Copy::of_the_demo().await, false, telephony).await
    }

    /// The same, reached over an encrypted connection.
    pub async fn secure() -> App {
        App::start(Copy::of_the_demo().await, true, Telephony::Simulator).await
    }

    async fn start(copy: Copy, secure: bool, telephony: Telephony) -> App {
        let telephony = Arc::new(telephony);
        let db = database::open(&copy.url).await.unwrap();
        let store = Store::new(db.clone(), Vault::demo().into());
        let clock = Clock::standing(Moment::now());
        let statements = Arc::default();
        let server = server_on(&copy.url, &clock, secure, &telephony, &statements).await;
        App { clock, db, store, server, copy, statements, secure, telephony }
    }

    /// One more server on the same database.
    pub async fn second_server(&self) -> Router {
        server_on(&self.copy.url, &self.clock, self.secure, &self.telephony, &self.statements).await
    }

    /// How many statements the server has run so far, but for those that begin and end a transaction.
    pub fn statements(&self) -> u64 {
        self.statements.load(Ordering::Relaxed)
    }

    /// Somebody whom nobody knows, at an address of its own.
    pub fn anonymous(&self) -> Client {
        Client::new(self.server.clone(), self.secure)
    }

    /// A member of the cast, signed in.
    pub async fn sign_in(&self, who: &str) -> Client {
        let client = self.anonymous();
        let answer = client.sign_in(who, seed::PASSWORD).await;
        assert_eq!(answer.status, 303, "{who} signs in");
        client
    }

    /// Rows of the database as they are, by a statement written with `?` on either database.
    pub async fn rows(&self, sql: &str, values: impl IntoIterator<Item = Value>) -> Vec<QueryResult> {
        self.db.query_all_raw(self.statement(sql, values)).await.unwrap()
    }

    /// One whole number from the database.
    pub async fn number(&self, sql: &str, values: impl IntoIterator<Item = Value>) -> i64 {
        let rows = self.rows(sql, values).await;
        rows[0].try_get_by_index::<i64>(0).unwrap()
    }

    /// Changes the database behind the product's back.
    pub async fn change(&self, sql: &str, values: impl IntoIterator<Item = Value>) -> u64 {
        self.db.execute_raw(self.statement(sql, values)).await.unwrap().rows_affected()
    }

    /// How PostgreSQL would answer a query if it had to use an index.
    pub async fn planned(&self, sql: &str) -> Vec<String> {
        let turn = self.db.begin().await.unwrap();
        turn.execute_unprepared("SET LOCAL enable_seqscan = off").await.unwrap();
        let plan = turn.query_all_raw(self.statement(&format!("EXPLAIN {sql}"), [])).await.unwrap();
        plan.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
    }

    pub fn statement(&self, sql: &str, values: impl IntoIterator<Item = Value>) -> Statement {
        let backend = self.db.get_database_backend();
        let mut parts = sql.split('?');
        let mut numbered = parts.next().unwrap_or_default().to_owned();
        for (place, part) in parts.enumerate() {
            let mark = if backend == DatabaseBackend::Postgres { format!("${}", place + 1) } else { "?".to_owned() };
            numbered.push_str(&mark);
            numbered.push_str(part);
        }
        Statement::from_sql_and_values(backend, numbered, values)
    }

    /// The id of a member of the cast.
    pub async fn member(&self, who: &str) -> Uuid {
        let (tenant, account) = who.split_once('/').unwrap();
        let sql = "SELECT m.id FROM members m JOIN tenants t ON t.id = m.tenant_id WHERE t.name = ? AND m.account = ?";
        self.rows(sql, [tenant.into(), account.into()]).await[0].try_get_by_index(0).unwrap()
    }

    /// How many lines of this code the trail holds.
    pub async fn audited(&self, code: &str) -> i64 {
        self.number("SELECT COUNT(*) FROM audit_events WHERE code = ?", [code.into()]).await
    }
}

async fn server_on(
    url: &str,
    clock: &Clock,
    secure: bool,
    telephony: &Arc<Telephony>,
    statements: &Arc<AtomicU64>,
) -> Router {
    let mut db = database::open(url).await.unwrap();
    let counted = statements.clone();
    db.set_metric_callback(move |_| {
        counted.fetch_add(1, Ordering::Relaxed);
    });
    let store = Store::new(db.clone(), Vault::demo().into());
    let sessions = Sessions::new(db.clone(), clock.clone());
    let hasher = Hasher::new(Cost::Trifling);
    let reception = Reception { store, hasher, clock: clock.clone(), secure, demo: false, proxies: 0 };
    // The files at the root of the site are there before anything is built.
    let site = std::env::var("PARTNER_CENTER_SITE")
        .unwrap_or_else(|_| concat!(env!("CARGO_MANIFEST_DIR"), "/../public").to_owned());
    let options = LeptosOptions::builder()
        .output_name("partner-center")
        .site_root(site)
        .site_pkg_dir("pkg")
        .hash_files(false)
        .build();
    router::router(Parts { reception, sessions, db, options, telephony: telephony.clone() })
}
