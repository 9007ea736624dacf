//! Dispatching (派发): handing leads to the member who follows them up.

use std::collections::{BTreeMap, HashSet};

use sea_orm::{
    ActiveValue::Set,
    QueryFilter, QueryOrder, QuerySelect,
    entity::prelude::*,
    sea_query::{Expr, LockType},
};

use super::{
    FollowerChoice, Sent, State, Step, can,
    entity::{ActiveModel, Column, Entity, Model, entry},
    list::BATCH_LIMIT,
    seen,
    store::history,
};
use crate::{
    access::{Action, Viewer},
    audit::Event,
    ctx::{Change, Ctx},
    error::{Code, Error, Problem, Refusal, Result},
    ids::{LeadId, MemberId},
    messages::{self, Notice},
    people::{self, entity::member},
};

/// How many rows one statement names or writes.
const CHUNK: usize = 500;

/// What came of a dispatch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dispatched {
    /// How many leads went to the follower.
    pub done: u64,
    /// How many stayed, by reason.
    pub refused: BTreeMap<Refusal, u64>,
}

/// Dispatches leads to a member, each by itself: those that cannot go stay and say why.
///
/// # Errors
/// `Invalid` on the follower if that member may not follow leads.
pub async fn dispatch(ctx: &Ctx, ids: &[LeadId], to: MemberId, sent: Sent<'_>) -> Result<Dispatched> {
    ctx.require(Action::DispatchLead).await?;
    let ids: HashSet<LeadId> = ids.iter().copied().collect();
    if ids.is_empty() {
        return Err(Problem::alone("id", Code::Nothing));
    }
    let asked = ids.len() as u64;
    if asked > BATCH_LIMIT {
        return Err(Error::Conflict(Refusal::TooManyAtOnce));
    }
    let alone = if ids.len() == 1 { ids.iter().next().copied() } else { None };
    let back = alone.map_or_else(|| "/lead-dispatch".to_owned(), |id| format!("/leads/{id}"));

    let change = ctx.change(Action::DispatchLead).await?;
    change.once(sent.token, &back).await?;
    check_follower(&change, to).await?;
    let mut refused: BTreeMap<Refusal, u64> = BTreeMap::new();
    let mut leads = Vec::with_capacity(ids.len());
    let mut ids: Vec<LeadId> = ids.into_iter().collect();
    // Rows are locked in one order by everybody, so that two large batches cannot end in a deadlock.
    ids.sort_unstable();
    for some in ids.chunks(CHUNK) {
        let found = change.find::<Entity>().filter(Column::Id.is_in(some.iter().copied())).order_by_asc(Column::Id);
        leads.extend(found.lock(LockType::NoKeyUpdate).all().await?);
    }
    if leads.is_empty() {
        return Err(Error::NotFound);
    }
    let unseen = asked - leads.len() as u64;
    if unseen > 0 {
        refused.insert(Refusal::OutOfSight, unseen);
    }
    seen::still_as(ctx, &leads, sent.seen)?;
    let mut going = Vec::with_capacity(leads.len());
    for lead in &leads {
        match may_go(lead, to, change.viewer()) {
            Ok(()) => going.push(lead),
            Err(refusal) => *refused.entry(refusal).or_default() += 1,
        }
    }
    let mut events = Vec::with_capacity(going.len());
    for some in going.chunks(CHUNK) {
        hand_over(&change, some, to).await?;
        events.extend(some.iter().map(|lead| Event::LeadDispatched { lead: lead.id, to, from: lead.follower_id }));
    }
    if let (Some(_), Some(refusal)) = (alone, refused.keys().next()) {
        return Err(Error::Conflict(*refusal));
    }
    let dispatched: Vec<LeadId> = events.iter().filter_map(|event| event.object().map(LeadId)).collect();
    let notices: Vec<Notice> = dispatched.iter().map(|lead| Notice::LeadDispatched { lead: *lead }).collect();
    messages::tell_each(&change, &[to], &notices).await?;
    change.commit_all(&events).await?;
    Ok(Dispatched { done: dispatched.len() as u64, refused })
}

/// Whether a lead can go to this member.
fn may_go(lead: &Model, to: MemberId, viewer: &Viewer) -> Result<(), Refusal> {
    if lead.follower_id == Some(to) && lead.state != State::Invalid {
        return Err(Refusal::SameFollower);
    }
    can(Step::Dispatch, lead.state, lead.follower_id, viewer)
}

/// Hands leads that are locked over to a member, all by one statement, each with its line of history.
async fn hand_over(change: &Change<'_>, leads: &[&Model], to: MemberId) -> Result<()> {
    let update = ActiveModel {
        state: Set(State::Dispatched),
        follower_id: Set(Some(to)),
        dispatched_at: Set(change.now()),
        next_on: Set(None),
        ..Default::default()
    };
    let ids = leads.iter().map(|lead| lead.id);
    let hit = change.any_number(change.update::<Entity>().set(update).filter(Column::Id.is_in(ids))).await?;
    if hit != leads.len() as u64 {
        return Err(Error::Conflict(Refusal::ChangedMeanwhile));
    }
    let line = |lead: &&Model| entry::ActiveModel {
        to_id: Set(Some(to)),
        ..history(change.ctx(), lead.id, entry::Kind::Dispatched)
    };
    change.insert_many(leads.iter().map(line).collect()).await
}

/// The mark of these leads as they are now, for a dialog that shows them.
pub async fn mark_all(ctx: &Ctx, ids: &[LeadId]) -> Result<String> {
    let mut leads = Vec::with_capacity(ids.len());
    for some in ids.chunks(CHUNK) {
        let some = ctx.find::<Entity>().filter(Column::Id.is_in(some.iter().copied()));
        let columns = [Column::Id, Column::State, Column::FollowerId];
        leads.extend(some.select_only().columns(columns).into::<seen::Seen>().await?);
    }
    Ok(seen::mark_of(ctx, leads))
}

/// Why a member may not follow leads, if so. The vendor's rule: the lead permission, and no authorised telesales staff.
pub(super) fn follower_refusal(member: &member::Model, viewer: &Viewer) -> Option<Refusal> {
    if member.disabled_at.happened() {
        Some(Refusal::FollowerDisabled)
    } else if member.telesales {
        Some(Refusal::FollowerIsTelesales)
    } else if !viewer.can(Action::FollowLead) {
        Some(Refusal::FollowerWithoutPermission)
    } else {
        None
    }
}

/// Refuses a follower who may not follow, beside its field. It is asked within the change: a moment earlier, it may still
/// have been allowed to.
pub(super) async fn check_follower(change: &Change<'_>, id: MemberId) -> Result<()> {
    let (member, viewer) = people::viewer_of(change, id).await.map_err(|error| match error {
        Error::NotFound => Problem::alone("follower", Code::Unknown),
        other => other,
    })?;
    match follower_refusal(&member, &viewer) {
        None => Ok(()),
        Some(Refusal::FollowerIsTelesales) => Err(Problem::alone("follower", Code::Telesales)),
        Some(_) => Err(Problem::alone("follower", Code::NotAFollower)),
    }
}

/// The tenant's members as followers, those who may not with the reason, each with its number of open leads.
pub async fn follower_choices(ctx: &Ctx) -> Result<Vec<FollowerChoice>> {
    #[derive(sea_orm::FromQueryResult)]
    struct Load {
        follower_id: Option<MemberId>,
        leads: i64,
    }
    let open = [State::Dispatched, State::Following];
    let loads: Vec<Load> = ctx
        .find::<Entity>()
        .filter(Column::State.is_in(open))
        .filter(Column::FollowerId.is_not_null())
        .select_only()
        .column(Column::FollowerId)
        .column_as(Expr::cust("COUNT(*)"), "leads")
        .group_by(Column::FollowerId)
        .into()
        .await?;
    let members = ctx
        .find::<member::Entity>()
        .filter(member::Column::DisabledAt.eq(crate::moment::Moment::NEVER))
        .order_by_asc(member::Column::Account)
        .all()
        .await?;
    let mut choices = Vec::with_capacity(members.len());
    for (member, viewer) in people::viewers(ctx, members).await? {
        let load = loads.iter().find(|load| load.follower_id == Some(member.id));
        choices.push(FollowerChoice {
            id: member.id,
            refusal: follower_refusal(&member, &viewer),
            open_leads: load.map_or(0, |load| load.leads.unsigned_abs()),
            name: member.name,
            account: member.account,
        });
    }
    Ok(choices)
}
