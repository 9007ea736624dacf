//! Reading the trail.

use std::collections::HashMap;

use sea_orm::{QueryFilter, QueryOrder, QuerySelect, entity::prelude::*};

use super::{AuditRow, Event, Filter, Party, Query, append::VENDOR, entity};
use crate::{
    access::Action,
    ctx::{Change, Ctx, Visible, everyones},
    error::{Code, Problem, Result},
    ids::{LeadId, MemberId, TenantId},
    leads,
    moment::Moment,
    page::Page,
    people,
    scope::{Kind, Reason},
};

/// One page of the trail, the newest line first.
pub async fn list(ctx: &Ctx, query: &Query) -> Result<Page<AuditRow>> {
    ctx.require(Action::ViewAudit).await?;
    if let (Some(from), Some(to)) = (query.filter.from, query.filter.to)
        && to < from
    {
        return Err(Problem::alone("to", Code::BeforeItsBegin));
    }
    let found = found(ctx, &query.filter).await?;
    let mut page = found.newest_first(entity::Column::Number, query.slice, |row| row.number).await?;
    let rows = told(ctx, std::mem::take(&mut page.rows)).await?;
    Ok(page.holding(rows))
}

/// The lines that the filter finds.
pub(super) async fn found<'c>(ctx: &'c Ctx, filter: &Filter) -> Result<Visible<'c, entity::Entity>> {
    let actors = actors(ctx, filter).await?;
    Ok(narrow(ctx.find::<entity::Entity>(), filter, actors.as_deref()))
}

/// The members whom the filter names, if it names any.
async fn actors(ctx: &Ctx, filter: &Filter) -> Result<Option<Vec<MemberId>>> {
    Ok(match filter.account.trim() {
        "" => None,
        account => Some(people::ids_of_account(ctx, account).await?),
    })
}

/// Lines with the names that their reader may know.
pub(super) async fn told(ctx: &Ctx, rows: Vec<entity::Model>) -> Result<Vec<AuditRow>> {
    let (accounts, numbers) = names(ctx, &rows).await?;
    let titles = if ctx.viewer().sees(Kind::AuditTrail).has(Reason::Everywhere) {
        let tenants: Vec<TenantId> = rows.iter().filter_map(|row| row.tenant_id).collect();
        people::titles(ctx, &tenants).await?
    } else {
        // One's own tenant goes without saying.
        HashMap::new()
    };
    let others: Vec<TenantId> =
        rows.iter().flat_map(|row| [row.acting_tenant_id, row.second_tenant_id]).flatten().collect();
    let parties = people::parties(ctx, &others).await?;
    let party = |tenant: TenantId| if tenant == VENDOR { Some(Party::Vendor) } else { parties.get(&tenant).cloned() };
    let told = |row: entity::Model| AuditRow {
        tenant: row.tenant_id.and_then(|tenant| titles.get(&tenant).cloned()),
        acting: row.acting_tenant_id.and_then(party),
        second: row.second_tenant_id.and_then(party),
        ..reader_row(row, &accounts, &numbers)
    };
    Ok(rows.into_iter().map(told).collect())
}

fn narrow<'c>(
    mut rows: Visible<'c, entity::Entity>,
    filter: &Filter,
    actors: Option<&[MemberId]>,
) -> Visible<'c, entity::Entity> {
    use entity::Column;
    if let Some(actors) = actors {
        rows = rows.filter(Column::ActorId.is_in(actors.iter().copied()));
    }
    if !filter.event.is_empty() {
        rows = rows.filter(Column::Code.eq(&filter.event));
    }
    if let Some(outcome) = filter.outcome {
        rows = rows.filter(Column::Outcome.eq(outcome));
    }
    if let Some(object) = filter.object {
        rows = rows.filter(Column::ObjectId.eq(object));
    }
    if let Some(from) = filter.from {
        rows = rows.filter(Column::At.gte(Moment::start_of(from)));
    }
    if let Some(to) = filter.to.and_then(|to| to.succ_opt()) {
        rows = rows.filter(Column::At.lt(Moment::start_of(to)));
    }
    rows
}

type Names = (HashMap<MemberId, String>, HashMap<LeadId, i64>);

async fn names(ctx: &Ctx, rows: &[entity::Model]) -> Result<Names> {
    let mut members: Vec<MemberId> = rows.iter().filter_map(|row| row.actor_id).collect();
    let mut of_leads = Vec::new();
    for event in rows.iter().filter_map(|row| serde_json::from_str::<Event>(&row.detail).ok()) {
        members.extend(other_member(&event));
        if let Some(object) = event.object() {
            of_leads.push(LeadId(object));
        }
    }
    Ok((people::accounts(ctx, &members).await?, leads::numbers(ctx, &of_leads).await?))
}

fn reader_row(row: entity::Model, accounts: &HashMap<MemberId, String>, numbers: &HashMap<LeadId, i64>) -> AuditRow {
    let event = serde_json::from_str::<Event>(&row.detail).ok();
    let other_account = event.as_ref().and_then(other_member).and_then(|id| accounts.get(&id).cloned());
    AuditRow {
        number: row.number,
        at: row.at,
        tenant: None,
        acting: None,
        second: None,
        account: row.actor_id.and_then(|id| accounts.get(&id).cloned()),
        code: row.code,
        other_account,
        lead_number: row.object_id.and_then(|id| numbers.get(&LeadId(id)).copied()),
        event,
        outcome: row.outcome,
        address: row.address,
        request: row.request,
    }
}

/// The member that an event is about, besides the one that acted.
fn other_member(event: &Event) -> Option<MemberId> {
    match event {
        Event::LeadDispatched { to, .. } => Some(*to),
        Event::MemberCreated { member }
        | Event::MemberEdited { member, .. }
        | Event::RolesChanged { member, .. }
        | Event::SupervisorSet { member, .. }
        | Event::QualificationReviewed { member, .. }
        | Event::MemberDisabled { member }
        | Event::MemberEnabled { member }
        | Event::PasswordReset { member }
        | Event::MemberValueRevealed { member, .. }
        | Event::SessionEnded { member }
        | Event::RoleTaken { member, .. } => Some(*member),
        _ => None,
    }
}

/// How many lines of this code the member has left since then. Inside a change that has taken the member's turn, or its
/// tenant's, and that leaves such a line itself before it gives the turn up: so the count cannot be raced, and two requests
/// cannot both be the last that fits.
pub(crate) async fn count_since(change: &Change<'_>, member: MemberId, code: &str, since: Moment) -> Result<u64> {
    count_any_since(change, member, &[code], since).await
}

/// The same for lines of any of these codes.
pub(crate) async fn count_any_since(
    change: &Change<'_>,
    member: MemberId,
    codes: &[&str],
    since: Moment,
) -> Result<u64> {
    Ok(of_member(member, codes).filter(entity::Column::At.gt(since)).count(change.tx()).await?)
}

/// When each of these members last left a line of this code, as far as the viewer may read the trail.
pub(crate) async fn latest_at(ctx: &Ctx, members: &[MemberId], code: &str) -> Result<HashMap<MemberId, Moment>> {
    #[derive(sea_orm::FromQueryResult)]
    struct Latest {
        actor_id: MemberId,
        latest: i64,
    }
    let lines = ctx
        .find::<entity::Entity>()
        .filter(entity::Column::ActorId.is_in(members.iter().copied()))
        .filter(entity::Column::Code.eq(code));
    let latest = lines
        .select_only()
        .column(entity::Column::ActorId)
        .column_as(entity::Column::At.max(), "latest")
        .group_by(entity::Column::ActorId);
    let latest: Vec<Latest> = latest.into().await?;
    Ok(latest.into_iter().map(|row| (row.actor_id, Moment(row.latest))).collect())
}

/// The newest detail that the member has left under this code since then.
pub(crate) async fn latest_detail(ctx: &Ctx, member: MemberId, code: &str, since: Moment) -> Result<Option<Event>> {
    let row = of_member(member, &[code])
        .filter(entity::Column::At.gt(since))
        .order_by_desc(entity::Column::Number)
        .one(&ctx.store().db)
        .await?;
    Ok(row.and_then(|row| serde_json::from_str(&row.detail).ok()))
}

/// A member's own lines count against its quotas whether or not it may read the trail.
fn of_member(member: MemberId, codes: &[&str]) -> Select<entity::Entity> {
    everyones::<entity::Entity>()
        .filter(entity::Column::ActorId.eq(member))
        .filter(entity::Column::Code.is_in(codes.iter().copied()))
}
