//! The list page under load, beside the template page and a bare handler with the same bytes.

use std::net::SocketAddr;

use axum::{Router, body::Bytes, routing::get};
use partner_center::{
    calls::Telephony,
    ctx::Store,
    people::hashing::{Cost, Hasher},
};
use sea_orm::DatabaseConnection;
use tokio::net::TcpListener;

use super::{
    BenchOptions, Line,
    client::{self, Connection, Load},
    template,
};
use crate::{
    clock::Clock,
    commands::Failure,
    listen::{self, Limits},
    reception::Reception,
    router::{self, Parts},
    serve,
    session::Sessions,
};

/// How often each target is loaded; the targets take turns.
const ROUNDS: usize = 3;

pub async fn measure(store: &Store, db: &DatabaseConnection, options: &BenchOptions) -> Result<Vec<Line>, Failure> {
    let product = listen(router::router(parts(store, db, options))).await?;
    let by_hand = Router::new().route("/leads", get(template::list));
    let by_hand = listen(router::received(by_hand, parts(store, db, options))).await?;
    let cookie = client::sign_in(product, "yunfan", "admin").await?;
    let bytes = Connection::open(product).await?.get("/leads", &cookie).await?.body;
    let size = bytes.len();
    let bare = listen(Router::new().route("/leads", get(move || serve_bytes(bytes.clone())))).await?;

    let mut loads: [Vec<Load>; 3] = Default::default();
    for _ in 0..ROUNDS {
        for (at, address) in [bare, by_hand, product].into_iter().enumerate() {
            loads[at].push(client::load(address, "/leads", &cookie).await?);
        }
    }
    let best = |loads: &[Load]| {
        let mut loads = loads.to_vec();
        loads.sort_by(|a, b| a.per_second.total_cmp(&b.per_second));
        loads[loads.len() / 2]
    };
    let [bare, by_hand, product] = loads.map(|loads| best(&loads));
    let text = |load: Load| format!("{:.0}/s, p50 {:.1} ms, p99 {:.1} ms", load.per_second, load.p50_ms, load.p99_ms);
    let share = product.per_second / by_hand.per_second;
    let slower = product.p99_ms / by_hand.p99_ms;
    Ok(vec![
        Line::new(format!("bare handler, the same {size} bytes"), text(bare), "", None),
        Line::new("template page, same queries", text(by_hand), "", None),
        Line::new("list page, 20 rows, signed in", text(product), "", None),
        Line::new("list page / template page, throughput", format!("{share:.2}"), "≥ 0.65", Some(share >= 0.65)),
        Line::new("list page / template page, p99", format!("{slower:.2}"), "≤ 2", Some(slower <= 2.0)),
    ])
}

async fn serve_bytes(bytes: Bytes) -> Bytes {
    bytes
}

fn parts(store: &Store, db: &DatabaseConnection, options: &BenchOptions) -> Parts {
    let clock = Clock::default();
    Parts {
        reception: Reception {
            store: store.clone(),
            hasher: Hasher::new(Cost::Trifling),
            clock: clock.clone(),
            secure: false,
            demo: false,
            proxies: 0,
        },
        sessions: Sessions::new(db.clone(), clock),
        db: db.clone(),
        options: serve::leptos_options(&options.site),
        telephony: Telephony::Absent.into(),
    }
}

async fn listen(service: Router) -> Result<SocketAddr, Failure> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    tokio::spawn(listen::serve(listener, service, Limits::default(), std::future::pending()));
    Ok(address)
}
