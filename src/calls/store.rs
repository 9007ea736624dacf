//! Starting a call, giving it up, writing down what came of it, and reading calls.

use std::collections::HashSet;

use sea_orm::{
    ActiveValue::Set, Condition, ConnectionTrait, JoinType, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    entity::prelude::*,
};

use super::{
    CallResult, CallRow, Cause, Ending, Facts, MuteReason, Pulse, State, Verdict, draft,
    entity::{self, ActiveModel, Column, Entity, Model},
    may_call, mute, rules, settings,
};
use crate::{
    access::Action,
    audit::Event,
    contact::Phone,
    ctx::{Ctx, Reads, Slot, Turn, everyones},
    error::{Error, Refusal, Result},
    ids::{CallId, LeadId, MemberId, TenantId},
    leads::{self, NewFollowUp, Sent, Step},
    moment::Moment,
    people::{self, entity::member},
    vault::Vault,
};

/// How many calls of a lead its page shows.
const SHOWN: u64 = 100;
const MINUTE: i64 = 60;
const DAY: i64 = 86_400;
/// Calls that never reached the number: they do not count against it.
const NOT_REACHED: [CallResult; 3] = [CallResult::AgentUnreached, CallResult::Cancelled, CallResult::Failed];

/// The fingerprint by which calls of one number are counted within a tenant. An extension is not dialled, so that all
/// extensions of a line are one number.
pub(super) fn print(ctx: &Ctx, number: &Phone) -> Vec<u8> {
    print_in(ctx.vault(), ctx.viewer().tenant, number)
}

/// The same, for whoever has no viewer.
pub(super) fn print_in(vault: &Vault, tenant: TenantId, number: &Phone) -> Vec<u8> {
    vault.fingerprint("call", &format!("{tenant}\0{}", number.international()))
}

/// How long a call may wait to be placed, in seconds: nobody waits at the phone for longer.
const WAITS_SECONDS: i64 = 120;

/// Whether a call that was started may still be placed: it has not waited too long, and meanwhile neither was its number
/// muted nor have quiet hours begun.
pub(super) async fn still_may(ctx: &Ctx, call: &Model, number: &Phone) -> Result<()> {
    let reasons = [
        (ctx.now() > call.created_at.plus_seconds(WAITS_SECONDS), Refusal::WaitedTooLong),
        (mute::find(ctx, &print(ctx, number)).await?.is_some(), Refusal::DoNotCall),
        (settings::read(ctx).await?.is_quiet(minute_of_day(ctx.now())), Refusal::QuietHours),
    ];
    reasons.into_iter().find(|(stands, _)| *stands).map_or(Ok(()), |(_, why)| Err(Error::Conflict(why)))
}

/// Whether the viewer may call this lead now, asked by opening the dialog: who is refused here gets no further, so that
/// this is the attempt, and it is in the trail. Outside marketing plan 2.0 there are no calls to attempt.
pub async fn ask(ctx: &Ctx, id: LeadId) -> Result<Verdict> {
    let verdict = verdict(ctx, id).await?;
    if let Some(why) = verdict.refusal.filter(|why| *why != Refusal::OutsidePlan2) {
        ctx.record_refusal(Event::CallRefused { lead: id, why }).await?;
    }
    Ok(verdict)
}

/// The same, for a dialog that comes back: what was refused then is in the trail already.
pub async fn verdict(ctx: &Ctx, id: LeadId) -> Result<Verdict> {
    ctx.require(Action::CallLead).await?;
    let lead = ctx.find::<leads::entity::Entity>().filter(leads::entity::Column::Id.eq(id)).one().await?;
    match leads::can(Step::Call, lead.state, lead.follower_id, ctx.viewer()) {
        Ok(()) => look(ctx, ctx, &ctx.store().db, (&lead, leads::phone(ctx.vault(), &lead)?.as_ref())).await,
        Err(why) => Ok(Verdict { refusal: Some(why), first: None }),
    }
}

/// Starts a call. A server places it; sent twice with the same token, it is one call.
///
/// # Errors
/// `Conflict` with the reason why the lead is not called now; that attempt is in the trail.
pub async fn start(ctx: &Ctx, lead: LeadId, sent: Sent<'_>) -> Result<CallId> {
    let id = CallId(Uuid::now_v7());
    let change = ctx.change(Action::CallLead).await?;
    // Calls by one member, and calls of one number, are counted and added one at a time, so that two cannot both be the
    // last that fits.
    change.turn_of(Turn::Member(change.member())).await?;
    // A lead keeps its number for good, so it is known before the lead is held.
    let found = change.find::<leads::entity::Entity>().filter(leads::entity::Column::Id.eq(lead)).maybe().await?;
    let number = found.map(|found| leads::phone(ctx.vault(), &found)).transpose()?.flatten();
    if let Some(number) = &number {
        change.turn_of(Turn::Number(Slot::of(&print(ctx, number)))).await?;
    }
    change.once(sent.token, &format!("/calls/{id}")).await?;
    let found = leads::hold(&change, lead).await?;
    leads::seen::still_as(ctx, std::slice::from_ref(&found), sent.seen)?;
    let refusal = match leads::can(Step::Call, found.state, found.follower_id, change.viewer()) {
        Ok(()) => look(ctx, &change, change.tx(), (&found, number.as_ref())).await?.refusal,
        Err(why) => Some(why),
    };
    let number = match (refusal, number) {
        (None, Some(number)) => number,
        (why, _) => {
            drop(change);
            let why = why.unwrap_or(Refusal::NoPhone);
            ctx.record_refusal(Event::CallRefused { lead, why }).await?;
            return Err(Error::Conflict(why));
        }
    };
    let row = ActiveModel {
        id: Set(id),
        tenant_id: Set(ctx.viewer().tenant),
        lead_id: Set(lead),
        member_id: Set(ctx.viewer().member),
        number_print: Set(print(ctx, &number)),
        provider: Set(None),
        provider_call: Set(None),
        state: Set(State::Queued),
        cause: Set(None),
        result: Set(None),
        refusal: Set(None),
        created_at: Set(ctx.now()),
        placed_at: Set(Moment::NEVER),
        agent_at: Set(Moment::NEVER),
        ringing_at: Set(Moment::NEVER),
        answered_at: Set(Moment::NEVER),
        ended_at: Set(Moment::NEVER),
        heard_at: Set(ctx.now()),
        cancelled_at: Set(Moment::NEVER),
        stopped_at: Set(Moment::NEVER),
        stop_refused_at: Set(Moment::NEVER),
        outcome_at: Set(Moment::NEVER),
        revision: Set(0),
        due_at: Set(Moment::NEVER),
        worker: Set(None),
        lease_until: Set(Moment::NEVER),
    };
    change.insert(row).await?;
    change.commit(Event::CallStarted { lead, call: id }).await?;
    Ok(id)
}

/// What stands in the way of a call, if anything does. Within a change everything is read by the change itself: whoever
/// holds one connection and waits for a second may wait for others who do the same.
async fn look<R: Reads + Sync, C: ConnectionTrait>(
    ctx: &Ctx,
    from: &R,
    on: &C,
    (lead, number): (&leads::entity::Model, Option<&Phone>),
) -> Result<Verdict> {
    let me = ctx.viewer().member;
    let since = |seconds: i64| ctx.now().plus_seconds(-seconds);
    let own = || everyones::<Entity>().filter(Column::MemberId.eq(me));
    let of_number = |print: &[u8], seconds: i64| {
        let reached = Condition::any().add(Column::Result.is_null()).add(Column::Result.is_not_in(NOT_REACHED));
        let calls = everyones::<Entity>().filter(Column::NumberPrint.eq(print.to_vec())).filter(reached);
        calls.filter(Column::CreatedAt.gt(since(seconds)))
    };
    let (mut is_muted, mut today, mut this_week) = (false, 0, 0);
    if let Some(number) = number {
        let print = print(ctx, number);
        is_muted = mute::find(from, &print).await?.is_some();
        today = of_number(&print, DAY).count(on).await?;
        this_week = of_number(&print, 7 * DAY).count(on).await?;
    }
    let running = own().filter(Column::EndedAt.eq(Moment::NEVER)).one(on).await?;
    let owed = owed(ctx, from).await?;
    let member = from.rows::<member::Entity>().filter(member::Column::Id.eq(me)).one().await?;
    let facts = Facts {
        minute: minute_of_day(ctx.now()),
        has_phone: lead.phone_sealed.is_some(),
        has_own_phone: member.phone_sealed.is_some(),
        is_muted,
        is_calling: running.is_some(),
        owes_outcome: owed.is_some(),
        today,
        this_week,
        this_minute: own().filter(Column::CreatedAt.gt(since(MINUTE))).count(on).await?,
    };
    let refusal = may_call(&facts, &settings::read(from).await?).err();
    let first = match refusal {
        Some(Refusal::CallUnderWay) => running.map(|call| call.id),
        Some(Refusal::OutcomeMissing) => owed,
        _ => None,
    };
    Ok(Verdict { refusal, first })
}

/// An ended call of the member that it has not written anything about, though it still could: a lead that has meanwhile
/// been closed or given to somebody else asks for nothing any more. One look, since whoever calls holds the number's turn.
async fn owed<R: Reads + Sync>(ctx: &Ctx, from: &R) -> Result<Option<CallId>> {
    #[derive(sea_orm::FromQueryResult)]
    struct Owed {
        id: CallId,
        state: leads::State,
        follower_id: Option<MemberId>,
    }
    let lead = Entity::belongs_to(leads::entity::Entity).from(Column::LeadId).to(leads::entity::Column::Id);
    let ended = from
        .rows::<Entity>()
        .join(JoinType::InnerJoin, lead.into())
        .filter(Column::MemberId.eq(ctx.viewer().member))
        .filter(Column::EndedAt.ne(Moment::NEVER))
        .filter(Column::OutcomeAt.eq(Moment::NEVER))
        .filter(Column::Result.is_not_in(NOT_REACHED))
        .order_by_desc(Column::CreatedAt)
        .limit(SHOWN)
        .select_only()
        .column(Column::Id)
        .column(leads::entity::Column::State)
        .column(leads::entity::Column::FollowerId);
    let ended: Vec<Owed> = ended.into().await?;
    let takes = |call: &Owed| leads::can(Step::Follow, call.state, call.follower_id, ctx.viewer()).is_ok();
    Ok(ended.into_iter().find(takes).map(|call| call.id))
}

/// A call of the viewer's that waits for its outcome, if there is one: no other is made before.
pub async fn unwritten(ctx: &Ctx) -> Result<Option<CallId>> {
    let calls = ctx.viewer().can(Action::CallLead) && ctx.viewer().marketing_plan_2;
    if calls { owed(ctx, ctx).await } else { Ok(None) }
}

fn minute_of_day(now: Moment) -> u16 {
    use chrono::Timelike;
    let clock = now.in_trade_zone();
    (clock.hour() * 60 + clock.minute()) as u16
}

/// One call of a lead that the viewer sees.
pub async fn get(ctx: &Ctx, id: CallId) -> Result<CallRow> {
    ctx.require(Action::ViewLeads).await?;
    let call = ctx.find::<Entity>().filter(Column::Id.eq(id)).one().await?;
    rows(ctx, vec![call]).await?.pop().ok_or(Error::NotFound)
}

/// Where one call of a lead that the viewer sees stands, by a single look, for whoever looks all the time.
pub async fn pulse(ctx: &Ctx, id: CallId) -> Result<Pulse> {
    ctx.require(Action::ViewLeads).await?;
    let call = ctx.find::<Entity>().filter(Column::Id.eq(id)).one().await?;
    Ok(Pulse { state: call.state, result: call.result, ending: call.ending() })
}

/// The calls of a lead, the newest first.
pub(crate) async fn of_lead(ctx: &Ctx, lead: LeadId) -> Result<Vec<CallRow>> {
    let calls = ctx.find::<Entity>().filter(Column::LeadId.eq(lead)).order_by_desc(Column::CreatedAt).limit(SHOWN);
    rows(ctx, calls.all().await?).await
}

async fn rows(ctx: &Ctx, calls: Vec<Model>) -> Result<Vec<CallRow>> {
    let callers: Vec<MemberId> = calls.iter().map(|call| call.member_id).collect();
    let of: Vec<LeadId> = calls.iter().map(|call| call.lead_id).collect();
    let (names, numbers) = (people::names(ctx, &callers).await?, leads::numbers(ctx, &of).await?);
    let drafts = ctx.find::<entity::draft::Entity>();
    let drafts = drafts.filter(entity::draft::Column::CallId.is_in(calls.iter().map(|call| call.id))).all().await?;
    let drafts: HashSet<CallId> = drafts.into_iter().map(|draft| draft.call_id).collect();
    let row = |call: Model| {
        let is_own = call.member_id == ctx.viewer().member;
        let has_draft = drafts.contains(&call.id) && !call.outcome_at.happened();
        // What somebody has typed is not lost because the network has said something else since.
        let asks = (has_draft || call.result.is_some_and(CallResult::wants_outcome)) && !call.outcome_at.happened();
        CallRow {
            id: call.id,
            lead: call.lead_id,
            lead_number: numbers.get(&call.lead_id).copied().unwrap_or_default(),
            caller: names.get(&call.member_id).cloned().unwrap_or_default(),
            is_own,
            state: call.state,
            result: call.result,
            refusal: call.refusal,
            created_at: call.created_at,
            answered_at: call.answered_at,
            ended_at: call.ended_at,
            ending: call.ending(),
            wants_outcome: is_own && asks,
            has_draft,
        }
    };
    Ok(calls.into_iter().map(row).collect())
}

/// Gives a call up: at once, if nobody has placed it yet; else the network is asked to end it, and asked once more where
/// it has declined.
pub async fn cancel(ctx: &Ctx, id: CallId) -> Result<()> {
    let change = ctx.change(Action::CallLead).await?;
    let call = change.find::<Entity>().filter(Column::Id.eq(id)).one().await?;
    if call.member_id != ctx.viewer().member {
        return Err(Error::Conflict(Refusal::NotTheCaller));
    }
    if call.state == State::Ended || call.ending().is_some_and(|ending| ending != Ending::Refused) {
        return Err(Error::Conflict(Refusal::Over));
    }
    let mut update = ActiveModel {
        cancelled_at: Set(ctx.now()),
        stop_refused_at: Set(Moment::NEVER),
        heard_at: Set(ctx.now()),
        revision: Set(call.revision + 1),
        ..Default::default()
    };
    if call.state == State::Queued {
        let report = rules::Report { at: ctx.now(), what: rules::Happening::Ended(Cause::HungUp) };
        let ended = rules::after(rules::Progress { cancelled: true, ..call.progress() }, report);
        update.state = Set(ended.state);
        update.cause = Set(ended.cause);
        update.ended_at = Set(ended.ended_at);
        update.result = Set(rules::result(&ended));
    }
    let guarded = change.update::<Entity>().set(update).filter(Column::Id.eq(id)).filter(Column::State.eq(call.state));
    change.exactly_one(guarded.filter(Column::Revision.eq(call.revision))).await?;
    change.commit(Event::CallCancelled { lead: call.lead_id, call: id }).await
}

/// Writes down what came of a call: it is the lead's follow-up, takes the place of the draft, and may put the number on the list of those not called.
pub async fn record_outcome(
    ctx: &Ctx,
    id: CallId,
    new: &NewFollowUp,
    muted: Option<MuteReason>,
    sent: Sent<'_>,
) -> Result<LeadId> {
    ctx.require(Action::FollowLead).await?;
    let lead = ctx.find::<Entity>().filter(Column::Id.eq(id)).one().await?.lead_id;
    let change = ctx.change(Action::FollowLead).await?;
    change.once(sent.token, &leads::place_after(lead, new.outcome)).await?;
    let call = draft::hold(ctx, &change, id).await?;
    let written = ActiveModel { outcome_at: Set(ctx.now()), ..Default::default() };
    let guarded = change.update::<Entity>().set(written).filter(Column::Id.eq(id));
    change.exactly_one(guarded.filter(Column::OutcomeAt.eq(Moment::NEVER))).await?;
    draft::seen(&change, id, sent.seen).await?;
    draft::settle(&change, id).await?;
    let (_, followed) = leads::followed(ctx, &change, call.lead_id, new, Sent::default()).await?;
    let mut events = vec![followed];
    if let Some(reason) = muted {
        events.extend(mute::add(ctx, &change, call.lead_id, call.number_print, reason).await?);
    }
    change.commit_all(&events).await?;
    Ok(call.lead_id)
}
