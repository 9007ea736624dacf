//! Planting leads with a past, for the demo and for measurements: written in bulk, as they would lie there after months
//! of work. Nothing a signed-in member does comes through here.

use std::collections::HashMap;

use chrono::NaiveDate;
use sea_orm::{ActiveValue::Set, QueryFilter, QueryOrder, entity::prelude::*};

use super::{
    InvalidReason, NewLead, Outcome, State, Way,
    draft::{self, Birth},
    entity::{self, entry},
};
use crate::{
    audit::{self, Event},
    ctx::{Origin, Store, everyones},
    error::Result,
    ids::{LeadId, MemberId, TenantId},
    messages::{self, Notice},
    moment::Moment,
    preregistrations,
};

/// Messages older than this, in seconds before the latest, have been read.
const READ_SECONDS: i64 = 2 * 86_400;

/// A lead with a past.
#[derive(Clone, Debug)]
pub struct Planted {
    pub tenant: TenantId,
    pub tenant_number: i64,
    pub creator: MemberId,
    pub created_at: Moment,
    pub lead: NewLead,
    pub state: State,
    pub next_on: Option<NaiveDate>,
    pub invalid_reason: Option<InvalidReason>,
    pub past: Vec<Past>,
    /// When its follower was reminded of it, if that has happened.
    pub reminded_at: Moment,
    /// What it was developed into, in the end.
    pub developed: Option<preregistrations::planting::Planted>,
}

/// One act of a lead's past.
#[derive(Clone, Debug)]
pub struct Past {
    pub at: Moment,
    pub by: MemberId,
    pub act: Act,
}

/// What was done.
#[derive(Clone, Debug)]
pub enum Act {
    Dispatched { to: MemberId },
    Followed { way: Way, outcome: Outcome, content: String, next_on: Option<NaiveDate>, reason: Option<InvalidReason> },
    Returned { reason: String },
}

/// A line for the audit trail that a planted act would have left. A reminder is nobody's act; it names the follower.
pub type Trace = (Moment, TenantId, MemberId, Event);

/// Writes leads with their pasts and says which traces they would have left.
pub async fn plant(store: &Store, planted: &[Planted]) -> Result<Vec<Trace>> {
    let mut traces = Vec::new();
    let mut developments = Vec::new();
    let tx = store.begin().await?;
    for some in planted.chunks(500) {
        let mut rows = Vec::with_capacity(some.len());
        let mut entries = Vec::new();
        let mut terms = Vec::with_capacity(some.len());
        for lead in some {
            let birth = Birth {
                tenant: lead.tenant,
                tenant_number: lead.tenant_number,
                creator: lead.creator,
                at: lead.created_at,
            };
            let draft = draft::draft(store, birth, &lead.lead);
            let created = line(lead, draft.id, lead.created_at, lead.creator, entry::Kind::Created);
            traces.push((lead.created_at, lead.tenant, lead.creator, Event::LeadCreated { lead: draft.id }));
            entries.push(created);
            for past in &lead.past {
                let (row, event) = remember(lead, draft.id, past);
                entries.push(row);
                traces.push((past.at, lead.tenant, past.by, event));
            }
            if let (Some(follower), true) = (lead.lead.follower, lead.reminded_at.happened()) {
                traces.push((lead.reminded_at, lead.tenant, follower, Event::LeadReminded { lead: draft.id }));
            }
            if let Some(developed) = lead.developed {
                entries.push(line(lead, draft.id, developed.at, developed.owner, entry::Kind::Developed));
                let (row, events) =
                    preregistrations::planting::grow(store, lead.tenant, draft.id, &lead.lead, developed);
                developments.push(row);
                traces.extend(events.map(|event| (developed.at, lead.tenant, developed.owner, event)));
            }
            terms.push((draft.id, draft.terms.join(" ")));
            rows.push(grown(lead, draft.row));
        }
        entity::Entity::insert_many(rows).exec_without_returning(&tx).await?;
        draft::index(&tx, terms).await?;
        for some in entries.chunks(1000) {
            entry::Entity::insert_many(some.to_vec()).exec_without_returning(&tx).await?;
        }
    }
    preregistrations::planting::plant(&tx, developments).await?;
    tx.commit().await?;
    Ok(traces)
}

/// The traces of a past, left one after the other in the order of their times.
pub struct Traces {
    left: Vec<Trace>,
    latest: Moment,
    dispatchers: HashMap<LeadId, MemberId>,
}

impl Traces {
    /// These, none of which is left yet.
    pub fn of(mut traces: Vec<Trace>) -> Traces {
        traces.sort_by_key(|(at, ..)| *at);
        let latest = traces.last().map_or(Moment::NEVER, |(at, ..)| *at);
        Traces { left: traces, latest, dispatchers: HashMap::new() }
    }

    /// Leaves the traces up to this instant in the audit trail, and the messages that they sent.
    pub async fn leave_until(&mut self, store: &Store, until: Moment) -> Result<()> {
        let next = self.left.partition_point(|(at, ..)| *at <= until);
        let next = self.left.drain(..next).collect();
        leave(store, next, self.latest, &mut self.dispatchers).await
    }
}

async fn leave(
    store: &Store,
    traces: Vec<Trace>,
    latest: Moment,
    dispatchers: &mut HashMap<LeadId, MemberId>,
) -> Result<()> {
    let tx = store.begin().await?;
    for (at, tenant, actor, event) in traces {
        let origin = Origin { address: "127.0.0.1".to_owned(), request: String::new() };
        let entry = audit::Entry {
            tenant: Some(tenant),
            actor: (!matches!(event, Event::LeadReminded { .. })).then_some(actor),
            at,
            origin: &origin,
            outcome: audit::Outcome::Done,
        };
        let told = match event {
            Event::LeadDispatched { lead, to, .. } => {
                dispatchers.insert(lead, actor);
                Some((to, Notice::LeadDispatched { lead }))
            }
            Event::LeadReturned { lead } => {
                dispatchers.get(&lead).map(|dispatcher| (*dispatcher, Notice::LeadReturned { lead, by: actor }))
            }
            Event::LeadReminded { lead } => Some((actor, Notice::LeadUnfollowed { lead, follower: actor })),
            _ => None,
        };
        if let Some((to, notice)) = told {
            let was_read = at < latest.plus_seconds(-READ_SECONDS);
            let read_at = if was_read { at.plus_seconds(3_600) } else { Moment::NEVER };
            messages::plant(&tx, tenant, to, &notice, at, read_at).await?;
        }
        audit::append(&tx, &store.vault, entry, &[event]).await?;
    }
    Ok(tx.commit().await?)
}

/// The oldest lead of a follower that is open, has a phone, and is none of these.
pub async fn callable(store: &Store, follower: MemberId, but: &[LeadId]) -> Result<Option<LeadId>> {
    let open = everyones::<entity::Entity>()
        .filter(entity::Column::FollowerId.eq(follower))
        .filter(entity::Column::State.eq(State::Following))
        .filter(entity::Column::PhoneSealed.is_not_null())
        .filter(entity::Column::Id.is_not_in(but.iter().copied()))
        .order_by_asc(entity::Column::Number);
    Ok(open.one(&store.db).await?.map(|lead| lead.id))
}

fn grown(lead: &Planted, mut row: entity::ActiveModel) -> entity::ActiveModel {
    let last = |wanted: fn(&Act) -> bool| lead.past.iter().rev().find(|past| wanted(&past.act)).map(|past| past.at);
    let dispatched = last(|act| matches!(act, Act::Dispatched { .. }));
    let followed = last(|act| matches!(act, Act::Followed { .. }));
    row.state = Set(lead.state);
    row.next_on = Set(lead.next_on);
    row.reminded_at = Set(lead.reminded_at);
    row.invalid_reason = Set(lead.invalid_reason);
    row.dispatched_at = Set(dispatched.unwrap_or(Moment::NEVER));
    row.followed_at = Set(followed.unwrap_or(Moment::NEVER));
    if matches!(lead.state, State::Converted | State::Invalid) {
        row.twin_phone = Set(None);
        row.twin_email = Set(None);
    }
    row
}

fn remember(lead: &Planted, id: LeadId, past: &Past) -> (entry::ActiveModel, Event) {
    let row = |kind| line(lead, id, past.at, past.by, kind);
    match &past.act {
        Act::Dispatched { to } => (
            entry::ActiveModel { to_id: Set(Some(*to)), ..row(entry::Kind::Dispatched) },
            Event::LeadDispatched { lead: id, to: *to, from: None },
        ),
        Act::Returned { reason } => (
            entry::ActiveModel { content: Set(Some(reason.clone())), ..row(entry::Kind::Returned) },
            Event::LeadReturned { lead: id },
        ),
        Act::Followed { way, outcome, content, next_on, reason } => (
            entry::ActiveModel {
                way: Set(Some(*way)),
                outcome: Set(Some(*outcome)),
                content: Set(Some(content.clone())),
                next_on: Set(*next_on),
                reason: Set(*reason),
                ..row(entry::Kind::Followed)
            },
            Event::LeadFollowedUp { lead: id, outcome: *outcome },
        ),
    }
}

fn line(lead: &Planted, id: LeadId, at: Moment, by: MemberId, kind: entry::Kind) -> entry::ActiveModel {
    entry::ActiveModel {
        id: Set(Uuid::now_v7()),
        tenant_id: Set(lead.tenant),
        lead_id: Set(id),
        at: Set(at),
        author_id: Set(by),
        kind: Set(kind),
        to_id: Set(None),
        way: Set(None),
        outcome: Set(None),
        content: Set(None),
        next_on: Set(None),
        reason: Set(None),
    }
}
