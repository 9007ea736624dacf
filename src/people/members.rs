//! What administrators do to members. Each change waits for the tenant's turn first, so that what it looks at (who has
//! this phone, who is the last administrator) cannot change before it ends.

use std::collections::BTreeSet;

use sea_orm::{ActiveValue::Set, QueryFilter, entity::prelude::*};

use super::{
    Field, Held, NewPerson, Part, Person, Site, Standing, Step, contacts,
    entity::member,
    hashing::Hasher,
    holding::{confirmed, leave_team, listed, role_change, role_rows, supervised, unfit},
    personal, rules,
    standing::{administrators, held_by, seen_text, standing},
};
use crate::{
    access::Action,
    audit::Event,
    codes::Typed,
    ctx::{Change, Ctx, Turn},
    error::{Code, Error, Problem, Result},
    ids::MemberId,
    messages::{self, Notice},
    moment::Moment,
    password,
    sent::{self, Sent},
};

/// Creates a member, who must change the initial password at the first sign-in.
///
/// # Errors
/// `Invalid` with every field that needs another value, what others already have included; `CodeNeeded` where the tenant
/// asks for a code.
pub async fn create(ctx: &Ctx, hasher: &Hasher, new: &NewPerson, typed: Typed<'_>, sent: Sent<'_>) -> Result<MemberId> {
    ctx.require(Action::ManageMembers).await?;
    let id = MemberId(Uuid::now_v7());
    let back = format!("/members/{id}");
    let held: BTreeSet<Held> = new.held.iter().copied().collect();
    let operation = role_change().with("account", new.account.expose()).with("roles", listed(&held));
    let passed = confirmed(ctx, &operation, typed, async {
        fit(ctx, &begin(ctx, sent, &back).await?, id, new, &held).await.map(drop)
    });
    let passed = passed.await?;
    let hash = hasher.hash(&new.password).await?;
    let change = begin(ctx, sent, &back).await?;
    let events = add(ctx, &change, id, new, hash).await?;
    passed.settle(&change).await?;
    change.commit_all(&events).await?;
    Ok(id)
}

/// Adds a member to the tenant, whoever says so, and says what happened.
pub(super) async fn add(
    ctx: &Ctx,
    change: &Change<'_>,
    id: MemberId,
    new: &NewPerson,
    hash: String,
) -> Result<Vec<Event>> {
    let held: BTreeSet<Held> = new.held.iter().copied().collect();
    let supervisor = fit(ctx, change, id, new, &held).await?;
    let row = member::ActiveModel {
        id: Set(id),
        tenant_id: Set(ctx.viewer().tenant),
        account: Set(new.account.expose().to_owned()),
        name: Set(new.person.name.expose().to_owned()),
        phone_sealed: Set(None),
        email_sealed: Set(None),
        phone_print: Set(None),
        email_print: Set(None),
        password_hash: Set(hash),
        must_change_password: Set(true),
        telesales: Set(new.telesales),
        supervisor_id: Set(supervisor),
        site: Set(Site::China),
        version: Set(1),
        disabled_at: Set(Moment::NEVER),
        created_at: Set(ctx.now()),
        language: Set(String::new()),
        zone: Set(String::new()),
    };
    let (phone, email) = (new.person.phone.as_ref(), new.person.email.as_ref());
    change.insert(personal::kept(ctx.vault(), ctx.viewer().tenant, id, phone, email, row)).await?;
    change.insert_many(role_rows(id, &held)).await?;
    let mut events = vec![
        Event::MemberCreated { member: id },
        Event::RolesChanged { member: id, before: Vec::new(), after: held.into_iter().collect() },
    ];
    if supervisor.is_some() {
        events.push(Event::SupervisorSet { member: id, supervisor });
    }
    Ok(events)
}

/// Checks that nobody has what the new member is to have, and that its roles go together; says its supervisor.
async fn fit(
    ctx: &Ctx,
    change: &Change<'_>,
    id: MemberId,
    new: &NewPerson,
    held: &BTreeSet<Held>,
) -> Result<Option<MemberId>> {
    let mut problems = taken(ctx, change, id, Some(new.account.expose()), &new.person).await?;
    problems.extend(unfit(change, held).await?);
    if password::check(&new.password, new.account.expose()).is_err() {
        problems.push(Problem::new("password", Code::WeakPassword));
    }
    match supervised(change, id, held, new.supervisor, false).await? {
        Ok(supervisor) if problems.is_empty() => Ok(supervisor),
        Ok(_) => Err(Error::Invalid(problems)),
        Err(problem) => {
            problems.push(problem);
            Err(Error::Invalid(problems))
        }
    }
}

/// Changes a member's own data. The account stays what it is.
pub async fn edit(ctx: &Ctx, id: MemberId, person: &Person, telesales: bool, sent: Sent<'_>) -> Result<()> {
    let change = begin(ctx, sent, &format!("/members/{id}")).await?;
    let found = Found::in_change(ctx, &change, id, sent).await?;
    found.allows(Step::Edit, &change)?;
    write_person(ctx, change, &found.member, person, telesales).await
}

/// Writes a member's own data, by whomever, and ends the change.
pub(super) async fn write_person(
    ctx: &Ctx,
    change: Change<'_>,
    member: &member::Model,
    person: &Person,
    telesales: bool,
) -> Result<()> {
    let problems = taken(ctx, &change, member.id, None, person).await?;
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let fresh = |field, clear: &str, kept: &Option<Vec<u8>>| {
        kept.as_deref() != Some(personal::print(ctx.vault(), member.tenant_id, field, clear).as_slice())
    };
    let phone = person.phone.as_ref().filter(|phone| fresh(Field::Phone, phone.expose(), &member.phone_print));
    let email = person.email.as_ref().filter(|email| fresh(Field::Email, email.expose(), &member.email_print));
    let parts = [
        (Part::Name, member.name != person.name.expose()),
        (Part::Phone, phone.is_some()),
        (Part::Email, email.is_some()),
        (Part::Telesales, member.telesales != telesales),
    ];
    let fields: Vec<Part> = parts.into_iter().filter(|(_, changed)| *changed).map(|(part, _)| part).collect();
    if fields.is_empty() {
        return Ok(());
    }
    let row = member::ActiveModel {
        name: Set(person.name.expose().to_owned()),
        telesales: Set(telesales),
        ..Default::default()
    };
    let row = personal::kept(ctx.vault(), member.tenant_id, member.id, phone, email, row);
    write(&change, member, row).await?;
    change.commit(Event::MemberEdited { member: member.id, fields }).await
}

/// Ends a member's access at once, on every server. Says whether account managers have lost their supervisor by it.
pub async fn disable(ctx: &Ctx, id: MemberId, sent: Sent<'_>) -> Result<bool> {
    let change = begin(ctx, sent, &format!("/members/{id}")).await?;
    let found = Found::in_change(ctx, &change, id, sent).await?;
    found.allows(Step::Disable, &change)?;
    let (events, leaves_somebody) = end_access(&change, &found.member).await?;
    change.commit_all(&events).await?;
    Ok(leaves_somebody)
}

/// Ends a member's access, whoever says so, and with it its team and its place among the contacts. Says what happened, and
/// whether account managers have lost their supervisor by it.
pub(super) async fn end_access(change: &Change<'_>, member: &member::Model) -> Result<(Vec<Event>, bool)> {
    let row =
        member::ActiveModel { disabled_at: Set(change.now()), version: Set(member.version + 1), ..Default::default() };
    write(change, member, row).await?;
    let team = leave_team(change, member.id).await?;
    let leaves_somebody = !team.is_empty();
    let mut events = vec![Event::MemberDisabled { member: member.id }];
    events.extend(team);
    events.extend(contacts::drop_out(change, member.id).await?);
    Ok((events, leaves_somebody))
}

/// Lets a disabled member sign in again.
pub async fn enable(ctx: &Ctx, id: MemberId, sent: Sent<'_>) -> Result<()> {
    let change = begin(ctx, sent, &format!("/members/{id}")).await?;
    let found = Found::in_change(ctx, &change, id, sent).await?;
    found.allows(Step::Enable, &change)?;
    let row = member::ActiveModel { disabled_at: Set(Moment::NEVER), ..Default::default() };
    write(&change, &found.member, row).await?;
    change.commit(Event::MemberEnabled { member: id }).await
}

/// Gives a member an initial password again; its sessions end, and it must choose another one at the next sign-in.
pub async fn reset_password(ctx: &Ctx, hasher: &Hasher, id: MemberId, initial: &str, sent: Sent<'_>) -> Result<()> {
    ctx.require(Action::ManageMembers).await?;
    let member = ctx.find::<member::Entity>().filter(member::Column::Id.eq(id)).one().await?;
    password::check(initial, &member.account).map_err(|_| Problem::alone("password", Code::WeakPassword))?;
    let hash = hasher.hash(initial).await?;
    let change = begin(ctx, sent, &format!("/members/{id}")).await?;
    let found = Found::in_change(ctx, &change, id, sent).await?;
    found.allows(Step::ResetPassword, &change)?;
    let row = member::ActiveModel {
        password_hash: Set(hash),
        must_change_password: Set(true),
        version: Set(found.member.version + 1),
        ..Default::default()
    };
    write(&change, &found.member, row).await?;
    messages::tell(&change, &[id], Notice::PasswordReset { by: ctx.viewer().member }).await?;
    change.commit(Event::PasswordReset { member: id }).await
}

/// Begins a change of members or roles, alone. Whether its author still may is asked by the change itself, at its beginning
/// and once its turn has come.
pub(super) async fn begin<'c>(ctx: &'c Ctx, sent: Sent<'_>, back: &str) -> Result<Change<'c>> {
    let change = ctx.change(Action::ManageMembers).await?;
    change.turn_of(Turn::Tenant(change.tenant())).await?;
    change.once(sent.token, back).await?;
    Ok(change)
}

/// A member as a change finds it.
pub(super) struct Found {
    pub member: member::Model,
    pub held: BTreeSet<Held>,
    pub standing: Standing,
}

impl Found {
    pub async fn in_change(ctx: &Ctx, change: &Change<'_>, id: MemberId, sent: Sent<'_>) -> Result<Found> {
        let member = change.find::<member::Entity>().filter(member::Column::Id.eq(id)).one().await?;
        let held = held_by(change, &[id]).await?.remove(&id).unwrap_or_default();
        sent::still(ctx, &seen_text(&member, &held), sent.seen)?;
        let standing = standing(&member, &held, &administrators(change).await?);
        Ok(Found { member, held, standing })
    }

    pub fn allows(&self, step: Step, change: &Change<'_>) -> Result<()> {
        rules::can(step, &self.standing, change.viewer()).map_err(Error::Conflict)
    }
}

/// Writes a member that is still as it was found.
pub(super) async fn write(change: &Change<'_>, found: &member::Model, row: member::ActiveModel) -> Result<()> {
    let update = change
        .update::<member::Entity>()
        .set(row)
        .filter(member::Column::Id.eq(found.id))
        .filter(member::Column::Version.eq(found.version))
        .filter(member::Column::DisabledAt.eq(found.disabled_at));
    change.exactly_one(update).await
}

/// What of this another member of the tenant already has.
async fn taken(
    ctx: &Ctx,
    change: &Change<'_>,
    id: MemberId,
    account: Option<&str>,
    person: &Person,
) -> Result<Vec<Problem>> {
    let mut problems = Vec::new();
    // Who sees every tenant looks at this one all the same.
    let of_tenant = || change.find::<member::Entity>().filter(member::Column::TenantId.eq(change.tenant()));
    let others = || of_tenant().filter(member::Column::Id.ne(id));
    if let Some(account) = account {
        let alike = others().beginning(member::Column::Account, account).all().await?;
        if alike.iter().any(|member| member.account.eq_ignore_ascii_case(account)) {
            problems.push(Problem::new("account", Code::Taken));
        }
    }
    let print = |field, clear: &str| personal::print(ctx.vault(), ctx.viewer().tenant, field, clear);
    if let Some(phone) = &person.phone {
        let same = member::Column::PhonePrint.eq(print(Field::Phone, phone.expose()));
        if others().filter(same).maybe().await?.is_some() {
            problems.push(Problem::new("phone", Code::Taken));
        }
    }
    if let Some(email) = &person.email {
        let same = member::Column::EmailPrint.eq(print(Field::Email, email.expose()));
        if others().filter(same).maybe().await?.is_some() {
            problems.push(Problem::new("email", Code::Taken));
        }
    }
    Ok(problems)
}
