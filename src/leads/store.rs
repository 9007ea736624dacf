//! Changes of single leads: enter, follow up, give back, reopen.

use std::collections::HashMap;

use sea_orm::{ActiveValue::Set, QueryFilter, QueryOrder, QuerySelect, entity::prelude::*, sea_query::LockType};

use super::{
    NewFollowUp, NewLead, Outcome, Sent, State, Step, can,
    dispatch::check_follower,
    draft::{self, Birth, Draft},
    entity::{ActiveModel, Column, Entity, Model, entry},
    rules, seen,
};
use crate::{
    access::Action,
    attachments::{self, NewFile},
    audit::{self, Event},
    ctx::{Change, Ctx, Turn, everyones},
    error::{Code, Error, Problem, Refusal, Result},
    ids::{LeadId, MemberId},
    messages::{self, Notice},
    people,
};

/// The numbers of the leads among these that the viewer sees.
pub(crate) async fn numbers(ctx: &Ctx, ids: &[LeadId]) -> Result<HashMap<LeadId, i64>> {
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    #[derive(sea_orm::FromQueryResult)]
    struct Numbered {
        id: LeadId,
        number: i64,
    }
    let found = ctx.find::<Entity>().filter(Column::Id.is_in(ids.iter().copied())).select_only();
    let found: Vec<Numbered> = found.column(Column::Id).column(Column::Number).into().await?;
    Ok(found.into_iter().map(|lead| (lead.id, lead.number)).collect())
}

/// The lead of this number, if the viewer sees it.
pub(crate) async fn of_number(ctx: &Ctx, number: i64) -> Result<Option<LeadId>> {
    let found = ctx.find::<Entity>().filter(Column::Number.eq(number)).maybe().await?;
    Ok(found.map(|lead| lead.id))
}

/// How many twins a member meets in a minute. Each tells that a hidden phone or e-mail was guessed.
pub const TWINS_PER_MINUTE: u64 = 10;

/// Enters a lead. Sent twice with the same token, it is entered once.
///
/// # Errors
/// `Invalid` with `Duplicate` if an open lead of the same company and phone or e-mail exists; where the viewer does not
/// see that lead, `DuplicateElsewhere`, which tells nothing else, not even which of the two is the same. `TooMany` for
/// whoever meets one twin after the other.
pub async fn create(ctx: &Ctx, new: &NewLead, token: Option<Uuid>) -> Result<LeadId> {
    let viewer = ctx.viewer();
    if let Some(follower) = new.follower {
        // One's own lead is one's own to follow; giving it to somebody else is dispatching.
        if follower != viewer.member {
            ctx.require(Action::DispatchLead).await?;
        }
    }
    let birth =
        Birth { tenant: viewer.tenant, tenant_number: viewer.tenant_number, creator: viewer.member, at: ctx.now() };
    let Draft { id, row, terms, twins } = draft::draft(ctx.store(), birth, new);
    let change = ctx.change(Action::CreateLead).await?;
    change.turn_of(Turn::Member(change.member())).await?;
    change.once(token, &format!("/leads/{id}")).await?;
    if let Some(follower) = new.follower {
        if follower != viewer.member {
            change.permits(Action::DispatchLead)?;
        }
        check_follower(&change, follower).await?;
    }
    let minute = ctx.now().plus_seconds(-60);
    if audit::count_since(&change, viewer.member, Event::DuplicateMet.code(), minute).await? >= TWINS_PER_MINUTE {
        return Err(Error::TooMany { retry_after: 60 });
    }
    if let Some(code) = twin(&change, &twins).await? {
        change.refuse(Event::DuplicateMet).await?;
        return Err(Problem::alone("company", code));
    }
    let inserted = change.insert(row).await.map_err(twin_won)?;
    draft::index_numbered(change.tx(), &[(inserted.number, terms.join(" "))]).await?;
    change.insert(history(ctx, id, entry::Kind::Created)).await?;
    let mut events = vec![Event::LeadCreated { lead: id }];
    if let Some(to) = new.follower {
        change.insert(entry::ActiveModel { to_id: Set(Some(to)), ..history(ctx, id, entry::Kind::Dispatched) }).await?;
        if to != viewer.member {
            messages::tell(&change, &[to], Notice::LeadDispatched { lead: id }).await?;
        }
        events.push(Event::LeadDispatched { lead: id, to, from: None });
    }
    change.commit_all(&events).await?;
    Ok(id)
}

/// Whether an open lead of the same company and contact exists, and what may be said about it.
async fn twin(change: &Change<'_>, twins: &draft::Twins) -> Result<Option<Code>> {
    let mut found = None;
    for (column, print) in [(Column::TwinPhone, &twins.phone), (Column::TwinEmail, &twins.email)] {
        let Some(print) = print else { continue };
        if everyones::<Entity>().filter(column.eq(print.clone())).one(change.tx()).await?.is_some() {
            let visible = change.find::<Entity>().filter(column.eq(print.clone())).maybe().await?.is_some();
            found = if visible { Some(Code::Duplicate) } else { found.or(Some(Code::DuplicateElsewhere)) };
        }
    }
    Ok(found)
}

/// The twin that was looked for and not found came in between.
fn twin_won(error: Error) -> Error {
    match error {
        Error::Twin => Problem::alone("company", Code::DuplicateElsewhere),
        other => other,
    }
}

/// The open lead that stands in the way of a new one, if the viewer sees it.
pub async fn duplicate_of(ctx: &Ctx, new: &NewLead) -> Result<Option<LeadId>> {
    let twins = draft::Twins::of_new(ctx.store(), ctx.viewer().tenant, new);
    for (column, print) in [(Column::TwinPhone, twins.phone), (Column::TwinEmail, twins.email)] {
        let Some(print) = print else { continue };
        if let Some(lead) = ctx.find::<Entity>().filter(column.eq(print)).maybe().await? {
            return Ok(Some(lead.id));
        }
    }
    Ok(None)
}

/// Records a follow-up with its files, and what it makes of the lead.
pub async fn follow_up(ctx: &Ctx, id: LeadId, new: &NewFollowUp, files: Vec<NewFile>, sent: Sent<'_>) -> Result<()> {
    ctx.require(Action::FollowLead).await?;
    let files = attachments::checked(files)?;
    let change = ctx.change(Action::FollowLead).await?;
    if !files.is_empty() {
        change.turn_of(Turn::Tenant(change.tenant())).await?;
    }
    change.once(sent.token, &place_after(id, new.outcome)).await?;
    let (line, event) = followed(ctx, &change, id, new, sent).await?;
    attachments::attach(&change, ctx, id, line, files).await?;
    change.commit(event).await
}

/// Where a follow-up leads: a lead that became a customer is developed next.
pub fn place_after(id: LeadId, outcome: Outcome) -> String {
    if outcome == Outcome::Developed { format!("/leads/{id}/develop") } else { format!("/leads/{id}") }
}

/// Records a follow-up within a change; says which line of the history it is, and what happened.
pub(crate) async fn followed(
    ctx: &Ctx,
    change: &Change<'_>,
    id: LeadId,
    new: &NewFollowUp,
    sent: Sent<'_>,
) -> Result<(Uuid, Event)> {
    let lead = find(change, id).await?;
    allowed(&change, &lead, sent, Step::Follow)?;
    let followed = rules::follow(new, ctx.now().trade_date()).map_err(Error::Invalid)?;
    let mut update = ActiveModel {
        state: Set(followed.state),
        followed_at: Set(ctx.now()),
        next_on: Set(followed.next_on),
        invalid_reason: Set(new.reason.filter(|_| followed.state == State::Invalid)),
        ..Default::default()
    };
    if followed.state == State::Invalid {
        // A closed lead is nobody's twin: the same company may come again.
        update.twin_phone = Set(None);
        update.twin_email = Set(None);
    }
    step(change, &lead, update).await?;
    let row = entry::ActiveModel {
        way: Set(Some(new.way)),
        outcome: Set(Some(new.outcome)),
        content: Set(Some(new.content.clone())),
        next_on: Set(followed.next_on),
        reason: Set(new.reason.filter(|_| followed.state == State::Invalid)),
        ..history(ctx, id, entry::Kind::Followed)
    };
    let line = change.insert(row).await?;
    Ok((line.id, Event::LeadFollowedUp { lead: id, outcome: new.outcome }))
}

/// Gives a lead back to those who dispatch, with a reason.
pub async fn give_back(ctx: &Ctx, id: LeadId, reason: &str, sent: Sent<'_>) -> Result<()> {
    let change = ctx.change(Action::FollowLead).await?;
    change.once(sent.token, "/leads").await?;
    let lead = find(&change, id).await?;
    allowed(&change, &lead, sent, Step::Return)?;
    // Asked while the lead is still the viewer's to see.
    let to = dispatchers(&change, &lead).await?;
    let update = ActiveModel {
        state: Set(State::Undispatched),
        follower_id: Set(None),
        next_on: Set(None),
        ..Default::default()
    };
    step(&change, &lead, update).await?;
    let row = entry::ActiveModel { content: Set(Some(reason.to_owned())), ..history(ctx, id, entry::Kind::Returned) };
    change.insert(row).await?;
    messages::tell(&change, &to, Notice::LeadReturned { lead: id, by: ctx.viewer().member }).await?;
    change.commit(Event::LeadReturned { lead: id }).await
}

/// Who dispatched a lead last; the administrators, if that was the viewer itself or somebody who is gone.
async fn dispatchers(change: &Change<'_>, lead: &Model) -> Result<Vec<MemberId>> {
    let me = change.member();
    let last = change
        .find::<entry::Entity>()
        .filter(entry::Column::LeadId.eq(lead.id))
        .filter(entry::Column::Kind.eq(entry::Kind::Dispatched))
        .order_by_desc(entry::Column::At)
        .order_by_desc(entry::Column::Id)
        .maybe()
        .await?;
    if let Some(author) = last.map(|entry| entry.author_id).filter(|author| *author != me)
        && people::reachable(change.tx(), &[author].into()).await?.contains_key(&author)
    {
        return Ok(vec![author]);
    }
    let mut others = people::administrators(change.tx(), lead.tenant_id).await?;
    others.retain(|member| *member != me);
    Ok(others)
}

/// Takes an invalid lead up again.
pub async fn reopen(ctx: &Ctx, id: LeadId, reason: &str, sent: Sent<'_>) -> Result<()> {
    let change = ctx.change(Action::ReopenLead).await?;
    change.once(sent.token, &format!("/leads/{id}")).await?;
    let lead = find(&change, id).await?;
    allowed(&change, &lead, sent, Step::Reopen)?;
    let twins = super::personal::twins(ctx, &lead)?;
    let update = ActiveModel {
        state: Set(if lead.follower_id.is_some() { State::Following } else { State::Undispatched }),
        invalid_reason: Set(None),
        twin_phone: Set(twins.phone),
        twin_email: Set(twins.email),
        ..Default::default()
    };
    step(&change, &lead, update).await.map_err(|error| match error {
        Error::Twin => Error::Conflict(Refusal::DuplicateOpen),
        other => other,
    })?;
    let row = entry::ActiveModel { content: Set(Some(reason.to_owned())), ..history(ctx, id, entry::Kind::Reopened) };
    change.insert(row).await?;
    change.commit(Event::LeadReopened { lead: id }).await
}

/// A lead that the viewer sees, inside a change.
pub(crate) async fn find(change: &Change<'_>, id: LeadId) -> Result<Model> {
    change.find::<Entity>().filter(Column::Id.eq(id)).one().await
}

/// The same, held until the change ends: for whoever decides by the lead what it writes elsewhere.
pub(crate) async fn hold(change: &Change<'_>, id: LeadId) -> Result<Model> {
    change.find::<Entity>().filter(Column::Id.eq(id)).lock(LockType::NoKeyUpdate).one().await
}

fn allowed(change: &Change<'_>, lead: &Model, sent: Sent<'_>, step: Step) -> Result<()> {
    seen::still_as(change.ctx(), std::slice::from_ref(lead), sent.seen)?;
    can(step, lead.state, lead.follower_id, change.viewer()).map_err(Error::Conflict)
}

/// Moves a lead on, if it still is where it was found.
pub(crate) async fn step(change: &Change<'_>, lead: &Model, to: ActiveModel) -> Result<()> {
    let update = change.update::<Entity>().set(to).filter(Column::Id.eq(lead.id)).filter(Column::State.eq(lead.state));
    let update = match lead.follower_id {
        Some(follower) => update.filter(Column::FollowerId.eq(follower)),
        None => update.filter(Column::FollowerId.is_null()),
    };
    change.exactly_one(update).await
}

/// A line of the lead's history by the viewer, now.
pub(crate) fn history(ctx: &Ctx, lead: LeadId, kind: entry::Kind) -> entry::ActiveModel {
    entry::ActiveModel {
        id: Set(Uuid::now_v7()),
        tenant_id: Set(ctx.viewer().tenant),
        lead_id: Set(lead),
        at: Set(ctx.now()),
        author_id: Set(ctx.viewer().member),
        kind: Set(kind),
        to_id: Set(None),
        way: Set(None),
        outcome: Set(None),
        content: Set(None),
        next_on: Set(None),
        reason: Set(None),
    }
}
