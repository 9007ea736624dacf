//! Reading people: who a ticket stands for, and what colleagues are called.

use std::collections::{BTreeSet, HashMap};

use sea_orm::{
    QueryFilter,
    entity::prelude::*,
    sea_query::{Expr, ExprTrait, Query},
};

use super::{
    Held, SignedIn, Ticket,
    entity::{member, role_item, tenant},
    standing::held_by,
};
use crate::{
    access::Viewer,
    audit::Party,
    contact::Phone,
    ctx::{self, Ctx, Origin, Reads, Scoped, Store, everyones},
    error::{Error, Result},
    ids::{MemberId, RoleId, TenantId},
    moment::Moment,
    vault::Vault,
};

/// How many ids one statement names.
const CHUNK: usize = 500;

/// Who a ticket stands for right now; nobody, if the member is disabled or has moved on since.
pub async fn enter(store: &Store, ticket: Ticket, now: Moment) -> Result<Option<SignedIn>> {
    let found = ctx::asker(&store.db, ticket.member, now).await?;
    Ok(found.filter(|asker| asker.viewer.version == ticket.version))
}

/// The view of a member for work done in its name while it is away; refused once it may not sign in any more.
pub async fn member_ctx(store: &Store, member: MemberId, origin: Origin, now: Moment) -> Result<Ctx> {
    let asker = ctx::asker(&store.db, member, now).await?.ok_or(Error::SignedOut)?;
    Ok(store.ctx(asker.viewer, origin, now))
}

/// A colleague as the rules see it, whether or not it may sign in.
pub(crate) async fn viewer_of<R: Reads + Sync>(from: &R, id: MemberId) -> Result<(member::Model, Viewer)> {
    let member = from.rows::<member::Entity>().filter(member::Column::Id.eq(id)).one().await?;
    viewers(from, vec![member]).await?.pop().ok_or(Error::NotFound)
}

/// These colleagues as the rules see them, however many by the same few statements.
pub(crate) async fn viewers<R: Reads + Sync>(
    from: &R,
    members: Vec<member::Model>,
) -> Result<Vec<(member::Model, Viewer)>> {
    let ids: Vec<MemberId> = members.iter().map(|member| member.id).collect();
    let tenants: BTreeSet<TenantId> = members.iter().map(|member| member.tenant_id).collect();
    let tenants = from.rows::<tenant::Entity>().filter(tenant::Column::Id.is_in(tenants)).all().await?;
    let held = held_by(from, &ids).await?;
    let custom: BTreeSet<RoleId> = held.values().flatten().filter_map(|held| held.custom()).collect();
    let items = if custom.is_empty() {
        Vec::new()
    } else {
        from.rows::<role_item::Entity>().filter(role_item::Column::RoleId.is_in(custom)).all().await?
    };
    let mut found = Vec::with_capacity(members.len());
    for member in members {
        let tenant = tenants.iter().find(|tenant| tenant.id == member.tenant_id).ok_or(Error::NotFound)?;
        let held = held.get(&member.id).cloned().unwrap_or_default();
        let of_member = |item: &&role_item::Model| held.contains(&Held::Custom(item.role_id));
        let viewer = Viewer {
            marketing_plan_2: tenant.marketing_plan_2,
            extra: items.iter().filter(of_member).filter_map(|item| item.item.parse().ok()).collect(),
            roles: held.iter().filter_map(|held| held.default()).collect(),
            telesales: member.telesales,
            ..Viewer::within(tenant.id, tenant.number, tenant.kind, member.id)
        };
        found.push((member, viewer));
    }
    Ok(found)
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

/// The name of the member in this column, as a column of the rows that are read anyway: with a page of rows come the
/// names on it, by the same statement.
pub(crate) fn name_of<C: ColumnTrait>(viewer: &Viewer, column: C) -> Expr {
    let of_member = Query::select()
        .column(member::Column::Name)
        .from(member::Entity)
        .cond_where(member::Entity::within(viewer))
        .and_where(Expr::col(member::Column::Id.as_column_ref()).equals(column.as_column_ref()))
        .to_owned();
    Expr::from(of_member)
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
    let ids: Vec<MemberId> = ids.iter().copied().collect::<BTreeSet<_>>().into_iter().collect();
    let mut found = Vec::with_capacity(ids.len());
    for some in ids.chunks(CHUNK) {
        found.extend(ctx.find::<member::Entity>().filter(member::Column::Id.is_in(some.iter().copied())).all().await?);
    }
    Ok(found)
}

/// A member's own phone, for the network that rings it.
pub(crate) fn phone(vault: &Vault, member: &member::Model) -> Result<Option<Phone>> {
    let Some(sealed) = member.phone_sealed.as_deref() else { return Ok(None) };
    let text = vault.open_text(&format!("member.phone:{}", member.id), sealed)?;
    Ok(Phone::parse(&text).ok())
}
