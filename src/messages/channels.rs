//! How members want to be told: by which channels for each group. The language is that of their profile.

use std::collections::{BTreeSet, HashMap};

use sea_orm::{ActiveValue::Set, DatabaseTransaction, QueryFilter, entity::prelude::*, sea_query::OnConflict};
use strum::IntoEnumIterator;

use super::{Channel, Channels, Group, entity::channel};
use crate::{
    access::Action,
    audit::Event,
    ctx::{Ctx, everyones},
    error::Result,
    ids::MemberId,
};

/// How the viewer wants to be told: what it has chosen, else what is usual.
pub async fn chosen(ctx: &Ctx) -> Result<Vec<(Group, Channels)>> {
    let rows = ctx.find::<channel::Entity>().all().await?;
    let of = |group: Group| {
        let row = rows.iter().find(|row| row.about == group.to_string());
        row.map_or_else(|| group.usual(), |row| Channels { email: row.email, sms: row.sms })
    };
    Ok(Group::iter().map(|group| (group, of(group))).collect())
}

/// The ways by which nothing leaves here, since nobody has set them up.
pub fn closed(ctx: &Ctx) -> Vec<Channel> {
    Channel::iter().filter(|channel| !ctx.store().ways.has(*channel)).collect()
}

/// Keeps how the viewer wants to be told.
pub async fn choose(ctx: &Ctx, chosen: &[(Group, Channels)]) -> Result<()> {
    let change = ctx.change(Action::KeepOwnAccount).await?;
    for (group, Channels { email, sms }) in chosen {
        let row = channel::ActiveModel {
            member_id: Set(ctx.viewer().member),
            about: Set(group.to_string()),
            email: Set(*email),
            sms: Set(*sms),
        };
        let update = OnConflict::columns([channel::Column::MemberId, channel::Column::About])
            .update_columns([channel::Column::Email, channel::Column::Sms])
            .to_owned();
        channel::Entity::insert(row).on_conflict(update).exec_without_returning(change.tx()).await?;
    }
    change.commit(Event::PreferenceSaved).await
}

/// What these members have chosen for a group; those who have not chosen are left out.
pub(super) async fn of_members(
    tx: &DatabaseTransaction,
    members: &BTreeSet<MemberId>,
    group: Group,
) -> Result<HashMap<MemberId, Channels>> {
    let rows = everyones::<channel::Entity>()
        .filter(channel::Column::MemberId.is_in(members.iter().copied()))
        .filter(channel::Column::About.eq(group.to_string()))
        .all(tx)
        .await?;
    Ok(rows.into_iter().map(|row| (row.member_id, Channels { email: row.email, sms: row.sms })).collect())
}
