//! Somebody with a browser: cookies are kept, forms are sent as a page of ours sends them.

use std::{
    collections::BTreeMap,
    net::SocketAddr,
    sync::{
        Arc, Mutex,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use axum::{
    Router,
    body::Body,
    extract::ConnectInfo,
    http::{HeaderMap, HeaderName, HeaderValue, Request, Response, header},
};
use http_body_util::BodyExt;
use tower::ServiceExt;

use super::hidden_fields;

pub const HOST: &str = "partners.test";
const FORM: &str = "application/x-www-form-urlencoded";

/// A browser. Its clones share the cookies.
#[derive(Clone)]
pub struct Client {
    server: Router,
    jar: Arc<Mutex<BTreeMap<String, String>>>,
    address: SocketAddr,
    secure: bool,
}

impl Client {
    pub fn new(server: Router, secure: bool) -> Client {
        static NUMBER: AtomicU32 = AtomicU32::new(1);
        let [_, b, c, d] = NUMBER.fetch_add(1, Ordering::Relaxed).to_be_bytes();
        Client { server, jar: Arc::default(), address: SocketAddr::from(([10, b, c, d], 40_000)), secure }
    }

    /// The same browser, talking to another server.
    pub fn at(&self, server: &Router) -> Client {
        Client { server: server.clone(), ..self.clone() }
    }

    /// Another browser at the same address.
    pub fn neighbour(&self) -> Client {
        Client { jar: Arc::default(), ..self.clone() }
    }

    /// The same browser at another address.
    pub fn moved(&self) -> Client {
        Client { address: Client::new(self.server.clone(), self.secure).address, ..self.clone() }
    }

    pub fn cookie(&self, name: &str) -> Option<String> {
        self.jar.lock().unwrap().get(name).cloned()
    }

    pub fn set_cookie(&self, name: &str, value: &str) {
        self.jar.lock().unwrap().insert(name.to_owned(), value.to_owned());
    }

    pub async fn get(&self, address: &str) -> Answer {
        self.send(Request::get(address).body(Body::empty()).unwrap()).await
    }

    /// Sends a form as a page of ours does.
    pub async fn post(&self, address: &str, fields: &[(&str, &str)]) -> Answer {
        self.send(self.form(address, encoded(fields))).await
    }

    /// Calls a server function as an island of ours does.
    pub async fn call(&self, address: &str, fields: &[(&str, &str)]) -> Answer {
        let mut request = self.form(address, encoded(fields));
        request.headers_mut().insert(header::ACCEPT, HeaderValue::from_static("application/json"));
        self.send(request).await
    }

    /// Opens a page, fills in its form, and sends it with everything hidden in it.
    pub async fn fill(&self, page: &str, fields: &[(&str, &str)]) -> Answer {
        let filled = self.filled(page, fields).await;
        let action = page.split('?').next().unwrap_or_default();
        self.send(self.form(action, filled)).await
    }

    /// The body that [`Client::fill`] sends, to be sent later.
    pub async fn filled(&self, page: &str, fields: &[(&str, &str)]) -> String {
        let shown = self.get(page).await;
        assert_eq!(shown.status, 200, "the form at {page}: {}", shown.text());
        let action = page.split('?').next().unwrap_or_default();
        let hidden = hidden_fields(&shown.text(), action).unwrap_or_else(|| panic!("no form on {page}"));
        let hidden = hidden.iter().map(|(name, value)| (name.as_str(), value.as_str()));
        let all: Vec<(&str, &str)> = hidden.chain(fields.iter().copied()).collect();
        encoded(&all)
    }

    /// A form that is ready to be sent, from our own page.
    pub fn form(&self, address: &str, body: String) -> Request<Body> {
        let origin = if self.secure { format!("https://{HOST}") } else { format!("http://{HOST}") };
        Request::post(address)
            .header(header::CONTENT_TYPE, FORM)
            .header(header::ORIGIN, origin)
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(body))
            .unwrap()
    }

    /// A form with files that is ready to be sent, from our own page.
    pub fn multipart(&self, address: &str, fields: &[(&str, &str)], files: &[(&str, &str, &[u8])]) -> Request<Body> {
        let mut body = Vec::new();
        for (name, value) in fields {
            body.extend_from_slice(
                format!("--edge\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").as_bytes(),
            );
        }
        for (field, name, bytes) in files {
            let head = format!("Content-Disposition: form-data; name=\"{field}\"; filename=\"{name}\"\r\n\r\n");
            body.extend_from_slice(format!("--edge\r\n{head}").as_bytes());
            body.extend_from_slice(bytes);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(b"--edge--\r\n");
        let mut request = self.form(address, String::new());
        request
            .headers_mut()
            .insert(header::CONTENT_TYPE, HeaderValue::from_static("multipart/form-data; boundary=edge"));
        *request.body_mut() = Body::from(body);
        request
    }

    pub async fn sign_in(&self, who: &str, password: &str) -> Answer {
        let (tenant, account) = who.split_once('/').unwrap();
        self.post("/sign-in", &[("tenant", tenant), ("account", account), ("password", password)]).await
    }

    /// Sends whatever it is, with the cookies, and keeps those that come back.
    pub async fn send(&self, request: Request<Body>) -> Answer {
        let (parts, body) = self.answered(request).await.into_parts();
        let body = body.collect().await.unwrap().to_bytes().to_vec();
        self.keep(&parts.headers);
        Answer { status: parts.status.as_u16(), headers: parts.headers, body }
    }

    /// Begins to read something that goes on being told.
    pub async fn listen(&self, address: &str) -> Told {
        let response = self.answered(Request::get(address).body(Body::empty()).unwrap()).await;
        assert_eq!(response.status().as_u16(), 200, "{address}");
        Told(response.into_body())
    }

    async fn answered(&self, mut request: Request<Body>) -> Response<Body> {
        request.extensions_mut().insert(ConnectInfo(self.address));
        request.headers_mut().entry(header::HOST).or_insert(HeaderValue::from_static(HOST));
        let cookies: Vec<String> =
            self.jar.lock().unwrap().iter().map(|(name, value)| format!("{name}={value}")).collect();
        if !cookies.is_empty() && !request.headers().contains_key(header::COOKIE) {
            request.headers_mut().insert(header::COOKIE, cookies.join("; ").parse().unwrap());
        }
        self.server.clone().oneshot(request).await.unwrap()
    }

    fn keep(&self, headers: &HeaderMap) {
        let mut jar = self.jar.lock().unwrap();
        for line in headers.get_all(header::SET_COOKIE) {
            let line = line.to_str().unwrap();
            let (pair, attributes) = line.split_once(';').unwrap_or((line, ""));
            let (name, value) = pair.split_once('=').unwrap();
            if value.is_empty() || attributes.to_ascii_lowercase().contains("max-age=0") {
                jar.remove(name);
            } else {
                jar.insert(name.to_owned(), value.to_owned());
            }
        }
    }
}

/// What goes on being told.
pub struct Told(Body);

impl Told {
    /// The next piece.
    pub async fn next(&mut self) -> String {
        let piece = self.0.frame().await.unwrap().unwrap().into_data().unwrap();
        String::from_utf8(piece.to_vec()).unwrap()
    }

    /// Everything up to the end, which comes within seconds.
    pub async fn rest(self) -> String {
        let rest = tokio::time::timeout(Duration::from_secs(10), self.0.collect()).await;
        String::from_utf8(rest.expect("it ends soon").unwrap().to_bytes().to_vec()).unwrap()
    }
}

/// Fields as a form sends them.
pub fn encoded(fields: &[(&str, &str)]) -> String {
    let pairs: Vec<String> =
        fields.iter().map(|(name, value)| format!("{}={}", percent(name), percent(value))).collect();
    pairs.join("&")
}

fn percent(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' => safe.push(char::from(byte)),
            _ => safe.push_str(&format!("%{byte:02X}")),
        }
    }
    safe
}

/// What came back.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    /// The page, without the empty comments by which the framework tells two texts apart.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).replace("<!>", "")
    }

    pub fn header(&self, name: &str) -> &str {
        let name: HeaderName = name.parse().unwrap();
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }

    /// Where one is sent.
    pub fn location(&self) -> &str {
        self.header("location")
    }

    /// Whether the page says this.
    pub fn says(&self, text: &str) -> bool {
        self.text().contains(text)
    }

    /// The leads that the page lists, in their order.
    pub fn listed(&self) -> Vec<String> {
        let mut listed: Vec<String> = Vec::new();
        let text = self.text();
        for after in text.split("data-row=\"").skip(1) {
            let id = after.split('"').next().unwrap_or_default();
            if listed.last().is_none_or(|last| last != id) {
                listed.push(id.to_owned());
            }
        }
        listed
    }

    /// The nonce of the page's scripts.
    pub fn nonce(&self) -> Option<String> {
        let policy = self.header("content-security-policy");
        let (_, rest) = policy.split_once("'nonce-")?;
        Some(rest.split('\'').next()?.to_owned())
    }

    /// Status and body without what is new in every answer: nonce, request id, token; and without this thing's own id.
    pub fn without_chance(&self, id: &str) -> (u16, String) {
        let mut text = self.text();
        for (new, word) in [
            (self.nonce().unwrap_or_default(), "NONCE"),
            (self.header("x-request-id").to_owned(), "REQUEST"),
            (id.to_owned(), "ID"),
        ] {
            if !new.is_empty() {
                text = text.replace(&new, word);
            }
        }
        let mut plain = String::with_capacity(text.len());
        let mut rest = text.as_str();
        while let Some((before, after)) = rest.split_once("name=\"once\" value=\"") {
            plain.push_str(before);
            rest = after.split_once('"').map_or("", |(_, after)| after);
        }
        plain.push_str(rest);
        (self.status, plain)
    }
}
