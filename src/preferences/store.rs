//! Reading and keeping choices.

use std::collections::{BTreeSet, HashMap};

use sea_orm::{ActiveValue::Set, DatabaseTransaction, QueryFilter, entity::prelude::*, sea_query::OnConflict};

use super::{Preference, entity};
use crate::{
    access::Action,
    audit::Event,
    ctx::{Change, Ctx, everyones},
    error::Result,
    ids::MemberId,
};

/// The viewer's choice, if it has made one.
pub async fn get(ctx: &Ctx, preference: Preference) -> Result<Option<String>> {
    let row = ctx.find::<entity::Entity>().filter(entity::Column::Name.eq(preference.to_string())).maybe().await?;
    Ok(row.map(|row| row.value))
}

/// Keeps the viewer's choice.
pub async fn set(ctx: &Ctx, preference: Preference, value: &str) -> Result<()> {
    let change = ctx.change(Action::KeepOwnAccount).await?;
    keep(&change, preference, value).await?;
    change.commit(Event::PreferenceSaved).await
}

/// Keeps the viewer's choice, within a change.
pub(crate) async fn keep(change: &Change<'_>, preference: Preference, value: &str) -> Result<()> {
    let row = entity::ActiveModel {
        member_id: Set(change.member()),
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
    Ok(())
}

/// What these members have chosen; those who have not are left out.
pub(crate) async fn of_members(
    tx: &DatabaseTransaction,
    members: &BTreeSet<MemberId>,
    preference: Preference,
) -> Result<HashMap<MemberId, String>> {
    let rows = everyones::<entity::Entity>()
        .filter(entity::Column::MemberId.is_in(members.iter().copied()))
        .filter(entity::Column::Name.eq(preference.to_string()))
        .all(tx)
        .await?;
    Ok(rows.into_iter().map(|row| (row.member_id, row.value)).collect())
}
