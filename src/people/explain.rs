//! 权限说明: why somebody can or cannot. It asks what decides, and adds only names.

use std::collections::HashMap;

use sea_orm::{QueryFilter, entity::prelude::*};
use strum::IntoEnumIterator;

use super::{
    Colleague, Held,
    entity::{member, member_role, role_item},
    list::role_names,
    store::viewer_of,
};
use crate::{
    access::{Action, Role, Viewer},
    ctx::{self, Ctx},
    error::Result,
    grants::{self, Grant, LeadScope, Menu},
    ids::{LeadId, MemberId, RoleId},
    leads,
    scope::{Kind, Reasons as SightReasons},
};

/// Through what something is permitted, by name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Through {
    Everybody,
    Role(Role),
    Custom(String),
}

/// An action, and everything that permits it; nothing, if nothing does.
pub type Reasons = (Action, Vec<Through>);

/// What a member may and may not, and why.
#[derive(Clone, Debug)]
pub struct Explained {
    pub member: Colleague,
    pub is_oneself: bool,
    /// Whether it cannot sign in, so that none of this is worth anything now.
    pub is_disabled: bool,
    /// Every action that means something in this tenant, by menu.
    pub actions: Vec<(Menu, Vec<Reasons>)>,
    /// The rule that decides which leads it sees.
    pub leads: LeadScope,
    /// For each kind of row, why it sees those that it sees.
    pub sights: Vec<(Kind, SightReasons)>,
}

/// Whether a member sees a lead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LeadAnswer {
    /// There is no such lead within the asker's own scope; more is not said.
    NoSuchLead,
    /// It is seen, by this rule.
    Visible { id: LeadId, by: LeadScope },
    /// It is not seen, because of this rule.
    Hidden { id: LeadId, by: LeadScope },
}

/// Explains what the viewer, or a colleague, may. Whoever manages members may ask about a colleague.
pub async fn explain(ctx: &Ctx, of: Option<MemberId>) -> Result<Explained> {
    let id = asked(ctx, of).await?;
    let (member, viewer) = as_it_stands(ctx, id).await?;
    let custom = items_by_name(ctx, id).await?;
    let mut by_menu: Vec<(Menu, Vec<Reasons>)> = Menu::iter().map(|menu| (menu, Vec::new())).collect();
    for action in Action::iter().filter(|action| grants::is_for(*action, viewer.tenant_kind)) {
        let through = viewer.grants(action).flat_map(|grant| named(grant, action, &custom)).collect();
        let place = by_menu.iter_mut().find(|(menu, _)| *menu == grants::menu(action));
        place.expect("every menu is listed").1.push((action, through));
    }
    by_menu.retain(|(_, actions)| !actions.is_empty());
    Ok(Explained {
        member: Colleague { id, name: member.name, account: member.account },
        is_oneself: id == ctx.viewer().member,
        is_disabled: member.disabled_at.happened(),
        actions: by_menu,
        leads: viewer.lead_scope(),
        sights: Kind::iter().map(|kind| (kind, viewer.sees(kind))).collect(),
    })
}

/// Whether the viewer, or a colleague, sees the lead of this number. The lead itself must be one that the asker sees.
pub async fn explain_lead(ctx: &Ctx, of: Option<MemberId>, number: i64) -> Result<LeadAnswer> {
    let member = asked(ctx, of).await?;
    let Some(id) = leads::of_number(ctx, number).await? else { return Ok(LeadAnswer::NoSuchLead) };
    let (_, viewer) = as_it_stands(ctx, member).await?;
    let by = viewer.lead_scope();
    let seen = leads::of_number(&as_seen_by(ctx, viewer), number).await?.is_some();
    Ok(if seen { LeadAnswer::Visible { id, by } } else { LeadAnswer::Hidden { id, by } })
}

/// A colleague as it would enter now, with its team and those for whom it stands in; one who is disabled has neither.
async fn as_it_stands(ctx: &Ctx, id: MemberId) -> Result<(member::Model, Viewer)> {
    let (member, viewer) = viewer_of(ctx, id).await?;
    let entering = ctx::asker(&ctx.store().db, id, ctx.now()).await?;
    Ok((member, entering.map_or(viewer, |asker| asker.viewer)))
}

async fn asked(ctx: &Ctx, of: Option<MemberId>) -> Result<MemberId> {
    let own = ctx.viewer().member;
    match of {
        Some(other) if other != own => ctx.require(Action::ManageMembers).await.map(|()| other),
        _ => ctx.require(Action::KeepOwnAccount).await.map(|()| own),
    }
}

/// The same request, looked at through a colleague's eyes; for looking only.
fn as_seen_by(ctx: &Ctx, viewer: Viewer) -> Ctx {
    ctx.store().ctx(viewer, Default::default(), ctx.now())
}

/// The names of the member's custom roles that hold each item.
async fn items_by_name(ctx: &Ctx, id: MemberId) -> Result<HashMap<Action, Vec<String>>> {
    let held = ctx.find::<member_role::Entity>().filter(member_role::Column::MemberId.eq(id)).all().await?;
    let custom: Vec<RoleId> = held
        .iter()
        .filter_map(|row| match row.role.parse() {
            Ok(Held::Custom(id)) => Some(id),
            Ok(Held::Default(_)) | Err(()) => None,
        })
        .collect();
    let mut items: HashMap<Action, Vec<String>> = HashMap::new();
    if custom.is_empty() {
        return Ok(items);
    }
    let names = role_names(ctx).await?;
    let rows = ctx.find::<role_item::Entity>().filter(role_item::Column::RoleId.is_in(custom)).all().await?;
    for row in rows {
        if let (Ok(action), Some(name)) = (row.item.parse(), names.get(&row.role_id)) {
            items.entry(action).or_default().push(name.clone());
        }
    }
    Ok(items)
}

fn named(grant: Grant, action: Action, custom: &HashMap<Action, Vec<String>>) -> Vec<Through> {
    match grant {
        Grant::Everybody => vec![Through::Everybody],
        Grant::Role(role) => vec![Through::Role(role)],
        Grant::Custom => custom.get(&action).into_iter().flatten().cloned().map(Through::Custom).collect(),
    }
}
