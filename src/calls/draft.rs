//! The follow-up that a call leaves to be written. It is there from the end of the call, in the same transaction, keeps
//! what its caller has typed, and is gone when what came of the call is saved. Whoever writes it holds the call meanwhile.

use sea_orm::{
    ActiveValue::Set,
    DatabaseTransaction, QueryFilter, QuerySelect,
    entity::prelude::*,
    sea_query::{Expr, ExprTrait, LockType, OnConflict},
};

use super::{
    CallResult, CallRow, Draft, State,
    entity::{Column, Entity, Model, draft},
};
use crate::{
    access::Action,
    audit::Event,
    ctx::{Change, Ctx},
    error::{Error, Refusal, Result},
    ids::CallId,
    leads::Sent,
};

/// Leaves a draft where a call has come to something that is to be written down, and takes it away where it has not, as
/// long as nobody has typed anything.
pub(super) async fn leave(tx: &DatabaseTransaction, call: &Model, result: CallResult) -> Result<()> {
    if call.outcome_at.happened() {
        return Ok(());
    }
    if !result.wants_outcome() {
        let untouched = draft::Entity::delete_many().filter(draft::Column::CallId.eq(call.id));
        untouched.filter(draft::Column::Revision.eq(0)).exec(tx).await?;
        return Ok(());
    }
    let untouched = Expr::col((draft::Entity, draft::Column::Revision)).eq(0);
    draft::Entity::insert(row(call, Draft::left_by(Some(result))))
        .on_conflict(
            OnConflict::column(draft::Column::CallId)
                .update_column(draft::Column::Outcome)
                .action_and_where(untouched)
                .to_owned(),
        )
        .exec_without_returning(tx)
        .await?;
    Ok(())
}

/// The draft of a call as a row.
pub(super) fn row(call: &Model, draft: Draft) -> draft::ActiveModel {
    draft::ActiveModel {
        call_id: Set(call.id),
        tenant_id: Set(call.tenant_id),
        lead_id: Set(call.lead_id),
        member_id: Set(call.member_id),
        way: Set(draft.way),
        outcome: Set(draft.outcome),
        content: Set(draft.content),
        next_on: Set(draft.next_on),
        reason: Set(draft.reason),
        mute: Set(draft.mute),
        saved_at: Set(draft.saved_at),
        revision: Set(draft.revision),
    }
}

/// The viewer's draft of its own call.
pub async fn draft(ctx: &Ctx, call: &CallRow) -> Result<Draft> {
    let found = ctx.find::<draft::Entity>().filter(draft::Column::CallId.eq(call.id)).maybe().await?;
    Ok(found.map_or_else(|| Draft::left_by(call.result), as_read))
}

fn as_read(row: draft::Model) -> Draft {
    Draft {
        way: row.way,
        outcome: row.outcome,
        content: row.content,
        next_on: row.next_on,
        reason: row.reason,
        mute: row.mute,
        saved_at: row.saved_at,
        revision: row.revision,
    }
}

/// Keeps what the caller has typed so far; the call still waits for its outcome.
///
/// # Errors
/// `Conflict` if somebody else called, if the call goes on, or if the draft is not the one that was seen any more.
pub async fn save_draft(ctx: &Ctx, id: CallId, typed: Draft, sent: Sent<'_>) -> Result<()> {
    let change = ctx.change(Action::FollowLead).await?;
    change.once(sent.token, &format!("/calls/{id}")).await?;
    let call = hold(ctx, &change, id).await?;
    if call.outcome_at.happened() {
        return Err(Error::Conflict(Refusal::ChangedMeanwhile));
    }
    let revision = seen(&change, id, sent.seen).await?;
    let mut row = row(&call, Draft { saved_at: ctx.now(), revision: revision.unwrap_or_default() + 1, ..typed });
    match revision {
        None => drop(change.insert(row).await?),
        Some(_) => {
            row.call_id = sea_orm::ActiveValue::NotSet;
            let kept = change.update::<draft::Entity>().set(row).filter(draft::Column::CallId.eq(id));
            change.exactly_one(kept).await?;
        }
    }
    change.commit(Event::CallDraftSaved { lead: call.lead_id, call: id }).await
}

/// An ended call of the viewer's own, held until the change ends, so that neither the network nor another page of its
/// caller writes its draft meanwhile.
pub(super) async fn hold(ctx: &Ctx, change: &Change<'_>, id: CallId) -> Result<Model> {
    let call = change.find::<Entity>().filter(Column::Id.eq(id)).lock(LockType::NoKeyUpdate).one().await?;
    if call.member_id != ctx.viewer().member {
        return Err(Error::Conflict(Refusal::NotTheCaller));
    }
    if call.state != State::Ended {
        return Err(Error::Conflict(Refusal::CallUnderWay));
    }
    Ok(call)
}

/// How often the draft of a call has been saved, if there is one, and if that is what its writer has seen.
pub(super) async fn seen(change: &Change<'_>, id: CallId, seen: &str) -> Result<Option<i32>> {
    let found = change.find::<draft::Entity>().filter(draft::Column::CallId.eq(id)).maybe().await?;
    let revision = found.map(|draft| draft.revision);
    if !seen.is_empty() && seen != revision.unwrap_or_default().to_string() {
        return Err(Error::Conflict(Refusal::ChangedMeanwhile));
    }
    Ok(revision)
}

/// Takes the draft of a call away, since what came of the call is written down.
pub(super) async fn settle(change: &Change<'_>, id: CallId) -> Result<()> {
    change.remove(change.delete::<draft::Entity>().filter(draft::Column::CallId.eq(id))).await.map(drop)
}
