//! 客户联系人: the members whom a partner shows its customers, in its order. Where it has chosen none, they are shown an
//! administrator.

use std::collections::{BTreeSet, HashMap};

use sea_orm::{ActiveValue::Set, QueryFilter, QueryOrder, entity::prelude::*};

use super::{
    Colleague, Field,
    entity::{contact, member},
    members::begin,
    personal, rules,
    standing::{administrating, colleague, holds},
};
use crate::{
    access::Action,
    audit::Event,
    contact::Shown,
    ctx::{Change, Ctx, Reads, everyones},
    error::{Error, Result},
    ids::{MemberId, TenantId},
    moment::Moment,
    sent::{self, Sent},
};

/// A member as the partner's customers see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    pub id: MemberId,
    pub name: String,
    pub phone: Shown,
    pub email: Shown,
}

/// Whom a partner's customers see.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contacts {
    /// Whether the partner has chosen them; else it is the administrator who has been there longest.
    pub are_chosen: bool,
    pub people: Vec<Contact>,
}

/// What the form of the choice needs.
#[derive(Clone, Debug)]
pub struct ContactChoice {
    /// Whom the customers see now.
    pub now: Contacts,
    /// Whom one may choose.
    pub choices: Vec<Colleague>,
    /// The mark of what is shown here.
    pub seen: String,
}

/// Whom the customers of this partner see. Whoever asks has looked whether the viewer is one of them, or of the partner.
pub async fn contacts(ctx: &Ctx, partner: TenantId) -> Result<Contacts> {
    let db = &ctx.store().db;
    let active = || {
        let members = everyones::<member::Entity>().filter(member::Column::TenantId.eq(partner));
        members.filter(member::Column::DisabledAt.eq(Moment::NEVER))
    };
    let chosen = everyones::<contact::Entity>()
        .filter(contact::Column::TenantId.eq(partner))
        .order_by_asc(contact::Column::Place)
        .all(db)
        .await?;
    let ids: Vec<MemberId> = chosen.into_iter().map(|contact| contact.member_id).collect();
    let found = active().filter(member::Column::Id.is_in(ids.iter().copied())).all(db).await?;
    let mut found: HashMap<MemberId, member::Model> = found.into_iter().map(|member| (member.id, member)).collect();
    let mut members: Vec<member::Model> = ids.iter().filter_map(|id| found.remove(id)).collect();
    let are_chosen = !members.is_empty();
    if !are_chosen {
        let longest = active()
            .filter(holds(administrating()))
            .order_by_asc(member::Column::CreatedAt)
            .order_by_asc(member::Column::Id);
        members.extend(longest.one(db).await?);
    }
    let people = members.into_iter().map(|member| {
        let shown = |field| personal::shown(ctx, &member, field, None);
        let (phone, email) = (shown(Field::Phone)?, shown(Field::Email)?);
        Ok(Contact { id: member.id, name: member.name, phone, email })
    });
    Ok(Contacts { are_chosen, people: people.collect::<Result<_>>()? })
}

/// Whom the viewer's own customers see, and whom they could.
pub async fn contact_choice(ctx: &Ctx) -> Result<ContactChoice> {
    ctx.require(Action::SetContacts).await?;
    let choices = ctx
        .find::<member::Entity>()
        .filter(member::Column::DisabledAt.eq(Moment::NEVER))
        .order_by_asc(member::Column::Account)
        .all()
        .await?;
    Ok(ContactChoice {
        now: contacts(ctx, ctx.viewer().tenant).await?,
        choices: choices.into_iter().map(colleague).collect(),
        seen: sent::mark(ctx, &seen_text(&chosen(ctx).await?)),
    })
}

/// Chooses whom the viewer's customers see, in this order; empty places close up.
///
/// # Errors
/// `Invalid` beside every place that cannot be taken so.
pub async fn set_contacts(ctx: &Ctx, wanted: &[Option<MemberId>], sent: Sent<'_>) -> Result<()> {
    ctx.require(Action::SetContacts).await?;
    let change = begin(ctx, sent, "/members/contacts").await?;
    let before = chosen(&change).await?;
    sent::still(ctx, &seen_text(&before), sent.seen)?;
    let active = change
        .find::<member::Entity>()
        .filter(member::Column::Id.is_in(wanted.iter().copied().flatten()))
        .filter(member::Column::DisabledAt.eq(Moment::NEVER))
        .all()
        .await?;
    let active: BTreeSet<MemberId> = active.into_iter().map(|member| member.id).collect();
    let after = rules::check_contacts(wanted, &active).map_err(Error::Invalid)?;
    if before == after {
        return Ok(());
    }
    change.remove(change.delete::<contact::Entity>()).await?;
    let tenant = ctx.viewer().tenant;
    let row = |(place, member): (i32, &MemberId)| contact::ActiveModel {
        tenant_id: Set(tenant),
        place: Set(place),
        member_id: Set(*member),
    };
    change.insert_many((1..).zip(&after).map(row).collect()).await?;
    change.commit(Event::ContactsChanged { before, after }).await
}

/// Takes a member that ends out of the contacts, if it is one; says what that changes.
pub(super) async fn drop_out(change: &Change<'_>, id: MemberId) -> Result<Option<Event>> {
    let before = chosen(change).await?;
    if !before.contains(&id) {
        return Ok(None);
    }
    change.remove(change.delete::<contact::Entity>().filter(contact::Column::MemberId.eq(id))).await?;
    let after = before.iter().copied().filter(|other| *other != id).collect();
    Ok(Some(Event::ContactsChanged { before, after }))
}

/// Those whom the tenant has chosen, by place.
async fn chosen<R: Reads + Sync>(from: &R) -> Result<Vec<MemberId>> {
    let rows = from.rows::<contact::Entity>().order_by_asc(contact::Column::Place).all().await?;
    Ok(rows.into_iter().map(|contact| contact.member_id).collect())
}

fn seen_text(chosen: &[MemberId]) -> String {
    let chosen: Vec<String> = chosen.iter().map(ToString::to_string).collect();
    format!("contacts {}", chosen.join(","))
}
