//! E-mail by SMTP. A mail server does not say what it has taken before, so a letter that is handed over again carries the
//! same `Message-ID`, by which mailboxes recognise it.

use std::{fmt, time::Duration};

use lettre::{
    AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{Mailbox, header::ContentType},
};

use super::{Address, Letter, Post, Reason, Undelivered};
use crate::{ids::LetterId, messages::Channel};

/// How long the server may be silent.
const PATIENCE: Duration = Duration::from_secs(10);

/// A mail server, and the address that letters come from.
#[derive(Clone)]
pub struct Smtp {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
}

/// Why there is no mail server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BadServer {
    /// The address is not like `smtps://user:password@mail.example` or `smtp://mail.example:587?tls=required`.
    Url,
    /// The sender is not like `Partner Center <noreply@partners.example>`.
    From,
}

impl fmt::Display for BadServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            BadServer::Url => "--smtp-url must be like smtps://user:password@mail.example",
            BadServer::From => "--mail-from must be like Partner Center <noreply@partners.example>",
        })
    }
}

impl std::error::Error for BadServer {}

impl fmt::Debug for Smtp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Smtp")
    }
}

impl Smtp {
    /// A pool of connections to the server at this address. Nothing is connected yet.
    ///
    /// # Errors
    /// If the address of the server or of the sender makes no sense.
    pub fn new(url: &str, from: &str) -> Result<Smtp, BadServer> {
        let from: Mailbox = from.parse().map_err(|_| BadServer::From)?;
        let transport = AsyncSmtpTransport::<Tokio1Executor>::from_url(url).map_err(|_| BadServer::Url)?;
        Ok(Smtp { transport: transport.timeout(Some(PATIENCE)).build(), from })
    }

    fn message(&self, letter: &Letter) -> Option<Message> {
        let Address::Email(to) = &letter.to else { return None };
        let to = Mailbox::new(None, to.expose().parse().ok()?);
        Message::builder()
            .message_id(Some(format!("<{}@{}>", letter.id, self.from.email.domain())))
            .from(self.from.clone())
            .to(to)
            .subject(letter.subject.as_str())
            .header(ContentType::TEXT_PLAIN)
            .body(letter.body.clone())
            .ok()
    }
}

impl Post for Smtp {
    async fn send(&self, letter: &Letter) -> Result<(), Undelivered> {
        let message = self.message(letter).ok_or(Undelivered::for_good(Reason::NoAddress))?;
        match self.transport.send(message).await {
            Ok(_) => Ok(()),
            // The server's words may name the receiver, so they stay here.
            Err(error) if error.is_permanent() => Err(Undelivered::for_good(Reason::Rejected)),
            Err(_) => Err(Undelivered::for_now(Reason::Unreachable)),
        }
    }

    async fn has(&self, _: LetterId, _: Channel) -> Option<bool> {
        None
    }
}
