//! Opening the eye: clear values leave the server only here, each with a line in the audit trail, within a quota.

use std::collections::{BTreeSet, HashSet};

use sea_orm::{QueryFilter, entity::prelude::*};

use super::{
    Field,
    entity::{Column, Entity, Model},
    personal,
};
use crate::{
    access::Action,
    audit::{self, Event},
    codes::{self, Operation, Sensitive, Typed},
    contact::{Revealed, Shown},
    ctx::Ctx,
    error::{Error, Refusal, Result},
    ids::LeadId,
};

/// How many values a member sees in ten minutes, over all its sessions and all servers.
pub const QUOTA_PER_TEN_MINUTES: u64 = 200;
/// How many in a day.
pub const QUOTA_PER_DAY: u64 = 1_000;
/// The most rows that one click opens: a page.
const PAGE_LIMIT: usize = 100;
/// The most rows that a column is opened for without a code, where the tenant asks for codes.
pub const BULK_ROWS: usize = 50;
/// How long a code that was used opens its page, in seconds: as long as a column stays open.
const BULK_SECONDS: i64 = 60;

/// Which columns have been revealed for the rows at hand.
#[derive(Default)]
pub(super) struct Proofs {
    proof: Option<Revealed>,
    open: BTreeSet<Field>,
}

impl Proofs {
    /// The proof for a column, if it has been revealed.
    pub(super) fn of(&self, field: Field) -> Option<&Revealed> {
        self.proof.as_ref().filter(|_| self.open.contains(&field))
    }
}

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

/// Reveals these columns of these rows: the lines are in the trail before a value is anywhere else.
///
/// # Errors
/// Besides those of [`reveal`]: `CodeNeeded` for more rows than one opens lightly, unless a code has been used for this
/// page a moment ago.
pub(super) async fn for_page(ctx: &Ctx, leads: &[Model], fields: &[Field], place: Option<&str>) -> Result<Proofs> {
    if fields.is_empty() {
        return Ok(Proofs::default());
    }
    ctx.require(Action::RevealLead).await?;
    if let Some(field) = fields.iter().find(|field| !personal::has_eye(ctx.viewer(), **field)) {
        refuse(ctx, *field).await?;
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
    let mut events = Vec::new();
    for field in fields {
        let with_value = leads.iter().filter(|lead| personal::has_value(lead, *field));
        events.extend(with_value.map(|lead| Event::LeadValueRevealed { lead: lead.id, field: *field }));
    }
    if let Some(first) = events.first() {
        let code = first.code().to_owned();
        let change = ctx.change(Action::RevealLead).await?;
        change.take_turn().await?;
        let wanted = events.len() as u64;
        for (seconds, quota) in [(600, QUOTA_PER_TEN_MINUTES), (86_400, QUOTA_PER_DAY)] {
            let since = ctx.now().plus_seconds(-seconds);
            if audit::count_since(&change, ctx.viewer().member, &code, since).await? + wanted > quota {
                drop(change);
                refuse(ctx, fields[0]).await?;
                return Err(Error::TooMany { retry_after: seconds });
            }
        }
        change.commit_all(&events).await?;
    }
    Ok(Proofs { proof: Some(Revealed::recorded()), open: fields.iter().copied().collect() })
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

async fn refuse(ctx: &Ctx, field: Field) -> Result<()> {
    ctx.record_refusal(Event::RevealRefused { field }).await
}
