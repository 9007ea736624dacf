//! The chain: each row's hash covers the row and the hash before it, keyed, so that no row can be changed, dropped,
//! added or moved without the key.

use sea_orm::{
    ActiveValue::Set, ConnectionTrait, DatabaseBackend, DatabaseTransaction, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, Statement, entity::prelude::*,
};

use super::{Event, Outcome, entity};
use crate::{
    ctx::{Origin, Store, everyones},
    error::{Error, Result},
    ids::{MemberId, TenantId},
    moment::Moment,
    vault::Vault,
};

/// What all lines of one act share.
pub(crate) struct Entry<'o> {
    pub tenant: Option<TenantId>,
    pub actor: Option<MemberId>,
    pub at: Moment,
    pub origin: &'o Origin,
    pub outcome: Outcome,
}

/// The last link of the chain.
pub(crate) struct Head {
    number: i64,
    hash: Vec<u8>,
}

/// Locks the chain's head until the transaction ends: appends stand in one line, on many servers too.
async fn lock_head(tx: &DatabaseTransaction) -> Result<Head> {
    let backend = tx.get_database_backend();
    let sql = match backend {
        DatabaseBackend::Postgres => "SELECT number, hash FROM audit_head WHERE id = 1 FOR UPDATE",
        // A writing transaction of SQLite is alone from its first statement.
        _ => "SELECT number, hash FROM audit_head WHERE id = 1",
    };
    let row = tx.query_one_raw(Statement::from_string(backend, sql)).await?.ok_or(Error::Internal)?;
    Ok(Head { number: row.try_get("", "number")?, hash: row.try_get("", "hash")? })
}

/// Appends lines to the trail, inside the transaction of the change that they describe.
pub(crate) async fn append(tx: &DatabaseTransaction, vault: &Vault, entry: Entry<'_>, events: &[Event]) -> Result<()> {
    if events.is_empty() {
        return Ok(());
    }
    let Head { mut number, mut hash } = lock_head(tx).await?;
    let mut rows = Vec::with_capacity(events.len());
    for event in events {
        number += 1;
        let mut row = entity::Model {
            number,
            tenant_id: entry.tenant,
            actor_id: entry.actor,
            at: entry.at,
            code: event.code().to_owned(),
            object_id: event.object(),
            detail: serde_json::to_string(event).map_err(|_| Error::Internal)?,
            outcome: entry.outcome,
            address: entry.origin.address.clone(),
            request: entry.origin.request.clone(),
            hash: Vec::new(),
        };
        row.hash = vault.link(&hash, &canonical(&row));
        hash.clone_from(&row.hash);
        rows.push(active(row));
    }
    // Both databases limit how many values one statement binds.
    for some in rows.chunks(500) {
        entity::Entity::insert_many(some.to_vec()).exec_without_returning(tx).await?;
    }
    let backend = tx.get_database_backend();
    let sql = match backend {
        DatabaseBackend::Postgres => "UPDATE audit_head SET number = $1, hash = $2 WHERE id = 1",
        _ => "UPDATE audit_head SET number = ?, hash = ? WHERE id = 1",
    };
    tx.execute_raw(Statement::from_sql_and_values(backend, sql, [number.into(), hash.into()])).await?;
    Ok(())
}

fn active(row: entity::Model) -> entity::ActiveModel {
    entity::ActiveModel {
        number: Set(row.number),
        tenant_id: Set(row.tenant_id),
        actor_id: Set(row.actor_id),
        at: Set(row.at),
        code: Set(row.code),
        object_id: Set(row.object_id),
        detail: Set(row.detail),
        outcome: Set(row.outcome),
        address: Set(row.address),
        request: Set(row.request),
        hash: Set(row.hash),
    }
}

/// Everything of a row but its hash, each part with its length, so that no two rows look alike.
fn canonical(row: &entity::Model) -> Vec<u8> {
    let uuid = |id: Option<Uuid>| id.map(|id| id.as_bytes().to_vec()).unwrap_or_default();
    let parts = [
        row.number.to_be_bytes().to_vec(),
        uuid(row.tenant_id.map(|id| id.0)),
        uuid(row.actor_id.map(|id| id.0)),
        row.at.0.to_be_bytes().to_vec(),
        row.code.clone().into_bytes(),
        uuid(row.object_id),
        row.detail.clone().into_bytes(),
        row.outcome.to_string().into_bytes(),
        row.address.clone().into_bytes(),
        row.request.clone().into_bytes(),
    ];
    parts.iter().flat_map(|part| [(part.len() as u64).to_be_bytes().to_vec(), part.clone()].concat()).collect()
}

/// The end of the chain at some time. Kept outside the database, it shows later whether the trail was cut behind it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    pub number: i64,
    pub hash: Vec<u8>,
}

impl std::fmt::Display for Anchor {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:", self.number)?;
        self.hash.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl std::str::FromStr for Anchor {
    type Err = String;
    fn from_str(text: &str) -> Result<Anchor, String> {
        let malformed = || format!("an anchor is NUMBER:HASH, as `audit verify` prints it, not `{text}`");
        let (number, hex) = text.split_once(':').ok_or_else(malformed)?;
        let byte = |at: usize| hex.get(at..at + 2).and_then(|pair| u8::from_str_radix(pair, 16).ok());
        let hash: Option<Vec<u8>> = (0..hex.len()).step_by(2).map(byte).collect();
        Ok(Anchor { number: number.parse().map_err(|_| malformed())?, hash: hash.ok_or_else(malformed)? })
    }
}

/// The end of the chain now.
pub async fn anchor(store: &Store) -> Result<Anchor> {
    head(&store.db).await
}

async fn head(db: &impl ConnectionTrait) -> Result<Anchor> {
    let sql = "SELECT number, hash FROM audit_head WHERE id = 1";
    let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await?;
    let row = row.ok_or(Error::Internal)?;
    Ok(Anchor { number: row.try_get("", "number")?, hash: row.try_get("", "hash")? })
}

/// What a walk along the chain found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Every row is as it was written, to this end.
    Whole(Anchor),
    /// This row is the first that is not: changed, missing, moved or added.
    BrokenAt { number: i64 },
}

/// Names the first row behind this one that is missing or cannot even be read.
async fn unreadable_after(view: &DatabaseTransaction, mut number: i64) -> Result<Verdict> {
    loop {
        number += 1;
        let row = everyones::<entity::Entity>().filter(entity::Column::Number.eq(number)).one(view).await;
        if !matches!(row, Ok(Some(_))) {
            return Ok(Verdict::BrokenAt { number });
        }
    }
}

/// Walks the whole chain and names the first row that is not as it was written. Anchors that were kept elsewhere must
/// lie on it. The walk sees the trail of one instant, whatever is appended meanwhile.
pub async fn verify(store: &Store, kept: &[Anchor]) -> Result<Verdict> {
    const STRIDE: u64 = 5_000;
    let view = store.view().await?;
    let (mut number, mut hash) = (0_i64, Vec::new());
    loop {
        let rows = everyones::<entity::Entity>()
            .filter(entity::Column::Number.gt(number))
            .order_by_asc(entity::Column::Number)
            .limit(STRIDE)
            .all(&view)
            .await;
        let Ok(rows) = rows else { return unreadable_after(&view, number).await };
        for row in &rows {
            number += 1;
            if row.number != number || row.hash != store.vault.link(&hash, &canonical(row)) {
                return Ok(Verdict::BrokenAt { number });
            }
            if kept.iter().any(|anchor| anchor.number == number && anchor.hash != row.hash) {
                return Ok(Verdict::BrokenAt { number });
            }
            hash.clone_from(&row.hash);
        }
        if (rows.len() as u64) < STRIDE {
            break;
        }
    }
    let stray = everyones::<entity::Entity>().filter(entity::Column::Number.lt(1)).limit(1).one(&view).await?;
    if let Some(row) = stray {
        return Ok(Verdict::BrokenAt { number: row.number });
    }
    let head = head(&view).await?;
    if head.number != number || head.hash != hash {
        return Ok(Verdict::BrokenAt { number: number.min(head.number) + 1 });
    }
    if kept.iter().any(|anchor| anchor.number > number) {
        return Ok(Verdict::BrokenAt { number: number + 1 });
    }
    Ok(Verdict::Whole(head))
}
