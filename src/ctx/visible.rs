//! Reading: a query that is already narrowed to what the viewer sees, and can only be narrowed further.

use sea_orm::{
    ConnectionTrait, DatabaseBackend, DatabaseConnection, DatabaseTransaction, EntityTrait, FromQueryResult,
    QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select, SelectModel, Statement,
    sea_query::{Expr, ExprTrait, Func, SelectStatement},
};

use super::Ctx;
use crate::error::{Error, Result};

#[derive(Clone, Copy)]
pub(super) enum On<'c> {
    Pool(&'c DatabaseConnection),
    Change(&'c DatabaseTransaction),
}

/// A query that is already narrowed to what the viewer sees, and that can only be narrowed further.
#[derive(Clone)]
pub(crate) struct Visible<'c, E: EntityTrait> {
    pub(super) select: Select<E>,
    pub(super) on: On<'c>,
}

/// Which rows of a full-text index are wanted: all of these terms.
pub(crate) struct Matching<'t> {
    pub index: &'static str,
    pub table: &'static str,
    pub terms: &'t [String],
    /// Whether it is known that these are few rows, so that they are best looked up one by one.
    pub few: bool,
}

impl Matching<'_> {
    /// The condition on the index, and its value.
    fn condition(&self, backend: DatabaseBackend) -> (String, String) {
        let index = self.index;
        let (quote, and) = if backend == DatabaseBackend::Sqlite { ('"', " AND ") } else { ('\'', " & ") };
        let quoted: Vec<String> = self.terms.iter().map(|term| format!("{quote}{term}{quote}")).collect();
        let condition = match backend {
            DatabaseBackend::Sqlite => format!("{index} MATCH ?"),
            _ => format!("{index}.terms @@ CAST($1 AS tsquery)"),
        };
        (condition, quoted.join(and))
    }
}

impl Ctx {
    /// How many rows the search index alone finds, counted no further than `limit`. The terms carry the tenant's number,
    /// so this is for viewers who see all rows of their tenant.
    pub(crate) async fn hits(&self, wanted: &Matching<'_>, limit: u64) -> Result<u64> {
        let backend = self.store.db.get_database_backend();
        let (condition, value) = wanted.condition(backend);
        let sql = format!(
            "SELECT COUNT(*) AS counted FROM (SELECT 1 AS one FROM {index} WHERE {condition} LIMIT {limit}) AS capped",
            index = wanted.index
        );
        let statement = Statement::from_sql_and_values(backend, sql, [value.into()]);
        let row = self.store.db.query_one_raw(statement).await?;
        let counted: i64 = row.ok_or(Error::Internal)?.try_get("", "counted")?;
        Ok(counted.unsigned_abs())
    }
}

impl<E: EntityTrait> Visible<'_, E> {
    /// Only rows that the search index finds. The terms carry the tenant's number, so the index is scoped as well.
    ///
    /// This is the one door for conditions that the query builder cannot express; it only ever adds to the scope.
    pub(crate) fn matching(mut self, wanted: &Matching<'_>) -> Self {
        let Matching { index, table, few, .. } = wanted;
        let backend = self.backend();
        let (condition, value) = wanted.condition(backend);
        let statement = QuerySelect::query(&mut self.select);
        if *few && backend == DatabaseBackend::Postgres {
            // Left to itself it would walk all rows in their order, hoping to meet such a one soon.
            let looked_up = format!("{table}.number = ANY(ARRAY(SELECT number FROM {index} WHERE {condition}))");
            statement.and_where(Expr::cust_with_values(looked_up, [value]));
            return self;
        }
        let number = if backend == DatabaseBackend::Sqlite { "rowid" } else { "number" };
        statement.inner_join(*index, Expr::cust(format!("{index}.{number} = {table}.number")));
        statement.and_where(Expr::cust_with_values(condition, [value]));
        self
    }

    /// Only rows whose column contains the text, taken literally.
    pub(crate) fn containing<C: sea_orm::ColumnTrait>(self, column: C, text: &str) -> Self {
        let position = if self.backend() == DatabaseBackend::Sqlite { "INSTR" } else { "STRPOS" };
        let found = sea_orm::sea_query::Func::cust(position).arg(Expr::col(column.as_column_ref())).arg(text);
        self.filter(Expr::expr(found).gt(0))
    }

    /// Only rows whose column begins with the text, taken literally, in any case.
    pub(crate) fn beginning<C: sea_orm::ColumnTrait>(self, column: C, text: &str) -> Self {
        let position = if self.backend() == DatabaseBackend::Sqlite { "INSTR" } else { "STRPOS" };
        let lower = Func::lower(Expr::col(column.as_column_ref()));
        self.filter(Expr::expr(Func::cust(position).arg(lower).arg(text.to_lowercase())).eq(1))
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
        counts_to(vec![self], limit).await?.pop().ok_or(Error::Internal)
    }
}

/// How many rows each of these has, counted no further than `limit`, by one statement.
pub(crate) async fn counts_to<E: EntityTrait>(asked: Vec<Visible<'_, E>>, limit: u64) -> Result<Vec<u64>> {
    let Some(backend) = asked.first().map(Visible::backend) else { return Ok(Vec::new()) };
    let name = |place: usize| format!("counted_{place}");
    let (mut all, mut on, how_many) = (SelectStatement::new(), None, asked.len());
    for (place, one) in asked.into_iter().enumerate() {
        let inner = one.select.select_only().expr(Expr::cust("1 AS one")).limit(limit).into_query();
        let mut counting = SelectStatement::new();
        counting.expr(Expr::cust("COUNT(*)")).from_subquery(inner, "capped");
        all.expr_as(Expr::from(counting), name(place));
        on.get_or_insert(one.on);
    }
    let statement = backend.build(&all);
    let row = match on.ok_or(Error::Internal)? {
        On::Pool(db) => db.query_one_raw(statement).await?,
        On::Change(tx) => tx.query_one_raw(statement).await?,
    };
    let row = row.ok_or(Error::Internal)?;
    (0..how_many).map(|place| Ok(row.try_get::<i64>("", &name(place))?.unsigned_abs())).collect()
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
