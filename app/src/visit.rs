//! One request as the pages see it: who asks, from where, in which language. The server puts it into the request; pages
//! take it from there.

use std::sync::Arc;

use axum::http::request::Parts;
use leptos::prelude::*;
use partner_center::{
    ctx::{Ctx, Origin, Store},
    error::{Error, Result},
    moment::Moment,
    people::{self, SignedIn, Ticket, hashing::Hasher},
    preferences::Preference,
};
use tower_sessions::Session;

use crate::{
    eye::Masked,
    text::{Locale, Zone},
};

/// How the page is coloured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, strum::Display, strum::EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum Theme {
    #[default]
    Auto,
    Light,
    Dark,
}

/// Everything that a page or form knows of its request.
#[derive(Clone)]
pub struct Visit {
    pub store: Store,
    pub hasher: Hasher,
    pub session: Session,
    pub signed_in: Option<Arc<SignedIn>>,
    pub origin: Origin,
    pub now: Moment,
    pub locale: Locale,
    /// The time zone that instants are shown in.
    pub zone: Zone,
    pub theme: Theme,
    /// The path and query of the page.
    pub address: String,
    /// What the last act came to, told once.
    pub flash: Option<String>,
    /// What the browser shows to be recognised at sign-in.
    pub browser: Option<String>,
    /// What the browser says it is, such as `Firefox / Windows`.
    pub device: String,
    /// Whether the cookies are for encrypted connections only.
    pub secure: bool,
    /// Whether demo data is served, so that the sign-in page may name the cast.
    pub demo: bool,
}

/// The session's name for its ticket.
pub const TICKET: &str = "ticket";
/// The session's name for where it was begun.
pub const BEGUN: &str = "begun";
/// The session's name for columns that are open for a moment.
const GRANT: &str = "grant";
/// How long a column stays open without JavaScript, in seconds.
pub const GRANT_SECONDS: i64 = 60;

#[derive(serde::Serialize, serde::Deserialize)]
struct Grant {
    /// Thing and column, such as `lead.phone`.
    columns: Vec<String>,
    /// The page on which the eye was clicked: other pages stay closed.
    page: String,
    until: Moment,
}

/// Where a session was begun.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Begun {
    pub address: String,
    pub device: String,
}

impl Visit {
    /// The visit of the page that is being rendered.
    pub fn current() -> Option<Visit> {
        use_context::<Parts>()?.extensions.get::<Visit>().cloned()
    }

    /// The viewer's way to the database.
    pub fn ctx(&self) -> Result<Ctx> {
        let signed_in = self.signed_in.as_ref().ok_or(Error::SignedOut)?;
        let ctx = self.store.ctx(signed_in.viewer.clone(), self.origin.clone(), self.now);
        Ok(match self.session.id() {
            // The id itself opens the session, so that only its fingerprint goes any further.
            Some(id) => ctx.in_session(&hex(&self.store.fingerprint("session", &id.to_string()))),
            None => ctx,
        })
    }

    /// What the member has chosen for itself, if it has chosen at all.
    pub fn preference(&self, preference: Preference) -> Option<&str> {
        self.signed_in.as_deref().and_then(|member| member.preference(preference))
    }

    /// Who is signed in by this session now, looked up anew: for what goes on being told after the request was received.
    pub async fn signed_in_now(&self) -> Result<SignedIn> {
        self.session.load().await.map_err(session_failure)?;
        let ticket: Option<Ticket> = self.session.get(TICKET).await.map_err(session_failure)?;
        people::enter(&self.store, ticket.ok_or(Error::SignedOut)?, self.now).await?.ok_or(Error::SignedOut)
    }

    /// Begins a session for a ticket, under a new id.
    pub async fn begin_session(&self, ticket: Ticket) -> Result<()> {
        self.session.cycle_id().await.map_err(session_failure)?;
        let begun = Begun { address: self.origin.address.clone(), device: self.device.clone() };
        self.session.insert(BEGUN, begun).await.map_err(session_failure)?;
        self.session.insert(TICKET, ticket).await.map_err(session_failure)
    }

    /// Ends the session.
    pub async fn end_session(&self) -> Result<()> {
        self.session.flush().await.map_err(session_failure)
    }

    /// The columns of such things that this session has opened on this page a moment ago.
    pub async fn open_fields<F: Masked>(&self) -> Vec<F> {
        let of_things = |column: &String| column.strip_prefix(F::THING)?.strip_prefix('.')?.parse().ok();
        self.open_columns(&self.address).await.iter().filter_map(of_things).collect()
    }

    async fn open_columns(&self, page: &str) -> Vec<String> {
        match self.session.get::<Grant>(GRANT).await {
            // A clock that was set back does not keep a column open for longer.
            Ok(Some(grant)) if self.now < grant.until && grant.until <= self.now.plus_seconds(GRANT_SECONDS) => {
                if grant.page == page { grant.columns } else { Vec::new() }
            }
            _ => Vec::new(),
        }
    }

    /// Closes every column, where opening them was refused: the next page is masked again.
    pub async fn close_all(&self) -> Result<()> {
        self.session.remove::<Grant>(GRANT).await.map(drop).map_err(session_failure)
    }

    /// Opens or closes a column of a page for a minute.
    pub async fn set_open<F: Masked>(&self, field: F, page: &str, open: bool) -> Result<()> {
        let column = format!("{}.{field}", F::THING);
        let mut columns = self.open_columns(page).await;
        columns.retain(|opened| *opened != column);
        if open {
            columns.push(column);
        }
        let grant = Grant { columns, page: page.to_owned(), until: self.now.plus_seconds(GRANT_SECONDS) };
        self.session.insert(GRANT, grant).await.map_err(session_failure)
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn session_failure(error: tower_sessions::session::Error) -> Error {
    tracing::warn!(%error, "session store failure");
    Error::Busy
}
