//! The only way to the database. A read starts at [`Ctx::find`], already narrowed to what the viewer sees; a change
//! starts at [`Ctx::change`], already permitted, and ends in [`Change::commit`], which writes the audit in the same
//! transaction.
//!
//! ```compile_fail
//! // A change cannot be committed without saying what happened.
//! async fn forgetful(change: partner_center::ctx::Change) { change.commit().await; }
//! ```
//! ```compile_fail
//! // A query that does not start at a context finds no connection to run on.
//! fn connection(ctx: &partner_center::ctx::Ctx) { let _ = &ctx.store; }
//! ```

use std::sync::Arc;

use sea_orm::{
    ActiveModelBehavior, ActiveModelTrait, Condition, ConnectionTrait, DatabaseBackend, DatabaseConnection,
    DatabaseTransaction, EntityTrait, FromQueryResult, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
    QueryTrait, Select, SelectModel, SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait,
    UpdateMany,
    sea_query::{Expr, ExprTrait, SelectStatement},
};

use crate::{
    access::{Action, Viewer},
    audit::{self, Event, Outcome},
    error::{Error, Result},
    leads::Refusal,
    moment::Moment,
    vault::Vault,
};

/// The database and the keys of the running product.
#[derive(Clone, Debug)]
pub struct Store {
    pub(crate) db: DatabaseConnection,
    pub(crate) vault: Arc<Vault>,
}

impl Store {
    /// A store over an open connection.
    pub fn new(db: DatabaseConnection, vault: Arc<Vault>) -> Store {
        Store { db, vault }
    }

    /// A store's view for one member, one request.
    pub fn ctx(&self, viewer: Viewer, origin: Origin, now: Moment) -> Ctx {
        Ctx { store: self.clone(), viewer: Arc::new(viewer), origin, now }
    }

    /// Begins a transaction that writes: on SQLite it takes its turn at once instead of failing half-way.
    pub(crate) async fn begin(&self) -> Result<DatabaseTransaction> {
        let options = TransactionOptions {
            sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
            ..TransactionOptions::default()
        };
        Ok(self.db.begin_with_options(options).await?)
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
    origin: Origin,
    now: Moment,
}

/// An entity whose rows belong to somebody.
pub trait Scoped: EntityTrait {
    /// The rows that this viewer sees.
    fn within(viewer: &Viewer) -> Condition;
}

impl Ctx {
    /// Who is looking.
    pub fn viewer(&self) -> &Viewer {
        &self.viewer
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
        Ok(Change { ctx: self, tx: self.store.begin().await? })
    }

    fn entry(&self, outcome: Outcome) -> audit::Entry<'_> {
        audit::Entry {
            tenant: Some(self.viewer.tenant),
            actor: Some(self.viewer.member),
            at: self.now,
            origin: &self.origin,
            outcome,
        }
    }
}

enum On<'c> {
    Pool(&'c DatabaseConnection),
    Change(&'c DatabaseTransaction),
}

/// A query that is already narrowed to what the viewer sees, and that can only be narrowed further.
pub(crate) struct Visible<'c, E: EntityTrait> {
    select: Select<E>,
    on: On<'c>,
}

/// Which rows of a full-text index are wanted: all of these terms.
pub(crate) struct Matching<'t> {
    pub index: &'static str,
    pub table: &'static str,
    pub terms: &'t [String],
}

impl<E: EntityTrait> Visible<'_, E> {
    /// Only rows that the search index finds. The terms carry the tenant's number, so the index is scoped as well.
    ///
    /// This is the one door for conditions that the query builder cannot express; it only ever adds to the scope.
    pub(crate) fn matching(mut self, wanted: &Matching<'_>) -> Self {
        let Matching { index, table, terms } = wanted;
        let sqlite = self.backend() == DatabaseBackend::Sqlite;
        let number = if sqlite { "rowid" } else { "number" };
        let statement = QuerySelect::query(&mut self.select);
        statement.inner_join(*index, Expr::cust(format!("{index}.{number} = {table}.number")));
        if sqlite {
            let quoted: Vec<String> = terms.iter().map(|term| format!("\"{term}\"")).collect();
            statement.and_where(Expr::cust_with_values(format!("{index} MATCH ?"), [quoted.join(" AND ")]));
        } else {
            let quoted: Vec<String> = terms.iter().map(|term| format!("'{term}'")).collect();
            statement.and_where(Expr::cust_with_values(
                format!("{index}.terms @@ CAST($1 AS tsquery)"),
                [quoted.join(" & ")],
            ));
        }
        self
    }

    /// Only rows whose column contains the text, taken literally.
    pub(crate) fn containing<C: sea_orm::ColumnTrait>(self, column: C, text: &str) -> Self {
        let position = if self.backend() == DatabaseBackend::Sqlite { "INSTR" } else { "STRPOS" };
        let found = sea_orm::sea_query::Func::cust(position).arg(Expr::col(column.as_column_ref())).arg(text);
        self.filter(Expr::expr(found).gt(0))
    }

    /// Which database answers.
    pub(crate) fn backend(&self) -> DatabaseBackend {
        match self.on {
            On::Pool(db) => db.get_database_backend(),
            On::Change(tx) => tx.get_database_backend(),
        }
    }

    pub(crate) async fn all(self) -> Result<Vec<E::Model>>
    where
        E::Model: Send + Sync,
    {
        Ok(match self.on {
            On::Pool(db) => self.select.all(db).await?,
            On::Change(tx) => self.select.all(tx).await?,
        })
    }

    /// The one row, or "no such thing".
    pub(crate) async fn one(self) -> Result<E::Model>
    where
        E::Model: Send + Sync,
    {
        self.maybe().await?.ok_or(Error::NotFound)
    }

    pub(crate) async fn maybe(self) -> Result<Option<E::Model>>
    where
        E::Model: Send + Sync,
    {
        Ok(match self.on {
            On::Pool(db) => self.select.one(db).await?,
            On::Change(tx) => self.select.one(tx).await?,
        })
    }

    /// Other columns than the row's own, such as an aggregate.
    pub(crate) async fn into<M: FromQueryResult + Send + Sync>(self) -> Result<Vec<M>> {
        let selector: sea_orm::Selector<SelectModel<M>> = self.select.into_model::<M>();
        Ok(match self.on {
            On::Pool(db) => selector.all(db).await?,
            On::Change(tx) => selector.all(tx).await?,
        })
    }

    /// How many rows there are, counted no further than `limit`.
    pub(crate) async fn count_to(self, limit: u64) -> Result<u64> {
        let backend = self.backend();
        let inner = self.select.select_only().expr(Expr::cust("1 AS one")).limit(limit).into_query();
        let mut outer = SelectStatement::new();
        outer.expr_as(Expr::cust("COUNT(*)"), "counted").from_subquery(inner, "capped");
        let statement = backend.build(&outer);
        let row = match self.on {
            On::Pool(db) => db.query_one_raw(statement).await?,
            On::Change(tx) => tx.query_one_raw(statement).await?,
        };
        let counted: i64 = row.ok_or(Error::Internal)?.try_get("", "counted")?;
        Ok(counted.unsigned_abs())
    }
}

impl<E: EntityTrait> QueryFilter for Visible<'_, E> {
    type QueryStatement = SelectStatement;
    fn query(&mut self) -> &mut SelectStatement {
        QueryFilter::query(&mut self.select)
    }
}

impl<E: EntityTrait> QueryOrder for Visible<'_, E> {
    type QueryStatement = SelectStatement;
    fn query(&mut self) -> &mut SelectStatement {
        QueryOrder::query(&mut self.select)
    }
}

impl<E: EntityTrait> QuerySelect for Visible<'_, E> {
    type QueryStatement = SelectStatement;
    fn query(&mut self) -> &mut SelectStatement {
        QuerySelect::query(&mut self.select)
    }
}

/// A change under way. Dropped, it undoes itself; its only way out is [`Change::commit`].
pub struct Change<'c> {
    ctx: &'c Ctx,
    tx: DatabaseTransaction,
}

impl Change<'_> {
    /// Rows that the viewer sees, inside the change.
    pub(crate) fn find<E: Scoped>(&self) -> Visible<'_, E> {
        Visible { select: E::find().filter(E::within(self.ctx.viewer())), on: On::Change(&self.tx) }
    }

    /// An update of rows that the viewer sees.
    pub(crate) fn update<E: Scoped>(&self) -> UpdateMany<E> {
        E::update_many().filter(E::within(self.ctx.viewer()))
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
        let values = [token.into(), self.ctx.viewer().member.0.into(), self.ctx.now.0.into(), location.into()];
        if self.tx.execute_raw(Statement::from_sql_and_values(backend, sql, values)).await?.rows_affected() == 1 {
            return Ok(());
        }
        let sql = match backend {
            DatabaseBackend::Postgres => "SELECT location FROM once WHERE token = $1 AND member_id = $2",
            _ => "SELECT location FROM once WHERE token = ? AND member_id = ?",
        };
        let values = [token.into(), self.ctx.viewer().member.0.into()];
        let first = self.tx.query_one_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
        Err(Error::Repeated(first.ok_or(Error::Malformed)?.try_get("", "location")?))
    }

    /// Ends the change: what happened goes into the audit trail in the same transaction.
    pub(crate) async fn commit(self, event: Event) -> Result<()> {
        self.commit_all(&[event]).await
    }

    /// Ends a change in which several things happened, each one line of the audit trail.
    pub(crate) async fn commit_all(self, events: &[Event]) -> Result<()> {
        audit::append(&self.tx, self.ctx.vault(), self.ctx.entry(Outcome::Done), events).await?;
        Ok(self.tx.commit().await?)
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
