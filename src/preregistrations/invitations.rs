//! Invitations of prospects: whom a letter invites and how long, and what it makes of the pre-registration.

use sea_orm::{ActiveValue::Set, DatabaseTransaction, QueryFilter, entity::prelude::*};
use strum::IntoEnumIterator;

use super::{
    Happening, INVITATION_SECONDS, Invitation, State, after,
    entity::{ActiveModel, Column, Entity, Model},
    store::opened,
};
use crate::{
    access::PartnerState,
    contact::{CompanyName, Email},
    ctx::{Ctx, Store, everyones},
    error::{Error, Result},
    ids::PreregistrationId,
    moment::Moment,
    outbox, people,
};

/// A prospect who is to be invited, for its letter alone.
pub(crate) struct ToInvite {
    pub email: Option<Email>,
    pub company: CompanyName,
    /// The partner's title.
    pub partner: String,
    pub until: Moment,
}

/// Whom a letter invites; nobody, if the prospect is not held any more or its partner is frozen.
pub(crate) async fn to_invite(store: &Store, id: PreregistrationId, now: Moment) -> Result<Option<ToInvite>> {
    let found = everyones::<Entity>().filter(Column::Id.eq(id)).one(&store.db).await?;
    let is_held = |found: &Model| after(found.state, Happening::Invited).is_ok() && now < found.expires_at;
    let Some(found) = found.filter(is_held) else { return Ok(None) };
    if people::state(store, found.tenant_id).await? == PartnerState::Frozen {
        return Ok(None);
    }
    let email = opened(&store.vault, &found, "email", found.email_sealed.as_deref())?;
    Ok(Some(ToInvite {
        email: email.and_then(|text| Email::parse(&text).ok()),
        company: CompanyName::parse(&found.company).map_err(|_| Error::Internal)?,
        partner: people::title(store, found.tenant_id).await?,
        until: now.plus_seconds(INVITATION_SECONDS).min(found.expires_at),
    }))
}

/// The invitation is out. A prospect that was let go meanwhile stays so.
pub(crate) async fn mark_invited(tx: &DatabaseTransaction, id: PreregistrationId, now: Moment) -> Result<()> {
    let from = State::iter().filter(|state| after(*state, Happening::Invited) == Ok(State::Invited));
    let invited = ActiveModel { state: Set(State::Invited), invited_at: Set(now), ..Default::default() };
    Entity::update_many().set(invited).filter(Column::Id.eq(id)).filter(Column::State.is_in(from)).exec(tx).await?;
    Ok(())
}

/// What has become of a pre-registration's invitation, if one was asked for.
pub(super) async fn invitation(ctx: &Ctx, of: &Model) -> Result<Option<Invitation>> {
    if !of.invite {
        return Ok(None);
    }
    // A letter is forgotten long before its pre-registration.
    let letter = outbox::delivery_of_invitation(ctx, of.id).await?;
    Ok(Some(match letter {
        Some((outbox::State::Pending | outbox::State::Sending, reason, _)) => Invitation::UnderWay(reason),
        Some((outbox::State::Sent, _, at)) => Invitation::Sent(at),
        Some((outbox::State::Failed, reason, _)) => Invitation::NotSent(reason),
        None if of.invited_at.happened() => Invitation::Sent(of.invited_at),
        None => Invitation::NotSent(None),
    }))
}
