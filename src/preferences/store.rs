//! Reading and keeping choices.

use sea_orm::{ActiveValue::Set, QueryFilter, entity::prelude::*, sea_query::OnConflict};

use super::{Preference, entity};
use crate::{access::Action, audit::Event, ctx::Ctx, error::Result};

/// The viewer's choice, if it has made one.
pub async fn get(ctx: &Ctx, preference: Preference) -> Result<Option<String>> {
    let row = ctx.find::<entity::Entity>().filter(entity::Column::Name.eq(preference.to_string())).maybe().await?;
    Ok(row.map(|row| row.value))
}

/// Keeps the viewer's choice.
pub async fn set(ctx: &Ctx, preference: Preference, value: &str) -> Result<()> {
    let change = ctx.change(Action::KeepOwnAccount).await?;
    let row = entity::ActiveModel {
        member_id: Set(ctx.viewer().member),
        name: Set(preference.to_string()),
        value: Set(value.to_owned()),
    };
    entity::Entity::insert(row)
        .on_conflict(
            OnConflict::columns([entity::Column::MemberId, entity::Column::Name])
                .update_column(entity::Column::Value)
                .to_owned(),
        )
        .exec_without_returning(change.tx())
        .await?;
    change.commit(Event::PreferenceSaved).await
}
