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
    contact::Shown,
    ctx::Ctx,
    error::{Error, Refusal, Result},
    ids::LeadId,
    reveal::{self, PAGE_LIMIT},
};

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
    let proofs = for_page(ctx, &leads, &[field]).await?;
    let mut shown = Vec::with_capacity(leads.len());
    for lead in &leads {
        shown.push((lead.id, personal::shown(ctx, lead, field, proofs.of(field))?));
    }
    Ok(shown)
}

/// Reveals these columns of these rows.
pub(super) async fn for_page(ctx: &Ctx, leads: &[Model], fields: &[Field]) -> Result<Proofs> {
    let Some(first) = fields.first() else { return Ok(Proofs::default()) };
    ctx.require(Action::RevealLead).await?;
    if let Some(field) = fields.iter().find(|field| !personal::has_eye(ctx.viewer(), **field)) {
        ctx.record_refusal(Event::RevealRefused { field: *field }).await?;
        return Err(Error::Conflict(Refusal::SealedByPlan2));
    }
    let mut values = Vec::new();
    for field in fields {
        let with_value = leads.iter().filter(|lead| personal::has_value(lead, *field));
        values.extend(with_value.map(|lead| Event::LeadValueRevealed { lead: lead.id, field: *field }));
    }
    reveal::open(ctx, Action::RevealLead, fields, &values, Event::RevealRefused { field: *first }).await
}
