//! The load: some connections, each asking again as soon as it is answered.

use std::{
    net::SocketAddr,
    time::{Duration, Instant},
};

use http_body_util::{BodyExt, Full};
use hyper::{
    Request, StatusCode,
    body::Bytes,
    client::conn::http1::{SendRequest, handshake},
    header,
};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

use crate::commands::Failure;

/// How many connections ask at once.
const CONNECTIONS: usize = 16;
/// How long one target is loaded.
const DURATION: Duration = Duration::from_secs(4);

/// What a load came to.
#[derive(Clone, Copy, Debug)]
pub struct Load {
    pub per_second: f64,
    pub p50_ms: f64,
    pub p99_ms: f64,
}

/// One connection.
pub struct Connection {
    sender: SendRequest<Full<Bytes>>,
    host: String,
}

/// An answer, whole.
pub struct Answer {
    pub status: StatusCode,
    pub cookies: Vec<String>,
    pub body: Bytes,
}

impl Connection {
    /// Opens a connection.
    pub async fn open(address: SocketAddr) -> Result<Connection, Failure> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        let (sender, connection) = handshake(TokioIo::new(stream)).await?;
        tokio::spawn(connection);
        Ok(Connection { sender, host: address.to_string() })
    }

    /// Asks for a page.
    pub async fn get(&mut self, path: &str, cookie: &str) -> Result<Answer, Failure> {
        let request = Request::get(path).header(header::HOST, &self.host).header(header::COOKIE, cookie);
        self.send(request.body(Full::default())?).await
    }

    /// Sends a form, as our own page would.
    pub async fn post(&mut self, path: &str, form: &str) -> Result<Answer, Failure> {
        let request = Request::post(path)
            .header(header::HOST, &self.host)
            .header(header::ORIGIN, format!("http://{}", self.host))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Full::from(form.to_owned()))?;
        self.send(request).await
    }

    async fn send(&mut self, request: Request<Full<Bytes>>) -> Result<Answer, Failure> {
        self.sender.ready().await?;
        let response = self.sender.send_request(request).await?;
        let status = response.status();
        let cookies = response.headers().get_all(header::SET_COOKIE).iter().filter_map(|cookie| cookie.to_str().ok());
        let cookies = cookies.map(str::to_owned).collect();
        let body = response.into_body().collect().await?.to_bytes();
        Ok(Answer { status, cookies, body })
    }
}

/// Signs in and returns the session's cookie.
pub async fn sign_in(address: SocketAddr, tenant: &str, account: &str) -> Result<String, Failure> {
    let mut connection = Connection::open(address).await?;
    let form = format!("tenant={tenant}&account={account}&password={}", crate::seed::PASSWORD);
    let answer = connection.post("/sign-in", &form).await?;
    let session = answer.cookies.iter().find(|cookie| cookie.starts_with("pc="));
    let session = session.and_then(|cookie| cookie.split(';').next());
    session.map(str::to_owned).ok_or_else(|| Failure(format!("the sign-in was answered with {}", answer.status)))
}

/// Loads one page for a while.
pub async fn load(address: SocketAddr, path: &str, cookie: &str) -> Result<Load, Failure> {
    let mut tasks = Vec::new();
    let until = Instant::now() + DURATION;
    for _ in 0..CONNECTIONS {
        let (path, cookie) = (path.to_owned(), cookie.to_owned());
        tasks.push(tokio::spawn(async move {
            let mut connection = Connection::open(address).await?;
            let mut times = Vec::new();
            while Instant::now() < until {
                let began = Instant::now();
                let answer = connection.get(&path, &cookie).await?;
                if answer.status != StatusCode::OK {
                    return Err(Failure(format!("{path} was answered with {}", answer.status)));
                }
                times.push(began.elapsed().as_secs_f64() * 1000.0);
            }
            Ok(times)
        }));
    }
    let mut times = Vec::new();
    for task in tasks {
        times.extend(task.await??);
    }
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times.get(((times.len() as f64 - 1.0) * share) as usize).copied().unwrap_or_default();
    Ok(Load { per_second: times.len() as f64 / DURATION.as_secs_f64(), p50_ms: at(0.5), p99_ms: at(0.99) })
}
