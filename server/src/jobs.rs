//! Long work in the background. What there is to do stands in the database, so any server may do it and a restart goes on.

use std::time::Duration;

use partner_center::{ctx::Store, imports};

use crate::clock::Clock;

/// How often the database is asked for work.
const PAUSE: Duration = Duration::from_millis(300);
/// How long to wait after a failure.
const AFTER_FAILURE: Duration = Duration::from_secs(5);

/// Works on whatever waits, one thing after the other, for as long as the server runs.
pub async fn run(store: Store, clock: Clock) {
    let vocabulary = app::imports::vocabulary();
    loop {
        match imports::work(&store, &vocabulary, || clock.now()).await {
            Ok(true) => {}
            Ok(false) => tokio::time::sleep(PAUSE).await,
            Err(error) => {
                tracing::warn!(?error, "a job stopped; it is taken up again");
                tokio::time::sleep(AFTER_FAILURE).await;
            }
        }
    }
}
