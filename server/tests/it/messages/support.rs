//! A post that remembers what it was given, and the job that gives it.

use std::sync::{Arc, Mutex};

use partner_center::{
    ids::LetterId,
    messages::Channel,
    outbox::{self, Letter, Post, Undelivered},
};

use crate::support::App;

/// Takes every letter and can tell which it has.
#[derive(Clone, Default)]
pub struct Recording {
    pub letters: Arc<Mutex<Vec<Letter>>>,
    /// What it answers instead of taking a letter.
    pub refusal: Arc<Mutex<Option<Undelivered>>>,
}

impl Post for Recording {
    async fn send(&self, letter: &Letter) -> Result<(), Undelivered> {
        // A moment in which a test may end the job, before the letter is taken and after.
        tokio::task::yield_now().await;
        if let Some(refusal) = *self.refusal.lock().unwrap() {
            return Err(refusal);
        }
        self.letters.lock().unwrap().push(letter.clone());
        tokio::task::yield_now().await;
        Ok(())
    }

    async fn has(&self, letter: LetterId, _: Channel) -> Option<bool> {
        Some(self.letters.lock().unwrap().iter().any(|taken| taken.id == letter))
    }
}

impl Recording {
    /// What the letters say that went to this address, masked, by this channel.
    pub fn bodies(&self, channel: Channel) -> Vec<String> {
        let letters = self.letters.lock().unwrap();
        letters.iter().filter(|letter| letter.channel() == channel).map(|letter| letter.body.clone()).collect()
    }

    pub fn forget(&self) {
        self.letters.lock().unwrap().clear();
    }
}

/// Lets the job work until nothing waits.
pub async fn deliver(app: &App, post: &Recording) {
    while outbox::work(&app.store, post, app::messages::write, || app.clock.now()).await.unwrap() {}
}

/// Polls the job so many times and then drops it, as a killed server does.
pub async fn killed_after(app: &App, post: &Recording, polls: usize) {
    let work = outbox::work(&app.store, post, app::messages::write, || app.clock.now());
    let mut work = std::pin::pin!(work);
    let mut polled = 0;
    std::future::poll_fn(|context| {
        polled += 1;
        if polled > polls {
            return std::task::Poll::Ready(());
        }
        work.as_mut().poll(context).map(drop)
    })
    .await;
}

/// An application whose outbox is empty.
pub async fn quiet() -> (App, Recording) {
    let app = App::new().await;
    let post = Recording::default();
    deliver(&app, &post).await;
    post.forget();
    (app, post)
}

/// How many letters are in this state.
pub async fn in_state(app: &App, state: &str) -> i64 {
    app.number("SELECT COUNT(*) FROM outbox WHERE state = ?", [state.into()]).await
}
