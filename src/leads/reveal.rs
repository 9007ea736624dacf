//! The eye of leads: which of their values it opens, and what that leaves in the trail.

use std::collections::HashSet;

use sea_orm::{QueryFilter, entity::prelude::*};

use super::{
    Field,
    entity::{Column, Entity, Model},
    personal,
};
use crate::{
    access::Action,
    audit::Event,
    codes::{self, Operation, Sensitive, Typed},
    contact::Shown,
    ctx::Ctx,
    error::{Error, Refusal, Result},
    ids::LeadId,
    reveal::{self, PAGE_LIMIT},
};

/// The most rows that a column is opened for without a code, where the tenant asks for codes.
pub const BULK_ROWS: usize = 50;
/// How long a code that was used opens its page, in seconds: as long as a column stays open.
const BULK_SECONDS: i64 = 60;

/// Which columns of leads have been revealed.
pub(super) type Proofs = reveal::Proofs<Field>;

/// Opens one column for these leads and returns the clear values, for the leads that the viewer sees.
///
/// # Errors
/// `Conflict` where the field is sealed by marketing plan 2.0, `TooMany` beyond the quota. Neither shows anything.
pub async fn reveal(ctx: &Ctx, field: Field, ids: &[LeadId]) -> Result<Vec<(LeadId, Shown)>> {
    if ids.len() > PAGE_LIMIT {
        return Err(Error::Conflict(Refusal::TooManyAtOnce));
    }
    let ids: HashSet<LeadId> = ids.iter().copied().collect();
    let leads = ctx.find::<Entity>().filter(Column::Id.is_in(ids)).all().await?;
    let proofs = for_page(ctx, &leads, &[field], None).await?;
    let mut shown = Vec::with_capacity(leads.len());
    for lead in &leads {
        shown.push((lead.id, personal::shown(ctx, lead, field, proofs.of(field))?));
    }
    Ok(shown)
}

/// Reveals these columns of these rows.
///
/// # Errors
/// Besides those of [`reveal`]: `CodeNeeded` for more rows than one opens lightly, unless a code has been used for this
/// page a moment ago.
pub(super) async fn for_page(ctx: &Ctx, leads: &[Model], fields: &[Field], place: Option<&str>) -> Result<Proofs> {
    let Some(first) = fields.first() else { return Ok(Proofs::default()) };
    ctx.require(Action::RevealLead).await?;
    if let Some(field) = fields.iter().find(|field| !personal::has_eye(ctx.viewer(), **field)) {
        ctx.record_refusal(Event::RevealRefused { field: *field }).await?;
        return Err(Error::Conflict(Refusal::SealedByPlan2));
    }
    if leads.len() > BULK_ROWS && codes::asks_for(ctx, Sensitive::RevealMany).await? {
        for field in fields {
            let bulk = bulk(*field, place.unwrap_or_default());
            if place.is_none() || !codes::is_fresh(ctx, &bulk, BULK_SECONDS).await? {
                return Err(Error::CodeNeeded(Box::new(codes::needed(ctx, &bulk, None).await?)));
            }
        }
    }
    let mut values = Vec::new();
    for field in fields {
        let with_value = leads.iter().filter(|lead| personal::has_value(lead, *field));
        values.extend(with_value.map(|lead| Event::LeadValueRevealed { lead: lead.id, field: *field }));
    }
    reveal::open(ctx, Action::RevealLead, fields, &values, Event::RevealRefused { field: *first }).await
}

/// Opening a column of a page with many rows.
fn bulk(field: Field, place: &str) -> Operation {
    Operation::new(Sensitive::RevealMany).with("field", field.to_string()).with("place", place)
}

/// Confirms that a column of the page at this address is to be opened, however many rows it has; good for a minute.
///
/// # Errors
/// `CodeNeeded` where the tenant asks for a code.
pub async fn confirm_bulk(ctx: &Ctx, field: Field, place: &str, typed: Typed<'_>) -> Result<()> {
    ctx.require(Action::RevealLead).await?;
    if !codes::asks_for(ctx, Sensitive::RevealMany).await? {
        return Ok(());
    }
    let passed = codes::demand(ctx, &bulk(field, place), typed).await?;
    let change = ctx.change(Action::RevealLead).await?;
    passed.settle(&change).await?;
    change.commit_all(&[]).await
}
