//! The only way to the database. A read starts at [`Ctx::find`], already narrowed to what the viewer sees; a change
//! starts at [`Ctx::change`], already permitted, and ends in [`Change::commit`], which writes the audit in the same
//! transaction.
//!
//! ```
//! use partner_center::{audit::Event, ctx::Change, error::Result};
//! async fn careful(change: Change<'_>) -> Result<()> { change.commit(Event::MessagesRead).await }
//! ```
//! ```compile_fail,E0061
//! // A change cannot be committed without saying what happened.
//! use partner_center::{audit::Event, ctx::Change, error::Result};
//! async fn forgetful(change: Change<'_>) -> Result<()> { change.commit().await }
//! ```
//! ```compile_fail,E0616
//! // A query that does not start at a context finds no connection to run on.
//! fn connection(ctx: &partner_center::ctx::Ctx) { let _ = &ctx.store; }
//! ```

use std::sync::Arc;

use sea_orm::{
    AccessMode, Condition, DatabaseBackend, DatabaseConnection, DatabaseTransaction, EntityTrait, IsolationLevel,
    QueryFilter, Select, SqliteTransactionMode, TransactionOptions, TransactionTrait,
    sea_query::{Expr, ExprTrait},
};

use crate::{
    access::{Action, Viewer},
    audit::{self, Event, Outcome},
    error::{Error, Result},
    ids::{MemberId, TenantId},
    messages::Channels,
    moment::Moment,
    vault::Vault,
};

mod change;
mod turn;
mod unattended;
mod visible;

pub use change::Change;
pub(crate) use turn::{Slot, Turn};
pub(crate) use unattended::{Operator, Unattended};
pub(crate) use visible::{Matching, Visible, counts_to};

use visible::On;

/// The database and the keys of the running product.
#[derive(Clone, Debug)]
pub struct Store {
    pub(crate) db: DatabaseConnection,
    pub(crate) vault: Arc<Vault>,
    pub(crate) ways: Channels,
}

impl Store {
    /// A store over an open connection. Letters leave by every way.
    pub fn new(db: DatabaseConnection, vault: Arc<Vault>) -> Store {
        Store { db, vault, ways: Channels { email: true, sms: true } }
    }

    /// The same store where letters leave by these ways alone, the others not being set up.
    #[must_use]
    pub fn reached_by(self, ways: Channels) -> Store {
        Store { ways, ..self }
    }

    /// A store's view for one member, one request.
    pub fn ctx(&self, viewer: Viewer, origin: Origin, now: Moment) -> Ctx {
        let actor = Some(viewer.member);
        Ctx { store: self.clone(), viewer: Arc::new(viewer), actor, origin, now, session: Arc::from("") }
    }

    /// Begins a transaction that writes: on SQLite it takes its turn at once instead of failing half-way.
    pub(crate) async fn begin(&self) -> Result<DatabaseTransaction> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        self.begun(options).await
    }

    /// Begins a transaction on a task of its own. Whoever asks may go away at any moment, and a `BEGIN` that is given up
    /// half-way would leave its connection in a transaction that nobody ends, with whatever its next user locks.
    async fn begun(&self, options: TransactionOptions) -> Result<DatabaseTransaction> {
        let db = self.db.clone();
        let begun = tokio::spawn(async move { db.begin_with_options(options).await });
        Ok(begun.await.map_err(|_| Error::Internal)??)
    }

    /// Begins a transaction that only reads, and sees the database as it is at one instant.
    pub(crate) async fn view(&self) -> Result<DatabaseTransaction> {
        let is_postgres = self.db.get_database_backend() == DatabaseBackend::Postgres;
        let options = TransactionOptions {
            // SQLite reads from a snapshot anyway.
            isolation_level: is_postgres.then_some(IsolationLevel::RepeatableRead),
            access_mode: is_postgres.then_some(AccessMode::ReadOnly),
            ..TransactionOptions::default()
        };
        self.begun(options).await
    }

    /// The fingerprint of a value that may be compared but not read.
    pub fn fingerprint(&self, kind: &str, value: &str) -> Vec<u8> {
        self.vault.fingerprint(kind, value)
    }
}

/// Rows of every tenant, seen by nobody in particular. For what happens before there is a viewer (the gate, the command
/// line), for jobs that look for work, and for looking whether a twin exists; nothing it finds is shown.
pub(crate) fn everyones<E: EntityTrait>() -> Select<E> {
    E::find()
}

/// Where a request came from, for the audit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Origin {
    pub address: String,
    pub request: String,
}

/// One viewer's way to the database, for one request.
#[derive(Clone, Debug)]
pub struct Ctx {
    store: Store,
    viewer: Arc<Viewer>,
    /// Whom the trail names; the operator of the product is nobody.
    actor: Option<MemberId>,
    origin: Origin,
    now: Moment,
    session: Arc<str>,
}

/// An entity whose rows belong to somebody.
pub trait Scoped: EntityTrait {
    /// The rows that this viewer sees.
    fn within(viewer: &Viewer) -> Condition;
}

/// What can be read from: a context, or a change that is under way.
pub(crate) trait Reads {
    /// The rows of this kind that the viewer sees.
    fn rows<E: Scoped>(&self) -> Visible<'_, E>;
}

impl Reads for Ctx {
    fn rows<E: Scoped>(&self) -> Visible<'_, E> {
        self.find()
    }
}

impl Reads for Change<'_> {
    fn rows<E: Scoped>(&self) -> Visible<'_, E> {
        self.find()
    }
}

impl Ctx {
    /// Who is looking.
    pub fn viewer(&self) -> &Viewer {
        &self.viewer
    }

    /// The same view from within a session, so that what is confirmed in it is worth nothing in another.
    #[must_use]
    pub fn in_session(self, session: &str) -> Ctx {
        Ctx { session: session.into(), ..self }
    }

    /// What tells the session from others; empty, where there is none.
    pub(crate) fn session(&self) -> &str {
        &self.session
    }

    /// The instant of this request.
    pub fn now(&self) -> Moment {
        self.now
    }

    /// The store behind this view, for work that outlives the request.
    pub(crate) fn store(&self) -> &Store {
        &self.store
    }

    /// The keys.
    pub(crate) fn vault(&self) -> &Vault {
        &self.store.vault
    }

    /// The start of every read: the rows of this kind that the viewer sees.
    pub(crate) fn find<E: Scoped>(&self) -> Visible<'_, E> {
        Visible { select: E::find().filter(E::within(&self.viewer)), on: On::Pool(&self.store.db) }
    }

    /// Refuses what the viewer's roles never permit, and records the refusal.
    pub async fn require(&self, action: Action) -> Result<()> {
        if self.viewer.can(action) {
            return Ok(());
        }
        self.record_refusal(Event::Refused { action }).await?;
        Err(Error::Denied(action))
    }

    /// Leaves a line about something that was refused.
    pub(crate) async fn record_refusal(&self, event: Event) -> Result<()> {
        let tx = self.store.begin().await?;
        audit::append(&tx, &self.store.vault, self.entry(Outcome::Refused), &[event]).await?;
        Ok(tx.commit().await?)
    }

    /// The start of every change: permitted, or refused and recorded.
    pub(crate) async fn change(&self, action: Action) -> Result<Change<'_>> {
        self.require(action).await?;
        Change::begin(self).await
    }

    /// The company that acts; the operator of the product acts for none of the vendor's tenants.
    fn acting(&self) -> Option<TenantId> {
        self.actor.map(|_| self.viewer.tenant)
    }

    fn entry(&self, outcome: Outcome) -> audit::Entry<'_> {
        audit::Entry { tenant: self.acting(), actor: self.actor, at: self.now, origin: &self.origin, outcome }
    }
}

/// The condition "the rows of the viewer's tenant that these rows allow", for entities with an owner column.
pub(crate) fn within<C: sea_orm::ColumnTrait>(
    viewer: &Viewer,
    rows: crate::access::Rows,
    tenant: C,
    owner: C,
) -> Condition {
    use crate::access::Rows;
    match rows {
        Rows::Everywhere => Condition::all(),
        Rows::All => Condition::all().add(tenant.eq(viewer.tenant)),
        Rows::Of(members) => Condition::all().add(tenant.eq(viewer.tenant)).add(owner.is_in(members)),
        Rows::Nothing => Condition::all().add(Expr::val(1).eq(0)),
    }
}
