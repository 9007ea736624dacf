//! A request is judged by what its sender may do when it is done, and not when its first byte came.

use std::{
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
};

use axum::{
    body::{Body, Bytes, HttpBody},
    http::{HeaderValue, Request, header},
};
use hyper::body::Frame;
use partner_center::{access::Role, ids::MemberId, people::admin};
use tokio::sync::{Notify, mpsc};

use crate::support::{App, Client, encoded};

/// A body that comes when the test says so.
struct Slow {
    asked_for: Arc<Notify>,
    comes: mpsc::Receiver<Bytes>,
}

impl HttpBody for Slow {
    type Data = Bytes;
    type Error = std::convert::Infallible;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        self.asked_for.notify_one();
        self.comes.poll_recv(cx).map(|piece| piece.map(|piece| Ok(Frame::data(piece))))
    }
}

/// Sends a request whose body waits until something else has happened.
async fn sent_meanwhile(client: &Client, request: Request<Body>, meanwhile: impl Future<Output = ()>) -> u16 {
    use http_body_util::BodyExt;
    let (parts, body) = request.into_parts();
    let body = body.collect().await.unwrap().to_bytes();
    let (send, comes) = mpsc::channel(1);
    let asked_for = Arc::new(Notify::new());
    let slow = Slow { asked_for: asked_for.clone(), comes };
    let (client, request) = (client.clone(), Request::from_parts(parts, Body::new(slow)));
    let answer = tokio::spawn(async move { client.send(request).await.status });
    asked_for.notified().await;
    meanwhile.await;
    send.send(body).await.unwrap();
    drop(send);
    answer.await.unwrap()
}

/// What takes a member's rights away meanwhile, without a word to the server that waits.
#[derive(Clone, Copy, Debug)]
enum Taken {
    Access,
    Role,
    Version,
}

async fn take(app: &App, who: &str, what: Taken) {
    let member = MemberId(app.member(who).await);
    let now = app.clock.now();
    match what {
        Taken::Access => admin::disable_member(&app.store, member, now).await.unwrap(),
        Taken::Role => admin::take_role(&app.store, member, Role::LeadOperator, now).await.unwrap(),
        // As signing out everywhere does.
        Taken::Version => {
            app.change("UPDATE members SET version = version + 1 WHERE id = ?", [member.0.into()]).await;
        }
    }
}

#[tokio::test]
async fn what_was_on_its_way_does_nothing_once_its_senders_right_is_gone() {
    for what in [Taken::Access, Taken::Role, Taken::Version] {
        for act in ["form", "files", "eye"] {
            let app = App::new().await;
            let admin = app.sign_in("yunfan/admin").await;
            let wu = app.sign_in("yunfan/wu").await;
            let follower = app.member("yunfan/wu").await.to_string();
            let lead = admin.enter("迟来有限公司", "13900080777", &[("follower", &follower)]).await;
            let request = match act {
                "form" => {
                    let body = wu.filled(&format!("/leads/{lead}/return"), &[("content", "不在我的区域")]).await;
                    wu.form(&format!("/leads/{lead}/return"), body)
                }
                "files" => {
                    let fields = [("way", "phone"), ("outcome", "unreached"), ("content", "未接通")];
                    wu.multipart(&format!("/leads/{lead}/follow"), &fields, &[])
                }
                _ => {
                    let mut request = wu.form("/api/leads/reveal", encoded(&[("field", "phone"), ("ids[0]", &lead)]));
                    request.headers_mut().insert(header::ACCEPT, HeaderValue::from_static("application/json"));
                    request
                }
            };
            let before = app.number("SELECT COUNT(*) FROM lead_entries", []).await;
            let status = sent_meanwhile(&wu, request, take(&app, "yunfan/wu", what)).await;
            assert!([303, 401].contains(&status), "{act} after {what:?}: {status}");
            assert_eq!(app.number("SELECT COUNT(*) FROM lead_entries", []).await, before, "{act} after {what:?}");
            assert_eq!(app.audited("lead_value_revealed").await, 0, "{act} after {what:?}");
        }
    }
}
