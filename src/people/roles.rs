//! 角色管理: the roles that a tenant has made for itself. Who holds one has its items from the next request on.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use sea_orm::{ActiveValue::Set, QueryFilter, QueryOrder, QuerySelect, entity::prelude::*, sea_query::Expr};

use super::{
    Held, NewRole,
    entity::{member_role, role, role_item},
    holding::{confirmed, listed, role_change},
    members::begin,
};
use crate::{
    access::Action,
    audit::Event,
    codes::Typed,
    ctx::{Change, Ctx, Reads},
    error::{Code, Error, Problem, Refusal, Result},
    grants,
    ids::RoleId,
    sent::{self, Sent},
};

/// A role that the tenant has made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CustomRole {
    pub id: RoleId,
    pub name: String,
    pub items: BTreeSet<Action>,
    /// How many members hold it.
    pub holders: u64,
}

/// The tenant's own roles, by name.
pub async fn custom_roles(ctx: &Ctx) -> Result<Vec<CustomRole>> {
    ctx.require(Action::ManageMembers).await?;
    let roles = ctx.find::<role::Entity>().order_by_asc(role::Column::Name).all().await?;
    let mut items: BTreeMap<RoleId, BTreeSet<Action>> = BTreeMap::new();
    for item in ctx.find::<role_item::Entity>().all().await? {
        items.entry(item.role_id).or_default().extend(understood(ctx, &item));
    }
    let held = holders(ctx).await?;
    let custom = roles.into_iter().map(|role| CustomRole {
        id: role.id,
        name: role.name,
        items: items.remove(&role.id).unwrap_or_default(),
        holders: held.get(&Held::Custom(role.id)).copied().unwrap_or_default(),
    });
    Ok(custom.collect())
}

/// One of the tenant's own roles.
pub async fn custom_role(ctx: &Ctx, id: RoleId) -> Result<CustomRole> {
    ctx.require(Action::ManageMembers).await?;
    let role = ctx.find::<role::Entity>().filter(role::Column::Id.eq(id)).one().await?;
    let items = items_of(ctx, id).await?.iter().filter_map(|item| understood(ctx, item)).collect();
    Ok(CustomRole { id, name: role.name, items, holders: holders_of(ctx, Held::Custom(id)).await? })
}

/// How many members hold the role.
async fn holders_of(ctx: &Ctx, held: Held) -> Result<u64> {
    let of_role = member_role::Column::Role.eq(held.to_string());
    ctx.find::<member_role::Entity>().filter(of_role).count_to(u64::from(u32::MAX)).await
}

/// How many members hold each role that anybody holds.
pub async fn holders(ctx: &Ctx) -> Result<HashMap<Held, u64>> {
    #[derive(sea_orm::FromQueryResult)]
    struct Holders {
        role: String,
        holders: i64,
    }
    let rows: Vec<Holders> = ctx
        .find::<member_role::Entity>()
        .select_only()
        .column(member_role::Column::Role)
        .column_as(Expr::cust("COUNT(*)"), "holders")
        .group_by(member_role::Column::Role)
        .into()
        .await?;
    Ok(rows.into_iter().filter_map(|row| Some((row.role.parse().ok()?, row.holders.unsigned_abs()))).collect())
}

/// The mark of a role as it is shown.
pub fn role_mark(ctx: &Ctx, role: &CustomRole) -> String {
    sent::mark(ctx, &seen_text(role.id, &role.name, &role.items))
}

/// Makes a role. That takes no code, since nobody holds it yet.
pub async fn create_role(ctx: &Ctx, new: &NewRole, sent: Sent<'_>) -> Result<RoleId> {
    let id = RoleId(Uuid::now_v7());
    let change = begin(ctx, sent, "/roles").await?;
    free(&change, id, &new.name).await?;
    change
        .insert(role::ActiveModel { id: Set(id), tenant_id: Set(ctx.viewer().tenant), name: Set(new.name.clone()) })
        .await?;
    change.insert_many(rows(ctx, id, &new.items)).await?;
    change.commit(Event::RoleCreated { role: id, items: new.items.clone() }).await?;
    Ok(id)
}

/// Gives a role another name or other items. Whoever holds it notices at the next request.
///
/// # Errors
/// `Invalid` if another role has the name; `CodeNeeded` where the tenant asks for a code.
pub async fn edit_role(ctx: &Ctx, id: RoleId, new: &NewRole, typed: Typed<'_>, sent: Sent<'_>) -> Result<()> {
    let find_free = async |change: &Change<'_>| {
        let found = find(ctx, change, id, sent).await?;
        free(change, id, &new.name).await?;
        Ok::<_, Error>(found)
    };
    let items: BTreeSet<Action> = new.items.iter().copied().collect();
    let operation = role_change().on(id.0).with("items", listed(&items));
    let passed =
        confirmed(ctx, &operation, typed, async { find_free(&begin(ctx, sent, "/roles").await?).await.map(drop) });
    let passed = passed.await?;
    let change = begin(ctx, sent, "/roles").await?;
    let (role, before) = find_free(&change).await?;
    passed.settle(&change).await?;
    let update = change
        .update::<role::Entity>()
        .set(role::ActiveModel { name: Set(new.name.clone()), ..Default::default() })
        .filter(role::Column::Id.eq(id))
        .filter(role::Column::Name.eq(role.name));
    change.exactly_one(update).await?;
    change.remove(change.delete::<role_item::Entity>().filter(role_item::Column::RoleId.eq(id))).await?;
    change.insert_many(rows(ctx, id, &new.items)).await?;
    let before = before.into_iter().collect();
    change.commit(Event::RoleEdited { role: id, before, after: new.items.clone() }).await
}

/// Gives a role up that nobody holds any more.
pub async fn delete_role(ctx: &Ctx, id: RoleId, sent: Sent<'_>) -> Result<()> {
    let change = begin(ctx, sent, "/roles").await?;
    find(ctx, &change, id, sent).await?;
    let held = member_role::Column::Role.eq(Held::Custom(id).to_string());
    if change.find::<member_role::Entity>().filter(held).count_to(1).await? > 0 {
        return Err(Error::Conflict(Refusal::RoleHeld));
    }
    change.remove(change.delete::<role_item::Entity>().filter(role_item::Column::RoleId.eq(id))).await?;
    match change.remove(change.delete::<role::Entity>().filter(role::Column::Id.eq(id))).await? {
        1 => change.commit(Event::RoleDeleted { role: id }).await,
        _ => Err(Error::Conflict(Refusal::ChangedMeanwhile)),
    }
}

async fn find(ctx: &Ctx, change: &Change<'_>, id: RoleId, sent: Sent<'_>) -> Result<(role::Model, BTreeSet<Action>)> {
    let role = change.find::<role::Entity>().filter(role::Column::Id.eq(id)).one().await?;
    let items = items_of(change, id).await?.iter().filter_map(|item| understood(ctx, item)).collect();
    sent::still(ctx, &seen_text(id, &role.name, &items), sent.seen)?;
    Ok((role, items))
}

async fn items_of<R: Reads + Sync>(from: &R, id: RoleId) -> Result<Vec<role_item::Model>> {
    from.rows::<role_item::Entity>().filter(role_item::Column::RoleId.eq(id)).all().await
}

/// The item, unless an older version has left what means nothing here any more.
fn understood(ctx: &Ctx, item: &role_item::Model) -> Option<Action> {
    item.item.parse().ok().filter(|action| grants::is_grantable(*action, ctx.viewer().tenant_kind))
}

async fn free(change: &Change<'_>, id: RoleId, name: &str) -> Result<()> {
    let same = change.find::<role::Entity>().filter(role::Column::Name.eq(name)).filter(role::Column::Id.ne(id));
    match same.maybe().await? {
        Some(_) => Err(Problem::alone("name", Code::Taken)),
        None => Ok(()),
    }
}

fn rows(ctx: &Ctx, id: RoleId, items: &[Action]) -> Vec<role_item::ActiveModel> {
    let tenant = ctx.viewer().tenant;
    let row = |item: &Action| role_item::ActiveModel {
        role_id: Set(id),
        item: Set(item.to_string()),
        tenant_id: Set(tenant),
    };
    items.iter().map(row).collect()
}

fn seen_text(id: RoleId, name: &str, items: &BTreeSet<Action>) -> String {
    let items: Vec<String> = items.iter().map(ToString::to_string).collect();
    format!("{id} {name} {}", items.join(","))
}
