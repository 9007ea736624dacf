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
pub(crate) async fn lock_head(tx: &DatabaseTransaction) -> Result<Head> {
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

/// What a walk along the chain found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Every row is as it was written.
    Whole { rows: i64 },
    /// This row is the first that is not: changed, missing, moved or added.
    BrokenAt { number: i64 },
}

/// Names the first row behind this one that is missing or cannot even be read.
async fn unreadable_after(store: &Store, mut number: i64) -> Result<Verdict> {
    loop {
        number += 1;
        let row = everyones::<entity::Entity>().filter(entity::Column::Number.eq(number)).one(&store.db).await;
        if !matches!(row, Ok(Some(_))) {
            return Ok(Verdict::BrokenAt { number });
        }
    }
}

/// Walks the whole chain and names the first row that is not as it was written.
pub async fn verify(store: &Store) -> Result<Verdict> {
    const STRIDE: u64 = 5_000;
    let (mut number, mut hash) = (0_i64, Vec::new());
    loop {
        let rows = everyones::<entity::Entity>()
            .filter(entity::Column::Number.gt(number))
            .order_by_asc(entity::Column::Number)
            .limit(STRIDE)
            .all(&store.db)
            .await;
        let Ok(rows) = rows else { return unreadable_after(store, number).await };
        for row in &rows {
            number += 1;
            if row.number != number || row.hash != store.vault.link(&hash, &canonical(row)) {
                return Ok(Verdict::BrokenAt { number });
            }
            hash.clone_from(&row.hash);
        }
        if (rows.len() as u64) < STRIDE {
            break;
        }
    }
    let stray = everyones::<entity::Entity>().filter(entity::Column::Number.lt(1)).limit(1).one(&store.db).await?;
    if let Some(row) = stray {
        return Ok(Verdict::BrokenAt { number: row.number });
    }
    let backend = store.db.get_database_backend();
    let head = Statement::from_string(backend, "SELECT number, hash FROM audit_head WHERE id = 1");
    let head = store.db.query_one_raw(head).await?.ok_or(Error::Internal)?;
    let (last, last_hash): (i64, Vec<u8>) = (head.try_get("", "number")?, head.try_get("", "hash")?);
    if last != number || last_hash != hash {
        return Ok(Verdict::BrokenAt { number: number.min(last) + 1 });
    }
    Ok(Verdict::Whole { rows: number })
}
