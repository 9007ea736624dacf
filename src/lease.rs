//! Work that lies in tables: a row is claimed by one server at a time, which holds it until its lease ends and renews the
//! lease while it works. Killed anywhere, another server takes the row over.

use sea_orm::{
    ActiveModelBehavior, ActiveModelTrait, Condition, QueryFilter, QueryOrder, UpdateMany, entity::prelude::*,
    sea_query::Expr,
};

use crate::{
    ctx::{Store, everyones},
    error::{Error, Refusal, Result},
    moment::Moment,
};

/// How long a server may be silent before another one takes over.
pub(crate) const LEASE_SECONDS: i64 = 60;

/// A table whose rows are work.
pub(crate) trait Leased: EntityTrait
where
    Self::Model: Send + Sync,
{
    const ID: Self::Column;
    const WORKER: Self::Column;
    const LEASE_UNTIL: Self::Column;
    /// The oldest first.
    const SINCE: Self::Column;
}

/// Claims the oldest row that waits and that nobody holds.
pub(crate) async fn claim<E>(store: &Store, waiting: Condition, worker: Uuid, now: Moment) -> Result<Option<E::Model>>
where
    E: Leased,
    E::Model: Send + Sync + ModelTrait<Entity = E>,
    E::ActiveModel: ActiveModelTrait<Entity = E> + ActiveModelBehavior + Send,
{
    let free = everyones::<E>().filter(waiting.clone()).filter(E::LEASE_UNTIL.lte(now)).order_by_asc(E::SINCE);
    let Some(row) = free.one(&store.db).await? else { return Ok(None) };
    let claimed = E::update_many()
        .col_expr(E::WORKER, Expr::val(worker))
        .col_expr(E::LEASE_UNTIL, Expr::val(now.plus_seconds(LEASE_SECONDS)))
        .filter(E::ID.eq(row.get(E::ID)))
        .filter(waiting)
        .filter(E::LEASE_UNTIL.eq(row.get(E::LEASE_UNTIL)))
        .exec(&store.db)
        .await?;
    Ok((claimed.rows_affected == 1).then_some(row))
}

/// Renews the lease of a row that this worker holds, together with what else the update says of it.
///
/// # Errors
/// `Conflict` once the worker holds the row no longer: it was given up, or another server has taken it over.
pub(crate) async fn renew<E>(store: &Store, update: UpdateMany<E>, worker: Uuid, now: Moment) -> Result<()>
where
    E: Leased,
    E::Model: Send + Sync,
{
    let renewed = update
        .col_expr(E::LEASE_UNTIL, Expr::val(now.plus_seconds(LEASE_SECONDS)))
        .filter(E::WORKER.eq(worker))
        .exec(&store.db)
        .await?;
    if renewed.rows_affected == 1 { Ok(()) } else { Err(Error::Conflict(Refusal::ChangedMeanwhile)) }
}
