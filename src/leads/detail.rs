//! One lead, whole: its data and its history.

use std::collections::HashMap;

use sea_orm::{QueryFilter, QueryOrder, QuerySelect, entity::prelude::*};

use super::{
    Field, LeadDetail, LeadRow,
    entity::{self, Column, Entity, entry},
    list, reveal,
    timeline::{Entry, What},
};
use crate::{
    access::Action,
    attachments::{self, Attachment},
    calls::{self, CallRow},
    ctx::Ctx,
    error::Result,
    ids::{LeadId, MemberId},
    people, preregistrations,
};

/// The longest history that a page shows; nobody follows one lead up more often.
const ENTRIES: u64 = 500;

/// A lead that the viewer sees, with these columns open.
pub async fn detail(ctx: &Ctx, id: LeadId, open: &[Field]) -> Result<LeadDetail> {
    ctx.require(Action::ViewLeads).await?;
    let lead = ctx.find::<Entity>().filter(Column::Id.eq(id)).one().await?;
    let history = ctx
        .find::<entry::Entity>()
        .filter(entry::Column::LeadId.eq(id))
        .order_by_desc(entry::Column::At)
        .order_by_desc(entry::Column::Id)
        .limit(ENTRIES)
        .all()
        .await?;
    let mut people: Vec<MemberId> = history.iter().flat_map(|row| [Some(row.author_id), row.to_id]).flatten().collect();
    people.extend(lead.follower_id);
    people.push(lead.creator_id);
    let names = people::names(ctx, &people).await?;
    let mut files = attachments::of_lead(ctx, id).await?;
    let proofs = reveal::for_page(ctx, std::slice::from_ref(&lead), open, None).await?;
    let follower = lead.follower_id.map(|id| name(&names, id));
    let row = list::row(ctx, &lead, follower, &proofs)?;
    let calls = calls::of_lead(ctx, id).await?;
    let muted = if ctx.viewer().marketing_plan_2 { calls::muted(ctx, &lead).await? } else { None };
    let mut entries: Vec<Entry> = history.into_iter().map(|row| line(row, &names, &mut files)).collect();
    entries.extend(calls.iter().map(called));
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.at));
    Ok(LeadDetail {
        row,
        follower_id: lead.follower_id,
        creator: name(&names, lead.creator_id),
        entries,
        calls,
        muted,
        preregistration: preregistrations::of_lead(ctx, id).await?,
        products: lead.products.split(',').filter_map(|code| code.parse().ok()).collect(),
        title: lead.title,
        industry: lead.industry,
        region: lead.region,
        need: lead.need,
        invalid_reason: lead.invalid_reason,
    })
}

/// The leads of these ids that the viewer sees, masked, in the order of entry.
pub async fn summary(ctx: &Ctx, ids: &[LeadId], most: u64) -> Result<Vec<LeadRow>> {
    ctx.require(Action::ViewLeads).await?;
    let leads = ctx
        .find::<Entity>()
        .filter(Column::Id.is_in(ids.iter().copied().take(most as usize)))
        .order_by_desc(Column::Number)
        .all()
        .await?;
    leads.iter().map(|lead| list::row(ctx, lead, None, &reveal::Proofs::default())).collect()
}

fn name(names: &HashMap<MemberId, String>, id: MemberId) -> String {
    names.get(&id).cloned().unwrap_or_default()
}

/// A call as a line of the history.
fn called(call: &CallRow) -> Entry {
    let what = What::Called { result: call.result, seconds: call.seconds() };
    Entry { at: call.created_at, author: call.caller.clone(), what, files: Vec::new() }
}

fn line(
    row: entity::entry::Model,
    names: &HashMap<MemberId, String>,
    files: &mut HashMap<Uuid, Vec<Attachment>>,
) -> Entry {
    let files = files.remove(&row.id).unwrap_or_default();
    let content = row.content.unwrap_or_default();
    let what = match row.kind {
        entry::Kind::Created => What::Created,
        entry::Kind::Imported => What::Imported,
        entry::Kind::Dispatched => What::Dispatched { to: row.to_id.map(|id| name(names, id)).unwrap_or_default() },
        entry::Kind::Returned => What::Returned { reason: content },
        entry::Kind::Reopened => What::Reopened { reason: content },
        entry::Kind::Developed => What::Developed,
        entry::Kind::Followed => What::Followed {
            way: row.way.unwrap_or(super::Way::Other),
            outcome: row.outcome.unwrap_or(super::Outcome::Again),
            content,
            next_on: row.next_on,
            reason: row.reason,
        },
    };
    Entry { at: row.at, author: name(names, row.author_id), what, files }
}
