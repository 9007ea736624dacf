//! Who takes letters out of this process: nobody in the demo, a mail server elsewhere if one is set up. For text messages
//! there is nobody yet.

use partner_center::{
    ctx::Store,
    ids::LetterId,
    messages::{Channel, Channels},
    outbox::{BadServer, DemoPost, Letter, Post, Reason, Smtp, Undelivered},
};

use crate::config::ServeOptions;

/// The posts of this process.
#[derive(Clone, Debug)]
pub enum Posts {
    /// Everything stays here and can be read.
    Demo(DemoPost),
    /// E-mail goes to a mail server, if there is one.
    Real(Option<Smtp>),
}

impl Posts {
    /// The posts that these options ask for.
    ///
    /// # Errors
    /// If the address of the mail server or of the sender makes no sense.
    pub fn of(options: &ServeOptions, store: &Store) -> Result<Posts, BadServer> {
        if options.data.demo {
            return Ok(Posts::Demo(DemoPost(store.clone())));
        }
        let smtp = options.smtp_url.as_deref().map(|url| Smtp::new(url, &options.mail_from)).transpose()?;
        if smtp.is_none() {
            tracing::warn!("no mail server is set up: e-mails are given up, see --smtp-url");
        }
        Ok(Posts::Real(smtp))
    }

    /// The ways by which letters leave.
    pub fn ways(&self) -> Channels {
        match self {
            Posts::Demo(_) => Channels { email: true, sms: true },
            Posts::Real(smtp) => Channels { email: smtp.is_some(), sms: false },
        }
    }
}

impl Post for Posts {
    async fn send(&self, letter: &Letter) -> Result<(), Undelivered> {
        match (self, letter.channel()) {
            (Posts::Demo(demo), _) => demo.send(letter).await,
            (Posts::Real(Some(smtp)), Channel::Email) => smtp.send(letter).await,
            (Posts::Real(None), Channel::Email) | (Posts::Real(_), Channel::Sms) => {
                Err(Undelivered::for_good(Reason::NotConfigured))
            }
        }
    }

    async fn has(&self, letter: LetterId, channel: Channel) -> Option<bool> {
        match (self, channel) {
            (Posts::Demo(demo), _) => demo.has(letter, channel).await,
            (Posts::Real(Some(smtp)), Channel::Email) => smtp.has(letter, channel).await,
            (Posts::Real(None), Channel::Email) | (Posts::Real(_), Channel::Sms) => Some(false),
        }
    }
}
