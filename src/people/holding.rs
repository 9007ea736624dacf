//! Which roles a member holds, and who supervises it: what administrators change of both, what goes together, and leave to
//! change it.

use std::collections::BTreeSet;

use sea_orm::{ActiveValue::Set, QueryFilter, entity::prelude::*};

use super::{
    Held, Step,
    entity::{member, member_role, role},
    members::{Found, begin, write},
    rules,
    standing::{holds, under_review},
};
use crate::{
    access::{Action, Role},
    audit::Event,
    codes::{self, Operation, Passed, Sensitive, Typed},
    ctx::{Change, Ctx},
    error::{Code, Error, Problem, Refusal, Result},
    ids::{MemberId, RoleId},
    messages::{self, Notice},
    moment::Moment,
    sent::Sent,
};

/// Gives a member other roles; its sessions end. Says whether account managers have lost their supervisor by it.
///
/// # Errors
/// `Invalid` where the roles do not go together; `CodeNeeded` where the tenant asks for a code.
pub async fn set_roles(
    ctx: &Ctx,
    id: MemberId,
    held: &[Held],
    supervisor: Option<MemberId>,
    typed: Typed<'_>,
    sent: Sent<'_>,
) -> Result<bool> {
    let back = format!("/members/{id}");
    let after: BTreeSet<Held> = held.iter().copied().collect();
    let operation = role_change().on(id.0).with("roles", listed(&after));
    let passed = confirmed(ctx, &operation, typed, async {
        free_to_hold(ctx, &begin(ctx, sent, &back).await?, id, &after, supervisor, sent).await.map(drop)
    });
    let passed = passed.await?;
    let change = begin(ctx, sent, &back).await?;
    let (found, supervisor) = free_to_hold(ctx, &change, id, &after, supervisor, sent).await?;
    passed.settle(&change).await?;
    let mut events = Vec::new();
    if found.held != after {
        let of_member = change.delete::<member_role::Entity>().filter(member_role::Column::MemberId.eq(id));
        change.remove(of_member).await?;
        change.insert_many(role_rows(id, &after)).await?;
        let (before, after) = (found.held.iter().copied().collect(), after.iter().copied().collect());
        events.push(Event::RolesChanged { member: id, before, after });
        messages::tell(&change, &[id], Notice::RolesChanged { by: ctx.viewer().member }).await?;
    }
    if found.member.supervisor_id != supervisor {
        events.push(Event::SupervisorSet { member: id, supervisor });
    }
    if events.is_empty() {
        return Ok(false);
    }
    // Another supervisor alone changes nothing that a session is worth.
    let moved_on = i32::from(found.held != after);
    let row = member::ActiveModel {
        supervisor_id: Set(supervisor),
        version: Set(found.member.version + moved_on),
        ..Default::default()
    };
    write(&change, &found.member, row).await?;
    let gives_up_team = rules::gives_up_team(&found.held, &after);
    let left_alone = if gives_up_team { leave_team(&change, id).await? } else { Vec::new() };
    let leaves_somebody = !left_alone.is_empty();
    events.extend(left_alone);
    change.commit_all(&events).await?;
    Ok(leaves_somebody)
}

/// Puts an account manager under another supervisor.
pub async fn set_supervisor(ctx: &Ctx, id: MemberId, supervisor: MemberId, sent: Sent<'_>) -> Result<()> {
    let change = begin(ctx, sent, &format!("/members/{id}")).await?;
    let found = Found::in_change(ctx, &change, id, sent).await?;
    found.allows(Step::Supervisor, &change)?;
    let supervisor = supervised(&change, id, &found.held, Some(supervisor), false)
        .await?
        .map_err(|problem| Error::Invalid(vec![problem]))?;
    if found.member.supervisor_id == supervisor {
        return Ok(());
    }
    let row = member::ActiveModel { supervisor_id: Set(supervisor), ..Default::default() };
    write(&change, &found.member, row).await?;
    change.commit(Event::SupervisorSet { member: id, supervisor }).await
}

/// Checks that the member may be given these roles, as both are now; says its supervisor.
async fn free_to_hold(
    ctx: &Ctx,
    change: &Change<'_>,
    id: MemberId,
    after: &BTreeSet<Held>,
    supervisor: Option<MemberId>,
    sent: Sent<'_>,
) -> Result<(Found, Option<MemberId>)> {
    let found = Found::in_change(ctx, change, id, sent).await?;
    found.allows(Step::Roles, &change)?;
    let mut reviewed = under_review(change, &[id]).await?.remove(&id).unwrap_or_default();
    // A role that has gone all the same is not given back by a review that nobody has ended.
    reviewed.retain(|role| found.held.contains(&Held::Default(*role)));
    let mut problems: Vec<Problem> = match rules::keeps_reviewed(after, &reviewed) {
        Ok(()) => unfit(change, after).await?.into_iter().collect(),
        Err(code) => vec![Problem::new("roles", code)],
    };
    let supervisor = match supervised(change, id, after, supervisor, found.standing.is_unassigned()).await? {
        Ok(supervisor) => supervisor,
        Err(problem) => {
            problems.push(problem);
            None
        }
    };
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    if rules::leaves_nobody(after, found.standing.is_last_administrator) {
        return Err(Error::Conflict(Refusal::LastAdministrator));
    }
    Ok((found, supervisor))
}

/// Leaves the account managers under this member without a supervisor, until somebody gives them another one.
pub(super) async fn leave_team(change: &Change<'_>, id: MemberId) -> Result<Vec<Event>> {
    let team = change.find::<member::Entity>().filter(member::Column::SupervisorId.eq(id)).all().await?;
    let without = member::ActiveModel { supervisor_id: Set(None), ..Default::default() };
    let without = change.update::<member::Entity>().set(without).filter(member::Column::SupervisorId.eq(id));
    change.any_number(without).await?;
    Ok(team.iter().map(|member| Event::SupervisorSet { member: member.id, supervisor: None }).collect())
}

/// Saying who may do what, as the act that a code is for.
pub(super) fn role_change() -> Operation {
    Operation::new(Sensitive::ChangeRoles)
}

/// Roles or items, as part of such an act.
pub(super) fn listed<T: ToString>(all: &BTreeSet<T>) -> String {
    all.iter().map(T::to_string).collect::<Vec<_>>().join(",")
}

/// Leave to say who may do what. What would be refused anyway is refused in the rehearsal, before anybody is asked for a
/// code.
pub(super) async fn confirmed(
    ctx: &Ctx,
    operation: &Operation,
    typed: Typed<'_>,
    rehearsal: impl Future<Output = Result<()>> + Send,
) -> Result<Passed> {
    ctx.require(Action::ManageMembers).await?;
    if codes::asks_for(ctx, Sensitive::ChangeRoles).await? {
        rehearsal.await?;
    }
    codes::demand(ctx, operation, typed).await
}

/// The rows that say that a member holds these roles.
pub(super) fn role_rows(id: MemberId, held: &BTreeSet<Held>) -> Vec<member_role::ActiveModel> {
    let row = |held: &Held| member_role::ActiveModel { member_id: Set(id), role: Set(held.to_string()) };
    held.iter().map(row).collect()
}

/// What is wrong with these roles together, as the tenant's own roles are now.
pub(super) async fn unfit(change: &Change<'_>, held: &BTreeSet<Held>) -> Result<Option<Problem>> {
    let own: Vec<RoleId> = change.find::<role::Entity>().all().await?.into_iter().map(|role| role.id).collect();
    let kind = change.viewer().tenant_kind;
    Ok(rules::check_roles(held, kind, &own).err().map(|code| Problem::new("roles", code)))
}

/// The supervisor of a member with these roles, if the chosen one can be it.
pub(super) async fn supervised(
    change: &Change<'_>,
    id: MemberId,
    held: &BTreeSet<Held>,
    chosen: Option<MemberId>,
    was_unassigned: bool,
) -> Result<Result<Option<MemberId>, Problem>> {
    let chosen = match rules::supervisor_of(held, chosen, was_unassigned) {
        Ok(Some(chosen)) => chosen,
        other => return Ok(other),
    };
    let supervisor = change
        .find::<member::Entity>()
        .filter(member::Column::Id.eq(chosen))
        .filter(member::Column::Id.ne(id))
        .filter(member::Column::DisabledAt.eq(Moment::NEVER))
        .filter(holds([Held::Default(Role::Supervisor)]));
    let found = supervisor.maybe().await?.map(|member| member.id);
    Ok(found.map(Some).ok_or_else(|| Problem::new("supervisor", Code::NotASupervisor)))
}
