//! Members for a file: how many a filter finds, which, and their lines, always masked.

use std::collections::HashMap;

use sea_orm::{FromQueryResult, QueryFilter, QuerySelect, entity::prelude::*};

use super::{Filter, MemberRow, entity::member, list};
use crate::{access::Action, ctx::Ctx, error::Result, exports::MOST_ROWS, ids::MemberId};

/// How many members an export of this filter would hold, counted to one more than an export takes.
pub async fn exportable(ctx: &Ctx, filter: &Filter) -> Result<u64> {
    ctx.require(Action::ManageMembers).await?;
    list::found(ctx, filter).await?.count_to(MOST_ROWS + 1).await
}

/// The members that the filter finds, in the order of the list, so many at most.
pub async fn ids_in_order(ctx: &Ctx, filter: &Filter, most: u64) -> Result<Vec<MemberId>> {
    #[derive(FromQueryResult)]
    struct Found {
        id: MemberId,
    }
    ctx.require(Action::ManageMembers).await?;
    let found = list::in_order(list::found(ctx, filter).await?).limit(most);
    let found: Vec<Found> = found.select_only().column(member::Column::Id).into().await?;
    Ok(found.into_iter().map(|found| found.id).collect())
}

/// These members as lines, in this order, every hidden value masked; those that the viewer sees no longer are left out.
pub async fn exported(ctx: &Ctx, ids: &[MemberId]) -> Result<Vec<MemberRow>> {
    ctx.require(Action::ManageMembers).await?;
    let members = ctx.find::<member::Entity>().filter(member::Column::Id.is_in(ids.iter().copied())).all().await?;
    let rows = list::rows(ctx, &members, &[]).await?;
    let mut by_id: HashMap<MemberId, MemberRow> = rows.into_iter().map(|row| (row.id, row)).collect();
    Ok(ids.iter().filter_map(|id| by_id.remove(id)).collect())
}
