//! The outbox: letters on their way out of the product, by e-mail or SMS. A letter is a row, written together with what it
//! tells of; the row says what to tell and to whom, never in words and never with an address. A job writes it out in its
//! receiver's language and hands it to a [`Post`].

use uuid::Uuid;

use crate::{
    contact::{Email, Phone, Shown},
    ids::{LetterId, TenantId},
    messages::{Channel, Kind},
    moment::Moment,
};

pub mod rules;

#[cfg(feature = "ssr")]
mod demo;
#[cfg(feature = "ssr")]
pub(crate) mod entity;
#[cfg(feature = "ssr")]
mod smtp;
#[cfg(feature = "ssr")]
mod store;
#[cfg(feature = "ssr")]
mod work;
#[cfg(feature = "ssr")]
mod write;

#[cfg(feature = "ssr")]
pub use demo::{DemoLetter, DemoPost, demo_letters};
#[cfg(feature = "ssr")]
pub use smtp::{BadServer, Smtp};
#[cfg(feature = "ssr")]
pub(crate) use store::{Draft, To, delivery_of_code, delivery_of_invitation, put, put_code, put_invitation};
#[cfg(feature = "ssr")]
pub use store::{deliveries, sweep};
#[cfg(feature = "ssr")]
pub use work::work;
#[cfg(feature = "ssr")]
pub use write::{Content, Text, Write};

/// Where a letter stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::Display, strum::EnumString, strum::EnumIter)]
#[strum(serialize_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(sea_orm::DeriveValueType), sea_orm(value_type = "String"))]
pub enum State {
    /// It waits for its turn, the first or another one.
    Pending,
    /// A server is handing it over, or has stopped while it did.
    Sending,
    Sent,
    /// It was given up; the reason says why.
    Failed,
}

/// Why a letter has not been handed over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::Display, strum::EnumString, strum::EnumIter)]
#[strum(serialize_all = "snake_case")]
pub enum Reason {
    /// This way out is not set up.
    NotConfigured,
    /// The receiver has no address for it, or none that can be written to.
    NoAddress,
    /// The receiver is gone: disabled or removed.
    Gone,
    /// What it says is not true any more.
    Expired,
    /// The other side does not take it.
    Rejected,
    /// The other side could not be reached.
    Unreachable,
    /// What it says or where it goes can no longer be read.
    Unreadable,
}

/// Where a letter goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {
    Email(Email),
    Phone(Phone),
}

impl Address {
    /// The address as a person may see it.
    pub fn masked(&self) -> Shown {
        match self {
            Address::Email(email) => email.masked(),
            Address::Phone(phone) => phone.masked(),
        }
    }
}

/// A letter, written out. It may hold a code, so it does not print itself.
#[derive(Clone, PartialEq, Eq)]
pub struct Letter {
    /// The same at every try, so that whoever gets it twice can tell.
    pub id: LetterId,
    pub tenant: TenantId,
    pub at: Moment,
    pub to: Address,
    pub subject: String,
    pub body: String,
    /// What it says, as others than its receiver may read it.
    pub shown: String,
}

impl Letter {
    /// The way it goes.
    pub fn channel(&self) -> Channel {
        match self.to {
            Address::Email(_) => Channel::Email,
            Address::Phone(_) => Channel::Sms,
        }
    }
}

impl std::fmt::Debug for Letter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Letter").field("id", &self.id).finish_non_exhaustive()
    }
}

/// Why a letter was not taken, and whether another try makes sense.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Undelivered {
    pub reason: Reason,
    pub again: bool,
}

impl Undelivered {
    /// No further try will do better.
    pub fn for_good(reason: Reason) -> Undelivered {
        Undelivered { reason, again: false }
    }

    /// A later try may do better.
    pub fn for_now(reason: Reason) -> Undelivered {
        Undelivered { reason, again: true }
    }
}

/// Whoever takes letters out of the product.
pub trait Post: Send + Sync {
    /// Takes a letter. Where it already has one with this id, it takes none.
    fn send(&self, letter: &Letter) -> impl Future<Output = Result<(), Undelivered>> + Send;

    /// Whether it has taken the letter with this id before; nothing, if it cannot tell.
    fn has(&self, letter: LetterId, channel: Channel) -> impl Future<Output = Option<bool>> + Send;
}

/// A letter as those see it whom it concerns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Delivery {
    pub id: Uuid,
    pub at: Moment,
    pub channel: Channel,
    /// What kind of message it tells; nothing, if it brings a code or invites.
    pub kind: Option<Kind>,
    /// Whether it goes to a receiver of the tenant's choice.
    pub outside: bool,
    /// Whether it invites a prospect.
    pub invites: bool,
    pub state: State,
    pub tries: u32,
    pub reason: Option<Reason>,
}
