//! Reading, marking and sending messages.

use sea_orm::{
    ActiveValue::Set, DatabaseTransaction, QueryFilter, QueryOrder, QuerySelect, entity::prelude::*, sea_query::Expr,
};

use super::{Kind, MessageRow, entity};
use crate::{
    access::Action,
    audit::Event,
    ctx::{Change, Ctx},
    error::Result,
    ids::{LeadId, MemberId, TenantId},
    leads,
    moment::Moment,
};

/// The newest messages of the viewer. Enough for one screen; older ones have been seen.
const SHOWN: u64 = 100;

/// How many messages the viewer has not read, counted to a hundred.
pub async fn unread(ctx: &Ctx) -> Result<u64> {
    ctx.find::<entity::Entity>().filter(entity::Column::ReadAt.eq(Moment::NEVER)).count_to(SHOWN).await
}

/// The viewer's newest messages.
pub async fn list(ctx: &Ctx) -> Result<Vec<MessageRow>> {
    let rows = ctx
        .find::<entity::Entity>()
        .order_by_desc(entity::Column::At)
        .order_by_desc(entity::Column::Id)
        .limit(SHOWN)
        .all()
        .await?;
    let of: Vec<LeadId> = rows.iter().map(|row| row.lead_id).collect();
    let numbers = leads::numbers(ctx, &of).await?;
    let row = |row: entity::Model| MessageRow {
        kind: row.kind,
        lead: row.lead_id,
        lead_number: numbers.get(&row.lead_id).copied(),
        at: row.at,
        is_read: row.read_at.happened(),
    };
    Ok(rows.into_iter().map(row).collect())
}

/// Marks everything that the viewer has received as read.
pub async fn mark_all_read(ctx: &Ctx) -> Result<()> {
    let change = ctx.change(Action::KeepOwnAccount).await?;
    let unread = change.update::<entity::Entity>().filter(entity::Column::ReadAt.eq(Moment::NEVER));
    change.any_number(unread.col_expr(entity::Column::ReadAt, Expr::val(ctx.now()))).await?;
    change.commit(Event::MessagesRead).await
}

/// Tells a member, within the change that dispatches them, of leads that are now its own.
pub(crate) async fn lead_dispatched(
    change: &Change<'_>,
    tenant: TenantId,
    to: MemberId,
    leads: &[LeadId],
    now: Moment,
) -> Result<()> {
    change.insert_many(leads.iter().map(|lead| row(tenant, to, *lead, now)).collect()).await
}

/// A message of the demo's past.
pub(crate) async fn plant(
    tx: &DatabaseTransaction,
    tenant: TenantId,
    to: MemberId,
    lead: LeadId,
    at: Moment,
) -> Result<()> {
    entity::Entity::insert(row(tenant, to, lead, at)).exec_without_returning(tx).await?;
    Ok(())
}

fn row(tenant: TenantId, to: MemberId, lead: LeadId, at: Moment) -> entity::ActiveModel {
    entity::ActiveModel {
        id: Set(Uuid::now_v7()),
        tenant_id: Set(tenant),
        member_id: Set(to),
        at: Set(at),
        kind: Set(Kind::LeadDispatched),
        lead_id: Set(lead),
        read_at: Set(Moment::NEVER),
    }
}
