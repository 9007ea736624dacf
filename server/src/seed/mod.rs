//! The demo: the cast, its colleagues in every state, and leads in every state, the same on every run.

pub mod draw;
pub mod people;
pub mod vocabulary;

mod cast;
mod colleagues;
mod keepings;
mod leads;

use partner_center::{
    ctx::Store,
    moment::Moment,
    people::{admin, hashing::Hasher},
};

use crate::commands::Failure;

/// The password of everybody in the demo.
pub const PASSWORD: &str = "Demo-2026-pc";

/// Fills an empty database. One that holds anything is left alone.
pub async fn demo(store: &Store, hasher: &Hasher, scale: u64, now: Moment) -> Result<(), Failure> {
    if !admin::is_empty(store).await.map_err(failed)? {
        return Ok(());
    }
    tracing::info!(scale, "filling the demo");
    let hash = hasher.hash(PASSWORD).await.map_err(failed)?;
    let cast = cast::create(store, &hash, now).await?;
    colleagues::create(store, &cast, &hash, now).await?;
    leads::create(store, &cast, scale, now).await?;
    keepings::create(store, &cast, now).await?;
    tracing::info!("the demo is ready");
    Ok(())
}

fn failed(error: partner_center::error::Error) -> Failure {
    Failure(format!("the demo could not be filled: {error:?}"))
}
