//! Work that lies in tables: a row is claimed by one server at a time, which holds it until its lease ends and renews the
//! lease while it works. Killed anywhere, another server takes the row over.

use std::{
    panic::{self, AssertUnwindSafe},
    pin::pin,
    task::Poll,
    time::Duration,
};

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

/// How far ahead a lease may end before it is taken for that of a server whose clock is wrong, in seconds.
const BELIEVED_SECONDS: i64 = 3_600;

/// Claims the oldest row that waits and that nobody holds.
pub(crate) async fn claim<E>(store: &Store, waiting: Condition, worker: Uuid, now: Moment) -> Result<Option<E::Model>>
where
    E: Leased,
    E::Model: Send + Sync + ModelTrait<Entity = E>,
    E::ActiveModel: ActiveModelTrait<Entity = E> + ActiveModelBehavior + Send,
{
    let wrong = now.plus_seconds(BELIEVED_SECONDS);
    let over = Condition::any().add(E::LEASE_UNTIL.lte(now)).add(E::LEASE_UNTIL.gt(wrong));
    let free = everyones::<E>().filter(waiting.clone()).filter(over).order_by_asc(E::SINCE);
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

/// How often a lease is renewed while its work goes on.
const RENEWAL: Duration = Duration::from_secs(20);

/// Does the work while its lease is renewed beside it. A renewal that the database is too busy for is made up for by the
/// next one.
///
/// # Errors
/// `Conflict` once the lease is lost; the work is given up where it stands.
pub(crate) async fn held<T, R: Future<Output = Result<()>>>(
    work: impl Future<Output = T>,
    renew: impl Fn() -> R,
) -> Result<T> {
    renewed(work, || tokio::time::sleep(RENEWAL), renew).await
}

async fn renewed<T, P: Future<Output = ()>, R: Future<Output = Result<()>>>(
    work: impl Future<Output = T>,
    pause: impl Fn() -> P,
    renew: impl Fn() -> R,
) -> Result<T> {
    let lost = async {
        loop {
            pause().await;
            match renew().await {
                Err(lost @ Error::Conflict(_)) => break lost,
                Err(error) => tracing::warn!(?error, "a lease could not be renewed; it is tried again"),
                Ok(()) => {}
            }
        }
    };
    // Both are polled all the time: a renewal that waits for the database does not hold up the work, which may be what
    // the database is busy with.
    tokio::select! {
        done = work => Ok(done),
        lost = lost => Err(lost),
    }
}

/// Work panicked. What it says stands in the log.
pub(crate) struct Broke;

/// Does work that may break. That it broke is written down like any other end: whoever takes it up again would break as
/// well.
pub(crate) async fn unbroken<T>(work: impl Future<Output = T>) -> Result<T, Broke> {
    let mut work = pin!(work);
    std::future::poll_fn(|context| {
        // Work that broke is not polled again, so nobody meets what it left half-done.
        match panic::catch_unwind(AssertUnwindSafe(|| work.as_mut().poll(context))) {
            Ok(polled) => polled.map(Ok),
            Err(_) => Poll::Ready(Err(Broke)),
        }
    })
    .await
}

/// Gives a row that this worker holds back to whoever comes first from then on.
pub(crate) async fn give_back<E>(store: &Store, row: UpdateMany<E>, worker: Uuid, from: Moment) -> Result<()>
where
    E: Leased,
    E::Model: Send + Sync,
{
    let given = row.col_expr(E::LEASE_UNTIL, Expr::val(from)).filter(E::WORKER.eq(worker)).exec(&store.db).await?;
    if given.rows_affected == 1 { Ok(()) } else { Err(Error::Conflict(Refusal::ChangedMeanwhile)) }
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

#[cfg(test)]
mod tests {
    use std::{
        cell::Cell,
        future::{pending, ready},
    };

    use super::*;

    /// Work that is done after so many turns.
    async fn turns(count: u32) -> u32 {
        for _ in 0..count {
            tokio::task::yield_now().await;
        }
        count
    }

    #[tokio::test]
    async fn work_goes_on_while_its_renewal_waits_for_the_database() {
        assert_eq!(renewed(turns(100), || ready(()), pending).await, Ok(100));
    }

    #[tokio::test]
    async fn a_renewal_that_meets_a_busy_database_is_tried_again() {
        for error in [Error::Busy, Error::Internal] {
            let tries = Cell::new(0);
            let renew = || {
                tries.set(tries.get() + 1);
                ready(Err(error.clone()))
            };
            assert_eq!(renewed(turns(100), tokio::task::yield_now, renew).await, Ok(100));
            assert!(tries.get() > 1, "{}", tries.get());
        }
    }

    #[tokio::test]
    async fn a_lost_lease_ends_the_work() {
        let lost = Error::Conflict(Refusal::ChangedMeanwhile);
        assert_eq!(renewed(pending::<()>(), || ready(()), || ready(Err(lost.clone()))).await, Err(lost));
    }
}
