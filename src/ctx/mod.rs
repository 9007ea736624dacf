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
    AccessMode, ColumnTrait, Condition, DatabaseBackend, DatabaseConnection, DatabaseTransaction, EntityTrait,
    IsolationLevel, QueryFilter, Select, SqliteTransactionMode, TransactionOptions, TransactionTrait,
    sea_query::{Alias, Expr, ExprTrait, Query, SelectStatement, SimpleExpr},
};

use crate::{
    access::{Action, Viewer},
    audit::{self, Event, Outcome},
    error::{Error, Result},
    ids::{MemberId, TenantId},
    messages::Channels,
    moment::Moment,
    scope::{Reason, Reasons},
    vault::Vault,
};

mod asker;
mod change;
mod paged;
mod turn;
mod unattended;
mod visible;

#[cfg(test)]
mod tests;

pub(crate) use asker::asker;
pub use asker::{Asker, UNREAD_COUNTED};
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
        let viewer = Arc::new(Viewer { now, ..viewer });
        Ctx { store: self.clone(), viewer, actor, origin, now, session: Arc::from("") }
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

    /// The start of every change: permitted, or refused and recorded. The viewer is read anew inside the transaction: what
    /// counts is what it may do now, and not what it might when the request was on its way.
    pub(crate) async fn change(&self, action: Action) -> Result<Change<'_>> {
        self.require(action).await?;
        let tx = self.store.begin().await?;
        let viewer = self.viewer_within(&tx).await?;
        if !viewer.can(action) {
            drop(tx);
            self.record_refusal(Event::Refused { action }).await?;
            return Err(Error::Denied(action));
        }
        Ok(Change::within(self, viewer, tx))
    }

    /// The viewer as it is at this moment; signed out, if what it entered with is worth nothing any more.
    async fn viewer_within(&self, tx: &DatabaseTransaction) -> Result<Arc<Viewer>> {
        // The operator of the product is no member, so nobody can take anything from it.
        let Some(member) = self.actor else { return Ok(self.viewer.clone()) };
        let viewer = asker::viewer_now(tx, member, self.now).await?;
        let viewer = viewer.filter(|viewer| viewer.version == self.viewer.version).ok_or(Error::SignedOut)?;
        Ok(Arc::new(viewer))
    }

    /// The company that acts; the operator of the product acts for none of the vendor's tenants.
    fn acting(&self) -> Option<TenantId> {
        self.actor.map(|_| self.viewer.tenant)
    }

    fn entry(&self, outcome: Outcome) -> audit::Entry<'_> {
        audit::Entry { tenant: self.acting(), actor: self.actor, at: self.now, origin: &self.origin, outcome }
    }
}

/// Whose the rows of a kind are, by their columns; of this and of a viewer's reasons the scope is made.
pub(crate) struct Owned {
    tenant: SimpleExpr,
    member: Option<SimpleExpr>,
    party: Condition,
}

impl Owned {
    /// Rows of the tenant in this column.
    pub(crate) fn by<C: ColumnTrait>(tenant: C) -> Owned {
        Owned { tenant: column(tenant), member: None, party: nothing() }
    }

    /// Each of them of the member in this column.
    pub(crate) fn of<C: ColumnTrait>(self, member: C) -> Owned {
        Owned { member: Some(column(member)), ..self }
    }

    /// Rows of which another tenant sees a part: while this holds, the viewer's tenant is their second party.
    #[cfg_attr(not(test), expect(dead_code, reason = "the first kind of row with a second party comes with customers"))]
    pub(crate) fn shared_where(self, party: Condition) -> Owned {
        Owned { party, ..self }
    }

    /// The rows that a viewer with these reasons sees.
    pub(crate) fn within(self, viewer: &Viewer, reasons: &Reasons) -> Condition {
        let Owned { tenant, member, party } = self;
        let own_tenant = || tenant.clone().eq(viewer.tenant);
        let of = |members: Vec<MemberId>| match &member {
            Some(_) if members.is_empty() => nothing(),
            Some(member) => Condition::all().add(own_tenant()).add(member.clone().is_in(members)),
            None => nothing(),
        };
        let mut members = Vec::new();
        let mut seen = Condition::any();
        for reason in reasons.iter() {
            match reason {
                // Nothing can be added to everything.
                Reason::Everywhere => return Condition::all(),
                Reason::Tenant => seen = seen.add(own_tenant()),
                Reason::Own => members.push(viewer.member),
                Reason::Team => members.extend(&viewer.team),
                Reason::StandIn => members.extend(viewer.stands_in_for()),
                Reason::Below => seen = seen.add(tenant.clone().in_subquery(tenants_below(viewer.tenant))),
                Reason::Party => seen = seen.add(party.clone()),
            }
        }
        // Who sees its whole tenant sees its own rows with it.
        if !reasons.has(Reason::Tenant) && !members.is_empty() {
            seen = seen.add(of(members));
        }
        if seen.is_empty() { nothing() } else { seen }
    }
}

fn column<C: ColumnTrait>(column: C) -> SimpleExpr {
    Expr::col(column.as_column_ref())
}

/// The condition that holds of no row.
fn nothing() -> Condition {
    Condition::all().add(Expr::val(1).eq(0))
}

/// The tenants below this one, such as a distributor's resellers.
fn tenants_below(tenant: TenantId) -> SelectStatement {
    let (tenants, id, parent) = (Alias::new("tenants"), Alias::new("id"), Alias::new("parent_id"));
    Query::select().column(id).from(tenants).and_where(Expr::col(parent).eq(tenant)).take()
}
