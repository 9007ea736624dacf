//! Numbers that are not to be called (勿扰名单): known by their fingerprint alone, so that the number is muted wherever in
//! the tenant it stands.

use sea_orm::{ActiveValue::Set, QueryFilter, entity::prelude::*, sea_query::OnConflict};

use super::{MuteReason, Muted, entity::muted, store::print};
use crate::{
    access::Action,
    audit::Event,
    ctx::{Change, Ctx, Reads},
    error::{Error, Refusal, Result},
    ids::LeadId,
    leads::{self, Sent, Step},
    people,
};

/// Puts the number of a lead on the list.
pub async fn mute(ctx: &Ctx, id: LeadId, reason: MuteReason, sent: Sent<'_>) -> Result<()> {
    let change = ctx.change(Action::CallLead).await?;
    change.once(sent.token, &format!("/leads/{id}")).await?;
    let print = number(ctx, &change, id, sent, Step::Mute).await?;
    let event = add(ctx, &change, id, print, reason).await?.ok_or(Error::Conflict(Refusal::DoNotCall))?;
    change.commit(event).await
}

/// Takes the number of a lead off the list.
pub async fn unmute(ctx: &Ctx, id: LeadId, sent: Sent<'_>) -> Result<()> {
    let change = ctx.change(Action::LiftDoNotCall).await?;
    change.once(sent.token, &format!("/leads/{id}")).await?;
    let print = number(ctx, &change, id, sent, Step::Unmute).await?;
    change.remove_one(change.delete::<muted::Entity>().filter(muted::Column::NumberPrint.eq(print))).await?;
    change.commit(Event::DoNotCallLifted { lead: id }).await
}

/// The fingerprint of the number of a lead that takes this step.
async fn number(ctx: &Ctx, change: &Change<'_>, id: LeadId, sent: Sent<'_>, step: Step) -> Result<Vec<u8>> {
    let lead = leads::hold(change, id).await?;
    leads::seen::still_as(ctx, std::slice::from_ref(&lead), sent.seen)?;
    leads::can(step, lead.state, lead.follower_id, change.viewer()).map_err(Error::Conflict)?;
    let number = leads::phone(ctx.vault(), &lead)?.ok_or(Error::Conflict(Refusal::NoPhone))?;
    Ok(print(ctx, &number))
}

/// Puts a number on the list within a change, and says what happened; nothing, if it was there already.
pub(super) async fn add(
    ctx: &Ctx,
    change: &Change<'_>,
    lead: LeadId,
    print: Vec<u8>,
    reason: MuteReason,
) -> Result<Option<Event>> {
    let row = muted::ActiveModel {
        tenant_id: Set(ctx.viewer().tenant),
        number_print: Set(print),
        lead_id: Set(lead),
        member_id: Set(ctx.viewer().member),
        reason: Set(reason),
        at: Set(ctx.now()),
    };
    // Whoever puts the same number there at once waits here, and finds it there.
    let there = OnConflict::columns([muted::Column::TenantId, muted::Column::NumberPrint]).do_nothing().to_owned();
    let added = muted::Entity::insert(row).on_conflict(there).exec_without_returning(change.tx()).await?;
    Ok((added == 1).then_some(Event::DoNotCallAdded { lead, reason }))
}

/// The entry of a number, if it is on the list.
pub(super) async fn find<R: Reads + Sync>(from: &R, print: &[u8]) -> Result<Option<muted::Model>> {
    from.rows::<muted::Entity>().filter(muted::Column::NumberPrint.eq(print.to_vec())).maybe().await
}

/// Whether the number of a lead is on the list, and since when.
pub(crate) async fn of_lead(ctx: &Ctx, lead: &leads::entity::Model) -> Result<Option<Muted>> {
    let Some(number) = leads::phone(ctx.vault(), lead)? else { return Ok(None) };
    let Some(entry) = find(ctx, &print(ctx, &number)).await? else { return Ok(None) };
    let by = people::names(ctx, &[entry.member_id]).await?.remove(&entry.member_id).unwrap_or_default();
    Ok(Some(Muted { reason: entry.reason, by, at: entry.at }))
}
