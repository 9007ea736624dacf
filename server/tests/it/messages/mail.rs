//! E-mail against a real mail server on this machine: the protocol is that of a library for mail servers, and what it has
//! taken is read as a mail program reads it.

use std::sync::{Arc, Mutex};

use mail_parser::MessageParser;
use mailin::{Action, AuthMechanism, Handler, Response, SessionBuilder, response};
use partner_center::{
    messages::Channel,
    outbox::{self, BadServer, Smtp},
};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

use super::support::{in_state, quiet};
use crate::support::App;

/// Who may hand letters over, to a server that asks.
const ACCOUNT: (&str, &str) = ("partner-center", "Mail-2026");

/// A mail server: what it answers where a recipient is named, whether it asks who hands letters over, and what it has
/// taken.
#[derive(Clone)]
struct MailServer {
    to_recipients: Response,
    asks_who: bool,
    signed_in: bool,
    open: Vec<u8>,
    taken: Arc<Mutex<Vec<Vec<u8>>>>,
}

impl Handler for MailServer {
    fn mail(&mut self, _: std::net::IpAddr, _: &str, _: &str) -> Response {
        if self.asks_who && !self.signed_in { response::AUTHENTICATION_REQUIRED } else { response::OK }
    }

    fn rcpt(&mut self, _: &str) -> Response {
        self.to_recipients.clone()
    }

    fn data(&mut self, lines: &[u8]) -> std::io::Result<()> {
        self.open.extend_from_slice(lines);
        Ok(())
    }

    fn data_end(&mut self) -> Response {
        self.taken.lock().unwrap().push(std::mem::take(&mut self.open));
        response::OK
    }

    fn auth_plain(&mut self, _: &str, account: &str, password: &str) -> Response {
        self.signed_in = (account, password) == ACCOUNT;
        if self.signed_in { response::AUTH_OK } else { response::INVALID_CREDENTIALS }
    }
}

impl MailServer {
    fn answering(code: u16, words: &str) -> MailServer {
        MailServer {
            to_recipients: Response::custom(code, words.to_owned()),
            asks_who: false,
            signed_in: false,
            open: Vec::new(),
            taken: Arc::default(),
        }
    }

    /// Listens, and says where.
    async fn listen(&self) -> String {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let server = self.clone();
        tokio::spawn(async move {
            while let Ok((stream, from)) = listener.accept().await {
                let mut sessions = SessionBuilder::new("mail.test");
                if server.asks_who {
                    sessions.enable_auth(AuthMechanism::Plain).insecure_enable_plaintext_auth();
                }
                tokio::spawn(serve(stream, sessions.build(from.ip(), server.clone())));
            }
        });
        address
    }

    /// The subject and the text of every letter, with its id and its receiver.
    fn read(&self) -> Vec<[String; 4]> {
        let read = |raw: &Vec<u8>| {
            let mail = MessageParser::default().parse(raw).unwrap();
            let to = mail.to().and_then(|to| to.first()?.address()).unwrap_or_default();
            let text = mail.body_text(0);
            let parts = [mail.subject(), text.as_deref(), mail.message_id(), Some(to)];
            parts.map(|part| part.unwrap_or_default().to_owned())
        };
        self.taken.lock().unwrap().iter().map(read).collect()
    }
}

/// One connection: a line of the client, an answer of the library.
async fn serve(stream: TcpStream, mut session: mailin::Session<MailServer>) -> std::io::Result<()> {
    let (read, mut write) = stream.into_split();
    let mut read = BufReader::new(read);
    write.write_all(&session.greeting().buffer()?).await?;
    let mut line = Vec::new();
    while read.read_until(b'\n', &mut line).await? > 0 {
        let answer = session.process(&line);
        write.write_all(&answer.buffer()?).await?;
        if answer.action == Action::Close {
            break;
        }
        line.clear();
    }
    Ok(())
}

/// Hands over whatever waits, until nothing does.
async fn deliver(app: &App, smtp: &Smtp) {
    while outbox::work(&app.store, smtp, app::messages::write, || app.clock.now()).await.unwrap() {}
}

async fn dispatch_one(app: &App) {
    let admin = app.sign_in("yunfan/admin").await;
    let lead = app.a_lead("yunfan", "undispatched", None).await;
    let follower = app.member("yunfan/wu").await.to_string();
    assert_eq!(admin.post(&lead.step("dispatch"), &[("follower", &follower)]).await.status, 303);
}

#[tokio::test]
async fn a_mail_server_gets_the_letter_under_the_id_of_its_row() {
    let (app, _) = quiet().await;
    let server = MailServer::answering(250, "yes");
    let smtp =
        Smtp::new(&format!("smtp://{}", server.listen().await), "Partner Center <noreply@partners.example>").unwrap();
    dispatch_one(&app).await;
    let row = &app.rows("SELECT id FROM outbox WHERE state = 'pending'", []).await[0];
    let id: uuid::Uuid = row.try_get_by_index(0).unwrap();
    deliver(&app, &smtp).await;
    let letters = server.read();
    let [[subject, text, message, to]] = letters.as_slice() else { panic!("{letters:?}") };
    assert_eq!(subject, "伙伴中心 · 线索派发");
    assert!(text.contains("已派发给您，请及时跟进。请登录伙伴中心查看。"), "{text}");
    assert_eq!((message.as_str(), to.as_str()), (format!("{id}@partners.example").as_str(), "wu@yunfan.example"));
    assert_eq!(in_state(&app, "pending").await, 0);
}

#[tokio::test]
async fn a_code_that_comes_by_mail_lets_the_act_through() {
    let (app, _) = quiet().await;
    let server = MailServer { asks_who: true, ..MailServer::answering(250, "yes") };
    let address = server.listen().await;
    let (account, password) = ACCOUNT;
    let admin = app.sign_in("yunfan/admin").await;
    assert_eq!(admin.post("/verification", &[("wanted", "on")]).await.status, 303);
    assert_eq!(admin.post("/verification", &[("wanted", "off"), ("code_by", "email")]).await.status, 422);

    let stranger = Smtp::new(&format!("smtp://{account}:wrong@{address}"), "noreply@partners.example").unwrap();
    outbox::work(&app.store, &stranger, app::messages::write, || app.clock.now()).await.unwrap();
    assert!(server.read().is_empty(), "whoever cannot say who it is hands nothing over");
    app.clock.advance(600 - 1);
    let known = Smtp::new(&format!("smtp://{account}:{password}@{address}"), "noreply@partners.example").unwrap();
    deliver(&app, &known).await;
    let letters = server.read();
    let text = &letters.iter().find(|[_, text, ..]| text.contains("验证码 ")).expect("the letter with the code")[1];
    let code = text.split("验证码 ").nth(1).and_then(|rest| rest.get(..6)).unwrap();
    assert_eq!(admin.post("/verification", &[("wanted", "off"), ("code", code)]).await.status, 303);
}

#[tokio::test]
async fn a_mail_server_that_takes_no_such_receiver_is_not_asked_again() {
    let (app, _) = quiet().await;
    let server = MailServer::answering(550, "no such mailbox");
    let smtp = Smtp::new(&format!("smtp://{}", server.listen().await), "noreply@partners.example").unwrap();
    dispatch_one(&app).await;
    deliver(&app, &smtp).await;
    assert!(server.read().is_empty());
    assert_eq!(app.number("SELECT COUNT(*) FROM outbox WHERE reason = 'rejected'", []).await, 1);
}

#[tokio::test]
async fn a_mail_server_that_takes_nothing_for_now_is_asked_again_later() {
    for (code, words) in [(451, "come back later"), (535, "who are you"), (554, "too much today")] {
        let (app, _) = quiet().await;
        let address = MailServer::answering(code, words).listen().await;
        let smtp = Smtp::new(&format!("smtp://{address}"), "noreply@partners.example").unwrap();
        dispatch_one(&app).await;
        outbox::work(&app.store, &smtp, app::messages::write, || app.clock.now()).await.unwrap();
        assert_eq!(in_state(&app, "pending").await, 1, "{code}");
    }
}

#[tokio::test]
async fn a_mail_server_that_is_away_is_asked_again_later() {
    let (app, _) = quiet().await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("smtp://{}", listener.local_addr().unwrap());
    drop(listener);
    let smtp = Smtp::new(&url, "noreply@partners.example").unwrap();
    dispatch_one(&app).await;
    outbox::work(&app.store, &smtp, app::messages::write, || app.clock.now()).await.unwrap();
    let sql = "SELECT COUNT(*) FROM outbox WHERE state = 'pending' AND reason = 'unreachable' AND channel = ?";
    assert_eq!(app.number(sql, [Channel::Email.to_string().into()]).await, 1);
}

#[test]
fn addresses_that_make_no_sense_are_refused_at_the_start() {
    for (url, from) in [("mail.example", "a@b.example"), ("smtp://mail.example", "nobody")] {
        assert!(Smtp::new(url, from).is_err(), "{url} {from}");
    }
}

#[tokio::test]
async fn letters_cross_a_network_encrypted_or_not_at_all() {
    let refused = [
        "smtp://mail.example",
        "smtp://user:tls=required@mail.example:587",
        "smtp://mail.example?tls=opportunistic",
        "smtp://localhost@mail.example",
        "smtp://127.0.0.1.example",
    ];
    for url in refused {
        assert!(matches!(Smtp::new(url, "a@b.example"), Err(BadServer::Plain)), "{url}");
    }
    let taken = [
        "smtps://user:secret@mail.example",
        "smtp://mail.example:587?tls=required",
        "smtp://127.0.0.1:2525",
        "smtp://[::1]:25",
        "smtp://localhost",
    ];
    for url in taken {
        assert!(Smtp::new(url, "a@b.example").is_ok(), "{url}");
    }
}
