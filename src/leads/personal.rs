//! How a lead's personal data lies in its row: names plain, since they are searched; phone and e-mail sealed.

use super::{Field, draft::Twins, entity::Model};
use crate::{
    access::Viewer,
    contact::{CompanyName, Email, PersonName, Phone, Revealed, Shown},
    ctx::Ctx,
    error::{Error, Result},
    ids::LeadId,
    vault::Vault,
};

/// The place that a lead's sealed value belongs to.
pub(crate) fn place(field: Field, id: LeadId) -> String {
    format!("lead.{field}:{id}")
}

/// Whether there is an eye for the field at all. Under marketing plan 2.0 phones and e-mails have none, for anybody.
pub fn has_eye(viewer: &Viewer, field: Field) -> bool {
    viewer.can(crate::access::Action::RevealLead) && !is_sealed(viewer, field)
}

/// Whether marketing plan 2.0 keeps the field from everybody.
fn is_sealed(viewer: &Viewer, field: Field) -> bool {
    viewer.marketing_plan_2 && field.is_sealed_by_plan_2()
}

/// A field as this page may show it: masked, unless a proof says that it was revealed.
pub(crate) fn shown(ctx: &Ctx, lead: &Model, field: Field, proof: Option<&Revealed>) -> Result<Shown> {
    let vault = ctx.vault();
    if is_sealed(ctx.viewer(), field) {
        return Ok(if has_value(lead, field) { Shown::anonymised() } else { Shown::nothing() });
    }
    match field {
        Field::Company => Ok(plain(CompanyName::parse(&lead.company), proof, CompanyName::masked, CompanyName::clear)),
        Field::Contact => Ok(plain(PersonName::parse(&lead.contact), proof, PersonName::masked, PersonName::clear)),
        Field::Phone => {
            let Some(text) = unseal(vault, lead.id, field, lead.phone_sealed.as_deref())? else {
                return Ok(Shown::nothing());
            };
            Ok(plain(Phone::parse(&text), proof, Phone::masked, Phone::clear))
        }
        Field::Email => {
            let Some(text) = unseal(vault, lead.id, field, lead.email_sealed.as_deref())? else {
                return Ok(Shown::nothing());
            };
            Ok(plain(Email::parse(&text), proof, Email::masked, Email::clear))
        }
    }
}

/// The number of a lead, for comparing and dialling; nobody is shown it.
pub(crate) fn phone(vault: &Vault, lead: &Model) -> Result<Option<Phone>> {
    let clear = unseal(vault, lead.id, Field::Phone, lead.phone_sealed.as_deref())?;
    Ok(clear.and_then(|text| Phone::parse(&text).ok()))
}

/// The e-mail address of a lead, to be carried over; nobody is shown it.
pub(crate) fn email(vault: &Vault, lead: &Model) -> Result<Option<Email>> {
    let clear = unseal(vault, lead.id, Field::Email, lead.email_sealed.as_deref())?;
    Ok(clear.and_then(|text| Email::parse(&text).ok()))
}

/// Whether the lead has a value in the field.
pub(crate) fn has_value(lead: &Model, field: Field) -> bool {
    match field {
        Field::Company | Field::Contact => true,
        Field::Phone => lead.phone_sealed.is_some(),
        Field::Email => lead.email_sealed.is_some(),
    }
}

/// What makes the lead a twin of another, from its row.
pub(crate) fn twins(ctx: &Ctx, lead: &Model) -> Result<Twins> {
    let (store, vault) = (ctx.store(), ctx.vault());
    let company = CompanyName::parse(&lead.company).map_err(|_| Error::Internal)?;
    let (phone, email) = (phone(vault, lead)?, email(vault, lead)?);
    Ok(Twins::of(store, lead.tenant_id, &company, phone.as_ref(), email.as_ref()))
}

fn plain<T, F>(
    value: std::result::Result<T, F>,
    proof: Option<&Revealed>,
    masked: impl Fn(&T) -> Shown,
    clear: impl Fn(&T, &Revealed) -> Shown,
) -> Shown {
    // What no longer parses is shown as absent rather than whole.
    match (value, proof) {
        (Ok(value), Some(proof)) => clear(&value, proof),
        (Ok(value), None) => masked(&value),
        (Err(_), _) => Shown::nothing(),
    }
}

fn unseal(vault: &Vault, id: LeadId, field: Field, sealed: Option<&[u8]>) -> Result<Option<String>> {
    let Some(sealed) = sealed else { return Ok(None) };
    vault.open_text(&place(field, id), sealed).map(Some)
}
