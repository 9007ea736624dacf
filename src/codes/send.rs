//! Sending codes: so many to a receiver, whoever asks and on whichever server, and what one is told about them.

use sea_orm::{ActiveValue::Set, QueryFilter, QueryOrder, QuerySelect, entity::prelude::*};

use super::{
    Needed, Operation, Sensitive, Sent, Trouble,
    entity::{Column, Entity, Model},
    rules::{LIFE_SECONDS, MOST_WRONG, QUOTAS, is_over, wait_for_another},
};
use crate::{
    access::Action,
    audit::Event,
    contact::Shown,
    ctx::{Ctx, Slot, Store, Turn, everyones},
    error::{Error, Result},
    ids::CodeId,
    messages::Channel,
    moment::Moment,
    outbox::{self, Address, State},
    people,
};

/// How long codes count against what their receiver may get, in seconds.
const COUNTED_SECONDS: i64 = QUOTAS[1].1;

/// The very act, in the viewer's session, as nobody can read it.
pub(super) fn digest(ctx: &Ctx, operation: &Operation) -> Vec<u8> {
    let act = format!("{}\n{}\n{}", ctx.viewer().member, ctx.session(), operation.canonical());
    ctx.vault().fingerprint("code operation", &act)
}

/// A code as it lies in the database.
pub(super) fn hashed_as(id: CodeId, code: &str) -> String {
    format!("{id}\n{code}")
}

/// What kind of value the hash of a code is.
pub(super) const HASH: &str = "code";

/// Sends a code for the act to the viewer's own phone or e-mail.
///
/// # Errors
/// `CodeNeeded` with the trouble, if it has no such address or has got as many as it may.
pub(super) async fn send(ctx: &Ctx, operation: &Operation, by: Channel, token: Option<Uuid>) -> Result<()> {
    let Some(address) = people::own_address(ctx, by).await? else {
        return Err(refused(ctx, operation, Trouble::NoAddress).await?);
    };
    let to = match &address {
        Address::Email(email) => format!("email:{}", email.expose().to_lowercase()),
        Address::Phone(phone) => format!("sms:{}", phone.expose()),
    };
    let receiver = ctx.vault().fingerprint("code receiver", &to);

    let change = ctx.change(Action::KeepOwnAccount).await?;
    // Whoever sends to the same receiver at the same time, on whichever server, waits here.
    change.turn_of(Turn::Receiver(Slot::of(&receiver))).await?;
    // The form's own token stays for the act itself, which may follow from the same page.
    let token = token.map(|token| Uuid::from_u128(!token.as_u128()));
    match change.once(token, "/").await {
        Err(Error::Repeated(_)) => return Ok(()),
        first => first?,
    }
    // One receiver may serve several members, and all of them count.
    let latest = everyones::<Entity>()
        .filter(Column::Receiver.eq(receiver.clone()))
        .filter(Column::At.gt(ctx.now().plus_seconds(-COUNTED_SECONDS)))
        .order_by_desc(Column::At)
        .limit(QUOTAS[1].0)
        .all(change.tx())
        .await?;
    let latest: Vec<Moment> = latest.into_iter().map(|code| code.at).collect();
    if let Some(retry_after) = wait_for_another(&latest, ctx.now()) {
        drop(change);
        ctx.record_refusal(Event::CodeRefused { operation: operation.kind }).await?;
        return Err(refused(ctx, operation, Trouble::TooMany { retry_after }).await?);
    }
    let id = CodeId(Uuid::now_v7());
    let code = six_digits();
    let row = super::entity::ActiveModel {
        id: Set(id),
        tenant_id: Set(ctx.viewer().tenant),
        member_id: Set(ctx.viewer().member),
        operation: Set(operation.kind.to_string()),
        digest: Set(digest(ctx, operation)),
        hash: Set(ctx.vault().fingerprint(HASH, &hashed_as(id, &code))),
        channel: Set(by),
        receiver: Set(receiver),
        at: Set(ctx.now()),
        wrong: Set(0),
        used_at: Set(Moment::NEVER),
    };
    change.insert(row).await?;
    outbox::put_code(&change, id, &code, by, people::language(&change).await?).await?;
    change.commit(Event::CodeSent { operation: operation.kind, by }).await
}

/// Six digits that nobody can foresee.
fn six_digits() -> String {
    // The lower 62 bits of a random id are all random; so many that each code is as likely as the other.
    let bits = Uuid::new_v4().as_u128() & ((1 << 62) - 1);
    format!("{:06}", bits % 1_000_000)
}

/// The newest code for the act that has not been used; older ones are worth nothing.
pub(super) async fn newest(ctx: &Ctx, operation: &Operation) -> Result<Option<Model>> {
    let newest = ctx.find::<Entity>().filter(Column::Digest.eq(digest(ctx, operation)));
    let newest = newest.order_by_desc(Column::At).order_by_desc(Column::Id).maybe().await?;
    Ok(newest.filter(|code| !code.used_at.happened()))
}

/// Says that a code is needed for the act, and what has become of the one before.
pub(crate) async fn needed(ctx: &Ctx, operation: &Operation, trouble: Option<Trouble>) -> Result<Needed> {
    let masked = async |channel| -> Result<Option<Shown>> {
        Ok(people::own_address(ctx, channel).await?.map(|address| address.masked()))
    };
    let sent = match newest(ctx, operation).await? {
        Some(code) if !is_over(code.at, ctx.now()) && code.wrong < MOST_WRONG => {
            let delivery = outbox::delivery_of_code(ctx, code.id).await?;
            let (state, reason) = delivery.unwrap_or((State::Sent, None));
            Some(Sent {
                by: code.channel,
                at: code.at,
                until: code.at.plus_seconds(LIFE_SECONDS),
                tries_left: MOST_WRONG - code.wrong,
                state,
                reason,
            })
        }
        _ => None,
    };
    Ok(Needed {
        operation: operation.kind,
        sms: masked(Channel::Sms).await?,
        email: masked(Channel::Email).await?,
        sent,
        trouble,
    })
}

/// The refusal of an act that needs a code.
pub(super) async fn refused(ctx: &Ctx, operation: &Operation, trouble: impl Into<Option<Trouble>>) -> Result<Error> {
    Ok(Error::CodeNeeded(Box::new(needed(ctx, operation, trouble.into()).await?)))
}

/// What a code was sent for.
pub(crate) async fn operation_of(store: &Store, id: CodeId) -> Result<Option<Sensitive>> {
    let code = everyones::<Entity>().filter(Column::Id.eq(id)).one(&store.db).await?;
    Ok(code.and_then(|code| code.operation.parse().ok()))
}

/// Forgets codes that count for nothing any more; says how many.
pub async fn sweep(store: &Store, now: Moment) -> Result<u64> {
    let old = Column::At.lte(now.plus_seconds(-2 * COUNTED_SECONDS));
    Ok(Entity::delete_many().filter(old).exec(&store.db).await?.rows_affected)
}
