//! How a member's phone and e-mail lie in its row: sealed, with a fingerprint that is unique within the tenant; and their
//! eye.

use std::collections::HashSet;

use sea_orm::{ActiveValue::Set, QueryFilter, entity::prelude::*};

use super::{Field, entity::member};
use crate::{
    access::Action,
    audit::Event,
    codes::{self, Sensitive},
    contact::{Email, Phone, Revealed, Shown},
    ctx::Ctx,
    error::{Error, Refusal, Result},
    ids::{MemberId, TenantId},
    leads::BULK_ROWS,
    reveal::{self, PAGE_LIMIT},
    vault::Vault,
};

/// Which columns of members have been revealed.
pub(super) type Proofs = reveal::Proofs<Field>;

fn place(field: Field, id: MemberId) -> String {
    format!("member.{field}:{id}")
}

/// What finds an equal value in the same tenant, and tells nothing else about it.
pub(super) fn print(vault: &Vault, tenant: TenantId, field: Field, clear: &str) -> Vec<u8> {
    vault.fingerprint(&format!("member {field}"), &format!("{tenant}\0{clear}"))
}

/// The row with this phone and e-mail in it; what is absent stays as it is.
pub(super) fn kept(
    vault: &Vault,
    tenant: TenantId,
    id: MemberId,
    phone: Option<&Phone>,
    email: Option<&Email>,
    mut row: member::ActiveModel,
) -> member::ActiveModel {
    if let Some(phone) = phone {
        row.phone_sealed = Set(Some(vault.seal(&place(Field::Phone, id), phone.expose().as_bytes())));
        row.phone_print = Set(Some(print(vault, tenant, Field::Phone, phone.expose())));
    }
    if let Some(email) = email {
        row.email_sealed = Set(Some(vault.seal(&place(Field::Email, id), email.expose().as_bytes())));
        row.email_print = Set(Some(print(vault, tenant, Field::Email, email.expose())));
    }
    row
}

fn sealed(member: &member::Model, field: Field) -> Option<&[u8]> {
    match field {
        Field::Phone => member.phone_sealed.as_deref(),
        Field::Email => member.email_sealed.as_deref(),
    }
}

/// A field as this page may show it: masked, unless a proof says that it was revealed.
pub(super) fn shown(ctx: &Ctx, member: &member::Model, field: Field, proof: Option<&Revealed>) -> Result<Shown> {
    let Some(sealed) = sealed(member, field) else { return Ok(Shown::nothing()) };
    let clear = ctx.vault().open_text(&place(field, member.id), sealed)?;
    // What no longer parses is shown as absent rather than whole.
    let shown = match field {
        Field::Phone => {
            Phone::parse(&clear).map(|phone| proof.map_or_else(|| phone.masked(), |proof| phone.clear(proof)))
        }
        Field::Email => {
            Email::parse(&clear).map(|email| proof.map_or_else(|| email.masked(), |proof| email.clear(proof)))
        }
    };
    Ok(shown.unwrap_or_else(|_| Shown::nothing()))
}

/// Opens one column for these members and returns the clear values. One's own are one's own to look at; those of
/// colleagues are for whoever manages them.
///
/// # Errors
/// `TooMany` beyond the quota, which is the same for everything that the eye opens.
pub async fn reveal(ctx: &Ctx, field: Field, ids: &[MemberId]) -> Result<Vec<(MemberId, Shown)>> {
    if ids.len() > PAGE_LIMIT {
        return Err(Error::Conflict(Refusal::TooManyAtOnce));
    }
    let ids: HashSet<MemberId> = ids.iter().copied().collect();
    ctx.require(action(ctx, &ids)).await?;
    let members = ctx.find::<member::Entity>().filter(member::Column::Id.is_in(ids)).all().await?;
    let proofs = for_page(ctx, &members, &[field]).await?;
    let mut shown = Vec::with_capacity(members.len());
    for member in &members {
        shown.push((member.id, self::shown(ctx, member, field, proofs.of(field))?));
    }
    Ok(shown)
}

fn action(ctx: &Ctx, ids: &HashSet<MemberId>) -> Action {
    let own = ids.len() == 1 && ids.contains(&ctx.viewer().member);
    if own { Action::KeepOwnAccount } else { Action::ManageMembers }
}

/// Reveals these columns of these members.
pub(super) async fn for_page(ctx: &Ctx, members: &[member::Model], fields: &[Field]) -> Result<Proofs> {
    let Some(first) = fields.first() else { return Ok(Proofs::default()) };
    let action = action(ctx, &members.iter().map(|member| member.id).collect());
    ctx.require(action).await?;
    // A tenant that asks for codes has fewer at a time here: lists of colleagues are short.
    if members.len() > BULK_ROWS && codes::asks_for(ctx, Sensitive::RevealMany).await? {
        ctx.record_refusal(Event::MemberRevealRefused { field: *first }).await?;
        return Err(Error::Conflict(Refusal::TooManyToShow));
    }
    let mut values = Vec::new();
    for field in fields {
        let with_value = members.iter().filter(|member| sealed(member, *field).is_some());
        values.extend(with_value.map(|member| Event::MemberValueRevealed { member: member.id, field: *field }));
    }
    reveal::open(ctx, action, fields, &values, Event::MemberRevealRefused { field: *first }).await
}
