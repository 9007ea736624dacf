//! A new lead on its way into its row: sealed, keyed for search, fingerprinted against twins.

use std::collections::HashMap;

use sea_orm::{
    ActiveValue::{NotSet, Set},
    ConnectionTrait, DatabaseBackend, DatabaseTransaction, QueryFilter, QuerySelect, Statement,
    entity::prelude::*,
};

use super::{Field, NewLead, State, entity, personal::place};
use crate::{
    contact::{CompanyName, Email, Phone},
    ctx::{Store, everyones},
    error::Result,
    ids::{LeadId, MemberId, TenantId},
    keys::SearchKey,
    moment::Moment,
};

/// Whose lead it will be, and when.
#[derive(Clone, Copy)]
pub(crate) struct Birth {
    pub tenant: TenantId,
    pub tenant_number: i64,
    pub creator: MemberId,
    pub at: Moment,
}

/// The fields of the search index.
pub(crate) const COMPANY: char = 'c';
pub(crate) const CONTACT: char = 'p';
pub(crate) const CAMPAIGN: char = 'g';

/// A row that is ready to be written, and what its search index holds.
pub(crate) struct Draft {
    pub id: LeadId,
    pub row: entity::ActiveModel,
    pub terms: Vec<String>,
    pub twins: Twins,
}

/// What makes two open leads of a tenant the same one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Twins {
    pub phone: Option<Vec<u8>>,
    pub email: Option<Vec<u8>>,
}

impl Twins {
    /// The fingerprints of a company with its phone and with its e-mail.
    pub fn of(
        store: &Store,
        tenant: TenantId,
        company: &CompanyName,
        phone: Option<&Phone>,
        email: Option<&Email>,
    ) -> Twins {
        let company = company.normalised();
        let print = |kind, value: &str| store.vault.fingerprint(kind, &format!("{tenant}\0{company}\0{value}"));
        Twins {
            phone: phone.map(|phone| print("twin phone", phone.expose())),
            email: email.map(|email| print("twin e-mail", &email.expose().to_lowercase())),
        }
    }

    /// The fingerprints of a new lead.
    pub fn of_new(store: &Store, tenant: TenantId, lead: &NewLead) -> Twins {
        Twins::of(store, tenant, &lead.company, lead.phone.as_ref(), lead.email.as_ref())
    }
}

/// Makes the row of a new lead.
pub(crate) fn draft(store: &Store, birth: Birth, lead: &NewLead) -> Draft {
    let id = LeadId(uuid::Uuid::now_v7());
    let seal = |field, clear: &str| store.vault.seal(&place(field, id), clear.as_bytes());
    let company = SearchKey::of(lead.company.expose());
    let contact = SearchKey::of(lead.contact.expose());
    let campaign = lead.campaign.as_deref().map(SearchKey::of);
    let mut terms = company.terms(COMPANY, birth.tenant_number);
    terms.extend(contact.terms(CONTACT, birth.tenant_number));
    terms.extend(campaign.iter().flat_map(|campaign| campaign.terms(CAMPAIGN, birth.tenant_number)));
    let twins = Twins::of_new(store, birth.tenant, lead);
    let products: Vec<String> = lead.products.iter().map(ToString::to_string).collect();
    let row = entity::ActiveModel {
        number: NotSet,
        id: Set(id),
        tenant_id: Set(birth.tenant),
        company: Set(lead.company.expose().to_owned()),
        company_key: Set(company.as_str().to_owned()),
        contact: Set(lead.contact.expose().to_owned()),
        contact_key: Set(contact.as_str().to_owned()),
        phone_sealed: Set(lead.phone.as_ref().map(|phone| seal(Field::Phone, phone.expose()))),
        email_sealed: Set(lead.email.as_ref().map(|email| seal(Field::Email, email.expose()))),
        title: Set(lead.title.clone()),
        industry: Set(lead.industry),
        region: Set(lead.region.clone()),
        campaign: Set(lead.campaign.clone()),
        campaign_key: Set(campaign.map(|campaign| campaign.as_str().to_owned())),
        source: Set(lead.source),
        need: Set(lead.need.clone()),
        products: Set(products.join(",")),
        state: Set(if lead.follower.is_some() { State::Dispatched } else { State::Undispatched }),
        follower_id: Set(lead.follower),
        creator_id: Set(birth.creator),
        created_at: Set(birth.at),
        dispatched_at: Set(if lead.follower.is_some() { birth.at } else { Moment::NEVER }),
        followed_at: Set(Moment::NEVER),
        next_on: Set(None),
        invalid_reason: Set(None),
        twin_phone: Set(twins.phone.clone()),
        twin_email: Set(twins.email.clone()),
        reminded_at: Set(Moment::NEVER),
    };
    Draft { id, row, terms, twins }
}

/// Writes the search terms of leads that have just been written.
pub(crate) async fn index(tx: &DatabaseTransaction, terms: Vec<(LeadId, String)>) -> Result<()> {
    let numbers: Vec<(LeadId, i64)> = everyones::<entity::Entity>()
        .filter(entity::Column::Id.is_in(terms.iter().map(|(id, _)| *id)))
        .select_only()
        .column(entity::Column::Id)
        .column(entity::Column::Number)
        .into_tuple()
        .all(tx)
        .await?;
    let numbers: HashMap<LeadId, i64> = numbers.into_iter().collect();
    let numbered = terms.into_iter().filter_map(|(id, terms)| Some((*numbers.get(&id)?, terms)));
    index_numbered(tx, &numbered.collect::<Vec<_>>()).await
}

/// Writes search terms by the numbers of their leads.
pub(crate) async fn index_numbered(tx: &DatabaseTransaction, terms: &[(i64, String)]) -> Result<()> {
    let backend = tx.get_database_backend();
    for some in terms.chunks(400) {
        let mut sql = String::from(match backend {
            DatabaseBackend::Postgres => "INSERT INTO lead_search (number, terms) VALUES ",
            _ => "INSERT INTO lead_search (rowid, terms) VALUES ",
        });
        let mut values: Vec<sea_orm::Value> = Vec::with_capacity(some.len() * 2);
        for (place, (number, terms)) in some.iter().enumerate() {
            let separator = if place == 0 { "" } else { ", " };
            sql.push_str(&match backend {
                DatabaseBackend::Postgres => {
                    format!(
                        "{separator}(${}, array_to_tsvector(string_to_array(${}, ' ')))",
                        place * 2 + 1,
                        place * 2 + 2
                    )
                }
                _ => format!("{separator}(?, ?)"),
            });
            values.push((*number).into());
            values.push(terms.clone().into());
        }
        tx.execute_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
    }
    Ok(())
}
