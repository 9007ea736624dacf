//! Reading people: who a ticket stands for, and what colleagues are called.

use std::collections::{BTreeSet, HashMap};

use sea_orm::{QueryFilter, QueryOrder, QuerySelect, entity::prelude::*};

use super::{
    SignedIn, Ticket,
    entity::{member, member_role, role, role_item, tenant},
};
use crate::{
    access::{Role, Viewer},
    audit::Party,
    contact::Phone,
    ctx::{Ctx, Origin, Store, everyones},
    error::{Error, Result},
    ids::{MemberId, RoleId, TenantId},
    moment::Moment,
    vault::Vault,
};

/// Who a ticket stands for right now; nobody, if the member is disabled or has moved on since.
pub async fn enter(store: &Store, ticket: Ticket) -> Result<Option<SignedIn>> {
    let found = load(store, ticket.member).await?;
    Ok(found.filter(|(member, _)| member.version == ticket.version).map(|(_, signed_in)| signed_in))
}

/// The view of a member for work done in its name while it is away; refused once it may not sign in any more.
pub async fn member_ctx(store: &Store, member: MemberId, origin: Origin, now: Moment) -> Result<Ctx> {
    let (_, signed_in) = load(store, member).await?.ok_or(Error::SignedOut)?;
    Ok(store.ctx(signed_in.viewer, origin, now))
}

async fn load(store: &Store, id: MemberId) -> Result<Option<(member::Model, SignedIn)>> {
    let Some(member) = everyones::<member::Entity>().filter(member::Column::Id.eq(id)).one(&store.db).await? else {
        return Ok(None);
    };
    if member.disabled_at.happened() {
        return Ok(None);
    }
    let tenant = everyones::<tenant::Entity>()
        .filter(tenant::Column::Id.eq(member.tenant_id))
        .one(&store.db)
        .await?
        .ok_or(Error::Internal)?;
    let roles = everyones::<member_role::Entity>().filter(member_role::Column::MemberId.eq(id)).all(&store.db).await?;
    let custom_roles = names_of_custom(store, tenant.id, &roles).await?;
    let viewer = viewer(store, &tenant, &member, roles).await?;
    let signed_in = SignedIn {
        viewer,
        tenant_title: tenant.title,
        account: member.account.clone(),
        name: member.name.clone(),
        site: member.site,
        must_change_password: member.must_change_password,
        custom_roles,
        language: member.language.clone(),
        zone: member.zone.clone(),
    };
    Ok(Some((member, signed_in)))
}

/// What the custom roles among these are called.
async fn names_of_custom(store: &Store, tenant: TenantId, held: &[member_role::Model]) -> Result<Vec<String>> {
    let custom: Vec<RoleId> = held.iter().filter_map(|held| held.role.parse().ok()).collect();
    if custom.is_empty() {
        return Ok(Vec::new());
    }
    let roles = everyones::<role::Entity>()
        .filter(role::Column::TenantId.eq(tenant))
        .filter(role::Column::Id.is_in(custom))
        .order_by_asc(role::Column::Name)
        .all(&store.db)
        .await?;
    Ok(roles.into_iter().map(|role| role.name).collect())
}

async fn viewer(
    store: &Store,
    tenant: &tenant::Model,
    member: &member::Model,
    held: Vec<member_role::Model>,
) -> Result<Viewer> {
    let roles: BTreeSet<Role> = held.iter().filter_map(|held| held.role.parse().ok()).collect();
    let custom: Vec<RoleId> = held.iter().filter_map(|held| held.role.parse().ok()).collect();
    let items = if custom.is_empty() {
        Vec::new()
    } else {
        everyones::<role_item::Entity>()
            .filter(role_item::Column::TenantId.eq(tenant.id))
            .filter(role_item::Column::RoleId.is_in(custom))
            .all(&store.db)
            .await?
    };
    Ok(Viewer {
        tenant: tenant.id,
        tenant_number: tenant.number,
        tenant_kind: tenant.kind,
        marketing_plan_2: tenant.marketing_plan_2,
        member: member.id,
        roles,
        extra: items.iter().filter_map(|item| item.item.parse().ok()).collect(),
        telesales: member.telesales,
    })
}

/// A colleague as the rules see it, whether or not it may sign in.
pub(crate) async fn viewer_of(ctx: &Ctx, id: MemberId) -> Result<(member::Model, Viewer)> {
    let member = ctx.find::<member::Entity>().filter(member::Column::Id.eq(id)).one().await?;
    let tenant = ctx.find::<tenant::Entity>().filter(tenant::Column::Id.eq(member.tenant_id)).one().await?;
    let roles = ctx.find::<member_role::Entity>().filter(member_role::Column::MemberId.eq(id)).all().await?;
    let viewer = viewer(ctx.store(), &tenant, &member, roles).await?;
    Ok((member, viewer))
}

/// The ids of the members with exactly this account.
pub(crate) async fn ids_of_account(ctx: &Ctx, account: &str) -> Result<Vec<MemberId>> {
    if account.contains('\0') {
        return Ok(Vec::new());
    }
    let members = ctx.find::<member::Entity>().filter(member::Column::Account.eq(account)).all().await?;
    Ok(members.into_iter().map(|member| member.id).collect())
}

/// The ids of the colleagues whose name or account contains the text, or whose pinyin initials do.
pub(crate) async fn ids_of_name(ctx: &Ctx, matches: impl Fn(&str) -> bool) -> Result<Vec<MemberId>> {
    let members = ctx.find::<member::Entity>().all().await?;
    let found = members.into_iter().filter(|member| matches(&member.name) || matches(&member.account));
    Ok(found.map(|member| member.id).collect())
}

/// The titles of these tenants, of those that the viewer sees.
pub(crate) async fn titles(ctx: &Ctx, ids: &[TenantId]) -> Result<HashMap<TenantId, String>> {
    let ids: BTreeSet<TenantId> = ids.iter().copied().collect();
    let tenants = ctx.find::<tenant::Entity>().filter(tenant::Column::Id.is_in(ids)).all().await?;
    Ok(tenants.into_iter().map(|tenant| (tenant.id, tenant.title)).collect())
}

/// The companies of these ids, for a reader of whom each is the other party: it knows them by title and kind, and nothing
/// else of them.
pub(crate) async fn parties(ctx: &Ctx, ids: &[TenantId]) -> Result<HashMap<TenantId, Party>> {
    let ids: BTreeSet<TenantId> = ids.iter().copied().collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let tenants = everyones::<tenant::Entity>().filter(tenant::Column::Id.is_in(ids)).all(&ctx.store().db).await?;
    let party = |tenant: tenant::Model| (tenant.id, Party::Company { title: tenant.title, kind: tenant.kind });
    Ok(tenants.into_iter().map(party).collect())
}

/// The accounts of these members.
pub(crate) async fn accounts(ctx: &Ctx, ids: &[MemberId]) -> Result<HashMap<MemberId, String>> {
    Ok(some(ctx, ids).await?.into_iter().map(|member| (member.id, member.account)).collect())
}

/// The names of these members.
pub(crate) async fn names(ctx: &Ctx, ids: &[MemberId]) -> Result<HashMap<MemberId, String>> {
    Ok(some(ctx, ids).await?.into_iter().map(|member| (member.id, member.name)).collect())
}

async fn some(ctx: &Ctx, ids: &[MemberId]) -> Result<Vec<member::Model>> {
    let ids: BTreeSet<MemberId> = ids.iter().copied().collect();
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    ctx.find::<member::Entity>().filter(member::Column::Id.is_in(ids)).limit(1000).all().await
}

/// A member's own phone, for the network that rings it.
pub(crate) fn phone(vault: &Vault, member: &member::Model) -> Result<Option<Phone>> {
    let Some(sealed) = member.phone_sealed.as_deref() else { return Ok(None) };
    let text = vault.open_text(&format!("member.phone:{}", member.id), sealed)?;
    Ok(Phone::parse(&text).ok())
}
