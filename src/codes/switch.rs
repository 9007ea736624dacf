//! The switch: a tenant asks for codes, or does not. Off at first; turning it off again takes a code.

use sea_orm::{ActiveValue::Set, EntityTrait, sea_query::OnConflict};

use super::{Operation, Sensitive, Typed, confirm::demand, entity::switch};
use crate::{
    access::Action,
    audit::Event,
    ctx::{Ctx, Turn},
    error::{Code, Problem, Result},
    messages::{self, Channel, Notice},
    people,
};

/// Whether the viewer's tenant asks for codes.
pub async fn is_on(ctx: &Ctx) -> Result<bool> {
    Ok(ctx.find::<switch::Entity>().maybe().await?.is_some_and(|switch| switch.is_on))
}

/// Whether a code is asked for before an act of this kind.
pub(crate) async fn asks_for(ctx: &Ctx, operation: Sensitive) -> Result<bool> {
    let kind = ctx.viewer().tenant_kind;
    Ok(Sensitive::of(kind).contains(&operation) && (operation.is_always(kind) || is_on(ctx).await?))
}

/// Turns the switch. The tenant's other administrators are told.
///
/// # Errors
/// `Invalid` if whoever turns it on could not be sent a code; `CodeNeeded` to turn it off.
pub async fn set(ctx: &Ctx, on: bool, typed: Typed<'_>) -> Result<()> {
    ctx.require(Action::SwitchVerification).await?;
    let me = ctx.viewer().member;
    if on {
        // Nobody could turn it off again otherwise.
        let by_mail = people::own_address(ctx, Channel::Email).await?;
        if by_mail.is_none() && people::own_address(ctx, Channel::Sms).await?.is_none() {
            return Err(Problem::alone("wanted", Code::NoOwnAddress));
        }
    }
    if is_on(ctx).await? == on {
        return Ok(());
    }
    let passed = match on {
        true => None,
        false => Some(demand(ctx, &Operation::new(Sensitive::SwitchOff).on(ctx.viewer().tenant.0), typed).await?),
    };
    let change = ctx.change(Action::SwitchVerification).await?;
    // Whoever turns it at the same time waits here, and finds it turned.
    change.turn_of(Turn::Tenant(change.tenant())).await?;
    change.once(typed.token, "/verification").await?;
    if let Some(passed) = passed {
        passed.settle(&change).await?;
    }
    if change.find::<switch::Entity>().maybe().await?.is_some_and(|switch| switch.is_on) == on {
        return Ok(());
    }
    let row = switch::ActiveModel { tenant_id: Set(ctx.viewer().tenant), is_on: Set(on), changed_at: Set(ctx.now()) };
    let update = OnConflict::column(switch::Column::TenantId)
        .update_columns([switch::Column::IsOn, switch::Column::ChangedAt])
        .to_owned();
    switch::Entity::insert(row).on_conflict(update).exec_without_returning(change.tx()).await?;
    let mut others = people::administrators(change.tx(), ctx.viewer().tenant).await?;
    others.retain(|member| *member != me);
    messages::tell(&change, &others, Notice::VerificationSwitched { on, by: me }).await?;
    change.commit(Event::VerificationSwitched { on }).await
}
