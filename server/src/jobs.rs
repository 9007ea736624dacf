//! Long work in the background. What there is to do stands in the database, so any server may do it and a restart goes on.

use std::{sync::Arc, time::Duration};

use partner_center::{ctx::Store, error::Result, imports, outbox};

use crate::{clock::Clock, post::Posts};

/// How often the database is asked for work.
const PAUSE: Duration = Duration::from_millis(300);
/// How long to wait after a failure.
const AFTER_FAILURE: Duration = Duration::from_secs(5);

/// Works for as long as the server runs; each kind of work has a line of its own, so that none waits for another.
pub async fn run(store: Store, post: Posts, clock: Clock) {
    let vocabulary = Arc::new(app::imports::vocabulary());
    let imports = line("imports", || {
        let (store, clock, vocabulary) = (store.clone(), clock.clone(), vocabulary.clone());
        async move { imports::work(&store, &vocabulary, || clock.now()).await }
    });
    let outbox = line("outbox", || {
        let (store, clock, post) = (store.clone(), clock.clone(), post.clone());
        async move { outbox::work(&store, &post, app::messages::write, || clock.now()).await }
    });
    tokio::join!(imports, outbox);
}

/// Does one thing after the other; a step says whether there was anything to do.
async fn line<F: Future<Output = Result<bool>>>(name: &'static str, step: impl Fn() -> F) {
    loop {
        match step().await {
            Ok(true) => {}
            Ok(false) => tokio::time::sleep(PAUSE).await,
            Err(error) => {
                tracing::warn!(line = name, ?error, "a job stopped; it is taken up again");
                tokio::time::sleep(AFTER_FAILURE).await;
            }
        }
    }
}
