//! How members stand, read from their rows and roles: inside a change as it is then, for a page as it is now.

use std::collections::{BTreeSet, HashMap};

use sea_orm::{QueryFilter, QueryOrder, QuerySelect, entity::prelude::*, sea_query::Query};
use strum::IntoEnumIterator;

use super::{
    Colleague, Held, Standing,
    entity::{member, member_role, review},
    rules,
};
use crate::{
    access::{Action, Role},
    ctx::{Ctx, Reads},
    error::Result,
    ids::MemberId,
    moment::Moment,
};

/// The roles of these members.
pub(super) async fn held_by<R: Reads + Sync>(from: &R, ids: &[MemberId]) -> Result<HashMap<MemberId, BTreeSet<Held>>> {
    let rows = from.rows::<member_role::Entity>().filter(member_role::Column::MemberId.is_in(ids.iter().copied()));
    let mut held: HashMap<MemberId, BTreeSet<Held>> = HashMap::new();
    for row in rows.all().await? {
        held.entry(row.member_id).or_default().extend(row.role.parse::<Held>());
    }
    Ok(held)
}

/// The roles of these members whose qualification is under review.
pub(super) async fn under_review<R: Reads + Sync>(
    from: &R,
    ids: &[MemberId],
) -> Result<HashMap<MemberId, BTreeSet<Role>>> {
    let rows = from.rows::<review::Entity>().filter(review::Column::MemberId.is_in(ids.iter().copied()));
    let mut reviewed: HashMap<MemberId, BTreeSet<Role>> = HashMap::new();
    for row in rows.all().await? {
        reviewed.entry(row.member_id).or_default().extend(row.role.parse::<Role>());
    }
    Ok(reviewed)
}

/// The condition that a member holds one of these roles.
pub(super) fn holds(roles: impl IntoIterator<Item = Held>) -> sea_orm::sea_query::SimpleExpr {
    let holders = Query::select()
        .column(member_role::Column::MemberId)
        .from(member_role::Entity)
        .and_where(member_role::Column::Role.is_in(roles.into_iter().map(|held| held.to_string())))
        .to_owned();
    member::Column::Id.in_subquery(holders)
}

/// The roles that administer a tenant.
pub(super) fn administrating() -> impl Iterator<Item = Held> {
    Role::iter().filter(|role| role.is_administrator()).map(Held::Default)
}

/// Those who administer the tenant and may sign in.
pub(super) async fn administrators<R: Reads + Sync>(from: &R) -> Result<BTreeSet<MemberId>> {
    let found = from
        .rows::<member::Entity>()
        .filter(member::Column::DisabledAt.eq(Moment::NEVER))
        .filter(holds(administrating()))
        .limit(2)
        .all()
        .await?;
    Ok(found.into_iter().map(|member| member.id).collect())
}

/// How a member stands who holds these roles, where these administer the tenant.
pub(super) fn standing(member: &member::Model, held: &BTreeSet<Held>, administrators: &BTreeSet<MemberId>) -> Standing {
    let administers = held.iter().any(rules::administers);
    Standing {
        id: member.id,
        is_disabled: member.disabled_at.happened(),
        is_manager: held.contains(&Held::Default(Role::Manager)),
        has_supervisor: member.supervisor_id.is_some(),
        is_last_administrator: administers && *administrators == BTreeSet::from([member.id]),
    }
}

/// What a decision about a member rests on, as text to be marked.
pub(super) fn seen_text(member: &member::Model, held: &BTreeSet<Held>) -> String {
    let held: Vec<String> = held.iter().map(ToString::to_string).collect();
    format!(
        "{} {} {} {} {:?} {:?} {:?} {} {}",
        member.id,
        member.version,
        member.disabled_at.0,
        member.name,
        member.phone_print,
        member.email_print,
        member.supervisor_id,
        member.telesales,
        held.join(",")
    )
}

/// The members who may supervise an account manager.
pub async fn supervisor_choices(ctx: &Ctx) -> Result<Vec<Colleague>> {
    ctx.require(Action::ManageMembers).await?;
    let found = ctx
        .find::<member::Entity>()
        .filter(member::Column::DisabledAt.eq(Moment::NEVER))
        .filter(holds([Held::Default(Role::Supervisor)]))
        .order_by_asc(member::Column::Account)
        .all()
        .await?;
    Ok(found.into_iter().map(colleague).collect())
}

/// The account managers that this member supervises.
pub async fn team_of(ctx: &Ctx, id: MemberId) -> Result<Vec<Colleague>> {
    ctx.require(Action::ManageMembers).await?;
    let team = ctx.find::<member::Entity>().filter(member::Column::SupervisorId.eq(id));
    let team = team.order_by_asc(member::Column::Account).all().await?;
    Ok(team.into_iter().map(colleague).collect())
}

/// A member by name and account.
pub(super) fn colleague(member: member::Model) -> Colleague {
    Colleague { id: member.id, name: member.name, account: member.account }
}
