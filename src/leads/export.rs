//! Leads for a file: how many a filter finds, which, and their lines, always masked.

use std::collections::HashMap;

use sea_orm::{FromQueryResult, QueryFilter, QuerySelect, entity::prelude::*};

use super::{
    Filter, LeadRow, Sort,
    entity::{Column, Entity, Model},
    list::{self, Search},
    reveal,
};
use crate::{
    access::Action,
    ctx::Ctx,
    error::Result,
    exports::MOST_ROWS,
    ids::{LeadId, MemberId},
    people,
};

/// How many leads an export of this filter would hold, counted to one more than an export takes.
pub async fn exportable(ctx: &Ctx, filter: &Filter) -> Result<u64> {
    ctx.require(Action::ExportLeads).await?;
    let mut search = Search::of(ctx, filter).await?;
    search.count_as_probe(ctx).await?;
    search.learn_few(ctx).await?;
    search.apply(ctx, ctx.find::<Entity>(), filter).count_to(MOST_ROWS + 1).await
}

/// The leads that the filter finds, in the order of the list, so many at most. Whoever asked was counted when it asked.
pub async fn ids_in_order(ctx: &Ctx, filter: &Filter, sort: Sort, ascending: bool, most: u64) -> Result<Vec<LeadId>> {
    #[derive(FromQueryResult)]
    struct Found {
        id: LeadId,
    }
    ctx.require(Action::ExportLeads).await?;
    let mut search = Search::of(ctx, filter).await?;
    search.learn_few(ctx).await?;
    let found = search.apply(ctx, ctx.find::<Entity>(), filter);
    let found = list::in_order(found, sort, ascending, search.uses_index(ctx)).limit(most);
    let found: Vec<Found> = found.select_only().column(Column::Id).into().await?;
    Ok(found.into_iter().map(|found| found.id).collect())
}

/// These leads as lines, in this order, every hidden value masked; those that the viewer sees no longer are left out.
pub async fn exported(ctx: &Ctx, ids: &[LeadId]) -> Result<Vec<LeadRow>> {
    ctx.require(Action::ExportLeads).await?;
    let leads = ctx.find::<Entity>().filter(Column::Id.is_in(ids.iter().copied())).all().await?;
    let followers: Vec<MemberId> = leads.iter().filter_map(|lead| lead.follower_id).collect();
    let names = people::names(ctx, &followers).await?;
    let mut by_id: HashMap<LeadId, Model> = leads.into_iter().map(|lead| (lead.id, lead)).collect();
    let mut rows = Vec::with_capacity(ids.len());
    for lead in ids.iter().filter_map(|id| by_id.remove(id)) {
        let follower = lead.follower_id.and_then(|id| names.get(&id).cloned());
        rows.push(list::row(ctx, &lead, follower, &reveal::Proofs::default())?);
    }
    Ok(rows)
}
