//! Accepting connections. A client that keeps silent, or sends its head byte by byte, is let go after a while; only so
//! many are served at once, and the others wait their turn. On the way out, requests in flight are finished first.

use std::{net::SocketAddr, sync::Arc, time::Duration};

use axum::{Router, extract::ConnectInfo};
use hyper::{Request, body::Incoming, server::conn::http1, service::service_fn};
use hyper_util::{
    rt::{TokioIo, TokioTimer},
    server::graceful::GracefulShutdown,
};
use tokio::{
    net::{TcpListener, TcpStream},
    sync::Semaphore,
};
use tower::ServiceExt;

/// What one client may take from the others.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// How long the head of a request may take, and how long a connection may be idle between two.
    pub head: Duration,
    /// How many connections are served at once.
    pub connections: usize,
    /// How long requests in flight get to finish at the end.
    pub grace: Duration,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { head: Duration::from_secs(20), connections: 8_192, grace: Duration::from_secs(20) }
    }
}

impl Limits {
    /// As many connections as there may be open files, less those that the process itself needs.
    #[cfg(unix)]
    pub fn of_the_system() -> Limits {
        let most = Limits::default().connections + OWN_FILES;
        let files = rlimit::increase_nofile_limit(most as u64).unwrap_or(1_024) as usize;
        Limits { connections: files.saturating_sub(OWN_FILES).max(64), ..Limits::default() }
    }

    /// The defaults, where files and connections are counted apart.
    #[cfg(not(unix))]
    pub fn of_the_system() -> Limits {
        Limits::default()
    }
}

/// Open files of the process itself: the database, the site, spooled uploads.
#[cfg(unix)]
const OWN_FILES: usize = 256;
/// How long to wait when the system has no file descriptor left.
const EXHAUSTED: Duration = Duration::from_millis(200);

/// Serves until it is told to stop.
pub async fn serve(listener: TcpListener, router: Router, limits: Limits, stop: impl Future<Output = ()>) {
    let places = Arc::new(Semaphore::new(limits.connections));
    let graceful = GracefulShutdown::new();
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(limits.head);
    let mut stop = std::pin::pin!(stop);
    loop {
        let next = async {
            let place = Arc::clone(&places).acquire_owned().await;
            (place, listener.accept().await)
        };
        let (place, accepted) = tokio::select! {
            next = next => next,
            () = &mut stop => break,
        };
        let (stream, peer) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                tracing::warn!(%error, "a connection could not be accepted");
                tokio::time::sleep(EXHAUSTED).await;
                continue;
            }
        };
        let connection = http.serve_connection(io(stream), service_fn(answer(router.clone(), peer)));
        let connection = graceful.watch(connection);
        tokio::spawn(async move {
            // A client that goes away, or is let go, is nobody's fault.
            if let Err(error) = connection.await {
                tracing::debug!(%error, "a connection ended early");
            }
            drop(place);
        });
    }
    drop(listener);
    if tokio::time::timeout(limits.grace, graceful.shutdown()).await.is_err() {
        tracing::warn!("some requests did not finish in time");
    }
}

fn io(stream: TcpStream) -> TokioIo<TcpStream> {
    // Small answers go out at once.
    let _ = stream.set_nodelay(true);
    TokioIo::new(stream)
}

/// Hands a request to the router, with the address it comes from.
fn answer(
    router: Router,
    peer: SocketAddr,
) -> impl Fn(Request<Incoming>) -> tower::util::Oneshot<Router, Request<Incoming>> {
    move |mut request| {
        request.extensions_mut().insert(ConnectInfo(peer));
        router.clone().oneshot(request)
    }
}

#[cfg(test)]
mod tests {
    use axum::routing::get;
    use tokio::{
        io::{AsyncReadExt, AsyncWriteExt},
        sync::oneshot,
    };

    use super::*;

    async fn started(limits: Limits) -> (SocketAddr, oneshot::Sender<()>, tokio::task::JoinHandle<()>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let who = |ConnectInfo(peer): ConnectInfo<SocketAddr>| async move { peer.ip().to_string() };
        let router = Router::new().route("/", get(who));
        let (stop, stopped) = oneshot::channel();
        let serving = serve(listener, router, limits, async {
            let _ = stopped.await;
        });
        (address, stop, tokio::spawn(serving))
    }

    fn quick() -> Limits {
        Limits { head: Duration::from_millis(50), ..Limits::default() }
    }

    /// What a client reads after it has sent this, until the server closes the connection.
    async fn read_after(address: SocketAddr, sent: &'static [u8]) -> String {
        let mut stream = TcpStream::connect(address).await.unwrap();
        stream.write_all(sent).await.unwrap();
        let mut read = String::new();
        // Being reset is one way to be let go.
        let _ = stream.read_to_string(&mut read).await;
        read
    }

    #[tokio::test]
    async fn a_request_is_answered_with_the_address_it_came_from() {
        let (address, _stop, _) = started(quick()).await;
        let answer = read_after(address, b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").await;
        assert!(answer.ends_with("\r\n\r\n127.0.0.1"), "{answer}");
    }

    #[tokio::test]
    async fn whoever_keeps_silent_is_let_go() {
        let (address, _stop, _) = started(quick()).await;
        for sent in [&b""[..], b"GET / HT", b"GET / HTTP/1.1\r\nHost: a\r\nX-Slow: "] {
            assert!(!read_after(address, sent).await.contains(" 200 "));
        }
    }

    #[tokio::test]
    async fn the_next_client_is_served_when_a_silent_one_has_been_let_go() {
        let (address, _stop, _) = started(Limits { connections: 1, ..quick() }).await;
        let silent = TcpStream::connect(address).await.unwrap();
        let answer = read_after(address, b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").await;
        assert!(answer.ends_with("127.0.0.1"), "{answer}");
        drop(silent);
    }

    #[tokio::test]
    async fn told_to_stop_it_lets_idle_clients_go_and_ends() {
        let (address, stop, serving) = started(Limits::default()).await;
        let mut idle = TcpStream::connect(address).await.unwrap();
        idle.write_all(b"GET / HTTP/1.1\r\nHost: a\r\n\r\n").await.unwrap();
        let mut first = [0; 12];
        idle.read_exact(&mut first).await.unwrap();
        assert_eq!(&first, b"HTTP/1.1 200");
        stop.send(()).unwrap();
        serving.await.unwrap();
        assert!(TcpStream::connect(address).await.is_err());
    }

    #[tokio::test]
    async fn told_to_stop_it_finishes_what_is_in_flight() {
        let (began, open) = (Arc::new(Semaphore::new(0)), Arc::new(Semaphore::new(0)));
        let (begins, opens) = (Arc::clone(&began), Arc::clone(&open));
        let slow = move || async move {
            begins.add_permits(1);
            let _ = opens.acquire().await;
            "whole"
        };
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let (stop, stopped) = oneshot::channel::<()>();
        let router = Router::new().route("/", get(slow));
        let serving = tokio::spawn(serve(listener, router, Limits::default(), async {
            let _ = stopped.await;
        }));
        let reading = tokio::spawn(read_after(address, b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"));
        let _began = began.acquire().await.unwrap();
        stop.send(()).unwrap();
        open.add_permits(1);
        assert!(reading.await.unwrap().ends_with("whole"));
        serving.await.unwrap();
    }
}
