//! A server of its own on the filled database: how fast it starts, how much it holds when nobody asks; and how large the
//! browser's half is.

use std::{
    net::{SocketAddr, TcpListener},
    path::Path,
    process::{Child, Command, Stdio},
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use tokio::task::JoinHandle;

use super::{BenchOptions, Line, client::Connection};
use crate::commands::Failure;

/// How long a start may take before the measurement gives up.
const PATIENCE: Duration = Duration::from_secs(30);

pub async fn measure(options: &BenchOptions) -> Result<Vec<Line>, Failure> {
    let address = free_address()?;
    let began = Instant::now();
    let mut server = start(options, address)?;
    let first = loop {
        if let Ok(mut connection) = Connection::open(address).await
            && connection.get("/sign-in", "").await.is_ok()
        {
            break began.elapsed().as_secs_f64();
        }
        if began.elapsed() > PATIENCE {
            stop(&mut server);
            return Err(Failure("the server did not start".to_owned()));
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    };
    tokio::time::sleep(Duration::from_secs(2)).await;
    let idle = resident(server.id());
    stop(&mut server);
    Ok(vec![
        Line::new("start to first page", format!("{first:.2} s"), "≤ 1 s", Some(first <= 1.0)),
        Line::new("idle memory of the server", format!("{idle} MiB"), "≤ 60 MB", Some(idle <= 57)),
    ])
}

fn free_address() -> Result<SocketAddr, Failure> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?)
}

fn start(options: &BenchOptions, address: SocketAddr) -> Result<Child, Failure> {
    let mut command = Command::new(std::env::current_exe()?);
    command.args(["serve", "--demo", "--addr", &address.to_string(), "--metrics-addr", "127.0.0.1:0"]);
    command.args(["--database-url", &options.database_url]).env("PARTNER_CENTER_SITE", &options.site);
    Ok(command.stdout(Stdio::null()).stderr(Stdio::null()).spawn()?)
}

/// Ends the server that was started here, and no other.
fn stop(server: &mut Child) {
    let _ = server.kill();
    let _ = server.wait();
}

/// The memory that a process holds, in MiB; zero where the system does not tell.
pub fn resident(process: u32) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kib = line.and_then(|line| line.trim().trim_end_matches("kB").trim().parse::<u64>().ok());
    kib.unwrap_or(0) / 1024
}

/// How much memory this process holds, from moment to moment.
pub struct Memory {
    seen: Arc<Mutex<Vec<u64>>>,
    watcher: JoinHandle<()>,
}

/// How many points of a curve are printed.
const POINTS: usize = 12;

impl Memory {
    /// Begins to watch.
    pub fn watch() -> Memory {
        let seen = Arc::new(Mutex::new(vec![resident(std::process::id())]));
        let watched = seen.clone();
        let watcher = tokio::spawn(async move {
            let mut rounds = tokio::time::interval(Duration::from_millis(50));
            loop {
                rounds.tick().await;
                watched.lock().unwrap_or_else(PoisonError::into_inner).push(resident(std::process::id()));
            }
        });
        Memory { seen, watcher }
    }

    /// Ends: how much more than at first it was at most, and the curve, both in MiB.
    pub fn end(self) -> (u64, String) {
        self.watcher.abort();
        let seen = self.seen.lock().unwrap_or_else(PoisonError::into_inner);
        let most = seen.iter().max().copied().unwrap_or_default();
        let first = seen.first().copied().unwrap_or_default();
        let last = seen.len().saturating_sub(1);
        let points = (0..POINTS).filter_map(|point| seen.get(point * last / (POINTS - 1)));
        (most - first, points.map(u64::to_string).collect::<Vec<_>>().join(" "))
    }
}

/// The size of what the browser loads: the files that this program names in its pages.
pub fn sizes(site: &Path) -> Vec<Line> {
    let beside = std::env::current_exe().ok().and_then(|exe| Some(exe.parent()?.join("hash.txt")));
    let hashes = beside.and_then(|path| std::fs::read_to_string(path).ok()).unwrap_or_default();
    let hash = |kind: &str| hashes.lines().find_map(|line| line.strip_prefix(kind)?.strip_prefix(": "));
    let size = |kind: &str| {
        let name = format!("partner-center.{}.{kind}.br", hash(kind)?);
        Some(std::fs::metadata(site.join("pkg").join(name)).ok()?.len())
    };
    let (measured, met) = match size("wasm").zip(size("js")) {
        Some((wasm, js)) => (format!("{} kB", (wasm + js) / 1000), Some(wasm + js <= 150_000)),
        None => ("not built".to_owned(), None),
    };
    vec![Line::new("wasm and js, brotli", measured, "≤ 150 kB", met)]
}
