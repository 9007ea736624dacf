//! Putting letters into the outbox, and looking at what became of them.

use std::collections::HashMap;

use sea_orm::{ActiveValue::Set, DatabaseTransaction, QueryFilter, QueryOrder, QuerySelect, entity::prelude::*};

use super::{
    Delivery, Reason, State,
    entity::{self, Column, Entity, demo},
};
use crate::{
    ctx::{Change, Ctx, Store, everyones},
    error::Result,
    ids::{CodeId, LetterId, MemberId, MessageId, PreregistrationId, ReceiverId, TenantId},
    messages::{self, Channel, Kind, Language},
    moment::Moment,
    vault::Vault,
};

/// How many rows one statement writes.
const CHUNK: usize = 500;
/// How many letters a page shows.
const SHOWN: u64 = 20;
/// How long letters that have ended are kept, in seconds.
const KEPT_SECONDS: i64 = 30 * 86_400;
/// How long the demo keeps what it would have sent, in seconds.
const DEMO_SECONDS: i64 = 86_400;

/// Whom a letter is for.
#[derive(Clone, Copy, Debug)]
pub(crate) enum To {
    Member(MemberId),
    /// A receiver of the tenant's choice, who is told what this member is told.
    Receiver {
        receiver: ReceiverId,
        told: MemberId,
    },
}

/// A letter about a message.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Draft {
    pub to: To,
    pub message: MessageId,
    pub more: u64,
    pub channel: Channel,
    pub language: Language,
}

/// Puts letters into the outbox, within the transaction that writes the messages they tell of.
pub(crate) async fn put(tx: &DatabaseTransaction, tenant: TenantId, at: Moment, drafts: Vec<Draft>) -> Result<()> {
    let row = |draft: &Draft| {
        let (member, receiver) = match draft.to {
            To::Member(member) => (member, None),
            To::Receiver { receiver, told } => (told, Some(receiver)),
        };
        entity::ActiveModel {
            receiver_id: Set(receiver),
            message_id: Set(Some(draft.message)),
            more: Set(draft.more as i64),
            ..waiting(LetterId(Uuid::now_v7()), tenant, member, draft.channel, draft.language, at)
        }
    };
    for some in drafts.chunks(CHUNK) {
        Entity::insert_many(some.iter().map(row).collect::<Vec<_>>()).exec_without_returning(tx).await?;
    }
    Ok(())
}

/// Puts a letter with a code into the outbox. The code lies there sealed until it is on its way.
pub(crate) async fn put_code(
    change: &Change<'_>,
    code: CodeId,
    secret: &str,
    channel: Channel,
    language: Language,
) -> Result<()> {
    let id = LetterId(Uuid::now_v7());
    let row = entity::ActiveModel {
        code_id: Set(Some(code)),
        secret_sealed: Set(Some(change.vault().seal(&secret_place(id), secret.as_bytes()))),
        ..waiting(id, change.tenant(), change.member(), channel, language, change.now())
    };
    Entity::insert(row).exec_without_returning(change.tx()).await?;
    Ok(())
}

/// Puts the invitation of a prospect into the outbox, within the change that asks for it. Whom it goes to is looked up when
/// it is written.
pub(crate) async fn put_invitation(
    change: &Change<'_>,
    preregistration: PreregistrationId,
    language: Language,
) -> Result<()> {
    let id = LetterId(Uuid::now_v7());
    let row = entity::ActiveModel {
        preregistration_id: Set(Some(preregistration)),
        ..waiting(id, change.tenant(), change.member(), Channel::Email, language, change.now())
    };
    Entity::insert(row).exec_without_returning(change.tx()).await?;
    Ok(())
}

/// The place that a letter's secret belongs to.
fn secret_place(id: LetterId) -> String {
    format!("outbox.secret:{id}")
}

/// The code in a letter.
pub(super) fn secret(vault: &Vault, letter: &entity::Model) -> Option<String> {
    let clear = vault.open(&secret_place(letter.id), letter.secret_sealed.as_deref()?).ok()?;
    String::from_utf8(clear).ok()
}

fn waiting(
    id: LetterId,
    tenant: TenantId,
    member: MemberId,
    channel: Channel,
    language: Language,
    at: Moment,
) -> entity::ActiveModel {
    entity::ActiveModel {
        id: Set(id),
        tenant_id: Set(tenant),
        member_id: Set(member),
        receiver_id: Set(None),
        message_id: Set(None),
        more: Set(0),
        code_id: Set(None),
        preregistration_id: Set(None),
        secret_sealed: Set(None),
        channel: Set(channel),
        language: Set(language),
        state: Set(State::Pending),
        tries: Set(0),
        reason: Set(None),
        created_at: Set(at),
        due_at: Set(at),
        ended_at: Set(Moment::NEVER),
        worker: Set(None),
        lease_until: Set(Moment::NEVER),
    }
}

/// The newest letters that concern the viewer: its own, or those of the tenant for whoever sets its receivers.
pub async fn deliveries(ctx: &Ctx) -> Result<Vec<Delivery>> {
    let rows = ctx.find::<Entity>().order_by_desc(Column::CreatedAt).limit(SHOWN).all().await?;
    let of: Vec<MessageId> = rows.iter().filter_map(|row| row.message_id).collect();
    // The messages may be those of colleagues: of these only the kind is told.
    let told = everyones::<messages::entity::Entity>()
        .filter(messages::entity::Column::Id.is_in(of))
        .all(&ctx.store().db)
        .await?;
    let kinds: HashMap<MessageId, Kind> =
        told.into_iter().filter_map(|message| Some((message.id, message.kind.parse().ok()?))).collect();
    let delivery = |row: entity::Model| Delivery {
        id: row.id.0,
        at: row.created_at,
        channel: row.channel,
        kind: row.message_id.and_then(|message| kinds.get(&message).copied()),
        outside: row.receiver_id.is_some(),
        invites: row.preregistration_id.is_some(),
        state: row.state,
        tries: row.tries.unsigned_abs(),
        reason: row.reason.and_then(|reason| reason.parse().ok()),
    };
    Ok(rows.into_iter().map(delivery).collect())
}

/// What became of the letter with this code of the viewer's.
pub(crate) async fn delivery_of_code(ctx: &Ctx, code: CodeId) -> Result<Option<(State, Option<Reason>)>> {
    let row = ctx.find::<Entity>().filter(Column::CodeId.eq(code)).maybe().await?;
    Ok(row.map(|row| (row.state, row.reason.and_then(|reason| reason.parse().ok()))))
}

/// What became of the letter that invites this prospect, and when. For whoever sees the prospect, whosever letter it is.
pub(crate) async fn delivery_of_invitation(
    ctx: &Ctx,
    preregistration: PreregistrationId,
) -> Result<Option<(State, Option<Reason>, Moment)>> {
    let row = everyones::<Entity>()
        .filter(Column::PreregistrationId.eq(preregistration))
        .order_by_desc(Column::CreatedAt)
        .one(&ctx.store().db)
        .await?;
    Ok(row.map(|row| (row.state, row.reason.and_then(|reason| reason.parse().ok()), row.ended_at)))
}

/// Forgets letters that have long ended, and what the demo would have sent; says how many.
pub async fn sweep(store: &Store, now: Moment) -> Result<u64> {
    let ended = Entity::delete_many()
        .filter(Column::State.is_in([State::Sent, State::Failed]))
        .filter(Column::EndedAt.lte(now.plus_seconds(-KEPT_SECONDS)))
        .exec(&store.db)
        .await?;
    let shown = demo::Column::At.lte(now.plus_seconds(-DEMO_SECONDS));
    let shown = demo::Entity::delete_many().filter(shown).exec(&store.db).await?;
    Ok(ended.rows_affected + shown.rows_affected)
}
