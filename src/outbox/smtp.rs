//! E-mail by SMTP. A mail server does not say what it has taken before, so a letter that is handed over again carries the
//! same `Message-ID`, by which mailboxes recognise it.

use std::{fmt, net::IpAddr, time::Duration};

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
    /// Letters, and codes in them, would cross a network in the clear.
    Plain,
    /// The sender is not like `Partner Center <noreply@partners.example>`.
    From,
}

impl fmt::Display for BadServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            BadServer::Url => "--smtp-url must be like smtps://user:password@mail.example",
            BadServer::Plain => {
                "--smtp-url must be smtps://… or end in ?tls=required, unless the server is on this machine"
            }
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
    /// If the address of the server or of the sender makes no sense, or if the way to the server would be open.
    pub fn new(url: &str, from: &str) -> Result<Smtp, BadServer> {
        let from: Mailbox = from.parse().map_err(|_| BadServer::From)?;
        if !is_closed(url) && !is_local(url) {
            return Err(BadServer::Plain);
        }
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

/// Whether nothing is said to the server before the way is encrypted. `tls=opportunistic` says it all to whoever stands in
/// between.
fn is_closed(url: &str) -> bool {
    let query = url.split_once('?').map_or("", |(_, query)| query);
    url.starts_with("smtps://") || query.split('&').any(|part| part == "tls=required")
}

/// Whether the server is on this machine.
fn is_local(url: &str) -> bool {
    let Some(rest) = url.strip_prefix("smtp://") else { return false };
    let host = rest.split(['/', '?']).next().unwrap_or_default();
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
    name == "localhost" || name.trim_matches(['[', ']']).parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// Whether the server will never take this letter: the mailbox is not there or not to be written to. Other refusals of its,
/// such as a sign-in that it does not take or a quota that is used up, pass when somebody mends them.
fn is_for_good(error: &lettre::transport::smtp::Error) -> bool {
    error.status().is_some_and(|code| matches!(u16::from(code), 550..=553 | 556))
}

impl Post for Smtp {
    async fn send(&self, letter: &Letter) -> Result<(), Undelivered> {
        let message = self.message(letter).ok_or(Undelivered::for_good(Reason::NoAddress))?;
        match self.transport.send(message).await {
            Ok(_) => Ok(()),
            // The server's words may name the receiver, so they stay here.
            Err(error) if is_for_good(&error) => Err(Undelivered::for_good(Reason::Rejected)),
            Err(_) => Err(Undelivered::for_now(Reason::Unreachable)),
        }
    }

    async fn has(&self, _: LetterId, _: Channel) -> Option<bool> {
        None
    }
}
