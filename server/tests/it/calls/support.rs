//! Somebody of a tenant in marketing plan 2.0 who calls, and the network that carries the calls.

use std::sync::{Arc, Mutex};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::State,
    http::{HeaderMap, Request, StatusCode, Uri},
    routing::post,
};
use base64::{Engine, engine::general_purpose::STANDARD};
use partner_center::calls::{self, Telephony, VoiceCall};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::support::{Answer, App, Client, Lead};

/// The number that ends the same way for whoever looks at the simulator's rule: FNV-1a over its digits, modulo ten.
pub fn number(course: u32, nth: usize) -> String {
    let hash = |number: &str| {
        number.bytes().fold(2_166_136_261_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(16_777_619)) % 10
    };
    let numbers = (0..).map(|number| format!("1395555{number:04}")).filter(|number| hash(number) == course);
    numbers.take(nth + 1).last().unwrap()
}

/// Courses of the simulator.
pub const TALK: u32 = 0;
pub const NO_ANSWER: u32 = 5;
pub const BUSY: u32 = 7;
pub const DECLINED: u32 = 8;
pub const NOT_PICKED_UP: u32 = 9;

pub struct Scene {
    pub app: App,
    pub ma: Client,
    pub admin: Client,
    pub telephony: Telephony,
}

impl Scene {
    /// With calls that happen by themselves.
    pub async fn new() -> Scene {
        Scene::with(Telephony::Simulator).await
    }

    pub async fn with(telephony: Telephony) -> Scene {
        let app = App::carried_by(telephony.clone()).await;
        let (ma, admin) = (app.sign_in("xinghe/ma").await, app.sign_in("xinghe/admin").await);
        Scene { app, ma, admin, telephony }
    }

    /// A lead of ma with this number.
    pub async fn lead(&self, name: &str, phone: &str) -> Lead {
        let ma = self.app.member("xinghe/ma").await.to_string();
        let id = self.admin.enter(&format!("{name}有限公司"), phone, &[("follower", &ma)]).await;
        self.app.lead(&id).await
    }

    /// Starts a call by the page and says its address.
    pub async fn call(&self, lead: &Lead) -> String {
        let answer = self.ma.fill(&lead.step("call"), &[]).await;
        assert_eq!(answer.status, 303, "{}", answer.text());
        assert!(answer.location().starts_with("/calls/"), "{}", answer.location());
        answer.location().to_owned()
    }

    /// Moves the clock on and lets the job work until nothing waits.
    pub async fn go(&self, seconds: i64) {
        self.app.clock.advance(seconds);
        while calls::work(&self.app.store, &self.telephony, || self.app.clock.now()).await.unwrap() {}
    }

    /// A call to its end.
    pub async fn ended(&self, lead: &Lead) -> String {
        let call = self.call(lead).await;
        self.go(0).await;
        self.go(200).await;
        call
    }

    /// Writes down what came of an ended call.
    pub async fn write_down(&self, call: &str, outcome: &str) -> Answer {
        self.ma.fill(call, &[("outcome", outcome), ("content", "已沟通"), ("next_on", ""), ("reason", "")]).await
    }

    /// A column of a call's row.
    pub async fn column(&self, call: &str, column: &str) -> String {
        let id: uuid::Uuid = call.rsplit('/').next().unwrap().parse().unwrap();
        let sql = format!("SELECT COALESCE(CAST({column} AS TEXT), '') FROM calls WHERE id = ?");
        self.app.rows(&sql, [id.into()]).await[0].try_get_by_index(0).unwrap()
    }
}

/// One request that the voice service got.
#[derive(Clone, Debug)]
pub struct Asked {
    pub path: String,
    pub headers: HeaderMap,
    pub body: Value,
}

/// The voice service on this machine, as its documentation describes it.
#[derive(Clone, Default)]
pub struct Service {
    pub asked: Arc<Mutex<Vec<Asked>>>,
    /// What it says to the next requests; without a word it never answers.
    pub says: Arc<Mutex<Option<Value>>>,
    /// The status of what it says.
    pub status: Arc<Mutex<StatusCode>>,
}

pub const SESSION: &str = "1201_612_4294967295_20261126030147@callenabler246.example";

impl Service {
    /// A service that takes every call, and the client of it.
    pub async fn start() -> (Service, Telephony) {
        let service = Service::default();
        service.say(Some(json!({"resultcode": "0", "resultdesc": "Success", "sessionId": SESSION})));
        let router = Router::new().fallback(post(answer)).with_state(service.clone());
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        tokio::spawn(async move { axum::serve(listener, router).await });
        let voice = VoiceCall::new(&url, "the-key", "the-secret", "+8675528880000", "https://partners.test").unwrap();
        (service, Telephony::VoiceCall(Box::new(voice)))
    }

    pub fn say(&self, answer: Option<Value>) {
        *self.says.lock().unwrap() = answer;
    }

    /// Says this from now on, with this status.
    pub fn fail(&self, status: u16, answer: Value) {
        *self.status.lock().unwrap() = StatusCode::from_u16(status).unwrap();
        self.say(Some(answer));
    }

    pub fn asked(&self) -> Vec<Asked> {
        self.asked.lock().unwrap().clone()
    }

    /// Where the service was told to report to: the path of an address given in base 64.
    pub fn told(&self, field: &str) -> String {
        let asked = self.asked();
        let placed = asked.iter().find(|asked| asked.path.contains("click2Call")).unwrap();
        let address = STANDARD.decode(placed.body[field].as_str().unwrap()).unwrap();
        let address = String::from_utf8(address).unwrap();
        address.strip_prefix("https://partners.test").unwrap().to_owned()
    }
}

async fn answer(State(service): State<Service>, uri: Uri, headers: HeaderMap, body: Bytes) -> (StatusCode, String) {
    let body = serde_json::from_slice(&body).unwrap();
    service.asked.lock().unwrap().push(Asked { path: uri.path().to_owned(), headers, body });
    let says = service.says.lock().unwrap().clone();
    match says {
        Some(says) => (*service.status.lock().unwrap(), says.to_string()),
        None => std::future::pending().await,
    }
}

/// Sends what the service sends, signed by it: no cookie, no origin.
pub async fn push(app: &App, address: &str, body: &Value) -> Answer {
    app.anonymous().send(signed(app, address, body.to_string())).await
}

/// A callback, signed as the service signs.
pub fn signed(app: &App, address: &str, body: String) -> Request<Body> {
    let created = created(app, 8 * 3600);
    callback(address, body, Some(&signature("the-secret", address, &Uuid::new_v4().simple().to_string(), &created)))
}

/// A callback with this signature.
pub fn callback(address: &str, body: String, signature: Option<&str>) -> Request<Body> {
    let mut request = Request::post(address)
        .header("content-type", "application/json;charset=UTF-8")
        .header("authorization", r#"AKSK realm="SDP",profile="UsernameToken",type="Appkey""#);
    if let Some(signature) = signature {
        request = request.header("x-aksk", signature);
    }
    request.body(Body::from(body)).unwrap()
}

/// The signature over a callback's address, as it is documented.
pub fn signature(secret: &str, address: &str, nonce: &str, created: &str) -> String {
    let digest = STANDARD.encode(mac(secret, &format!("https://partners.test{address}\n{nonce}\n{created}")));
    format!(r#"UsernameToken Username="the-key",PasswordDigest="{digest}",Nonce="{nonce}",Created="{created}""#)
}

/// The time of a signature, so many seconds after now; Beijing's is eight hours after.
pub fn created(app: &App, after: i64) -> String {
    app.clock.now().plus_seconds(after).in_trade_zone().to_utc().format("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// HMAC-SHA256, written out.
pub fn mac(key: &str, text: &str) -> Vec<u8> {
    let pad = |with: u8| {
        let mut block = [with; 64];
        block.iter_mut().zip(key.bytes()).for_each(|(byte, key)| *byte ^= key);
        block.to_vec()
    };
    let inner = Sha256::digest([pad(0x36), text.as_bytes().to_vec()].concat());
    Sha256::digest([pad(0x5c), inner.to_vec()].concat()).to_vec()
}

/// A state as the service reports it.
pub fn status(app: &App, event: &str, called: &str, ago: i64) -> Value {
    json!({"eventType": event, "statusInfo": {
        "timestamp": time(app, ago), "sessionId": SESSION, "caller": "+8675528880000", "called": called,
        "stateCode": 0, "stateDesc": "The user releases the call.", "userData": "",
    }})
}

/// A time so many seconds ago, as the service writes it.
pub fn time(app: &App, ago: i64) -> String {
    let then = app.clock.now().plus_seconds(-ago).in_trade_zone().to_utc();
    then.format("%Y-%m-%d %H:%M:%S").to_string()
}
