//! Setting up tenants and members from the command line and for the demo: what happens before anybody can sign in.

use sea_orm::{ActiveValue::Set, PaginatorTrait, QueryFilter, QueryOrder, entity::prelude::*};

use super::{
    Held, NewPerson, Site,
    entity::{member, member_role, review, role, role_item, tenant},
    hashing::Hasher,
    holding::leave_team,
    members::{add, end_access, write},
    personal,
    reach::administrators,
    rules,
    standing::held_by,
};
use crate::{
    access::{Action, PartnerState, Role, TenantKind, Viewer},
    audit::{self, Event, Outcome},
    contact::{Email, Phone},
    ctx::{Operator, Origin, Store, Turn, Unattended, everyones},
    error::{Code, Error, Problem, Result},
    ids::{MemberId, RoleId, TenantId},
    messages::{self, Notice},
    moment::Moment,
    password,
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

/// A member of the demo, or of a measurement.
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

/// Sets up a tenant. The vendor does it, and it stands in the tenant's own trail as well; so it does in that of the
/// distributor of a reseller, whose administrators are told.
pub async fn create_tenant(store: &Store, new: NewTenant, now: Moment) -> Result<TenantId> {
    let change = store.unattended().await?;
    // Tenants are numbered one at a time.
    change.turn_of(Turn::Platform).await?;
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
        ..Default::default()
    };
    row.insert(change.tx()).await?;
    let mut change = change.also_in(id);
    if let Some(distributor) = new.parent {
        let to = administrators(change.tx(), distributor).await?;
        messages::tell_of(&change, now, &to, &[Notice::ResellerJoined { reseller: id }]).await?;
        change = change.also_in(distributor);
    }
    record(change, None, Event::TenantCreated { created: id }, now).await?;
    Ok(id)
}

/// Says how the vendor stands to a partner from now on, and why. Says whether that is any news.
pub async fn set_partner_state(
    store: &Store,
    id: TenantId,
    state: PartnerState,
    reason: &str,
    now: Moment,
) -> Result<bool> {
    let operator = operator(store, id, now).await?;
    let change = operator.change().await?;
    let partner = change.find::<tenant::Entity>().one().await?;
    if !partner.kind.is_partner() {
        return Err(Problem::alone("tenant", Code::NotAllowed));
    }
    if (partner.state, partner.state_reason.as_str()) == (state, reason) {
        return Ok(false);
    }
    let row = tenant::ActiveModel {
        state: Set(state),
        state_reason: Set(reason.to_owned()),
        state_since: Set(now),
        ..Default::default()
    };
    change.exactly_one(change.update::<tenant::Entity>().set(row)).await?;
    change.commit(Event::PartnerStateSet { partner: id, state }).await?;
    Ok(true)
}

/// The tenant one signs in to by this name.
pub async fn tenant_named(store: &Store, name: &str) -> Result<(TenantId, TenantKind)> {
    let tenant = everyones::<tenant::Entity>().filter(tenant::Column::Name.eq(name)).one(&store.db).await?;
    tenant.map(|tenant| (tenant.id, tenant.kind)).ok_or(Error::NotFound)
}

/// The member of a tenant with exactly this account.
pub async fn member_named(store: &Store, tenant: TenantId, account: &str) -> Result<MemberId> {
    let member = everyones::<member::Entity>()
        .filter(member::Column::TenantId.eq(tenant))
        .filter(member::Column::Account.eq(account))
        .one(&store.db)
        .await?;
    member.map(|member| member.id).ok_or(Error::NotFound)
}

/// Sets up a member as an administrator would: what is refused there is refused here.
///
/// # Errors
/// `Invalid` with every field that needs another value, what others already have included.
pub async fn create_member(
    store: &Store,
    hasher: &Hasher,
    tenant: TenantId,
    new: &NewPerson,
    now: Moment,
) -> Result<MemberId> {
    password::check(&new.password, new.account.expose()).map_err(|_| Problem::alone("password", Code::WeakPassword))?;
    let hash = hasher.hash(&new.password).await?;
    let operator = operator(store, tenant, now).await?;
    let change = operator.change().await?;
    let id = MemberId(Uuid::now_v7());
    let events = add(operator.ctx(), &change, id, new, hash).await?;
    change.commit_all(&events).await?;
    Ok(id)
}

/// Plants a member of the demo as it is, whatever the rules say about new ones.
pub async fn plant_member(store: &Store, tenant: TenantId, new: NewMember, now: Moment) -> Result<MemberId> {
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
    record(change, Some(tenant), Event::MemberCreated { member: id }, now).await?;
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
    record(change, Some(tenant), Event::RoleCreated { role: id, items: items.to_vec() }, now).await?;
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
    record(change, Some(tenant), Event::RolesChanged { member: id, before, after }, now).await
}

/// Leaves a line about what the operator of the product did: it acts for nobody who is signed in.
async fn record(change: Unattended<'_>, tenant: Option<TenantId>, event: Event, now: Moment) -> Result<()> {
    let origin = Origin { address: "command line".to_owned(), request: String::new() };
    let entry = audit::Entry { tenant, actor: None, at: now, origin: &origin, outcome: Outcome::Done };
    change.commit(entry, &[event]).await
}

/// Ends a member's access at once, on every server. Once it has ended, that is as good.
pub async fn disable_member(store: &Store, id: MemberId, now: Moment) -> Result<()> {
    let operator = operator(store, tenant_of(store, id).await?, now).await?;
    let change = operator.change().await?;
    let member = change.find::<member::Entity>().filter(member::Column::Id.eq(id)).one().await?;
    if member.disabled_at.happened() {
        return Ok(());
    }
    let (events, _) = end_access(&change, &member).await?;
    change.commit_all(&events).await
}

/// Takes a role from a member; its sessions end.
pub async fn take_role(store: &Store, id: MemberId, role: Role, now: Moment) -> Result<()> {
    let operator = operator(store, tenant_of(store, id).await?, now).await?;
    let change = operator.change().await?;
    let member = change.find::<member::Entity>().filter(member::Column::Id.eq(id)).one().await?;
    let of_member = change.delete::<member_role::Entity>().filter(member_role::Column::MemberId.eq(id));
    change.remove(of_member.filter(member_role::Column::Role.eq(role.to_string()))).await?;
    write(&change, &member, member::ActiveModel { version: Set(member.version + 1), ..Default::default() }).await?;
    let mut events = vec![Event::RoleTaken { member: id, role: Some(role) }];
    if role == Role::Supervisor {
        events.extend(leave_team(&change, id).await?);
    }
    change.commit_all(&events).await
}

/// Says whether the qualification behind a member's role is under review; meanwhile the role stays. Says whether that is
/// any news.
///
/// # Errors
/// `Invalid` where the role has no qualification, or the member does not hold it.
pub async fn set_review(
    store: &Store,
    tenant: TenantId,
    id: MemberId,
    role: Role,
    under_review: bool,
    now: Moment,
) -> Result<bool> {
    let operator = operator(store, tenant, now).await?;
    let change = operator.change().await?;
    change.find::<member::Entity>().filter(member::Column::Id.eq(id)).one().await?;
    let held = held_by(&change, &[id]).await?.remove(&id).unwrap_or_default();
    if under_review {
        rules::check_review(role, &held).map_err(|code| Problem::alone("role", code))?;
    }
    let (of_member, of_role) = (review::Column::MemberId.eq(id), review::Column::Role.eq(role.to_string()));
    let known = change.find::<review::Entity>().filter(of_member.clone()).filter(of_role.clone()).maybe().await?;
    if known.is_some() == under_review {
        return Ok(false);
    }
    if under_review {
        let row = review::ActiveModel { member_id: Set(id), role: Set(role.to_string()), begun_at: Set(now) };
        change.insert(row).await?;
    } else {
        change.remove(change.delete::<review::Entity>().filter(of_member).filter(of_role)).await?;
    }
    change.commit(Event::QualificationReviewed { member: id, role, under_review }).await?;
    Ok(true)
}

/// The operator within a tenant.
async fn operator(store: &Store, tenant: TenantId, now: Moment) -> Result<Operator> {
    let tenant = everyones::<tenant::Entity>().filter(tenant::Column::Id.eq(tenant)).one(&store.db).await?;
    let tenant = tenant.ok_or(Error::NotFound)?;
    let within = Viewer {
        marketing_plan_2: tenant.marketing_plan_2,
        ..Viewer::within(tenant.id, tenant.number, tenant.kind, MemberId(Uuid::nil()))
    };
    Ok(store.operator(within, now))
}

async fn tenant_of(store: &Store, id: MemberId) -> Result<TenantId> {
    let member = everyones::<member::Entity>().filter(member::Column::Id.eq(id)).one(&store.db).await?;
    member.map(|member| member.tenant_id).ok_or(Error::NotFound)
}
