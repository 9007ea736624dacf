//! A member's own sessions: where and when each was begun and last used, and ending one of them.

use sea_orm::{QueryFilter, QueryOrder, entity::prelude::*};
use sha2::{Digest, Sha256};

use super::entity::{member, session};
use crate::{
    access::Action,
    audit::Event,
    ctx::Ctx,
    error::{Error, Result},
    moment::Moment,
};

/// How long a session lives without being used, in seconds.
pub const IDLE_SECONDS: i64 = 30 * 60;
/// How long it lives in all, in seconds.
pub const TOTAL_SECONDS: i64 = 12 * 60 * 60;
/// How many bytes of the hash name a session to its owner.
const KEY: usize = 16;

/// A session as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionRow {
    /// What names it, and opens nothing.
    pub key: String,
    pub address: String,
    pub browser: String,
    pub begun_at: Moment,
    /// To the minute.
    pub seen_at: Moment,
    /// Whether it is the one that asks.
    pub is_this: bool,
}

/// What is kept of a session's id: whoever reads the table cannot be anybody with it.
pub fn hash_of(id: i128) -> Vec<u8> {
    Sha256::digest(id.to_be_bytes()).to_vec()
}

/// The viewer's living sessions, the one used last first. `this` is the id of the one that asks.
pub async fn list(ctx: &Ctx, this: Option<i128>) -> Result<Vec<SessionRow>> {
    ctx.require(Action::KeepOwnAccount).await?;
    let own = ctx.find::<member::Entity>().filter(member::Column::Id.eq(ctx.viewer().member)).one().await?;
    let living = ctx
        .find::<session::Entity>()
        .filter(session::Column::Version.eq(own.version))
        .filter(session::Column::SeenAt.gt(ctx.now().plus_seconds(-IDLE_SECONDS)))
        .filter(session::Column::CreatedAt.gt(ctx.now().plus_seconds(-TOTAL_SECONDS)))
        .order_by_desc(session::Column::SeenAt)
        .order_by_desc(session::Column::CreatedAt)
        .all()
        .await?;
    let this = this.map(hash_of);
    let row = |session: session::Model| SessionRow {
        key: key(&session.id_hash),
        is_this: this.as_ref() == Some(&session.id_hash),
        address: session.address,
        browser: session.browser,
        begun_at: session.created_at,
        seen_at: session.seen_at,
    };
    Ok(living.into_iter().map(row).collect())
}

/// Ends one of the viewer's own sessions at once, on every server.
pub async fn end(ctx: &Ctx, key: &str) -> Result<()> {
    let change = ctx.change(Action::KeepOwnAccount).await?;
    let own = change.find::<session::Entity>().all().await?;
    let named = own.into_iter().find(|session| self::key(&session.id_hash) == key).ok_or(Error::NotFound)?;
    let removal = change.delete::<session::Entity>().filter(session::Column::IdHash.eq(named.id_hash));
    // Somebody else may have ended it meanwhile, which is as good.
    change.remove(removal).await?;
    change.commit(Event::SessionEnded { member: ctx.viewer().member }).await
}

fn key(hash: &[u8]) -> String {
    hash.iter().take(KEY).map(|byte| format!("{byte:02x}")).collect()
}
