//! Changing: permitted before it begins, scoped while it runs, audited when it ends.

use std::sync::{Arc, Mutex, PoisonError};

use sea_orm::{
    ActiveModelBehavior, ActiveModelTrait, ConnectionTrait, DatabaseBackend, DatabaseTransaction, DeleteMany,
    EntityTrait, IntoActiveModel, QueryFilter, Statement, UpdateMany,
};

use super::{Ctx, On, Scoped, Visible};
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
    pub(super) ctx: &'c Ctx,
    /// Who changes, as it was when the change began.
    pub(super) viewer: Arc<Viewer>,
    pub(super) tx: DatabaseTransaction,
    pub(super) noted: Mutex<Vec<Event>>,
}

impl Change<'_> {
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
        Ok(removal.exec(&self.tx).await?.rows_affected)
    }

    /// Runs an update that must hit exactly one row; anything else means that somebody was faster.
    pub(crate) async fn exactly_one<E: EntityTrait>(&self, update: UpdateMany<E>) -> Result<()> {
        match update.exec(&self.tx).await?.rows_affected {
            1 => Ok(()),
            _ => Err(Error::Conflict(Refusal::ChangedMeanwhile)),
        }
    }

    /// Runs an update of any number of rows and says how many it hit.
    pub(crate) async fn any_number<E: EntityTrait>(&self, update: UpdateMany<E>) -> Result<u64> {
        Ok(update.exec(&self.tx).await?.rows_affected)
    }

    /// Runs a removal that must hit exactly one row; anything else means that somebody was faster.
    pub(crate) async fn remove_one<E: EntityTrait>(&self, removal: DeleteMany<E>) -> Result<()> {
        match removal.exec(&self.tx).await?.rows_affected {
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
        Ok(row.insert(&self.tx).await?)
    }

    /// Adds rows without reading them back.
    pub(crate) async fn insert_many<A>(&self, rows: Vec<A>) -> Result<()>
    where
        A: ActiveModelTrait + ActiveModelBehavior + Send,
    {
        if !rows.is_empty() {
            A::Entity::insert_many(rows).exec_without_returning(&self.tx).await?;
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

    /// Waits for this change's turn in the audit chain, so that what it counts there cannot change any more.
    pub(crate) async fn take_turn(&self) -> Result<()> {
        audit::lock_head(&self.tx).await.map(drop)
    }

    /// Remembers that this form was sent and where its result is; the second time it is [`Error::Repeated`].
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
        if self.tx.execute_raw(Statement::from_sql_and_values(backend, sql, values)).await?.rows_affected() == 1 {
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

    async fn end(self, events: &[Event], outcome: Outcome) -> Result<()> {
        let mut all = self.noted.into_inner().unwrap_or_else(PoisonError::into_inner);
        all.extend_from_slice(events);
        audit::append(&self.tx, self.ctx.vault(), self.ctx.entry(outcome), &all).await?;
        Ok(self.tx.commit().await?)
    }
}
