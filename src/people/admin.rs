//! Setting up tenants and members from the command line and for the demo: what happens before anybody can sign in.

use sea_orm::{ActiveValue::Set, DatabaseTransaction, PaginatorTrait, QueryFilter, QueryOrder, entity::prelude::*};

use super::{
    Held, Site,
    entity::{member, member_role, role, role_item, tenant},
    personal,
};
use crate::{
    access::{Action, Role, TenantKind},
    audit::{self, Event, Outcome},
    contact::{Email, Phone},
    ctx::{Origin, Store, Unattended, everyones},
    error::{Error, Result},
    ids::{MemberId, RoleId, TenantId},
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
    let change = store.unattended().await?;
    let last = everyones::<tenant::Entity>().order_by_desc(tenant::Column::Number).one(change.tx()).await?;
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
    row.insert(change.tx()).await?;
    record(change, id, Event::TenantCreated { created: id }, now).await?;
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
    let change = store.unattended().await?;
    let row = member::ActiveModel {
        id: Set(id),
        tenant_id: Set(tenant),
        account: Set(new.account),
        name: Set(new.name),
        phone_print: Set(None),
        email_print: Set(None),
        phone_sealed: Set(None),
        email_sealed: Set(None),
        language: Set(String::new()),
        zone: Set(String::new()),
        password_hash: Set(new.password_hash),
        must_change_password: Set(new.must_change_password),
        telesales: Set(new.telesales),
        supervisor_id: Set(new.supervisor),
        site: Set(new.site),
        version: Set(1),
        disabled_at: Set(Moment::NEVER),
        created_at: Set(now),
    };
    personal::kept(&store.vault, tenant, id, new.phone.as_ref(), new.email.as_ref(), row).insert(change.tx()).await?;
    for role in new.roles {
        member_role::ActiveModel { member_id: Set(id), role: Set(role.to_string()) }.insert(change.tx()).await?;
    }
    record(change, tenant, Event::MemberCreated { member: id }, now).await?;
    Ok(id)
}

/// Sets up a custom role.
pub async fn create_role(store: &Store, tenant: TenantId, name: &str, items: &[Action], now: Moment) -> Result<RoleId> {
    let id = RoleId(Uuid::now_v7());
    let change = store.unattended().await?;
    let row = role::ActiveModel { id: Set(id), tenant_id: Set(tenant), name: Set(name.to_owned()) };
    row.insert(change.tx()).await?;
    for item in items {
        let row = role_item::ActiveModel { role_id: Set(id), item: Set(item.to_string()), tenant_id: Set(tenant) };
        row.insert(change.tx()).await?;
    }
    record(change, tenant, Event::RoleCreated { role: id, items: items.to_vec() }, now).await?;
    Ok(id)
}

/// Gives a member a custom role besides those it has.
pub async fn give_role(store: &Store, tenant: TenantId, id: MemberId, role: RoleId, now: Moment) -> Result<()> {
    let change = store.unattended().await?;
    let held = everyones::<member_role::Entity>().filter(member_role::Column::MemberId.eq(id)).all(change.tx()).await?;
    let before: Vec<Held> = held.iter().filter_map(|held| held.role.parse().ok()).collect();
    let given = Held::Custom(role);
    member_role::ActiveModel { member_id: Set(id), role: Set(given.to_string()) }.insert(change.tx()).await?;
    let after = before.iter().copied().chain([given]).collect();
    record(change, tenant, Event::RolesChanged { member: id, before, after }, now).await
}

/// Leaves a line about what the operator of the product did: it acts for nobody who is signed in.
async fn record(change: Unattended<'_>, tenant: TenantId, event: Event, now: Moment) -> Result<()> {
    let origin = Origin { address: "command line".to_owned(), request: String::new() };
    let entry = audit::Entry { tenant: Some(tenant), actor: None, at: now, origin: &origin, outcome: Outcome::Done };
    change.commit(entry, &[event]).await
}

/// Ends a member's access at once, on every server.
pub async fn disable_member(store: &Store, id: MemberId, now: Moment) -> Result<()> {
    let change = store.unattended().await?;
    let disabled = member::ActiveModel { disabled_at: Set(now), ..Default::default() };
    let tenant = move_on(change.tx(), id, disabled).await?;
    record(change, tenant, Event::MemberDisabled { member: id }, now).await
}

/// Takes a role from a member; its sessions end.
pub async fn take_role(store: &Store, id: MemberId, role: Role, now: Moment) -> Result<()> {
    let change = store.unattended().await?;
    member_role::Entity::delete_by_id((id, role.to_string())).exec(change.tx()).await?;
    let tenant = move_on(change.tx(), id, Default::default()).await?;
    record(change, tenant, Event::RoleTaken { member: id, role: Some(role) }, now).await
}

/// Changes a member and moves its version on, so that every ticket it has is worth nothing.
async fn move_on(tx: &DatabaseTransaction, id: MemberId, change: member::ActiveModel) -> Result<TenantId> {
    let member = everyones::<member::Entity>().filter(member::Column::Id.eq(id)).one(tx).await?;
    let member = member.ok_or(Error::NotFound)?;
    let change = member::ActiveModel { id: Set(id), version: Set(member.version + 1), ..change };
    change.update(tx).await?;
    Ok(member.tenant_id)
}
