//! Planting calls with an end, numbers that are not called, and a tenant's rules, for the demo.

use sea_orm::{ActiveValue::Set, QueryFilter, entity::prelude::*};

use super::{
    CallResult, Cause, Draft, MuteReason, Provider, Settings, State, draft,
    entity::{self, muted},
    settings,
};
use crate::{
    audit::Event,
    ctx::{Store, everyones},
    error::{Error, Result},
    ids::{CallId, LeadId, MemberId, TenantId},
    leads,
    leads::planting::Trace,
    moment::Moment,
};

/// A call of the past.
#[derive(Clone, Copy, Debug)]
pub struct Planted {
    pub lead: LeadId,
    pub by: MemberId,
    pub at: Moment,
    pub result: CallResult,
    /// How long they talked.
    pub seconds: i64,
    /// Whether its outcome has been written down.
    pub is_told: bool,
}

/// Writes a call of the past and says which traces it would have left.
pub async fn plant(store: &Store, call: Planted) -> Result<[Trace; 2]> {
    let (lead, print) = lead(store, call.lead).await?;
    let id = CallId(Uuid::now_v7());
    let answered = if call.result == CallResult::Completed { call.at.plus_seconds(9) } else { Moment::NEVER };
    let rung = !matches!(call.result, CallResult::AgentUnreached | CallResult::Failed | CallResult::Cancelled);
    let ended = call.at.plus_seconds(if rung { 24 + call.seconds } else { 6 });
    let when = |happened: bool, seconds: i64| if happened { call.at.plus_seconds(seconds) } else { Moment::NEVER };
    let row = entity::ActiveModel {
        id: Set(id),
        tenant_id: Set(lead.tenant_id),
        lead_id: Set(call.lead),
        member_id: Set(call.by),
        number_print: Set(print),
        provider: Set(Some(Provider::Simulator)),
        provider_call: Set(None),
        state: Set(State::Ended),
        cause: Set(Some(cause(call.result))),
        result: Set(Some(call.result)),
        refusal: Set(None),
        created_at: Set(call.at),
        placed_at: Set(call.at.plus_seconds(1)),
        agent_at: Set(when(rung, 3)),
        ringing_at: Set(when(rung, 4)),
        answered_at: Set(answered),
        ended_at: Set(ended),
        heard_at: Set(ended),
        cancelled_at: Set(when(call.result == CallResult::Cancelled, 5)),
        stopped_at: Set(Moment::NEVER),
        stop_refused_at: Set(Moment::NEVER),
        outcome_at: Set(if call.is_told { ended.plus_seconds(60) } else { Moment::NEVER }),
        revision: Set(5),
        due_at: Set(Moment::NEVER),
        worker: Set(None),
        lease_until: Set(Moment::NEVER),
    };
    let planted = entity::Entity::insert(row).exec_with_returning(&store.db).await?;
    if call.result.wants_outcome() && !call.is_told {
        let draft = draft::row(&planted, Draft::left_by(Some(call.result)));
        entity::draft::Entity::insert(draft).exec_without_returning(&store.db).await?;
    }
    let trace = |at, event| (at, lead.tenant_id, call.by, event);
    Ok([
        trace(call.at, Event::CallStarted { lead: call.lead, call: id }),
        trace(ended, Event::CallEnded { lead: call.lead, call: id, result: call.result }),
    ])
}

fn cause(result: CallResult) -> Cause {
    match result {
        CallResult::Completed | CallResult::AgentUnreached | CallResult::Cancelled => Cause::HungUp,
        CallResult::NoAnswer => Cause::NoAnswer,
        CallResult::Busy => Cause::Busy,
        CallResult::Refused => Cause::Refused,
        CallResult::Blocked => Cause::Blocked,
        CallResult::Failed => Cause::Failed,
        CallResult::Unknown => Cause::Unknown,
    }
}

/// Puts the number of a lead on the list of those not called.
pub async fn mute(store: &Store, id: LeadId, by: MemberId, reason: MuteReason, at: Moment) -> Result<Trace> {
    let (lead, print) = lead(store, id).await?;
    let row = muted::ActiveModel {
        tenant_id: Set(lead.tenant_id),
        number_print: Set(print),
        lead_id: Set(id),
        member_id: Set(by),
        reason: Set(reason),
        at: Set(at),
    };
    muted::Entity::insert(row).exec_without_returning(&store.db).await?;
    Ok((at, lead.tenant_id, by, Event::DoNotCallAdded { lead: id, reason }))
}

/// Gives a tenant rules of its own.
pub async fn set(store: &Store, tenant: TenantId, rules: Settings) -> Result<()> {
    entity::settings::Entity::insert(settings::row(tenant, rules)).exec_without_returning(&store.db).await?;
    Ok(())
}

async fn lead(store: &Store, id: LeadId) -> Result<(leads::entity::Model, Vec<u8>)> {
    let lead = everyones::<leads::entity::Entity>().filter(leads::entity::Column::Id.eq(id));
    let lead = lead.one(&store.db).await?.ok_or(Error::NotFound)?;
    let number = leads::phone(&store.vault, &lead)?.ok_or(Error::NotFound)?;
    let print = super::store::print_in(&store.vault, lead.tenant_id, &number);
    Ok((lead, print))
}
