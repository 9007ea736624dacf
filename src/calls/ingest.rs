//! Taking reports in: from callbacks, from the simulator, and from silence. A report counts once by its id; what all of
//! them together make of the call is for the rules to say.

use sea_orm::{ActiveValue::Set, Condition, QueryFilter, QueryOrder, QuerySelect, entity::prelude::*};

use super::{
    Cause, Happening, Report, State, draft,
    entity::{ActiveModel, Column, Entity, Model, going_on, report},
    rules,
};
use crate::{
    audit::{self, Event, Outcome},
    ctx::{Origin, Store, Unattended, everyones},
    error::{Error, Refusal, Result},
    ids::CallId,
    moment::Moment,
};

/// How long nobody may say anything before a call counts as ended, in seconds.
const SILENCE_SECONDS: i64 = 600;
/// How long two people may talk without a word from the network, in seconds: longer than it lets them.
const TALK_SECONDS: i64 = 70 * 60;
/// How long it is remembered which reports have been counted, in seconds: thirty days, where the network sends nothing
/// again after a day. What the reports said stays in the call.
const REPORTS_KEPT_SECONDS: i64 = 30 * 86_400;
/// How many silent calls are ended at a time.
const AT_A_TIME: u64 = 50;

/// What somebody tells of a call.
pub(super) struct Told<'t> {
    /// The provider's name for the call, if it gives one.
    pub provider_call: Option<&'t str>,
    /// What its signature is remembered by, if it has one: it counts once.
    pub signature: Option<String>,
    /// Each with its own id.
    pub reports: &'t [(String, Report)],
    /// When the simulator goes on.
    pub due_at: Option<Moment>,
    /// Why a call that waits is not placed.
    pub refusal: Option<Refusal>,
}

impl<'t> Told<'t> {
    /// Reports, and nothing else.
    pub fn of(reports: &'t [(String, Report)]) -> Told<'t> {
        Told { provider_call: None, signature: None, reports, due_at: None, refusal: None }
    }
}

/// Takes reports in.
///
/// # Errors
/// `NotFound` if there is no such call, or the provider means another one; `SignedOut` if the signature has counted
/// before.
pub(super) async fn record(store: &Store, id: CallId, told: Told<'_>, now: Moment) -> Result<()> {
    let change = store.unattended().await?;
    // Whoever reports something else about this call meanwhile waits.
    let call = everyones::<Entity>().filter(Column::Id.eq(id)).lock_exclusive().one(change.tx()).await?;
    let call = call.ok_or(Error::NotFound)?;
    if let (Some(known), Some(said)) = (call.provider_call.as_deref(), told.provider_call)
        && known != said
    {
        return Err(Error::NotFound);
    }
    let mut progress = call.progress();
    let mut fresh: Vec<(String, Moment)> = Vec::new();
    let known = async |name: &str| {
        let known = everyones::<report::Entity>().filter(report::Column::CallId.eq(id));
        known.filter(report::Column::Report.eq(name)).one(change.tx()).await
    };
    if let Some(signature) = told.signature {
        let name = format!("signature {signature}");
        if known(&name).await?.is_some() {
            return Err(Error::SignedOut);
        }
        fresh.push((name, now));
    }
    for (name, report) in told.reports {
        let known = known(name).await?;
        if known.is_none() && fresh.iter().all(|(other, _)| other != name) {
            progress = rules::after(progress, *report);
            fresh.push((name.clone(), now));
        }
    }
    if fresh.is_empty() && told.due_at.is_none() {
        return Ok(());
    }
    let result = rules::result(&progress);
    // Who gave it up in between was not refused anything.
    let refusal = told.refusal.filter(|_| call.state == State::Queued);
    let update = ActiveModel {
        provider_call: Set(call.provider_call.clone().or_else(|| told.provider_call.map(str::to_owned))),
        state: Set(progress.state),
        cause: Set(progress.cause),
        result: Set(result),
        refusal: Set(refusal.or(call.refusal)),
        agent_at: Set(progress.agent_at),
        ringing_at: Set(progress.ringing_at),
        answered_at: Set(progress.answered_at),
        ended_at: Set(progress.ended_at),
        heard_at: Set(if fresh.is_empty() { call.heard_at } else { now }),
        revision: Set(call.revision + 1),
        due_at: Set(told.due_at.unwrap_or(call.due_at)),
        worker: Set(None),
        lease_until: Set(Moment::NEVER),
        ..Default::default()
    };
    write(&change, &call, update).await?;
    let rows = fresh.into_iter().map(|(report, at)| report::ActiveModel {
        call_id: Set(id),
        report: Set(report),
        at: Set(at),
    });
    let rows: Vec<report::ActiveModel> = rows.collect();
    if !rows.is_empty() {
        report::Entity::insert_many(rows).exec_without_returning(change.tx()).await?;
    }
    if let Some(result) = result.filter(|result| call.result != Some(*result)) {
        draft::leave(change.tx(), &call, result).await?;
    }
    if let Some(why) = refusal {
        let refused = Event::CallRefused { lead: call.lead_id, why };
        let origin = origin(&call);
        let entry = audit::Entry { outcome: Outcome::Refused, ..entry(&call, &origin, now) };
        audit::append(change.tx(), &store.vault, entry, &[refused]).await?;
    }
    let event = match result {
        Some(result) if call.result != Some(result) => Some(Event::CallEnded { lead: call.lead_id, call: id, result }),
        None if call.state != progress.state => {
            Some(Event::CallMoved { lead: call.lead_id, call: id, state: progress.state })
        }
        _ => None,
    };
    commit(change, &call, event, now).await
}

/// Writes what a call has become, if it still is what it was.
pub(super) async fn write(change: &Unattended<'_>, call: &Model, update: ActiveModel) -> Result<()> {
    let guarded = Entity::update_many()
        .set(update)
        .filter(Column::Id.eq(call.id))
        .filter(Column::State.eq(call.state))
        .filter(Column::Revision.eq(call.revision));
    match guarded.exec(change.tx()).await?.rows_affected {
        1 => Ok(()),
        _ => Err(Error::Conflict(Refusal::ChangedMeanwhile)),
    }
}

/// Ends a change of a call: the trail says whose call it is and that the network brought it about.
pub(super) async fn commit(change: Unattended<'_>, call: &Model, event: Option<Event>, now: Moment) -> Result<()> {
    let events: Vec<Event> = event.into_iter().collect();
    change.commit(entry(call, &origin(call), now), &events).await
}

/// Where what happens to a call by itself comes from.
pub(super) fn origin(call: &Model) -> Origin {
    Origin { address: "job".to_owned(), request: call.id.to_string() }
}

fn entry<'o>(call: &Model, origin: &'o Origin, now: Moment) -> audit::Entry<'o> {
    audit::Entry { tenant: Some(call.tenant_id), actor: Some(call.member_id), at: now, origin, outcome: Outcome::Done }
}

/// Ends calls that nobody has said anything about for too long; says whether there was one.
pub(super) async fn end_silent(store: &Store, now: Moment) -> Result<bool> {
    let silent = Condition::any().add(Column::HeardAt.lte(now.plus_seconds(-TALK_SECONDS))).add(
        Condition::all()
            .add(Column::State.ne(State::Answered))
            .add(Column::HeardAt.lte(now.plus_seconds(-SILENCE_SECONDS))),
    );
    let calls = everyones::<Entity>()
        .filter(going_on())
        .filter(silent)
        .order_by_asc(Column::CreatedAt)
        .limit(AT_A_TIME)
        .all(&store.db)
        .await?;
    let report = Report { at: now, what: Happening::Ended(Cause::Unknown) };
    let mut failed = None;
    for call in &calls {
        // What is wrong with one call keeps no other from its end.
        if let Err(error) = record(store, call.id, Told::of(&[("silence".to_owned(), report)]), now).await {
            tracing::warn!(call.id = %call.id, ?error, "a silent call could not be ended");
            failed = Some(error);
        }
    }
    failed.map_or(Ok(!calls.is_empty()), Err)
}

/// Forgets reports of long ago, and says how many.
pub async fn sweep(store: &Store, now: Moment) -> Result<u64> {
    let old = report::Column::At.lte(now.plus_seconds(-REPORTS_KEPT_SECONDS));
    Ok(report::Entity::delete_many().filter(old).exec(&store.db).await?.rows_affected)
}
