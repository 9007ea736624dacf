//! E-mail against a real mail server: one that listens on this machine and writes down what it is told.

use std::sync::{Arc, Mutex};

use partner_center::{
    messages::Channel,
    outbox::{BadServer, Smtp},
};
use tokio::{
    io::{AsyncBufReadExt, AsyncWriteExt, BufReader},
    net::{TcpListener, TcpStream},
};

use super::support::{in_state, quiet};

type Mails = Arc<Mutex<Vec<String>>>;

/// Speaks just enough SMTP, and answers the recipient with this.
async fn speak(stream: TcpStream, mails: Mails, to_recipients: &'static str) -> std::io::Result<()> {
    let (read, mut write) = stream.into_split();
    let mut lines = BufReader::new(read).lines();
    write.write_all(b"220 mail.test ready\r\n").await?;
    while let Some(line) = lines.next_line().await? {
        let verb = line.get(..4).unwrap_or_default().to_ascii_uppercase();
        match verb.as_str() {
            "RCPT" => write.write_all(to_recipients.as_bytes()).await?,
            "DATA" => {
                write.write_all(b"354 go on\r\n").await?;
                let mut mail = String::new();
                while let Some(line) = lines.next_line().await? {
                    if line == "." {
                        break;
                    }
                    mail.push_str(&line);
                    mail.push('\n');
                }
                mails.lock().unwrap().push(mail);
                write.write_all(b"250 taken\r\n").await?;
            }
            "QUIT" => {
                write.write_all(b"221 bye\r\n").await?;
                return Ok(());
            }
            _ => write.write_all(b"250 mail.test\r\n").await?,
        }
    }
    Ok(())
}

async fn mail_server(to_recipients: &'static str) -> (String, Mails) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("smtp://{}", listener.local_addr().unwrap());
    let mails = Mails::default();
    let taken = mails.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(speak(stream, taken.clone(), to_recipients));
        }
    });
    (url, mails)
}

async fn dispatch_one(app: &crate::support::App) {
    let admin = app.sign_in("yunfan/admin").await;
    let lead = app.a_lead("yunfan", "undispatched", None).await;
    let follower = app.member("yunfan/wu").await.to_string();
    assert_eq!(admin.post(&lead.step("dispatch"), &[("follower", &follower)]).await.status, 303);
}

#[tokio::test]
async fn a_mail_server_gets_the_letter_under_the_id_of_its_row() {
    let (app, _) = quiet().await;
    let (url, mails) = mail_server("250 yes\r\n").await;
    let smtp = Smtp::new(&url, "Partner Center <noreply@partners.example>").unwrap();
    dispatch_one(&app).await;
    let row = &app.rows("SELECT id FROM outbox WHERE state = 'pending'", []).await[0];
    let id: uuid::Uuid = row.try_get_by_index(0).unwrap();
    while partner_center::outbox::work(&app.store, &smtp, app::messages::write, || app.clock.now()).await.unwrap() {}
    let mails = mails.lock().unwrap().clone();
    assert_eq!(mails.len(), 1);
    assert!(mails[0].contains(&format!("<{id}@partners.example>")), "{}", mails[0]);
    assert!(mails[0].contains("wu@yunfan.example"));
    assert_eq!(in_state(&app, "pending").await, 0);
}

#[tokio::test]
async fn a_mail_server_that_takes_no_such_receiver_is_not_asked_again() {
    let (app, _) = quiet().await;
    let (url, mails) = mail_server("550 no such mailbox\r\n").await;
    let smtp = Smtp::new(&url, "noreply@partners.example").unwrap();
    dispatch_one(&app).await;
    while partner_center::outbox::work(&app.store, &smtp, app::messages::write, || app.clock.now()).await.unwrap() {}
    assert!(mails.lock().unwrap().is_empty());
    assert_eq!(app.number("SELECT COUNT(*) FROM outbox WHERE reason = 'rejected'", []).await, 1);
}

#[tokio::test]
async fn a_mail_server_that_takes_nothing_for_now_is_asked_again_later() {
    for answer in ["451 come back later\r\n", "535 who are you\r\n", "554 too much today\r\n"] {
        let (app, _) = quiet().await;
        let (url, _) = mail_server(answer).await;
        let smtp = Smtp::new(&url, "noreply@partners.example").unwrap();
        dispatch_one(&app).await;
        partner_center::outbox::work(&app.store, &smtp, app::messages::write, || app.clock.now()).await.unwrap();
        assert_eq!(in_state(&app, "pending").await, 1, "{answer}");
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
    partner_center::outbox::work(&app.store, &smtp, app::messages::write, || app.clock.now()).await.unwrap();
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
