//! The voice call service of Huawei Cloud (语音回呼): two-legged calls over its HTTP interface. Requests carry a digest of
//! the application's secret; answers are small and read no further.

use std::{fmt, time::Duration};

use base64::{Engine, engine::general_purpose::STANDARD};
use http_body_util::{BodyExt, Full, Limited};
use hyper::{Method, Request, Uri, body::Bytes, header};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::{
    client::legacy::{Client, connect::HttpConnector},
    rt::TokioExecutor,
};
use serde::{Deserialize, Serialize};

use super::{
    callback::{self, Body},
    signature::Signer,
    telephony::{Legs, NotDone},
};
use crate::{
    error::Error,
    ids::CallId,
    moment::Moment,
    vault::{self, Vault},
};

const PLACE: &str = "/rest/httpsessions/click2Call/v2.0";
const STOP: &str = "/rest/httpsessions/callStop/v2.0";
/// How long the service may take to answer.
const PATIENCE: Duration = Duration::from_secs(10);
/// The longest answer that is read.
const LARGEST: usize = 64 * 1024;
/// How long the network lets two people talk, in minutes.
const MINUTES: u32 = 60;

/// The service, as one application of it.
#[derive(Clone)]
pub struct VoiceCall {
    url: String,
    key: String,
    secret: String,
    /// What both phones show as the caller's number.
    display: String,
    /// Our own address, to which the service reports.
    base: String,
    /// Whether its callbacks count without a signature.
    takes_unsigned: bool,
    client: Client<HttpsConnector<HttpConnector>, Full<Bytes>>,
}

/// Why there is no service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadVoice {
    /// The address of the service is no address, or a plain one outside this machine.
    Url,
    /// Our own address is so long that the service would not take those of our callbacks.
    LongOrigin,
}

impl fmt::Display for BadVoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (longest, path) = (callback::LONGEST, callback::PATH);
        match self {
            BadVoice::Url => f.write_str(
                "the address of the voice service must begin with https://, or with http:// on this machine",
            ),
            BadVoice::LongOrigin => write!(
                f,
                "--origin has more than {} characters: the voice service takes addresses of at most {longest}, and {path} \
                 of those to which it reports come after the origin",
                longest - path
            ),
        }
    }
}

impl std::error::Error for BadVoice {}

impl fmt::Debug for VoiceCall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "VoiceCall({})", self.url)
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Placing<'p> {
    display_nbr: &'p str,
    caller_nbr: &'p str,
    display_callee_nbr: &'p str,
    callee_nbr: &'p str,
    max_duration: u32,
    status_url: String,
    fee_url: String,
    record_flag: &'p str,
    user_data: String,
}

#[derive(Serialize)]
struct Stopping<'s> {
    sessionid: &'s str,
    signal: &'s str,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Answer {
    resultcode: String,
    session_id: Option<String>,
}

impl VoiceCall {
    /// The service at this address, for the application of this key. It reports to callbacks below `base`.
    pub fn new(url: &str, key: &str, secret: &str, display: &str, base: &str) -> Result<VoiceCall, BadVoice> {
        let uri: Uri = url.parse().map_err(|_| BadVoice::Url)?;
        let is_loopback = matches!(uri.host(), Some("127.0.0.1" | "[::1]" | "localhost"));
        match uri.scheme_str() {
            Some("https") if uri.host().is_some() => {}
            Some("http") if is_loopback => {}
            _ => return Err(BadVoice::Url),
        }
        let base = base.trim_end_matches('/');
        if base.len() + callback::PATH > callback::LONGEST {
            return Err(BadVoice::LongOrigin);
        }
        let connector = HttpsConnectorBuilder::new().with_webpki_roots().https_or_http().enable_http1().build();
        Ok(VoiceCall {
            url: url.trim_end_matches('/').to_owned(),
            key: key.to_owned(),
            secret: secret.to_owned(),
            display: display.to_owned(),
            base: base.to_owned(),
            takes_unsigned: false,
            client: Client::builder(TokioExecutor::new()).build(connector),
        })
    }

    /// The same service, whose callbacks count without a signature too. One that is wrong never counts.
    #[must_use]
    pub fn taking_unsigned(self, takes_unsigned: bool) -> VoiceCall {
        VoiceCall { takes_unsigned, ..self }
    }

    /// What the signature under a callback of this call is remembered by; nothing, if it has none and needs none.
    ///
    /// # Errors
    /// `SignedOut` if nobody who knows the secret has signed it, or not just now.
    pub(super) fn signed(
        &self,
        call: CallId,
        body: Body,
        header: Option<&str>,
        vault: &Vault,
        now: Moment,
    ) -> Result<Option<String>, Error> {
        let Some(header) = header else {
            return if self.takes_unsigned { Ok(None) } else { Err(Error::SignedOut) };
        };
        let addresses = [body, Body::Fee].map(|body| callback::address(&self.base, vault, call, body));
        let signer = Signer { key: &self.key, secret: &self.secret, addresses: &addresses };
        signer.verify(header, now).map(Some).ok_or(Error::SignedOut)
    }

    /// Has the service ring the member, then the lead.
    pub(super) async fn place(&self, legs: &Legs, call: CallId, vault: &Vault, now: Moment) -> Result<String, NotDone> {
        let told_at = |body| STANDARD.encode(callback::address(&self.base, vault, call, body));
        let placing = Placing {
            display_nbr: &self.display,
            caller_nbr: &legs.agent.international(),
            display_callee_nbr: &self.display,
            callee_nbr: &legs.callee.international(),
            max_duration: MINUTES,
            status_url: told_at(Body::Status),
            fee_url: told_at(Body::Fee),
            record_flag: "false",
            user_data: call.to_string(),
        };
        let answer = self.ask(PLACE, &placing, now).await?;
        answer.session_id.filter(|name| !name.is_empty()).ok_or(NotDone::Perhaps)
    }

    /// Has the service end a call.
    pub(super) async fn stop(&self, provider_call: &str, now: Moment) -> Result<(), NotDone> {
        self.ask(STOP, &Stopping { sessionid: provider_call, signal: "call_stop" }, now).await.map(drop)
    }

    async fn ask<B: Serialize>(&self, path: &str, body: &B, now: Moment) -> Result<Answer, NotDone> {
        let body = serde_json::to_vec(body).map_err(|_| NotDone::Certainly)?;
        let request = Request::builder()
            .method(Method::POST)
            .uri(format!("{}{path}", self.url))
            .header(header::CONTENT_TYPE, "application/json;charset=UTF-8")
            .header(header::AUTHORIZATION, r#"AKSK realm="SDP",profile="UsernameToken",type="Appkey""#)
            .header("X-AKSK", self.token(&uuid::Uuid::new_v4().simple().to_string(), now))
            .body(Full::new(Bytes::from(body)))
            .map_err(|_| NotDone::Certainly)?;
        match tokio::time::timeout(PATIENCE, self.answered(request)).await {
            Ok(answer) => answer,
            Err(_) => Err(NotDone::Perhaps),
        }
    }

    async fn answered(&self, request: Request<Full<Bytes>>) -> Result<Answer, NotDone> {
        let response = self.client.request(request).await.map_err(|error| {
            // Errors name the address, which is no secret, and never what was sent.
            tracing::warn!(%error, "the voice service was not reached");
            if error.is_connect() { NotDone::Certainly } else { NotDone::Perhaps }
        })?;
        let status = response.status();
        let body = Limited::new(response.into_body(), LARGEST).collect().await.map_err(|_| NotDone::Perhaps)?;
        let answer: Option<Answer> = serde_json::from_slice(&body.to_bytes()).ok();
        match answer {
            Some(answer) if status.is_success() && answer.resultcode == "0" => Ok(answer),
            Some(answer) if status.is_success() || status.is_client_error() => {
                tracing::warn!(http.status = status.as_u16(), answer.resultcode, "the voice service refused");
                Err(NotDone::Certainly)
            }
            None if status.is_client_error() => {
                tracing::warn!(http.status = status.as_u16(), "the voice service refused");
                Err(NotDone::Certainly)
            }
            // Whatever broke there, or on the way, may have done so after the phones began to ring.
            Some(_) | None => {
                tracing::warn!(http.status = status.as_u16(), "the voice service has not said what it did");
                Err(NotDone::Perhaps)
            }
        }
    }

    /// The header by which the service knows the application: a digest over a number used once and the time.
    fn token(&self, nonce: &str, now: Moment) -> String {
        let created = chrono::DateTime::from_timestamp_millis(now.0).unwrap_or_default().format("%Y-%m-%dT%H:%M:%SZ");
        let created = created.to_string();
        let digest = STANDARD.encode(vault::mac(self.secret.as_bytes(), &[nonce.as_bytes(), created.as_bytes()]));
        let key = &self.key;
        format!(r#"UsernameToken Username="{key}",PasswordDigest="{digest}",Nonce="{nonce}",Created="{created}""#)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn service(url: &str) -> Result<VoiceCall, BadVoice> {
        VoiceCall::new(url, "key", "secret", "+8675512345678", "https://partners.example/")
    }

    #[test]
    fn numbers_go_over_encrypted_connections_alone() {
        for good in ["https://rtccall.example:443", "http://127.0.0.1:8080", "http://[::1]:1"] {
            assert!(service(good).is_ok(), "{good}");
        }
        for bad in ["http://rtccall.example", "ftp://127.0.0.1", "rtccall.example", ""] {
            assert!(service(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn an_origin_is_refused_whose_callbacks_would_be_longer_than_the_service_takes() {
        let at = |length: usize| {
            let base = format!("https://{}", "a".repeat(length - "https://".len()));
            VoiceCall::new("https://rtccall.example", "key", "secret", "+8675528880000", &base)
        };
        let call = CallId(uuid::Uuid::from_u128(1));
        let longest = callback::address(&at(78).unwrap().base, &Vault::demo(), call, Body::Status);
        assert_eq!(longest.len(), 128);
        assert_eq!(at(79).err(), Some(BadVoice::LongOrigin));
        assert!(BadVoice::LongOrigin.to_string().contains("more than 78 characters"));
    }

    #[test]
    fn the_token_holds_a_digest_and_not_the_secret() {
        let token = service("https://rtccall.example").unwrap().token("abc", Moment(1_518_449_420_000));
        let expected = "UsernameToken Username=\"key\",PasswordDigest=\"";
        assert!(token.starts_with(expected), "{token}");
        assert!(token.ends_with("Nonce=\"abc\",Created=\"2018-02-12T15:30:20Z\""), "{token}");
        assert!(!token.contains("secret"));
    }
}
