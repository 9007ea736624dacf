//! The trail for a file: how many lines a filter finds, which, and what stands in them.

use std::collections::HashMap;

use sea_orm::{FromQueryResult, QueryFilter, QueryOrder, QuerySelect, entity::prelude::*};

use super::{AuditRow, Filter, entity, store};
use crate::{access::Action, ctx::Ctx, error::Result, exports::MOST_ROWS};

/// How many lines an export of this filter would hold, counted to one more than an export takes.
pub async fn exportable(ctx: &Ctx, filter: &Filter) -> Result<u64> {
    ctx.require(Action::ViewAudit).await?;
    store::found(ctx, filter).await?.count_to(MOST_ROWS + 1).await
}

/// The numbers of the lines that the filter finds, the newest first, so many at most.
pub async fn numbers(ctx: &Ctx, filter: &Filter, most: u64) -> Result<Vec<i64>> {
    #[derive(FromQueryResult)]
    struct Found {
        number: i64,
    }
    ctx.require(Action::ViewAudit).await?;
    let found = store::found(ctx, filter).await?.order_by_desc(entity::Column::Number).limit(most);
    let found: Vec<Found> = found.select_only().column(entity::Column::Number).into().await?;
    Ok(found.into_iter().map(|found| found.number).collect())
}

/// These lines, in this order; those that the viewer sees no longer are left out.
pub async fn exported(ctx: &Ctx, numbers: &[i64]) -> Result<Vec<AuditRow>> {
    ctx.require(Action::ViewAudit).await?;
    let rows = ctx.find::<entity::Entity>().filter(entity::Column::Number.is_in(numbers.iter().copied())).all().await?;
    let rows = store::told(ctx, rows).await?;
    let mut by_number: HashMap<i64, AuditRow> = rows.into_iter().map(|row| (row.number, row)).collect();
    Ok(numbers.iter().filter_map(|number| by_number.remove(number)).collect())
}
