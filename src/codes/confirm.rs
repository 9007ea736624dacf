//! Asking for the code before an act, and using it up within the act.
//!
//! ```text
//! let passed = codes::demand(ctx, &Operation::new(Sensitive::PayOrder).on(order).amount(fen), typed).await?;
//! let change = ctx.change(Action::PayOrder).await?;
//! change.once(token, &location).await?;
//! passed.settle(&change).await?;
//! ```

use sea_orm::{QueryFilter, QueryOrder, entity::prelude::*, sea_query::Expr};

use super::{
    Operation, Sensitive, Trouble, Typed,
    entity::{Column, Entity},
    rules::{LIFE_SECONDS, MOST_WRONG, is_code, is_over},
    send::{HASH, digest, hashed_as, newest, refused, send},
    switch::asks_for,
};
use crate::{
    access::Action,
    audit::Event,
    ctx::{Change, Ctx},
    error::{Error, Result},
    ids::CodeId,
    moment::Moment,
};

/// Leave to act: no code is asked for, or the right one was typed. It lets one change through.
#[derive(Debug)]
#[must_use]
pub struct Passed {
    operation: Sensitive,
    code: Option<CodeId>,
}

/// Lets an act go on where its tenant asks for no code, or where the right one was typed. Asked for another code, it
/// sends one.
///
/// # Errors
/// `CodeNeeded`, with what to do about it.
pub async fn demand(ctx: &Ctx, operation: &Operation, typed: Typed<'_>) -> Result<Passed> {
    if !asks_for(ctx, operation.kind).await? {
        return Ok(Passed { operation: operation.kind, code: None });
    }
    if !typed.by.is_empty() {
        send(ctx, operation, typed.by.parse().map_err(|_| Error::Malformed)?, typed.token).await?;
        return Err(refused(ctx, operation, None).await?);
    }
    let code = typed.code.trim();
    if code.is_empty() {
        return Err(refused(ctx, operation, None).await?);
    }
    match check(ctx, operation, code).await? {
        Ok(id) => Ok(Passed { operation: operation.kind, code: Some(id) }),
        Err(trouble) => Err(refused(ctx, operation, trouble).await?),
    }
}

/// Compares what was typed with the newest code for the act. A wrong try counts, whatever becomes of the act.
async fn check(ctx: &Ctx, operation: &Operation, typed: &str) -> Result<Result<CodeId, Trouble>> {
    let Some(code) = newest(ctx, operation).await? else { return Ok(Err(Trouble::NotSent)) };
    if is_over(code.at, ctx.now()) {
        return Ok(Err(Trouble::Expired));
    }
    let change = ctx.change(Action::KeepOwnAccount).await?;
    // The try is charged before anything is compared: guesses made at once stand in line at this row.
    let charged = usable(&change, code.id).col_expr(Column::Wrong, Expr::cust("wrong + 1"));
    if change.any_number(charged).await? != 1 {
        return Ok(Err(Trouble::UsedUp));
    }
    if is_code(typed) && ctx.vault().vouches(HASH, &hashed_as(code.id, typed), &code.hash) {
        // Dropped, the change takes the charge back: it was no wrong try.
        return Ok(Ok(code.id));
    }
    let wrong = change.find::<Entity>().filter(Column::Id.eq(code.id)).one().await?.wrong;
    change.commit_refusal(Event::CodeFailed { operation: operation.kind }).await?;
    let tries_left = MOST_WRONG - wrong;
    Ok(Err(if tries_left > 0 { Trouble::Wrong { tries_left } } else { Trouble::UsedUp }))
}

/// An update of the code, if it may still be tried.
fn usable(change: &Change<'_>, id: CodeId) -> sea_orm::UpdateMany<Entity> {
    change
        .update::<Entity>()
        .filter(Column::Id.eq(id))
        .filter(Column::UsedAt.eq(Moment::NEVER))
        .filter(Column::Wrong.lt(MOST_WRONG))
        .filter(Column::At.gte(change.now().plus_seconds(-LIFE_SECONDS)))
}

impl Passed {
    /// Uses the code up, within the change that it was asked for: it lets through one change and no other.
    pub(crate) async fn settle(self, change: &Change<'_>) -> Result<()> {
        let Some(id) = self.code else { return Ok(()) };
        let used = usable(change, id).col_expr(Column::UsedAt, Expr::val(change.now()));
        change.exactly_one(used).await?;
        change.note(Event::CodeConfirmed { operation: self.operation });
        Ok(())
    }
}

/// Whether a code for the act has been used a moment ago, for acts that show something until the moment is over.
pub async fn is_fresh(ctx: &Ctx, operation: &Operation, seconds: i64) -> Result<bool> {
    let latest = ctx.find::<Entity>().filter(Column::Digest.eq(digest(ctx, operation)));
    let latest = latest.order_by_desc(Column::UsedAt).maybe().await?;
    Ok(latest.is_some_and(|code| code.used_at.happened() && ctx.now() < code.used_at.plus_seconds(seconds)))
}
