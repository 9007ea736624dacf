//! Serving: from options to a listening product, and its graceful end.

use std::{net::SocketAddr, path::Path, sync::Arc, time::Duration};

use leptos::config::LeptosOptions;
use partner_center::{
    ctx::Store,
    people::hashing::{Cost, Hasher},
};
use tokio::{net::TcpListener, signal};

use crate::{
    clock::Clock,
    commands::Failure,
    config::ServeOptions,
    database,
    jobs::{self, Background},
    listen::{self, Limits},
    post::Posts,
    reception::Reception,
    router::{self, Parts},
    seed,
    session::Sessions,
    telemetry,
};

/// How long jobs in flight get to finish once every request is answered.
const GRACE: Duration = Duration::from_secs(10);

/// Serves until it is told to stop.
pub async fn serve(options: ServeOptions) -> Result<(), Failure> {
    options.check()?;
    telemetry::start_logging(options.log_json);
    // What another server on this machine may hold comes first: nobody waits for the demo only to be refused.
    let (addr, metrics) = (options.addr, options.metrics_addr);
    let listener = TcpListener::bind(addr).await;
    let listener = listener.map_err(|error| wanted(&format!("to listen on {addr}"), "--addr", error))?;
    telemetry::start_metrics(metrics)
        .map_err(|error| wanted(&format!("to offer metrics on {metrics}"), "--metrics-addr", error))?;
    let opened = database::open(&options.data.database_url).await;
    let db = opened.map_err(|error| wanted("to open the database", "--database-url", error))?;
    let migrated = database::migrate(&db).await;
    migrated.map_err(|error| wanted("to bring the database up to date", "--database-url", error))?;
    let vault =
        options.data.vault().map_err(|error| wanted("to read the keys that seal personal data", "--keys", error))?;
    let store = Store::new(db.clone(), vault);
    let clock = Clock::default();
    let post = Posts::of(&options, &store)?;
    let store = store.reached_by(post.ways());
    let telephony = Arc::new(options.telephony()?);
    let hasher = Hasher::new(Cost::Full);
    if options.data.demo {
        seed::demo(&store, &hasher, 1, clock.now()).await?;
    }

    let sessions = Sessions::new(db.clone(), clock.clone());
    let reception = Reception {
        store: store.clone(),
        hasher,
        clock: clock.clone(),
        secure: options.secure(),
        demo: options.data.demo,
        proxies: options.proxies,
    };
    let leptos = leptos_options(&options.site());
    let (with, carrier) = (sessions.clone(), telephony.clone());
    let service = router::router(Parts { reception, sessions: with, db, options: leptos, telephony: carrier });

    let address = listener.local_addr()?;
    announce(address, options.data.demo);
    let (stopping, stops) = tokio::sync::watch::channel(false);
    let working = tokio::spawn(jobs::run(Background { store, sessions, clock }, telephony, post, stops));
    let stop = async {
        told_to_stop().await;
        tracing::info!("stopping: what is in flight is finished first");
        let _ = stopping.send(true);
    };
    listen::serve(listener, service, Limits::of_the_system(), stop).await;
    if tokio::time::timeout(GRACE, working).await.is_err() {
        tracing::warn!("some jobs did not finish in time; they are taken up again once their leases are over");
    }
    Ok(())
}

/// What the start wanted and did not get, and which option asks for something else.
fn wanted(what: &str, option: &str, error: impl std::fmt::Display) -> Failure {
    Failure(format!(
        "wanted {what}, and could not: {error}\n{option} asks for another (serve --help lists its variable)"
    ))
}

/// Where the built site lies, in the framework's words.
pub fn leptos_options(site: &Path) -> LeptosOptions {
    LeptosOptions::builder()
        .output_name("partner-center")
        .site_root(site.display().to_string())
        .site_pkg_dir("pkg")
        .hash_files(true)
        .build()
}

fn announce(address: SocketAddr, demo: bool) {
    tracing::info!(%address, "serving");
    if demo {
        println!("\n  Partner Center  http://{address}");
        println!("  Sign in as      tenant yunfan, account admin (or wu, lin, sun), password {}", seed::PASSWORD);
        println!("                  tenant xinghe, account admin (or ma), in marketing plan 2.0");
        println!("  Stop with Ctrl-C\n");
    }
}

async fn told_to_stop() {
    let interrupted = async {
        let _ = signal::ctrl_c().await;
    };
    #[cfg(unix)]
    let terminated = async {
        match signal::unix::signal(signal::unix::SignalKind::terminate()) {
            Ok(mut terminate) => {
                terminate.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let terminated = std::future::pending::<()>();
    tokio::select! {
        () = interrupted => {}
        () = terminated => {}
    }
}
