//! Sessions on the database: ids hashed at rest, thirty minutes idle, twelve hours in all, and once deleted never back.

use std::{collections::HashMap, fmt};

use app::visit::{BEGUN, Begun, TICKET};
use async_trait::async_trait;
use axum::{
    extract::{Request, State},
    http::{HeaderValue, header},
    middleware::Next,
    response::Response,
};
use partner_center::{
    moment::Moment,
    people::{
        Ticket,
        sessions::{IDLE_SECONDS, TOTAL_SECONDS, hash_of},
    },
};
use sea_orm::{ConnectionTrait, DatabaseBackend, DatabaseConnection, DbErr, Statement, Value};
use serde::de::DeserializeOwned;
use time::OffsetDateTime;
use tower_sessions::{
    SessionStore,
    session::{Id, Record},
    session_store::{Error, Result},
};

use crate::clock::Clock;

/// How long a use may go unwritten, in seconds: a page load writes at most once in this time.
const TOUCH_SECONDS: i64 = 60;

/// The table of sessions.
#[derive(Clone)]
pub struct Sessions {
    db: DatabaseConnection,
    clock: Clock,
}

impl fmt::Debug for Sessions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Sessions")
    }
}

impl Sessions {
    /// Sessions in this database, by this clock.
    pub fn new(db: DatabaseConnection, clock: Clock) -> Sessions {
        Sessions { db, clock }
    }

    /// Removes sessions that have ended, and says how many.
    pub async fn sweep(&self, now: Moment) -> partner_center::error::Result<u64> {
        let (idle, total) = (now.plus_seconds(-IDLE_SECONDS).0, now.plus_seconds(-TOTAL_SECONDS).0);
        let ended = "DELETE FROM sessions WHERE seen_at <= ? OR created_at <= ?";
        Ok(self.run(ended, vec![idle.into(), total.into()]).await?)
    }

    /// Removes forms and sign-in failures that nobody needs to remember any more, and says how many.
    pub async fn sweep_leftovers(&self, now: Moment) -> partner_center::error::Result<u64> {
        let day = now.plus_seconds(-86_400).0;
        let attempts = self.run("DELETE FROM sign_in_attempts WHERE last <= ?", vec![day.into()]).await?;
        Ok(attempts + self.run("DELETE FROM once WHERE at <= ?", vec![day.into()]).await?)
    }

    /// Runs a statement written with `?` on either database and says how many rows it hit.
    async fn run(&self, sql: &str, values: Vec<Value>) -> std::result::Result<u64, DbErr> {
        Ok(self.db.execute_raw(self.statement(sql, values)).await?.rows_affected())
    }

    fn statement(&self, sql: &str, values: Vec<Value>) -> Statement {
        let backend = self.db.get_database_backend();
        let mut number = 0;
        let numbered = |part: &str| {
            number += 1;
            if number == 1 { part.to_owned() } else { format!("${}{part}", number - 1) }
        };
        let sql = match backend {
            DatabaseBackend::Postgres => sql.split('?').map(numbered).collect(),
            _ => sql.to_owned(),
        };
        Statement::from_sql_and_values(backend, sql, values)
    }
}

/// Completes the cookie that takes the session's cookie away: without its attributes a browser would not take it.
pub async fn complete_removal(State(secure): State<bool>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let complete = |cookie: &HeaderValue| {
        let text = cookie.to_str().ok()?;
        let removes = text.starts_with("pc=;") || text.starts_with("__Host-pc=;");
        let secure = if secure { "; Secure" } else { "" };
        removes.then(|| HeaderValue::from_str(&format!("{text}; HttpOnly; SameSite=Lax{secure}")).ok()).flatten()
    };
    let cookies: Vec<HeaderValue> = response.headers().get_all(header::SET_COOKIE).iter().cloned().collect();
    if cookies.iter().any(|cookie| complete(cookie).is_some()) {
        response.headers_mut().remove(header::SET_COOKIE);
        for cookie in cookies {
            let cookie = complete(&cookie).unwrap_or(cookie);
            response.headers_mut().append(header::SET_COOKIE, cookie);
        }
    }
    response
}

fn hashed(id: &Id) -> Vec<u8> {
    hash_of(id.0)
}

/// A part of what a session remembers.
fn part<T: DeserializeOwned>(record: &Record, name: &str) -> Option<T> {
    serde_json::from_value(record.data.get(name)?.clone()).ok()
}

/// Whose session it is and where it was begun, for its owner to see.
fn whose(record: &Record) -> [Value; 4] {
    let ticket: Option<Ticket> = part(record, TICKET);
    let (address, device) = match part(record, BEGUN) {
        Some(Begun { address, device }) => (address, device),
        None => Default::default(),
    };
    let version = ticket.map_or(0, |ticket| ticket.version);
    [ticket.map(|ticket| ticket.member.0).into(), version.into(), address.into(), device.into()]
}

fn backend(error: DbErr) -> Error {
    Error::Backend(error.to_string())
}

#[async_trait]
impl SessionStore for Sessions {
    async fn create(&self, record: &mut Record) -> Result<()> {
        let data = serde_json::to_string(&record.data).map_err(|error| Error::Encode(error.to_string()))?;
        let now = self.clock.now().0;
        loop {
            let insert = "INSERT INTO sessions \
                          (id_hash, data, created_at, seen_at, member_id, version, address, browser) \
                          VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id_hash) DO NOTHING";
            let mut values: Vec<Value> = vec![hashed(&record.id).into(), data.clone().into(), now.into(), now.into()];
            values.extend(whose(record));
            if self.run(insert, values).await.map_err(backend)? == 1 {
                return Ok(());
            }
            record.id = Id::default();
        }
    }

    /// Updates what is there. A session that was deleted meanwhile stays deleted.
    async fn save(&self, record: &Record) -> Result<()> {
        let data = serde_json::to_string(&record.data).map_err(|error| Error::Encode(error.to_string()))?;
        let values = vec![data.into(), hashed(&record.id).into()];
        self.run("UPDATE sessions SET data = ? WHERE id_hash = ?", values).await.map_err(backend)?;
        Ok(())
    }

    async fn load(&self, id: &Id) -> Result<Option<Record>> {
        let now = self.clock.now().0;
        let select = "SELECT data, seen_at FROM sessions WHERE id_hash = ? AND seen_at > ? AND created_at > ?";
        let idle = now - IDLE_SECONDS * 1000;
        let total = now - TOTAL_SECONDS * 1000;
        let select = self.statement(select, vec![hashed(id).into(), idle.into(), total.into()]);
        let Some(row) = self.db.query_one_raw(select).await.map_err(backend)? else { return Ok(None) };
        let data: String = row.try_get("", "data").map_err(backend)?;
        let data: HashMap<String, serde_json::Value> =
            serde_json::from_str(&data).map_err(|error| Error::Decode(error.to_string()))?;
        let seen_at: i64 = row.try_get("", "seen_at").map_err(backend)?;
        if now - seen_at >= TOUCH_SECONDS * 1000 {
            let touch = "UPDATE sessions SET seen_at = ? WHERE id_hash = ? AND seen_at = ?";
            self.run(touch, vec![now.into(), hashed(id).into(), seen_at.into()]).await.map_err(backend)?;
        }
        // The record's own expiry is not used: the conditions above decide.
        let far = OffsetDateTime::now_utc() + time::Duration::days(1);
        Ok(Some(Record { id: *id, data, expiry_date: far }))
    }

    async fn delete(&self, id: &Id) -> Result<()> {
        self.run("DELETE FROM sessions WHERE id_hash = ?", vec![hashed(id).into()]).await.map_err(backend)?;
        Ok(())
    }
}
