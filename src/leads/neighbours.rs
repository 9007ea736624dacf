//! What stands before and after a lead in a list, found from the lead's place as the list itself goes on from a page.

use sea_orm::{QueryFilter, QuerySelect, entity::prelude::*};

use super::{
    Beside, Neighbours, Query,
    entity::{Column, Entity},
    list::{Search, beyond, cursor, in_order, is_ascending},
};
use crate::{
    access::Action,
    ctx::Ctx,
    error::Result,
    ids::LeadId,
    page::{Cursor, Slice, Start},
};

/// The leads beside this one in the list that the query asks for, as far as the viewer sees them. The place is where
/// the lead stood when it was opened: it holds when the lead has moved on or left the list since. Without one it is
/// where the lead would stand now.
///
/// A list that was searched by a hidden name is searched again here, with the same limit and the same line in the trail.
pub async fn neighbours(ctx: &Ctx, query: &Query, id: LeadId, place: Option<Cursor>) -> Result<Neighbours> {
    ctx.require(Action::ViewLeads).await?;
    let mut search = Search::of(ctx, &query.filter).await?;
    search.count_as_probe(ctx).await?;
    search.learn_few(ctx).await?;
    let place = match place {
        Some(place) => place,
        None => cursor(query.sort, &ctx.find::<Entity>().filter(Column::Id.eq(id)).one().await?),
    };
    let first = async |start| -> Result<Option<Beside>> {
        let query = Query { slice: Slice { start, size: 1 }, ..query.clone() };
        let others = || search.apply(ctx, ctx.find::<Entity>(), &query.filter).filter(Column::Id.ne(id)).limit(1);
        for part in beyond(&query) {
            let some = in_order(others().filter(part), query.sort, is_ascending(&query), search.uses_index(ctx));
            if let Some(lead) = some.maybe().await? {
                return Ok(Some(Beside { id: lead.id, place: cursor(query.sort, &lead) }));
            }
        }
        Ok(None)
    };
    Ok(Neighbours { previous: first(Start::Before(place)).await?, next: first(Start::After(place)).await? })
}
