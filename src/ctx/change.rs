//! Changing: permitted before it begins, scoped while it runs, audited when it ends.
//!
//! # Lock order
//!
//! Two changes that wait for each other are a deadlock, which the database ends by giving one of them up. There is none
//! where everybody locks in one order, and this is the order:
//!
//! 1. *Turns* ([`Change::turn_of`]), in the order of [`Turn`]: platform, tenant, member, number, receiver.
//! 2. The form's token ([`Change::once`]), an idempotency key.
//! 3. The rows of the business: those of one kind in the order of their ids, a call before
//!    its lead, what is new at any time.
//! 4. The audit chains, in the order of their ids, when the change ends. Nobody waits for anything behind them.
//!
//! That no turn is taken behind a token or a row is asserted wherever assertions are on. On SQLite a change is alone from its
//! first statement, so there the order changes nothing.

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicBool, Ordering},
};

use sea_orm::{
    ActiveModelBehavior, ActiveModelTrait, ConnectionTrait, DatabaseBackend, DatabaseTransaction, DeleteMany,
    EntityTrait, IntoActiveModel, QueryFilter, Statement, UpdateMany,
};

use super::{Ctx, On, Scoped, Turn, Visible};
use crate::{
    access::{Action, Viewer},
    audit::{self, Event, Outcome},
    error::{Error, Refusal, Result},
    ids::{MemberId, TenantId},
    moment::Moment,
    vault::Vault,
};

/// A change under way. Dropped, it undoes itself; its only way out is [`Change::commit`].
pub struct Change<'c> {
    ctx: &'c Ctx,
    /// Who changes, as it was when the change began.
    viewer: Arc<Viewer>,
    tx: DatabaseTransaction,
    noted: Mutex<Vec<Event>>,
    /// Whose trail else has what it commits.
    parties: Mutex<Vec<TenantId>>,
    /// The last turn that it has taken.
    turn: Mutex<Option<Turn>>,
    /// Whether it has written anything, its token included.
    has_written: AtomicBool,
}

impl<'c> Change<'c> {
    /// Begins a change within this transaction, by whom the viewer is at this moment.
    pub(super) fn within(ctx: &'c Ctx, viewer: Arc<Viewer>, tx: DatabaseTransaction) -> Change<'c> {
        Change {
            ctx,
            viewer,
            tx,
            noted: Mutex::default(),
            parties: Mutex::default(),
            turn: Mutex::default(),
            has_written: AtomicBool::default(),
        }
    }

    /// Waits until this change alone has the turn, and keeps it to the end, so that what it counts or does not find is so
    /// when it commits. Comes before everything that the change writes or holds.
    pub(crate) async fn turn_of(&self, turn: Turn) -> Result<()> {
        let last = self.turn.lock().unwrap_or_else(PoisonError::into_inner).replace(turn);
        debug_assert!(last.is_none_or(|last| last < turn), "{turn:?} is taken behind {last:?}");
        debug_assert!(!self.has_written.load(Ordering::Relaxed), "{turn:?} is taken behind a row");
        turn.take(&self.tx).await?;
        self.is_still_by_the_same().await?;
        self.tx.execute_unprepared("SAVEPOINT turn").await?;
        Ok(())
    }

    /// Refuses to go on for a viewer who is not what it was when the change began to wait; what is taken from it meanwhile
    /// may be what it waited for.
    async fn is_still_by_the_same(&self) -> Result<()> {
        if self.tx.get_database_backend() != DatabaseBackend::Postgres {
            // A writing transaction of SQLite has waited before its first statement.
            return Ok(());
        }
        let now = self.ctx.viewer_within(&self.tx).await?;
        if now == self.viewer { Ok(()) } else { Err(Error::Conflict(Refusal::ChangedMeanwhile)) }
    }

    /// Remembers that from here on there are rows that others may wait for.
    fn written(&self) -> &DatabaseTransaction {
        self.has_written.store(true, Ordering::Relaxed);
        &self.tx
    }

    /// The view that the change was begun from.
    pub(crate) fn ctx(&self) -> &Ctx {
        self.ctx
    }

    /// Who changes, as it was when the change began.
    pub(crate) fn viewer(&self) -> &Viewer {
        &self.viewer
    }

    /// Refuses what the viewer may not do at this moment, besides what the change was begun for.
    pub(crate) fn permits(&self, action: Action) -> Result<()> {
        if self.viewer.can(action) { Ok(()) } else { Err(Error::Denied(action)) }
    }

    /// Rows that the viewer sees, inside the change.
    pub(crate) fn find<E: Scoped>(&self) -> Visible<'_, E> {
        Visible { select: E::find().filter(E::within(&self.viewer)), on: On::Change(&self.tx) }
    }

    /// An update of rows that the viewer sees.
    pub(crate) fn update<E: Scoped>(&self) -> UpdateMany<E> {
        E::update_many().filter(E::within(&self.viewer))
    }

    /// A removal of rows that the viewer sees.
    pub(crate) fn delete<E: Scoped>(&self) -> DeleteMany<E> {
        E::delete_many().filter(E::within(&self.viewer))
    }

    /// Runs a removal and says how many rows it hit.
    pub(crate) async fn remove<E: EntityTrait>(&self, removal: DeleteMany<E>) -> Result<u64> {
        Ok(removal.exec(self.written()).await?.rows_affected)
    }

    /// Runs an update that must hit exactly one row; anything else means that somebody was faster.
    pub(crate) async fn exactly_one<E: EntityTrait>(&self, update: UpdateMany<E>) -> Result<()> {
        match update.exec(self.written()).await?.rows_affected {
            1 => Ok(()),
            _ => Err(Error::Conflict(Refusal::ChangedMeanwhile)),
        }
    }

    /// Runs an update of any number of rows and says how many it hit.
    pub(crate) async fn any_number<E: EntityTrait>(&self, update: UpdateMany<E>) -> Result<u64> {
        Ok(update.exec(self.written()).await?.rows_affected)
    }

    /// Runs a removal that must hit exactly one row; anything else means that somebody was faster.
    pub(crate) async fn remove_one<E: EntityTrait>(&self, removal: DeleteMany<E>) -> Result<()> {
        match removal.exec(self.written()).await?.rows_affected {
            1 => Ok(()),
            _ => Err(Error::Conflict(Refusal::ChangedMeanwhile)),
        }
    }

    /// Adds a row.
    pub(crate) async fn insert<A>(&self, row: A) -> Result<<A::Entity as EntityTrait>::Model>
    where
        A: ActiveModelTrait + ActiveModelBehavior + Send,
        <A::Entity as EntityTrait>::Model: IntoActiveModel<A>,
    {
        Ok(row.insert(self.written()).await?)
    }

    /// Adds rows without reading them back.
    pub(crate) async fn insert_many<A>(&self, rows: Vec<A>) -> Result<()>
    where
        A: ActiveModelTrait + ActiveModelBehavior + Send,
    {
        if !rows.is_empty() {
            A::Entity::insert_many(rows).exec_without_returning(self.written()).await?;
        }
        Ok(())
    }

    /// The open transaction, for what belongs to the same change but not to the viewer's rows.
    pub(crate) fn tx(&self) -> &DatabaseTransaction {
        &self.tx
    }

    /// The tenant that changes something.
    pub(crate) fn tenant(&self) -> TenantId {
        self.viewer.tenant
    }

    /// The member who changes something.
    pub(crate) fn member(&self) -> MemberId {
        self.viewer.member
    }

    /// The instant of the change.
    pub(crate) fn now(&self) -> Moment {
        self.ctx.now()
    }

    /// The keys.
    pub(crate) fn vault(&self) -> &Vault {
        self.ctx.vault()
    }

    /// Remembers something that happened on the way; it goes into the trail before what ends the change.
    pub(crate) fn note(&self, event: Event) {
        self.noted.lock().unwrap_or_else(PoisonError::into_inner).push(event);
    }

    /// Remembers that this form was sent and where its result is; the second time it is [`Error::Repeated`]. The token is an
    /// idempotency key: whoever sends the form again meanwhile waits here for what becomes of the first.
    pub(crate) async fn once(&self, token: Option<uuid::Uuid>, location: &str) -> Result<()> {
        let Some(token) = token else { return Ok(()) };
        let backend = self.tx.get_database_backend();
        let sql = match backend {
            DatabaseBackend::Postgres => {
                "INSERT INTO once (token, member_id, at, location) VALUES ($1, $2, $3, $4) ON CONFLICT (token) DO NOTHING"
            }
            _ => "INSERT INTO once (token, member_id, at, location) VALUES (?, ?, ?, ?) ON CONFLICT (token) DO NOTHING",
        };
        let values = [token.into(), self.viewer.member.0.into(), self.ctx.now.0.into(), location.into()];
        let once = self.written().execute_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
        if once.rows_affected() == 1 {
            return Ok(());
        }
        let sql = match backend {
            DatabaseBackend::Postgres => "SELECT location FROM once WHERE token = $1 AND member_id = $2",
            _ => "SELECT location FROM once WHERE token = ? AND member_id = ?",
        };
        let values = [token.into(), self.viewer.member.0.into()];
        let first = self.tx.query_one_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
        Err(Error::Repeated(first.ok_or(Error::Malformed)?.try_get("", "location")?))
    }

    /// Says that what this change commits concerns another tenant as well, since its money, rights or data change: its trail
    /// has the same lines, with the company that acts in place of the member. What is noted on the way stays with the actor.
    pub(crate) fn also_in(&self, party: TenantId) {
        let mut parties = self.parties.lock().unwrap_or_else(PoisonError::into_inner);
        if Some(party) != self.ctx.acting() && !parties.contains(&party) {
            parties.push(party);
        }
    }

    /// Ends the change: what happened goes into the audit trail in the same transaction.
    pub async fn commit(self, event: Event) -> Result<()> {
        self.commit_all(&[event]).await
    }

    /// Ends a change in which several things happened, each one line of the audit trail.
    pub(crate) async fn commit_all(self, events: &[Event]) -> Result<()> {
        self.end(events, Outcome::Done).await
    }

    /// Ends a change that only counts a refusal, such as a wrong try.
    pub(crate) async fn commit_refusal(self, event: Event) -> Result<()> {
        self.end(&[event], Outcome::Refused).await
    }

    /// Ends the change as refused: whatever it has done since its turn came is undone, and the turn is kept until the line
    /// about it stands, so that what counts such lines cannot be raced.
    pub(crate) async fn refuse(self, event: Event) -> Result<()> {
        debug_assert!(self.turn.lock().is_ok_and(|turn| turn.is_some()), "nothing but a turn is kept");
        self.tx.execute_unprepared("ROLLBACK TO SAVEPOINT turn").await?;
        let entry = self.ctx.entry(Outcome::Refused);
        audit::append(&self.tx, self.ctx.vault(), entry, &[event]).await?;
        Ok(self.tx.commit().await?)
    }

    async fn end(self, events: &[Event], outcome: Outcome) -> Result<()> {
        let noted = self.noted.into_inner().unwrap_or_else(PoisonError::into_inner);
        let parties = self.parties.into_inner().unwrap_or_else(PoisonError::into_inner);
        let entry = self.ctx.entry(outcome);
        audit::append_shared(&self.tx, self.ctx.vault(), entry, &noted, events, &parties).await?;
        Ok(self.tx.commit().await?)
    }
}
