//! Planting pre-registrations of converted leads, for the demo.

use std::collections::HashSet;

use sea_orm::{ActiveValue::Set, DatabaseTransaction, QueryFilter, entity::prelude::*};

use super::{
    State,
    entity::{ActiveModel, Column, Entity},
    store::{Birth, Prospect, row},
};
use crate::{
    audit::Event,
    contact::Phone,
    ctx::{Store, everyones},
    error::Result,
    ids::{LeadId, MemberId, PreregistrationId, TenantId},
    leads::NewLead,
    moment::Moment,
};

/// What a lead of the past was developed into.
#[derive(Clone, Copy, Debug)]
pub struct Planted {
    pub at: Moment,
    pub owner: MemberId,
    pub state: State,
    pub invite: bool,
}

impl Planted {
    /// Whether its invitation has gone out.
    fn was_invited(self) -> bool {
        match self.state {
            State::Invited | State::Associated | State::Failed | State::Expired => self.invite,
            State::Pending | State::Registered | State::Rejected => false,
        }
    }
}

/// A pre-registration as it would lie there, and the traces it would have left.
pub(crate) fn grow(
    store: &Store,
    tenant: TenantId,
    lead: LeadId,
    of: &NewLead,
    planted: Planted,
) -> (ActiveModel, [Event; 2]) {
    let id = PreregistrationId(Uuid::now_v7());
    let prospect = Prospect {
        company: of.company.clone(),
        contact: of.contact.clone(),
        mobile: of.phone.clone().filter(Phone::is_mobile),
        email: of.email.clone(),
        invite: planted.invite,
        remark: None,
    };
    let birth = Birth { id, tenant, lead, owner: planted.owner, at: planted.at };
    let events =
        [Event::PreregistrationCreated { preregistration: id }, Event::LeadDeveloped { lead, preregistration: id }];
    let row = ActiveModel {
        invited_at: Set(if planted.was_invited() { planted.at } else { Moment::NEVER }),
        ..row(&store.vault, birth, &prospect, planted.state)
    };
    (row, events)
}

/// Writes them; of two that hold the same prospect the later one has lost it.
pub(crate) async fn plant(tx: &DatabaseTransaction, rows: Vec<ActiveModel>) -> Result<()> {
    let holding = everyones::<Entity>().filter(Column::TwinCompany.is_not_null()).all(tx).await?;
    let mut held: HashSet<Vec<u8>> =
        holding.into_iter().flat_map(|row| [row.twin_company, row.twin_mobile]).flatten().collect();
    let rows = rows.into_iter().map(|mut row| {
        let prints = [row.twin_company.clone().take().flatten(), row.twin_mobile.clone().take().flatten()];
        if !prints.into_iter().flatten().all(|print| held.insert(print)) {
            row.state = Set(State::Rejected);
            row.twin_company = Set(None);
            row.twin_mobile = Set(None);
        }
        row
    });
    let rows: Vec<ActiveModel> = rows.collect();
    for some in rows.chunks(500) {
        Entity::insert_many(some.to_vec()).exec_without_returning(tx).await?;
    }
    Ok(())
}
