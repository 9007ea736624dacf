//! Work in the background. What there is to do stands in the database, so any server may do it and a restart goes on.

use std::{
    sync::{Arc, LazyLock},
    time::Duration,
};

use app::exports::OurLists;
use partner_center::{
    audit,
    calls::{self, Telephony},
    codes,
    ctx::Store,
    error::Result,
    exports,
    imports::{self, Vocabulary},
    jobs::{self, Job, Schedule},
    leads, messages,
    moment::Moment,
    outbox, preregistrations,
};
use tokio::{sync::watch, task::JoinSet, time::sleep};

use crate::{clock::Clock, commands::Failure, post::Posts, session::Sessions};

/// How often the database is asked for work.
const PAUSE: Duration = Duration::from_millis(300);
/// How often the schedule is looked at.
const LOOK: Duration = Duration::from_secs(5);
/// How long to wait after a failure.
const AFTER_FAILURE: Duration = Duration::from_secs(5);

/// What work in the background needs.
#[derive(Clone, Debug)]
pub struct Background {
    pub store: Store,
    pub sessions: Sessions,
    pub clock: Clock,
}

/// Every scheduled job: its name, when it is due, and what it does.
pub const SCHEDULED: [Job<Background>; 12] = [
    Job {
        name: "ended-sessions",
        schedule: Schedule::Every { minutes: 5 },
        run: |with, now| Box::pin(with.sessions.sweep(now)),
    },
    Job {
        name: "leftovers",
        schedule: Schedule::Every { minutes: 60 },
        run: |with, now| Box::pin(with.sessions.sweep_leftovers(now)),
    },
    Job {
        name: "undecided-imports",
        schedule: Schedule::Every { minutes: 60 },
        run: |with, now| Box::pin(imports::sweep(&with.store, now)),
    },
    Job {
        name: "expired-exports",
        schedule: Schedule::Every { minutes: 60 },
        run: |with, now| Box::pin(exports::expire(&with.store, now)),
    },
    Job {
        name: "preregistrations",
        schedule: Schedule::Every { minutes: 10 },
        run: |with, now| Box::pin(preregistrations::expire(&with.store, now)),
    },
    Job {
        name: "audit-anchor",
        schedule: Schedule::Every { minutes: 5 },
        run: |with, now| Box::pin(tell_the_ends_of_the_trail(&with.store, now)),
    },
    Job {
        name: "silent-leads",
        schedule: Schedule::Daily { hour: 9, minute: 0 },
        run: |with, now| Box::pin(leads::remind(&with.store, now)),
    },
    Job {
        name: "old-letters",
        schedule: Schedule::Every { minutes: 60 },
        run: |with, now| Box::pin(outbox::sweep(&with.store, now)),
    },
    Job {
        name: "old-messages",
        schedule: Schedule::Daily { hour: 3, minute: 0 },
        run: |with, now| Box::pin(messages::sweep(&with.store, now)),
    },
    Job {
        name: "old-codes",
        schedule: Schedule::Every { minutes: 60 },
        run: |with, now| Box::pin(codes::sweep(&with.store, now)),
    },
    Job {
        name: "old-call-reports",
        schedule: Schedule::Every { minutes: 60 },
        run: |with, now| Box::pin(calls::sweep(&with.store, now)),
    },
    Job {
        name: "job-history",
        schedule: Schedule::Daily { hour: 3, minute: 30 },
        run: |with, now| Box::pin(jobs::forget(&with.store, now)),
    },
];

/// Kept with the logs, the ends of the chains show later whether one was cut. Those that have grown within the hour are
/// told, so that none is missed where some runs are.
async fn tell_the_ends_of_the_trail(store: &Store, now: Moment) -> Result<u64> {
    let anchors = audit::anchors(store, now.plus_seconds(-3600)).await?;
    for anchor in &anchors {
        tracing::info!(audit.anchor = %anchor, "a chain of the trail ends here");
    }
    Ok(anchors.len() as u64)
}

/// The scheduled job of this name.
pub fn named(name: &str) -> Result<&'static Job<Background>, Failure> {
    const { &SCHEDULED }.iter().find(|job| job.name == name).ok_or_else(|| {
        let names: Vec<&str> = SCHEDULED.iter().map(|job| job.name).collect();
        Failure(format!("there is no job {name}; the jobs are: {}", names.join(", ")))
    })
}

/// Works until it is told to stop, and then ends what is begun; each kind of work has a line of its own, so that none
/// waits for another.
pub async fn run(with: Background, telephony: Arc<Telephony>, post: Posts, stops: watch::Receiver<bool>) {
    let call = move |with| call(with, telephony.clone());
    let post = move |with| deliver(with, post.clone());
    let mut lines = JoinSet::new();
    lines.spawn(line("imports", PAUSE, with.clone(), stops.clone(), import));
    lines.spawn(line("exports", PAUSE, with.clone(), stops.clone(), export));
    lines.spawn(line("calls", PAUSE, with.clone(), stops.clone(), call));
    lines.spawn(line("outbox", PAUSE, with.clone(), stops.clone(), post));
    lines.spawn(line("schedule", LOOK, with, stops, scheduled));
    while lines.join_next().await.is_some() {}
}

async fn import(with: Background) -> Result<bool> {
    static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(app::imports::vocabulary);
    imports::work(&with.store, &VOCABULARY, || with.clock.now()).await
}

async fn export(with: Background) -> Result<bool> {
    exports::work(&with.store, &OurLists, || with.clock.now()).await
}

async fn call(with: Background, telephony: Arc<Telephony>) -> Result<bool> {
    calls::work(&with.store, &telephony, || with.clock.now()).await
}

async fn deliver(with: Background, post: Posts) -> Result<bool> {
    outbox::work(&with.store, &post, app::messages::write, || with.clock.now()).await
}

async fn scheduled(with: Background) -> Result<bool> {
    jobs::work(&with.store, &SCHEDULED, &with, || with.clock.now()).await
}

/// Does one thing after the other; a step says whether there was anything to do. A step that panics ends alone.
async fn line<S>(
    name: &'static str,
    pause: Duration,
    with: Background,
    mut stops: watch::Receiver<bool>,
    step: impl Fn(Background) -> S,
) where
    S: Future<Output = Result<bool>> + Send + 'static,
{
    while !*stops.borrow() {
        let mut one = JoinSet::new();
        one.spawn(step(with.clone()));
        let wait = match one.join_next().await {
            Some(Ok(Ok(true))) => continue,
            Some(Ok(Ok(false))) | None => pause,
            Some(Ok(Err(error))) => {
                tracing::warn!(line = name, ?error, "a job stopped; it is taken up again");
                AFTER_FAILURE
            }
            Some(Err(error)) => {
                tracing::error!(line = name, %error, "a job broke; it is taken up again");
                AFTER_FAILURE
            }
        };
        tokio::select! {
            () = sleep(wait) => {}
            _ = stops.changed() => {}
        }
    }
}
