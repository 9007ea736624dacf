//! Developing a lead into a pre-registration, reading it, and letting it run out.

use sea_orm::{
    ActiveValue::{NotSet, Set},
    QueryFilter, QueryOrder, QuerySelect,
    entity::prelude::*,
};

use super::{
    Carried, Happening, Link, MOST_AT_ONCE, NewPreregistration, PreregistrationRow, State, VALID_SECONDS, after,
    entity::{ActiveModel, Column, Entity, Model},
    invitations, take,
};
use crate::{
    access::Action,
    audit::{self, Event, Outcome},
    contact::{CompanyName, Email, PersonName, Phone, Shown},
    ctx::{Change, Ctx, Origin, Store, Turn, everyones},
    error::{Error, Refusal, Result},
    ids::{LeadId, PreregistrationId, TenantId},
    leads::{self, Sent, Step, entity::entry},
    moment::Moment,
    outbox,
    people::{self, entity::member},
    vault::Vault,
};

/// How often a member may be refused in a minute: each refusal tells that somebody holds a prospect.
const REFUSALS_PER_MINUTE: u64 = 10;
/// How many run out in one round of the sweep's loop.
const AT_A_TIME: u64 = 200;

/// Develops a lead: its prospect is held for the partner, and the lead is converted.
///
/// # Errors
/// `Conflict` with `Preregistered` if anybody holds that company or mobile; whoever it is, the answer is the same.
pub async fn develop(ctx: &Ctx, lead: LeadId, new: NewPreregistration, sent: Sent<'_>) -> Result<PreregistrationId> {
    let change = ctx.change(Action::DevelopLead).await?;
    // How many a partner holds is counted one at a time. That nobody else holds the prospect is for the unique indexes to
    // say, over all partners.
    change.turn_of(Turn::Tenant(change.tenant())).await?;
    change.once(sent.token, &format!("/leads/{lead}")).await?;
    let found = leads::hold(&change, lead).await?;
    leads::seen::still_as(ctx, std::slice::from_ref(&found), sent.seen)?;
    leads::can(Step::Develop, found.state, found.follower_id, change.viewer()).map_err(Error::Conflict)?;
    let new = take(new, carried(ctx, &found)?).map_err(Error::Invalid)?;
    let prospect = Prospect::of(ctx.vault(), &found, &new)?;
    let minute = ctx.now().plus_seconds(-60);
    let me = ctx.viewer().member;
    if audit::count_since(&change, me, "preregistration_refused", minute).await? >= REFUSALS_PER_MINUTE {
        return Err(Error::TooMany { retry_after: 60 });
    }
    if let Some(why) = obstacle(ctx, &change, &prospect).await? {
        return refuse(change, lead, why).await;
    }
    let id = PreregistrationId(Uuid::now_v7());
    // The prospect is that of whoever follows the lead, also where an administrator stands in.
    let owner = found.follower_id.unwrap_or(me);
    let birth = Birth { id, tenant: ctx.viewer().tenant, lead, owner, at: ctx.now() };
    let row = row(ctx.vault(), birth, &prospect, State::Registered);
    match change.insert(row).await {
        Ok(_) => {}
        Err(Error::Twin) => return refuse(change, lead, Refusal::Preregistered).await,
        Err(other) => return Err(other),
    }
    let converted = leads::entity::ActiveModel {
        state: Set(leads::State::Converted),
        next_on: Set(None),
        // A closed lead is nobody's twin: the same company may come again.
        twin_phone: Set(None),
        twin_email: Set(None),
        ..Default::default()
    };
    leads::step(&change, &found, converted).await?;
    change.insert(leads::history(ctx, lead, entry::Kind::Developed)).await?;
    if prospect.invite {
        outbox::put_invitation(&change, id, people::language(&change).await?).await?;
    }
    let events =
        [Event::PreregistrationCreated { preregistration: id }, Event::LeadDeveloped { lead, preregistration: id }];
    change.commit_all(&events).await?;
    Ok(id)
}

/// What a lead has for its pre-registration.
fn carried(ctx: &Ctx, lead: &leads::entity::Model) -> Result<Carried> {
    Ok(Carried {
        mobile: leads::phone(ctx.vault(), lead)?.is_some_and(|phone| phone.is_mobile()),
        email: lead.email_sealed.is_some(),
        sealed: ctx.viewer().marketing_plan_2,
    })
}

/// The same, for the form.
pub async fn carried_by(ctx: &Ctx, lead: LeadId) -> Result<Carried> {
    ctx.require(Action::DevelopLead).await?;
    let lead = ctx.find::<leads::entity::Entity>().filter(leads::entity::Column::Id.eq(lead)).one().await?;
    carried(ctx, &lead)
}

/// Why the prospect cannot be held, if so. Looks among all partners and tells nothing about them.
async fn obstacle(ctx: &Ctx, change: &Change<'_>, prospect: &Prospect) -> Result<Option<Refusal>> {
    let owner = change.find::<member::Entity>().filter(member::Column::Id.eq(ctx.viewer().member)).one().await?;
    if owner.phone_sealed.is_none() && owner.email_sealed.is_none() {
        return Ok(Some(Refusal::NoContactOnFile));
    }
    let holding = [State::Pending, State::Registered, State::Invited];
    // All of the tenant count, whoever holds them.
    let held = everyones::<Entity>().filter(Column::TenantId.eq(ctx.viewer().tenant));
    if sea_orm::PaginatorTrait::count(held.filter(Column::State.is_in(holding)), change.tx()).await? >= MOST_AT_ONCE {
        return Ok(Some(Refusal::TooManyPreregistrations));
    }
    let prints = Prints::of(ctx.vault(), prospect);
    for (column, print) in [(Column::TwinCompany, Some(prints.company)), (Column::TwinMobile, prints.mobile)] {
        let Some(print) = print else { continue };
        if everyones::<Entity>().filter(column.eq(print)).one(change.tx()).await?.is_some() {
            return Ok(Some(Refusal::Preregistered));
        }
    }
    Ok(None)
}

/// The pre-registration of the viewer's own company that holds this prospect, if there is one that the viewer sees: its id
/// and number. Those of other partners are nobody's business.
pub async fn held_by_us(ctx: &Ctx, lead: LeadId, new: &NewPreregistration) -> Result<Option<(PreregistrationId, i64)>> {
    ctx.require(Action::DevelopLead).await?;
    let lead = ctx.find::<leads::entity::Entity>().filter(leads::entity::Column::Id.eq(lead)).one().await?;
    // What the attempt was refused for, and nothing that it did not ask about.
    let new = take(new.clone(), carried(ctx, &lead)?).map_err(Error::Invalid)?;
    let prints = Prints::of(ctx.vault(), &Prospect::of(ctx.vault(), &lead, &new)?);
    for (column, print) in [(Column::TwinCompany, Some(prints.company)), (Column::TwinMobile, prints.mobile)] {
        let Some(print) = print else { continue };
        if everyones::<Entity>().filter(column.eq(print.clone())).one(&ctx.store().db).await?.is_some() {
            let ours = ctx.find::<Entity>().filter(Column::TenantId.eq(ctx.viewer().tenant)).filter(column.eq(print));
            return Ok(ours.maybe().await?.map(|held| (held.id, held.number)));
        }
    }
    Ok(None)
}

/// An attempt that tells something about others is in the trail.
async fn refuse<T>(change: Change<'_>, lead: LeadId, why: Refusal) -> Result<T> {
    change.refuse(Event::PreregistrationRefused { lead, why }).await?;
    Err(Error::Conflict(why))
}

/// A prospect, whole.
pub(super) struct Prospect {
    pub company: CompanyName,
    pub contact: PersonName,
    pub mobile: Option<Phone>,
    pub email: Option<Email>,
    pub invite: bool,
    pub remark: Option<String>,
}

impl Prospect {
    /// What was typed, and for the rest what the lead has.
    pub(super) fn of(vault: &Vault, lead: &leads::entity::Model, new: &NewPreregistration) -> Result<Prospect> {
        let company = new.company.clone().map_or_else(|| CompanyName::parse(&lead.company), Ok);
        let contact = new.contact.clone().map_or_else(|| PersonName::parse(&lead.contact), Ok);
        let mobile = match &new.mobile {
            Some(mobile) => Some(mobile.clone()),
            None => leads::phone(vault, lead)?.filter(Phone::is_mobile),
        };
        let email = match &new.email {
            Some(email) => Some(email.clone()),
            None => leads::email(vault, lead)?,
        };
        Ok(Prospect {
            company: company.map_err(|_| Error::Internal)?,
            contact: contact.map_err(|_| Error::Internal)?,
            mobile,
            email,
            invite: new.invite,
            remark: new.remark.clone(),
        })
    }
}

/// By what a held prospect is known among all partners.
struct Prints {
    company: Vec<u8>,
    mobile: Option<Vec<u8>>,
}

impl Prints {
    fn of(vault: &Vault, prospect: &Prospect) -> Prints {
        let mobile = prospect.mobile.as_ref();
        Prints {
            company: vault.fingerprint("prospect company", &prospect.company.normalised()),
            mobile: mobile.map(|mobile| vault.fingerprint("prospect mobile", mobile.expose())),
        }
    }
}

/// Whose pre-registration it will be, of which lead, and when.
#[derive(Clone, Copy)]
pub(super) struct Birth {
    pub id: PreregistrationId,
    pub tenant: TenantId,
    pub lead: LeadId,
    pub owner: crate::ids::MemberId,
    pub at: Moment,
}

/// A prospect on its way into its row.
pub(super) fn row(vault: &Vault, birth: Birth, prospect: &Prospect, state: State) -> ActiveModel {
    let seal = |field: &str, clear: &str| vault.seal(&place(field, birth.id), clear.as_bytes());
    let prints = Prints::of(vault, prospect);
    ActiveModel {
        number: NotSet,
        id: Set(birth.id),
        tenant_id: Set(birth.tenant),
        lead_id: Set(birth.lead),
        owner_id: Set(birth.owner),
        company: Set(prospect.company.expose().to_owned()),
        contact: Set(prospect.contact.expose().to_owned()),
        mobile_sealed: Set(prospect.mobile.as_ref().map(|mobile| seal("mobile", mobile.expose()))),
        email_sealed: Set(prospect.email.as_ref().map(|email| seal("email", email.expose()))),
        invite: Set(prospect.invite),
        remark: Set(prospect.remark.clone()),
        state: Set(state),
        created_at: Set(birth.at),
        expires_at: Set(birth.at.plus_seconds(VALID_SECONDS)),
        invited_at: Set(Moment::NEVER),
        twin_company: Set(state.holds().then_some(prints.company)),
        twin_mobile: Set(prints.mobile.filter(|_| state.holds())),
    }
}

/// The place that a sealed value belongs to.
fn place(field: &str, id: PreregistrationId) -> String {
    format!("preregistration.{field}:{id}")
}

/// One pre-registration that the viewer sees, masked.
pub async fn get(ctx: &Ctx, id: PreregistrationId) -> Result<PreregistrationRow> {
    ctx.require(Action::ViewLeads).await?;
    let found = ctx.find::<Entity>().filter(Column::Id.eq(id)).one().await?;
    let names = people::names(ctx, &[found.owner_id]).await?;
    let numbers = leads::numbers(ctx, &[found.lead_id]).await?;
    let sealed = ctx.viewer().marketing_plan_2;
    let mobile = shown(ctx.vault(), &found, "mobile", found.mobile_sealed.as_deref(), sealed, |text| {
        Phone::parse(text).ok().map(|phone| phone.masked())
    })?;
    let email = shown(ctx.vault(), &found, "email", found.email_sealed.as_deref(), sealed, |text| {
        Email::parse(text).ok().map(|email| email.masked())
    })?;
    let invitation = invitations::invitation(ctx, &found).await?;
    Ok(PreregistrationRow {
        id,
        number: found.number,
        lead: found.lead_id,
        lead_number: numbers.get(&found.lead_id).copied().unwrap_or_default(),
        company: CompanyName::parse(&found.company).map_or_else(|_| Shown::nothing(), |name| name.masked()),
        contact: PersonName::parse(&found.contact).map_or_else(|_| Shown::nothing(), |name| name.masked()),
        mobile,
        email,
        owner: names.get(&found.owner_id).cloned().unwrap_or_default(),
        invitation,
        remark: found.remark,
        state: found.state,
        created_at: found.created_at,
        expires_at: found.expires_at,
    })
}

fn shown(
    vault: &Vault,
    row: &Model,
    field: &str,
    sealed: Option<&[u8]>,
    is_kept: bool,
    masked: impl Fn(&str) -> Option<Shown>,
) -> Result<Shown> {
    if sealed.is_some() && is_kept {
        return Ok(Shown::anonymised());
    }
    let clear = opened(vault, row, field, sealed)?;
    Ok(clear.and_then(|text| masked(&text)).unwrap_or_else(Shown::nothing))
}

/// A sealed value, for whoever masks it or writes to it.
pub(super) fn opened(vault: &Vault, row: &Model, field: &str, sealed: Option<&[u8]>) -> Result<Option<String>> {
    sealed.map(|sealed| vault.open_text(&place(field, row.id), sealed)).transpose()
}

/// Which pre-registration a lead has become, if it has.
pub(crate) async fn of_lead(ctx: &Ctx, lead: LeadId) -> Result<Option<Link>> {
    let found = ctx.find::<Entity>().filter(Column::LeadId.eq(lead)).maybe().await?;
    Ok(found.map(|found| Link { id: found.id, number: found.number, state: found.state }))
}

/// Lets go of prospects whose time is over; says how many there were.
pub async fn expire(store: &Store, now: Moment) -> Result<u64> {
    let mut expired = 0;
    loop {
        let over = everyones::<Entity>()
            .filter(Column::State.is_in([State::Registered, State::Invited]))
            .filter(Column::ExpiresAt.lte(now))
            .order_by_asc(Column::Number)
            .limit(AT_A_TIME)
            .all(&store.db)
            .await?;
        if over.is_empty() {
            return Ok(expired);
        }
        for found in over {
            expired += u64::from(let_go(store, &found, now).await?);
        }
    }
}

async fn let_go(store: &Store, found: &Model, now: Moment) -> Result<bool> {
    let next = after(found.state, Happening::Expired).map_err(Error::Conflict)?;
    let change = store.unattended().await?;
    let update =
        ActiveModel { state: Set(next), twin_company: Set(None), twin_mobile: Set(None), ..Default::default() };
    let guarded = Entity::update_many()
        .set(update)
        .filter(Column::Id.eq(found.id))
        .filter(Column::State.eq(found.state))
        .exec(change.tx())
        .await?;
    if guarded.rows_affected != 1 {
        return Ok(false);
    }
    let origin = Origin { address: "job".to_owned(), request: found.id.to_string() };
    let entry =
        audit::Entry { tenant: Some(found.tenant_id), actor: None, at: now, origin: &origin, outcome: Outcome::Done };
    change.commit(entry, &[Event::PreregistrationExpired { preregistration: found.id }]).await?;
    Ok(true)
}
