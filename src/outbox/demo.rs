//! The post of the demo: nothing leaves, and what would have left can be read. It keeps a letter once, by its id.

use sea_orm::{ActiveValue::Set, QueryFilter, QueryOrder, QuerySelect, entity::prelude::*, sea_query::OnConflict};

use super::{Letter, Post, Reason, Undelivered, entity::demo};
use crate::{
    ctx::{Ctx, Store, everyones},
    error::{Error, Result},
    ids::LetterId,
    messages::Channel,
    moment::Moment,
};

/// How many letters the page shows.
const SHOWN: u64 = 50;

/// Keeps what it is given.
#[derive(Clone, Debug)]
pub struct DemoPost(pub Store);

/// A letter that would have been sent.
#[derive(Clone, PartialEq, Eq)]
pub struct DemoLetter {
    pub at: Moment,
    pub channel: Channel,
    pub address_masked: String,
    pub subject: String,
    pub body: String,
}

fn place(id: LetterId) -> String {
    format!("demo.letter:{id}")
}

impl Post for DemoPost {
    async fn send(&self, letter: &Letter) -> Result<(), Undelivered> {
        let said = serde_json::to_vec(&(&letter.subject, &letter.shown))
            .map_err(|_| Undelivered::for_good(Reason::Unreadable))?;
        let row = demo::ActiveModel {
            id: Set(letter.id),
            tenant_id: Set(letter.tenant),
            at: Set(letter.at),
            channel: Set(letter.channel()),
            address_masked: Set(letter.to.masked().text().to_owned()),
            sealed: Set(self.0.vault.seal(&place(letter.id), &said)),
        };
        let once = OnConflict::column(demo::Column::Id).do_nothing().to_owned();
        let kept = demo::Entity::insert(row).on_conflict(once).exec_without_returning(&self.0.db).await;
        kept.map(drop).map_err(|_| Undelivered::for_now(Reason::Unreachable))
    }

    async fn has(&self, letter: LetterId, _: Channel) -> Option<bool> {
        let found = everyones::<demo::Entity>().filter(demo::Column::Id.eq(letter)).one(&self.0.db).await;
        found.ok().map(|found| found.is_some())
    }
}

/// What would have been sent for the viewer's tenant, the newest first.
pub async fn demo_letters(ctx: &Ctx) -> Result<Vec<DemoLetter>> {
    let rows = ctx
        .find::<demo::Entity>()
        .order_by_desc(demo::Column::At)
        .order_by_desc(demo::Column::Id)
        .limit(SHOWN)
        .all()
        .await?;
    let letter = |row: demo::Model| {
        let said = ctx.vault().open(&place(row.id), &row.sealed).map_err(|_| Error::Internal)?;
        let (subject, body) = serde_json::from_slice(&said).map_err(|_| Error::Internal)?;
        Ok(DemoLetter { at: row.at, channel: row.channel, address_masked: row.address_masked, subject, body })
    };
    rows.into_iter().map(letter).collect()
}
