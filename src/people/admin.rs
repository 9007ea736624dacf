//! Setting up tenants and members from the command line and for the demo: what happens before anybody can sign in.

use sea_orm::{ActiveValue::Set, PaginatorTrait, QueryFilter, QueryOrder, entity::prelude::*};

use super::{
    Site,
    entity::{member, member_role, tenant},
};
use crate::{
    access::{Role, TenantKind},
    contact::{Email, Phone},
    ctx::{Store, everyones},
    error::{Error, Result},
    ids::{MemberId, TenantId},
    moment::Moment,
};

/// A tenant to set up.
#[derive(Clone, Debug)]
pub struct NewTenant {
    pub name: String,
    pub title: String,
    pub kind: TenantKind,
    pub parent: Option<TenantId>,
    pub marketing_plan_2: bool,
}

/// A member to set up.
#[derive(Clone, Debug)]
pub struct NewMember {
    pub account: String,
    pub name: String,
    pub phone: Option<Phone>,
    pub email: Option<Email>,
    pub password_hash: String,
    pub must_change_password: bool,
    pub telesales: bool,
    pub supervisor: Option<MemberId>,
    pub site: Site,
    pub roles: Vec<Role>,
}

/// Whether anything has been set up yet.
pub async fn is_empty(store: &Store) -> Result<bool> {
    Ok(everyones::<tenant::Entity>().count(&store.db).await? == 0)
}

/// Sets up a tenant.
pub async fn create_tenant(store: &Store, new: NewTenant, now: Moment) -> Result<TenantId> {
    let tx = store.begin().await?;
    let last = everyones::<tenant::Entity>().order_by_desc(tenant::Column::Number).one(&tx).await?;
    let id = TenantId(Uuid::now_v7());
    let row = tenant::ActiveModel {
        id: Set(id),
        number: Set(last.map_or(1, |last| last.number + 1)),
        name: Set(new.name),
        title: Set(new.title),
        kind: Set(new.kind),
        parent_id: Set(new.parent),
        marketing_plan_2: Set(new.marketing_plan_2),
        created_at: Set(now),
    };
    row.insert(&tx).await?;
    tx.commit().await?;
    Ok(id)
}

/// The tenant one signs in to by this name.
pub async fn tenant_named(store: &Store, name: &str) -> Result<(TenantId, TenantKind)> {
    let tenant = everyones::<tenant::Entity>().filter(tenant::Column::Name.eq(name)).one(&store.db).await?;
    tenant.map(|tenant| (tenant.id, tenant.kind)).ok_or(Error::NotFound)
}

/// Sets up a member.
pub async fn create_member(store: &Store, tenant: TenantId, new: NewMember, now: Moment) -> Result<MemberId> {
    let id = MemberId(Uuid::now_v7());
    let seal = |field: &str, clear: &str| store.vault.seal(&format!("member.{field}:{id}"), clear.as_bytes());
    let tx = store.begin().await?;
    let row = member::ActiveModel {
        id: Set(id),
        tenant_id: Set(tenant),
        account: Set(new.account),
        name: Set(new.name),
        phone_sealed: Set(new.phone.map(|phone| seal("phone", phone.expose()))),
        email_sealed: Set(new.email.map(|email| seal("email", email.expose()))),
        password_hash: Set(new.password_hash),
        must_change_password: Set(new.must_change_password),
        telesales: Set(new.telesales),
        supervisor_id: Set(new.supervisor),
        site: Set(new.site),
        version: Set(1),
        disabled_at: Set(Moment::NEVER),
        created_at: Set(now),
    };
    row.insert(&tx).await?;
    for role in new.roles {
        member_role::ActiveModel { member_id: Set(id), role: Set(role.to_string()) }.insert(&tx).await?;
    }
    tx.commit().await?;
    Ok(id)
}

/// Ends a member's access at once, on every server.
pub async fn disable_member(store: &Store, id: MemberId, now: Moment) -> Result<()> {
    let member =
        everyones::<member::Entity>().filter(member::Column::Id.eq(id)).one(&store.db).await?.ok_or(Error::NotFound)?;
    let version = member.version + 1;
    let mut member: member::ActiveModel = member.into();
    member.disabled_at = Set(now);
    member.version = Set(version);
    member.update(&store.db).await?;
    Ok(())
}

/// Takes a role from a member; its sessions end.
pub async fn take_role(store: &Store, id: MemberId, role: Role) -> Result<()> {
    let tx = store.begin().await?;
    member_role::Entity::delete_by_id((id, role.to_string())).exec(&tx).await?;
    let member =
        everyones::<member::Entity>().filter(member::Column::Id.eq(id)).one(&tx).await?.ok_or(Error::NotFound)?;
    let version = member.version + 1;
    let mut member: member::ActiveModel = member.into();
    member.version = Set(version);
    member.update(&tx).await?;
    Ok(tx.commit().await?)
}
