//! Reminding: a lead that was dispatched days ago and that nobody has followed up since. Said once for each dispatch, to
//! the follower and to whoever answers for it.

use std::collections::HashMap;

use sea_orm::{ActiveValue::Set, QueryFilter, QueryOrder, QuerySelect, entity::prelude::*, sea_query::Expr};

use super::{
    State,
    entity::{ActiveModel, Column, Entity, Model},
};
use crate::{
    audit::{self, Event, Outcome},
    ctx::{Origin, Store, everyones},
    error::Result,
    ids::{LeadId, MemberId, TenantId},
    messages::{self, Notice},
    moment::Moment,
    people,
};

/// How long a lead may lie, in seconds, before its follower is reminded.
pub const SILENT_SECONDS: i64 = 3 * 86_400;
/// How many leads one transaction takes.
const BATCH: u64 = 200;

/// Reminds of every lead that has lain for three days; says how many there were. Asked again, on any server, it says
/// nothing twice.
pub async fn remind(store: &Store, now: Moment) -> Result<u64> {
    let mut reminded = 0;
    loop {
        let silent = everyones::<Entity>()
            // Said as the index says it, so that it serves: nothing is read but what is found.
            .filter(Expr::cust(format!("state = '{}' AND reminded_at < dispatched_at", State::Dispatched)))
            .filter(Column::DispatchedAt.lte(now.plus_seconds(-SILENT_SECONDS)))
            .order_by_asc(Column::DispatchedAt)
            .limit(BATCH)
            .all(&store.db)
            .await?;
        let Some(tenant) = silent.first().map(|lead| lead.tenant_id) else { return Ok(reminded) };
        let mut leads: Vec<Model> = silent.into_iter().filter(|lead| lead.tenant_id == tenant).collect();
        // By number, as whoever else takes several takes them.
        leads.sort_by_key(|lead| lead.number);
        reminded += remind_of(store, tenant, &leads, now).await?;
    }
}

async fn remind_of(store: &Store, tenant: TenantId, leads: &[Model], now: Moment) -> Result<u64> {
    let change = store.unattended().await?;
    let mut events = Vec::new();
    let mut silent: HashMap<MemberId, Vec<LeadId>> = HashMap::new();
    for lead in leads {
        // Somebody may have followed it up, dispatched it anew, or reminded of it since it was found.
        let once = Entity::update_many()
            .set(ActiveModel { reminded_at: Set(now), ..Default::default() })
            .filter(Column::Id.eq(lead.id))
            .filter(Column::State.eq(State::Dispatched))
            .filter(Column::DispatchedAt.eq(lead.dispatched_at))
            .filter(Column::RemindedAt.eq(lead.reminded_at));
        if let (Some(follower), 1) = (lead.follower_id, once.exec(change.tx()).await?.rows_affected) {
            silent.entry(follower).or_default().push(lead.id);
            events.push(Event::LeadReminded { lead: lead.id });
        }
    }
    for (follower, leads) in silent {
        let mut to = people::superiors(change.tx(), tenant, follower).await?;
        to.push(follower);
        let notices: Vec<Notice> = leads.into_iter().map(|lead| Notice::LeadUnfollowed { lead, follower }).collect();
        messages::tell_of(&change, now, &to, &notices).await?;
    }
    let origin = Origin { address: "job".to_owned(), request: String::new() };
    let entry = audit::Entry { tenant: Some(tenant), actor: None, at: now, origin: &origin, outcome: Outcome::Done };
    let reminded = events.len() as u64;
    change.commit(entry, &events).await?;
    Ok(reminded)
}
