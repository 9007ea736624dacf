//! A tenant's own rules for calling: quiet hours, and how often.

use sea_orm::{ActiveValue::Set, entity::prelude::*, sea_query::OnConflict};

use super::{Settings, Window, entity::settings};
use crate::{
    access::Action,
    audit::Event,
    ctx::{Ctx, Reads},
    error::Result,
};

/// The rules of the viewer's tenant; the usual ones, until it has set its own.
pub async fn settings(ctx: &Ctx) -> Result<Settings> {
    read(ctx).await
}

/// The same, from within a change too.
pub(super) async fn read<R: Reads + Sync>(from: &R) -> Result<Settings> {
    let Some(row) = from.rows::<settings::Entity>().maybe().await? else { return Ok(Settings::default()) };
    let minute = |minute: i32| u16::try_from(minute).ok();
    let window = |from: Option<i32>, to: Option<i32>| Some(Window { from: minute(from?)?, to: minute(to?)? });
    let count = |count: i32| u64::from(count.unsigned_abs());
    Ok(Settings {
        quiet: window(row.quiet_from, row.quiet_to),
        pause: window(row.pause_from, row.pause_to),
        per_day: count(row.per_day),
        per_week: count(row.per_week),
        per_minute: count(row.per_minute),
    })
}

/// Sets the rules of the viewer's tenant.
pub async fn save_settings(ctx: &Ctx, new: Settings, token: Option<Uuid>) -> Result<()> {
    let change = ctx.change(Action::SetCallRules).await?;
    change.once(token, "/calls/settings").await?;
    settings::Entity::insert(row(ctx.viewer().tenant, new))
        .on_conflict(
            OnConflict::column(settings::Column::TenantId)
                .update_columns([
                    settings::Column::QuietFrom,
                    settings::Column::QuietTo,
                    settings::Column::PauseFrom,
                    settings::Column::PauseTo,
                    settings::Column::PerDay,
                    settings::Column::PerWeek,
                    settings::Column::PerMinute,
                ])
                .to_owned(),
        )
        .exec_without_returning(change.tx())
        .await?;
    change.commit(Event::CallRulesSaved).await
}

/// The rules as a row.
pub(super) fn row(tenant: crate::ids::TenantId, new: Settings) -> settings::ActiveModel {
    let from = |window: Option<Window>| window.map(|window| i32::from(window.from));
    let to = |window: Option<Window>| window.map(|window| i32::from(window.to));
    let count = |count: u64| i32::try_from(count).unwrap_or(i32::MAX);
    settings::ActiveModel {
        tenant_id: Set(tenant),
        quiet_from: Set(from(new.quiet)),
        quiet_to: Set(to(new.quiet)),
        pause_from: Set(from(new.pause)),
        pause_to: Set(to(new.pause)),
        per_day: Set(count(new.per_day)),
        per_week: Set(count(new.per_week)),
        per_minute: Set(count(new.per_minute)),
    }
}
