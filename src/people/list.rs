//! 人员管理: the members of a tenant, one page at a time, and one of them whole.

use std::collections::{BTreeSet, HashMap};

use sea_orm::{QueryFilter, QueryOrder, entity::prelude::*};

use super::{
    Field, Filter, Held, HeldRole, MemberRow, Query, State,
    entity::{member, role},
    personal,
    standing::{administrators, held_by, holds, seen_text, standing, under_review},
};
use crate::{
    access::{Action, Role},
    audit,
    contact::significant,
    ctx::{Ctx, Visible},
    error::{Error, Result},
    ids::{MemberId, RoleId},
    keys::SearchKey,
    moment::Moment,
    page::Page,
    people, sent,
};

/// One page of the viewer's colleagues, the newest first.
pub async fn list(ctx: &Ctx, query: &Query) -> Result<Page<MemberRow>> {
    ctx.require(Action::ManageMembers).await?;
    // No tenant has more members than pages have numbers.
    let page = found(ctx, &query.filter).await?.numbered(query.slice, in_order).await?;
    Ok(page.holding(rows(ctx, &page.rows, &query.open).await?))
}

/// The viewer's colleagues whom the filter finds.
pub(super) async fn found<'c>(ctx: &'c Ctx, filter: &Filter) -> Result<Visible<'c, member::Entity>> {
    let named = whom(ctx, filter).await?;
    Ok(narrow(ctx.find::<member::Entity>(), filter, named.as_deref()))
}

/// The colleagues whom the filter names, if it names any.
async fn whom(ctx: &Ctx, filter: &Filter) -> Result<Option<Vec<MemberId>>> {
    Ok(match filter.name.trim() {
        "" => None,
        name => Some(of_name(ctx, name).await?),
    })
}

/// The newest first.
pub(super) fn in_order(members: Visible<'_, member::Entity>) -> Visible<'_, member::Entity> {
    members.order_by_desc(member::Column::CreatedAt).order_by_desc(member::Column::Id)
}

fn narrow<'c>(
    mut members: Visible<'c, member::Entity>,
    filter: &Filter,
    named: Option<&[MemberId]>,
) -> Visible<'c, member::Entity> {
    let account = filter.account.trim();
    if account.contains('\0') {
        // No account contains it, and PostgreSQL knows no such text.
        members = members.filter(member::Column::Id.is_in(Vec::<MemberId>::new()));
    } else if !account.is_empty() {
        members = members.beginning(member::Column::Account, account);
    }
    if let Some(named) = named {
        members = members.filter(member::Column::Id.is_in(named.iter().copied()));
    }
    if let Some(held) = filter.role {
        members = members.filter(holds([held]));
    }
    match filter.state {
        None => members,
        Some(State::Active) => members.filter(member::Column::DisabledAt.eq(Moment::NEVER)),
        Some(State::Disabled) => members.filter(member::Column::DisabledAt.ne(Moment::NEVER)),
        Some(State::Unassigned) => {
            members.filter(member::Column::SupervisorId.is_null()).filter(holds([Held::Default(Role::Manager)]))
        }
    }
}

/// Colleagues' names are plain, so any part of one finds it.
async fn of_name(ctx: &Ctx, name: &str) -> Result<Vec<MemberId>> {
    let needle: String = significant(name).collect();
    if needle.is_empty() {
        return Ok(Vec::new());
    }
    people::ids_of_name(ctx, |name| SearchKey::of(name).as_str().contains(&needle)).await
}

/// A colleague whole, with these columns open.
pub async fn detail(ctx: &Ctx, id: MemberId, open: &[Field]) -> Result<MemberRow> {
    ctx.require(Action::ManageMembers).await?;
    let member = ctx.find::<member::Entity>().filter(member::Column::Id.eq(id)).one().await?;
    rows(ctx, &[member], open).await?.pop().ok_or(Error::NotFound)
}

/// The colleague with exactly this account, in any case.
pub async fn member_of_account(ctx: &Ctx, account: &str) -> Result<Option<MemberId>> {
    ctx.require(Action::ManageMembers).await?;
    let account = account.trim();
    if account.is_empty() || account.contains('\0') {
        return Ok(None);
    }
    let alike = ctx.find::<member::Entity>().beginning(member::Column::Account, account).all().await?;
    Ok(alike.into_iter().find(|member| member.account.eq_ignore_ascii_case(account)).map(|member| member.id))
}

/// Members as lines, with these columns open.
pub(super) async fn rows(ctx: &Ctx, members: &[member::Model], open: &[Field]) -> Result<Vec<MemberRow>> {
    let ids: Vec<MemberId> = members.iter().map(|member| member.id).collect();
    let held = held_by(ctx, &ids).await?;
    let mut reviewed = under_review(ctx, &ids).await?;
    let custom = role_names(ctx).await?;
    let administrators = administrators(ctx).await?;
    let supervisors: Vec<MemberId> = members.iter().filter_map(|member| member.supervisor_id).collect();
    let supervisors = people::names(ctx, &supervisors).await?;
    let signed_in = audit::latest_at(ctx, &ids, "signed_in").await?;
    let proofs = personal::for_page(ctx, members, open).await?;
    let nothing = BTreeSet::new();
    let mut rows = Vec::with_capacity(members.len());
    for member in members {
        let held = held.get(&member.id).unwrap_or(&nothing);
        let shown = |field| personal::shown(ctx, member, field, proofs.of(field));
        rows.push(MemberRow {
            id: member.id,
            account: member.account.clone(),
            name: member.name.clone(),
            phone: shown(Field::Phone)?,
            email: shown(Field::Email)?,
            roles: named(held, &custom),
            under_review: reviewed.remove(&member.id).unwrap_or_default(),
            supervisor: member.supervisor_id.and_then(|id| Some((id, supervisors.get(&id)?.clone()))),
            telesales: member.telesales,
            standing: standing(member, held, &administrators),
            must_change_password: member.must_change_password,
            signed_in_at: signed_in.get(&member.id).copied().unwrap_or_default(),
            created_at: member.created_at,
            seen: sent::mark(ctx, &seen_text(member, held)),
        });
    }
    Ok(rows)
}

fn named(held: &BTreeSet<Held>, custom: &HashMap<RoleId, String>) -> Vec<HeldRole> {
    let name = |held: &Held| match held {
        Held::Default(_) => None,
        Held::Custom(id) => custom.get(id).cloned(),
    };
    held.iter().map(|held| HeldRole { held: *held, name: name(held) }).collect()
}

/// What the tenant's own roles are called.
pub(super) async fn role_names(ctx: &Ctx) -> Result<HashMap<RoleId, String>> {
    Ok(ctx.find::<role::Entity>().all().await?.into_iter().map(|role| (role.id, role.name)).collect())
}
