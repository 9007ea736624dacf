//! Telling: a message for each member, and the letters that go with it, within the change that there is something to tell
//! about. Either all of it happens or none. Whoever acts, a message is its reader's: in the inbox of the reader's tenant, in
//! the reader's language, and told to the receivers of that tenant.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use sea_orm::{ActiveValue::Set, DatabaseTransaction, entity::prelude::*};
use strum::IntoEnumIterator;

use super::{Channel, Kind, Notice, channels, entity, receivers};
use crate::{
    ctx::{Change, Unattended},
    error::{Error, Result},
    ids::{MemberId, MessageId, TenantId},
    moment::Moment,
    outbox::{self, Draft, To},
    people,
};

/// How many rows one statement writes.
const CHUNK: usize = 500;

/// Tells members something, within a change.
pub(crate) async fn tell(change: &Change<'_>, to: &[MemberId], notice: Notice) -> Result<()> {
    tell_each(change, to, &[notice]).await
}

/// Tells members several things of one kind, within a change: a message for each of them, and one letter for all.
pub(crate) async fn tell_each(change: &Change<'_>, to: &[MemberId], notices: &[Notice]) -> Result<()> {
    deliver(change.tx(), change.now(), to, notices).await
}

/// The same, within a change that nobody signed in asks for.
pub(crate) async fn tell_of(change: &Unattended<'_>, at: Moment, to: &[MemberId], notices: &[Notice]) -> Result<()> {
    deliver(change.tx(), at, to, notices).await
}

async fn deliver(tx: &DatabaseTransaction, at: Moment, to: &[MemberId], notices: &[Notice]) -> Result<()> {
    let to: BTreeSet<MemberId> = to.iter().copied().collect();
    let mut of_tenants: BTreeMap<TenantId, BTreeSet<MemberId>> = BTreeMap::new();
    for (member, tenant) in people::tenants_of(tx, &to).await? {
        of_tenants.entry(tenant).or_default().insert(member);
    }
    for (tenant, members) in of_tenants {
        deliver_in(tx, tenant, at, members, notices).await?;
    }
    Ok(())
}

/// Delivers to members of one tenant.
async fn deliver_in(
    tx: &DatabaseTransaction,
    tenant: TenantId,
    at: Moment,
    to: BTreeSet<MemberId>,
    notices: &[Notice],
) -> Result<()> {
    let Some(kind) = notices.first().map(Notice::kind) else { return Ok(()) };
    let mut rows = Vec::with_capacity(to.len() * notices.len());
    let mut firsts: HashMap<MemberId, MessageId> = HashMap::new();
    for member in &to {
        for notice in notices {
            let id = MessageId(Uuid::now_v7());
            firsts.entry(*member).or_insert(id);
            rows.push(row(id, tenant, *member, notice, at)?);
        }
    }
    for some in rows.chunks(CHUNK) {
        entity::Entity::insert_many(some.to_vec()).exec_without_returning(tx).await?;
    }
    let more = notices.len() as u64 - 1;
    let drafts = drafts(tx, tenant, kind, &to, &firsts, more).await?;
    outbox::put(tx, tenant, at, drafts).await
}

/// The letters that go with the messages: to each member by the channels of its choice, and to the tenant's receivers.
async fn drafts(
    tx: &DatabaseTransaction,
    tenant: TenantId,
    kind: Kind,
    to: &BTreeSet<MemberId>,
    firsts: &HashMap<MemberId, MessageId>,
    more: u64,
) -> Result<Vec<Draft>> {
    let wanted = channels::of_members(tx, to, kind.group()).await?;
    let reachable = people::reachable(tx, to).await?;
    let mut drafts = Vec::new();
    for member in to {
        let Some(reach) = reachable.get(member) else { continue };
        let wanted = wanted.get(member).copied().unwrap_or_else(|| kind.group().usual());
        for channel in Channel::iter().filter(|channel| wanted.has(*channel) && reach.channels.has(*channel)) {
            let language = reach.language;
            drafts.push(Draft { to: To::Member(*member), message: firsts[member], more, channel, language });
        }
    }
    // A letter to a receiver is written as this member would see it, so somebody who may still sign in is best.
    let Some(first) = to.iter().find(|member| reachable.contains_key(member)).or(to.first()) else { return Ok(drafts) };
    for receiver in receivers::of_kind(tx, tenant, kind).await? {
        let ways = [(Channel::Email, receiver.email_sealed.is_some()), (Channel::Sms, receiver.phone_sealed.is_some())];
        for (channel, _) in ways.into_iter().filter(|(_, given)| *given) {
            let to = To::Receiver { receiver: receiver.id, told: *first };
            drafts.push(Draft { to, message: firsts[first], more, channel, language: receiver.language });
        }
    }
    Ok(drafts)
}

/// A message of the demo's past: long since told, so no letter goes with it.
pub(crate) async fn plant(
    tx: &DatabaseTransaction,
    tenant: TenantId,
    to: MemberId,
    notice: &Notice,
    at: Moment,
    read_at: Moment,
) -> Result<()> {
    let message = row(MessageId(Uuid::now_v7()), tenant, to, notice, at)?;
    let message = entity::ActiveModel { read_at: Set(read_at), ..message };
    entity::Entity::insert(message).exec_without_returning(tx).await?;
    Ok(())
}

fn row(id: MessageId, tenant: TenantId, to: MemberId, notice: &Notice, at: Moment) -> Result<entity::ActiveModel> {
    Ok(entity::ActiveModel {
        id: Set(id),
        tenant_id: Set(tenant),
        member_id: Set(to),
        at: Set(at),
        kind: Set(notice.kind().to_string()),
        object_id: Set(notice.object().id()),
        detail: Set(serde_json::to_string(notice).map_err(|_| Error::Internal)?),
        read_at: Set(Moment::NEVER),
        ..Default::default()
    })
}
