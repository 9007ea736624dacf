//! What was done with leads: how much in each week, and what one had in hand last.

use std::collections::HashSet;

use chrono::{Datelike, Days, NaiveDate};
use sea_orm::{QueryFilter, QueryOrder, QuerySelect, entity::prelude::*};

use super::{
    LeadRow, Week,
    entity::{Column, Entity, act, entry::Kind},
    list, reveal,
};
use crate::{
    access::Action,
    ctx::{Ctx, counts_to},
    error::Result,
    ids::LeadId,
    moment::Moment,
    page::{Total, WINDOW},
};

/// What was done in this week and those before it, the oldest first: by everybody for those who see every lead, else by
/// the viewer. Each number is counted no further than the window.
pub async fn weeks(ctx: &Ctx, how_many: u64) -> Result<Vec<Week>> {
    ctx.require(Action::ViewLeads).await?;
    let today = ctx.now().trade_date();
    let monday = today - Days::new(today.weekday().num_days_from_monday().into());
    let mondays: Vec<NaiveDate> = (0..how_many).rev().map(|ago| monday - Days::new(7 * ago)).collect();
    let mut asked = Vec::new();
    for from in &mondays {
        let (begin, end) = (Moment::start_of(*from), Moment::start_of(*from + Days::new(7)));
        let acts = || ctx.find::<act::Entity>().filter(act::Column::At.gte(begin)).filter(act::Column::At.lt(end));
        asked.push(acts().filter(act::Column::Kind.is_in([Kind::Created, Kind::Imported])));
        asked.push(acts().filter(act::Column::Kind.eq(Kind::Followed)));
        asked.push(acts().filter(act::Column::Kind.eq(Kind::Developed)));
    }
    let counted = counts_to(asked, WINDOW + 1).await?;
    let week = |(from, counted): (NaiveDate, &[u64; 3])| {
        let [entered, followed, converted] = counted.map(Total::of);
        Week { from, entered, followed, converted }
    };
    Ok(mondays.into_iter().zip(counted.as_chunks().0).map(week).collect())
}

/// The leads that the viewer worked on last and still sees, masked, the latest first.
pub async fn recent(ctx: &Ctx, most: usize) -> Result<Vec<LeadRow>> {
    ctx.require(Action::ViewLeads).await?;
    let mut acts = Vec::new();
    for kind in [Kind::Created, Kind::Dispatched, Kind::Returned, Kind::Followed, Kind::Reopened] {
        let mine = ctx.find::<act::Entity>().filter(act::Column::AuthorId.eq(ctx.viewer().member));
        let latest = mine.filter(act::Column::Kind.eq(kind)).order_by_desc(act::Column::At).limit(most as u64);
        acts.extend(latest.all().await?);
    }
    acts.sort_by_key(|act| std::cmp::Reverse((act.at, act.id)));
    let mut seen = HashSet::new();
    let ids: Vec<LeadId> = acts.iter().map(|act| act.lead_id).filter(|id| seen.insert(*id)).collect();
    let leads = ctx.find::<Entity>().filter(Column::Id.is_in(ids.iter().copied())).all().await?;
    let found = ids.iter().filter_map(|id| leads.iter().find(|lead| lead.id == *id));
    found.take(most).map(|lead| list::row(ctx, lead, None, &reveal::Proofs::default())).collect()
}
