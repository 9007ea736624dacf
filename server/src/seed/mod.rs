//! The demo: the cast, its colleagues in every state, and leads and exports in every state, calls of every result, the same on every run.

pub mod draw;
pub mod people;
pub mod vocabulary;

mod calls;
mod cast;
mod colleagues;
mod exports;
mod keepings;
mod leads;

use partner_center::{
    ctx::Store,
    leads::planting,
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
    let mut traces = leads::create(store, &cast, scale, now).await?;
    traces.extend(calls::create(store, &cast, now).await?);
    let mut past = planting::Traces::of(traces);
    exports::create(store, &cast, &mut past, now).await?;
    past.leave_until(store, now).await.map_err(failed)?;
    keepings::create(store, &cast, now).await?;
    tracing::info!("the demo is ready");
    Ok(())
}

fn failed(error: partner_center::error::Error) -> Failure {
    Failure(format!("the demo could not be filled: {error:?}"))
}
