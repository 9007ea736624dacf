//! 基本信息: one's company and one's own data, and what a member chooses for itself.

use sea_orm::{ActiveValue::Set, QueryFilter, entity::prelude::*};

use super::{
    Field, MemberRow, Person,
    entity::{member, tenant},
    gate,
    hashing::Hasher,
    list,
    members::write_person,
    standing::{held_by, seen_text},
};
use crate::{
    access::{Action, TenantKind},
    audit::Event,
    ctx::{Ctx, Turn, everyones},
    error::{Code, Error, Problem, Result},
    sent::{self, Sent},
};

/// The field of one's current password.
const PASSWORD: &str = "current";

/// A member's own page.
#[derive(Clone, Debug)]
pub struct Profile {
    pub tenant_name: String,
    pub tenant_title: String,
    pub tenant_kind: TenantKind,
    pub marketing_plan_2: bool,
    /// The distributor that a reseller works under.
    pub distributor: Option<String>,
    pub member: MemberRow,
    pub language: String,
    pub zone: String,
}

/// The viewer's own page, with these columns open.
pub async fn profile(ctx: &Ctx, open: &[Field]) -> Result<Profile> {
    ctx.require(Action::KeepOwnAccount).await?;
    let viewer = ctx.viewer();
    let tenant = ctx.find::<tenant::Entity>().filter(tenant::Column::Id.eq(viewer.tenant)).one().await?;
    let distributor = match tenant.parent_id {
        // A reseller knows its distributor by name, and nothing else of it.
        Some(parent) => {
            everyones::<tenant::Entity>().filter(tenant::Column::Id.eq(parent)).one(&ctx.store().db).await?
        }
        None => None,
    };
    let member = ctx.find::<member::Entity>().filter(member::Column::Id.eq(viewer.member)).one().await?;
    let (language, zone) = (member.language.clone(), member.zone.clone());
    let member = list::rows(ctx, &[member], open).await?.pop().ok_or(Error::NotFound)?;
    Ok(Profile {
        tenant_name: tenant.name,
        tenant_title: tenant.title,
        tenant_kind: tenant.kind,
        marketing_plan_2: tenant.marketing_plan_2,
        distributor: distributor.map(|distributor| distributor.title),
        member,
        language,
        zone,
    })
}

/// Changes the viewer's own data. A phone or an e-mail address, by which one is reached, needs the password as well:
/// whoever finds a browser signed in does not get to have another one reached.
pub async fn edit_own(ctx: &Ctx, hasher: &Hasher, person: &Person, password: &str, sent: Sent<'_>) -> Result<()> {
    if person.phone.is_some() || person.email.is_some() {
        if password.is_empty() {
            return Err(Problem::alone(PASSWORD, Code::Required));
        }
        gate::prove(ctx, hasher, PASSWORD, password).await?;
    }
    let change = ctx.change(Action::KeepOwnAccount).await?;
    change.turn_of(Turn::Tenant(change.tenant())).await?;
    change.once(sent.token, "/profile").await?;
    let id = ctx.viewer().member;
    let member = change.find::<member::Entity>().filter(member::Column::Id.eq(id)).one().await?;
    let held = held_by(&change, &[id]).await?.remove(&id).unwrap_or_default();
    sent::still(ctx, &seen_text(&member, &held), sent.seen)?;
    let telesales = member.telesales;
    write_person(ctx, change, &member, person, telesales).await
}

/// Keeps the language and the time zone that the viewer has chosen, for every machine.
pub async fn choose(ctx: &Ctx, language: &str, zone: &str) -> Result<()> {
    let change = ctx.change(Action::KeepOwnAccount).await?;
    let row =
        member::ActiveModel { language: Set(language.to_owned()), zone: Set(zone.to_owned()), ..Default::default() };
    let own = change.update::<member::Entity>().set(row).filter(member::Column::Id.eq(ctx.viewer().member));
    change.exactly_one(own).await?;
    change.commit(Event::PreferenceSaved).await
}
