//! Receivers (接收人): whom else a tenant wants told, by kind of message. They are additional: members are told all the
//! same, and where there is no receiver, only they are.

use sea_orm::{ActiveValue::Set, DatabaseTransaction, QueryFilter, QueryOrder, entity::prelude::*};

use super::{Channel, Kind, Language, ReceiverRow, entity::receiver};
use crate::{
    access::Action,
    audit::Event,
    contact::{Email, PersonName, Phone, Shown},
    ctx::{Ctx, Store, Turn, everyones},
    error::{Code, Problem, Result},
    ids::{ReceiverId, TenantId},
    outbox::Address,
    vault::Vault,
};

/// The most receivers that a kind of message has.
const MOST: usize = 10;

/// A receiver to add, checked field by field.
#[derive(Clone, Debug)]
pub struct NewReceiver {
    pub kind: Kind,
    pub name: PersonName,
    pub email: Option<Email>,
    pub phone: Option<Phone>,
    pub language: Language,
}

fn place(field: &str, id: ReceiverId) -> String {
    format!("receiver.{field}:{id}")
}

/// The tenant's receivers, masked, by kind.
pub async fn receivers(ctx: &Ctx) -> Result<Vec<ReceiverRow>> {
    ctx.require(Action::ManageReceivers).await?;
    let rows = ctx.find::<receiver::Entity>().order_by_asc(receiver::Column::CreatedAt).all().await?;
    let vault = ctx.vault();
    let mut shown = Vec::with_capacity(rows.len());
    for row in rows {
        let Ok(kind) = row.kind.parse() else { continue };
        let masked = |field, sealed: Option<&[u8]>| -> Result<Option<String>> {
            sealed.map(|sealed| opened(vault, field, row.id, sealed)).transpose()
        };
        let name = PersonName::parse(&opened(vault, "name", row.id, &row.name_sealed)?);
        let email = masked("email", row.email_sealed.as_deref())?.and_then(|text| Email::parse(&text).ok());
        let phone = masked("phone", row.phone_sealed.as_deref())?.and_then(|text| Phone::parse(&text).ok());
        shown.push(ReceiverRow {
            id: row.id,
            kind,
            name: name.map_or_else(|_| Shown::nothing(), |name| name.masked()),
            email: email.map_or_else(Shown::nothing, |email| email.masked()),
            phone: phone.map_or_else(Shown::nothing, |phone| phone.masked()),
            language: row.language,
        });
    }
    shown.sort_by_key(|row| row.kind);
    Ok(shown)
}

/// Adds a receiver.
pub async fn add_receiver(ctx: &Ctx, new: &NewReceiver, token: Option<Uuid>) -> Result<()> {
    let change = ctx.change(Action::ManageReceivers).await?;
    // Whoever adds at the same time waits here, so that the limit holds.
    change.turn_of(Turn::Tenant(change.tenant())).await?;
    change.once(token, "/messages/receivers").await?;
    let kind = new.kind.to_string();
    let there = change.find::<receiver::Entity>().filter(receiver::Column::Kind.eq(&kind)).all().await?;
    if there.len() >= MOST {
        return Err(Problem::alone("kind", Code::TooManyReceivers));
    }
    let id = ReceiverId(Uuid::now_v7());
    let seal = |field, clear: &str| ctx.vault().seal(&place(field, id), clear.as_bytes());
    let row = receiver::ActiveModel {
        id: Set(id),
        tenant_id: Set(ctx.viewer().tenant),
        kind: Set(kind),
        name_sealed: Set(seal("name", new.name.expose())),
        email_sealed: Set(new.email.as_ref().map(|email| seal("email", email.expose()))),
        phone_sealed: Set(new.phone.as_ref().map(|phone| seal("phone", phone.expose()))),
        language: Set(new.language),
        created_at: Set(ctx.now()),
    };
    change.insert(row).await?;
    change.commit(Event::ReceiversChanged { receiver: id, added: true }).await
}

/// Takes a receiver away, with everything that was known of it.
pub async fn remove_receiver(ctx: &Ctx, id: ReceiverId) -> Result<()> {
    let change = ctx.change(Action::ManageReceivers).await?;
    let row = change.find::<receiver::Entity>().filter(receiver::Column::Id.eq(id)).one().await?;
    change.remove_one(change.delete::<receiver::Entity>().filter(receiver::Column::Id.eq(row.id))).await?;
    change.commit(Event::ReceiversChanged { receiver: id, added: false }).await
}

/// Whom a tenant wants told of messages of a kind.
pub(super) async fn of_kind(tx: &DatabaseTransaction, tenant: TenantId, kind: Kind) -> Result<Vec<receiver::Model>> {
    let rows = everyones::<receiver::Entity>()
        .filter(receiver::Column::TenantId.eq(tenant))
        .filter(receiver::Column::Kind.eq(kind.to_string()))
        .all(tx)
        .await?;
    Ok(rows)
}

/// Where a receiver is reached by a channel; nowhere, if it is gone or has no such address.
pub(crate) async fn receiver_address(store: &Store, id: ReceiverId, channel: Channel) -> Result<Option<Address>> {
    let row = everyones::<receiver::Entity>().filter(receiver::Column::Id.eq(id)).one(&store.db).await?;
    let Some(row) = row else { return Ok(None) };
    let address = match (channel, row.email_sealed, row.phone_sealed) {
        (Channel::Email, Some(sealed), _) => {
            Email::parse(&opened(&store.vault, "email", id, &sealed)?).ok().map(Address::Email)
        }
        (Channel::Sms, _, Some(sealed)) => {
            Phone::parse(&opened(&store.vault, "phone", id, &sealed)?).ok().map(Address::Phone)
        }
        (Channel::Email, None, _) | (Channel::Sms, _, None) => None,
    };
    Ok(address)
}

fn opened(vault: &Vault, field: &str, id: ReceiverId, sealed: &[u8]) -> Result<String> {
    vault.open_text(&place(field, id), sealed)
}
