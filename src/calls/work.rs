//! The job behind calls: placing those that wait, ending those that were given up, letting simulated ones go on, and
//! ending those that nobody hears of.
//!
//! A call is claimed, marked as being placed in a transaction of its own, and only then placed: a server that dies in
//! between leaves a call that nobody places again, and that ends as unknown if the network knows nothing of it either.

use sea_orm::{ActiveValue::Set, QueryFilter, entity::prelude::*};

use super::{
    Cause, Happening, Provider, Report, State, Telephony,
    entity::{ActiveModel, Column, Entity, Model, going_on},
    ingest::{self, Told},
    simulator,
    store::still_may,
    telephony::{Legs, NotDone},
};
use crate::{
    audit::Event,
    contact::Phone,
    ctx::{Store, everyones},
    error::{Error, Refusal, Result},
    leads, lease,
    moment::Moment,
    people::{self, entity::member},
};

/// Does one thing that there is to do for calls. Says whether there was one.
pub async fn work(store: &Store, telephony: &Telephony, clock: impl Fn() -> Moment + Send + Sync) -> Result<bool> {
    let worker = Uuid::new_v4();
    Ok(place_next(store, telephony, worker, clock()).await?
        || stop_next(store, telephony, worker, clock()).await?
        || go_on(store, worker, clock()).await?
        || ingest::end_silent(store, clock()).await?)
}

/// Places the call that has waited longest.
async fn place_next(store: &Store, telephony: &Telephony, worker: Uuid, now: Moment) -> Result<bool> {
    let waiting = going_on().add(Column::State.eq(State::Queued));
    let Some(call) = lease::claim::<Entity>(store, waiting, worker, now).await? else { return Ok(false) };
    let legs = match legs(store, &call, now).await {
        Ok(legs) => legs,
        Err(Error::Conflict(why)) => {
            refuse(store, &call, why, now).await?;
            return Ok(true);
        }
        Err(error) => return Err(error),
    };
    // From here on no server places it again, whatever becomes of this one.
    let change = store.unattended().await?;
    let placing = ActiveModel {
        state: Set(State::Placing),
        provider: Set(telephony.provider()),
        placed_at: Set(now),
        heard_at: Set(now),
        due_at: Set(now),
        revision: Set(call.revision + 1),
        worker: Set(None),
        lease_until: Set(Moment::NEVER),
        ..Default::default()
    };
    match ingest::write(&change, &call, placing).await {
        Ok(()) => {}
        // It was given up in between.
        Err(Error::Conflict(_)) => return Ok(true),
        Err(error) => return Err(error),
    }
    let moved = Event::CallMoved { lead: call.lead_id, call: call.id, state: State::Placing };
    ingest::commit(change, &call, Some(moved), now).await?;
    match telephony.place(&legs, call.id, &store.vault, now).await {
        Ok(name) => {
            let named = Entity::update_many()
                .col_expr(Column::ProviderCall, sea_orm::sea_query::Expr::val(name))
                .filter(Column::Id.eq(call.id))
                .filter(Column::ProviderCall.is_null());
            named.exec(&store.db).await?;
        }
        Err(NotDone::Certainly) => fail(store, &call, now).await?,
        Err(NotDone::Perhaps) => {
            tracing::warn!(call.id = %call.id, "the carrier has not said whether it placed a call")
        }
    }
    Ok(true)
}

/// The two numbers of a call, with the rights that its caller has now.
///
/// # Errors
/// `Conflict` with the reason why the call that was started is not placed after all.
async fn legs(store: &Store, call: &Model, now: Moment) -> Result<Legs> {
    let ctx = match people::member_ctx(store, call.member_id, ingest::origin(call), now).await {
        Err(Error::SignedOut) => return Err(Error::Conflict(Refusal::MemberDisabled)),
        ctx => ctx?,
    };
    let lead = ctx.find::<leads::entity::Entity>().filter(leads::entity::Column::Id.eq(call.lead_id)).maybe().await?;
    // Whoever does not see the lead any more does not follow it any more.
    let lead = lead.ok_or(Error::Conflict(Refusal::NotTheFollower))?;
    let step = leads::can(leads::Step::Call, lead.state, lead.follower_id, ctx.viewer());
    step.map_err(Error::Conflict)?;
    let caller = ctx.find::<member::Entity>().filter(member::Column::Id.eq(call.member_id)).one().await?;
    let agent = people::phone(&store.vault, &caller)?.ok_or(Error::Conflict(Refusal::NoOwnPhone))?;
    let callee = leads::phone(&store.vault, &lead)?.ok_or(Error::Conflict(Refusal::NoPhone))?;
    still_may(&ctx, call, &callee).await?;
    Ok(Legs { agent, callee })
}

/// Ends a call that must not be placed any more; the refusal is in the trail like that of any other attempt.
async fn refuse(store: &Store, call: &Model, why: Refusal, now: Moment) -> Result<()> {
    let report = Report { at: now, what: Happening::Ended(Cause::Failed) };
    let reports = [("not placed".to_owned(), report)];
    ingest::record(store, call.id, Told { refusal: Some(why), ..Told::of(&reports) }, now).await
}

async fn fail(store: &Store, call: &Model, now: Moment) -> Result<()> {
    tell(store, call, "not placed", Report { at: now, what: Happening::Ended(Cause::Failed) }, now).await
}

async fn tell(store: &Store, call: &Model, id: &str, report: Report, now: Moment) -> Result<()> {
    ingest::record(store, call.id, Told::of(&[(id.to_owned(), report)]), now).await
}

/// Asks the carrier for the end of a call that was given up.
async fn stop_next(store: &Store, telephony: &Telephony, worker: Uuid, now: Moment) -> Result<bool> {
    let Some(provider) = telephony.provider() else { return Ok(false) };
    let waiting = going_on()
        .add(Column::CancelledAt.ne(Moment::NEVER))
        .add(Column::StoppedAt.eq(Moment::NEVER))
        .add(Column::StopRefusedAt.eq(Moment::NEVER))
        .add(Column::ProviderCall.is_not_null())
        .add(Column::Provider.eq(provider));
    let Some(call) = lease::claim::<Entity>(store, waiting, worker, now).await? else { return Ok(false) };
    let name = call.provider_call.as_deref().unwrap_or_default();
    let column = match telephony.stop(name, now).await {
        Ok(()) => Column::StoppedAt,
        Err(NotDone::Certainly) => {
            tracing::warn!(call.id = %call.id, "the carrier does not end a call");
            Column::StopRefusedAt
        }
        Err(NotDone::Perhaps) => {
            // The lease keeps it from being asked again at once.
            tracing::warn!(call.id = %call.id, "the carrier has not said whether it ends a call");
            return Ok(true);
        }
    };
    let asked = Entity::update_many()
        .col_expr(column, sea_orm::sea_query::Expr::val(now))
        .col_expr(Column::LeaseUntil, sea_orm::sea_query::Expr::val(Moment::NEVER))
        .filter(Column::Id.eq(call.id))
        .filter(Column::CancelledAt.eq(call.cancelled_at))
        .filter(Column::StoppedAt.eq(Moment::NEVER));
    asked.exec(&store.db).await?;
    if call.provider == Some(Provider::Simulator) {
        tell(store, &call, "stopped", Report { at: now, what: Happening::Ended(Cause::HungUp) }, now).await?;
    }
    Ok(true)
}

/// Lets the next simulated call go on by what is due.
async fn go_on(store: &Store, worker: Uuid, now: Moment) -> Result<bool> {
    let waiting = going_on()
        .add(Column::Provider.eq(Provider::Simulator))
        .add(Column::ProviderCall.is_not_null())
        .add(Column::DueAt.lte(now));
    let Some(call) = lease::claim::<Entity>(store, waiting, worker, now).await? else { return Ok(false) };
    let script = simulator::script(call.provider_call.as_deref().unwrap_or_default());
    let at = |seconds: i64| call.placed_at.plus_seconds(seconds);
    let due = script.iter().filter(|(seconds, _)| at(*seconds) <= now);
    let reports: Vec<(String, Report)> =
        due.map(|(seconds, what)| (format!("script {seconds}"), Report { at: at(*seconds), what: *what })).collect();
    let next = script.iter().map(|(seconds, _)| at(*seconds)).find(|at| *at > now);
    // Nothing is left to do for a call whose script is over, and it is not looked at again.
    let due_at = Some(next.unwrap_or(now.plus_seconds(86_400)));
    ingest::record(store, call.id, Told { due_at, ..Told::of(&reports) }, now).await?;
    Ok(true)
}

/// The lead's row, for a callback that nobody is signed in for.
pub(super) async fn lead_of(store: &Store, call: &Model) -> Result<Option<Phone>> {
    let lead = everyones::<leads::entity::Entity>().filter(leads::entity::Column::Id.eq(call.lead_id));
    let lead = lead.one(&store.db).await?.ok_or(Error::NotFound)?;
    leads::phone(&store.vault, &lead)
}
