//! How members are reached, and who stands above them. For letters and messages alone: an address that is found here goes
//! into a letter, never onto a page.

use std::collections::{BTreeSet, HashMap};

use sea_orm::{DatabaseTransaction, QueryFilter, QuerySelect, entity::prelude::*};

use super::{
    Held,
    entity::{member, tenant},
    rules,
    standing::holds,
};
use crate::{
    access::{PartnerState, TenantKind},
    contact::{Email, Phone},
    ctx::{Change, Ctx, Store, everyones},
    error::{Error, Result},
    ids::{MemberId, TenantId},
    messages::{Channel, Channels, Language},
    moment::Moment,
    outbox::Address,
    vault::Vault,
};

/// A member's own address for a channel; none, if it has no such address or may not sign in any more.
pub(crate) async fn address(store: &Store, id: MemberId, channel: Channel) -> Result<Option<Address>> {
    let member = everyones::<member::Entity>()
        .filter(member::Column::Id.eq(id))
        .filter(member::Column::DisabledAt.eq(Moment::NEVER))
        .one(&store.db)
        .await?;
    let Some(member) = member else { return Ok(None) };
    Ok(match channel {
        Channel::Email => {
            let text = opened(&store.vault, "email", id, member.email_sealed.as_deref())?;
            text.and_then(|text| Email::parse(&text).ok()).map(Address::Email)
        }
        Channel::Sms => {
            let text = opened(&store.vault, "phone", id, member.phone_sealed.as_deref())?;
            text.and_then(|text| Phone::parse(&text).ok()).filter(Phone::is_mobile).map(Address::Phone)
        }
    })
}

/// The viewer's own address for a channel, where letters leave by it.
pub(crate) async fn own_address(ctx: &Ctx, channel: Channel) -> Result<Option<Address>> {
    if !ctx.store().ways.has(channel) {
        return Ok(None);
    }
    address(ctx.store(), ctx.viewer().member, channel).await
}

fn opened(vault: &Vault, field: &str, id: MemberId, sealed: Option<&[u8]>) -> Result<Option<String>> {
    sealed.map(|sealed| vault.open_text(&format!("member.{field}:{id}"), sealed)).transpose()
}

/// How a member can be reached at all, and in which language.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Reach {
    pub channels: Channels,
    pub language: Language,
}

/// How these members can be reached; those who may not sign in any more are left out.
pub(crate) async fn reachable(
    tx: &DatabaseTransaction,
    members: &BTreeSet<MemberId>,
) -> Result<HashMap<MemberId, Reach>> {
    let found = everyones::<member::Entity>()
        .filter(member::Column::Id.is_in(members.iter().copied()))
        .filter(member::Column::DisabledAt.eq(Moment::NEVER))
        .all(tx)
        .await?;
    let reach = |member: &member::Model| Reach {
        channels: Channels { email: member.email_sealed.is_some(), sms: member.phone_sealed.is_some() },
        language: language_of(member),
    };
    Ok(found.iter().map(|member| (member.id, reach(member))).collect())
}

/// The language of the letters of whoever changes something.
pub(crate) async fn language(change: &Change<'_>) -> Result<Language> {
    let own = change.find::<member::Entity>().filter(member::Column::Id.eq(change.member())).one().await?;
    Ok(language_of(&own))
}

/// A partner's title, by which it is known outside.
pub(crate) async fn title(store: &Store, id: TenantId) -> Result<String> {
    let found = everyones::<tenant::Entity>().filter(tenant::Column::Id.eq(id)).one(&store.db).await?;
    Ok(found.ok_or(Error::NotFound)?.title)
}

/// How the vendor stands to a partner now: what is worse, its own state or, for a reseller, that of its distributor.
pub(crate) async fn state(store: &Store, id: TenantId) -> Result<PartnerState> {
    let found = everyones::<tenant::Entity>().filter(tenant::Column::Id.eq(id)).one(&store.db).await?;
    let partner = found.ok_or(Error::NotFound)?;
    let above = match partner.parent_id.filter(|_| partner.kind == TenantKind::Reseller) {
        Some(above) => everyones::<tenant::Entity>().filter(tenant::Column::Id.eq(above)).one(&store.db).await?,
        None => None,
    };
    Ok(partner.state.max(above.map_or(PartnerState::Normal, |above| above.state)))
}

/// The language that a member has chosen, else the first one.
fn language_of(member: &member::Model) -> Language {
    member.language.parse().unwrap_or_default()
}

/// The tenants of these members.
pub(crate) async fn tenants_of(
    tx: &DatabaseTransaction,
    members: &BTreeSet<MemberId>,
) -> Result<HashMap<MemberId, TenantId>> {
    let found = everyones::<member::Entity>()
        .filter(member::Column::Id.is_in(members.iter().copied()))
        .select_only()
        .columns([member::Column::Id, member::Column::TenantId])
        .into_tuple::<(MemberId, TenantId)>()
        .all(tx)
        .await?;
    Ok(found.into_iter().collect())
}

/// Those who stand for a tenant, to be told of what nobody else answers for: its administrators, whatever they are called in
/// a tenant of its kind.
pub(crate) async fn administrators(tx: &DatabaseTransaction, tenant: TenantId) -> Result<Vec<MemberId>> {
    let kind = everyones::<tenant::Entity>().filter(tenant::Column::Id.eq(tenant)).one(tx).await?;
    let roles = kind.map(|tenant| rules::standing_for(tenant.kind)).unwrap_or_default();
    let members = everyones::<member::Entity>()
        .filter(member::Column::TenantId.eq(tenant))
        .filter(member::Column::DisabledAt.eq(Moment::NEVER))
        .filter(holds(roles.into_iter().map(Held::Default)))
        .all(tx)
        .await?;
    Ok(members.into_iter().map(|member| member.id).collect())
}

/// Who answers for a member: its supervisor, else the administrators.
pub(crate) async fn superiors(tx: &DatabaseTransaction, tenant: TenantId, of: MemberId) -> Result<Vec<MemberId>> {
    let member = everyones::<member::Entity>().filter(member::Column::Id.eq(of)).one(tx).await?;
    if let Some(supervisor) = member.and_then(|member| member.supervisor_id) {
        let supervisor = everyones::<member::Entity>()
            .filter(member::Column::Id.eq(supervisor))
            .filter(member::Column::DisabledAt.eq(Moment::NEVER))
            .one(tx)
            .await?;
        if let Some(supervisor) = supervisor {
            return Ok(vec![supervisor.id]);
        }
    }
    administrators(tx, tenant).await
}
