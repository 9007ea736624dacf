//! What can go wrong, as codes. Only `app` turns them into words.

use serde::{Deserialize, Serialize};

use crate::{access::Action, codes::Needed, contact::Flaw};

/// The result of everything that reads or changes.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why something was not done. Carries no text from below.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Error {
    /// Nobody is signed in (401, or the sign-in page).
    SignedOut,
    /// The viewer's roles never permit this (403).
    Denied(Action),
    /// There is no such thing within the viewer's scope (404).
    NotFound,
    /// The address or the request itself makes no sense (400).
    Malformed,
    /// More was sent than is taken (413).
    TooLarge,
    /// Some fields need another value (422).
    Invalid(Vec<Problem>),
    /// The thing is in a state that does not allow this (409).
    Conflict(Refusal),
    /// A verification code is needed first, or another one (422; 429 where no more are sent for now).
    CodeNeeded(Box<Needed>),
    /// Too much in too short a time; try again after so many seconds (429).
    TooMany { retry_after: i64 },
    /// The product is at its limit for the moment (503).
    Busy,
    /// An open lead of the same company and contact came in between (caught where a lead is written).
    Twin,
    /// This very form was already sent; its result is at that address (303).
    Repeated(String),
    /// Something broke; it has been logged (500).
    Internal,
}

/// One field of a form and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The field's name in the form.
    pub field: &'static str,
    /// What is wrong.
    pub code: Code,
}

/// What can be wrong with a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, strum::Display, strum::EnumString)]
#[strum(serialize_all = "snake_case")]
pub enum Code {
    Required,
    TooShort,
    TooLong,
    Malformed,
    Unprintable,
    Unknown,
    PhoneOrEmail,
    Future,
    Within90Days,
    Duplicate,
    DuplicateElsewhere,
    DuplicateInFile,
    TooManyContacts,
    NotAFollower,
    Telesales,
    WrongPassword,
    WeakPassword,
    SamePassword,
    Mismatch,
    Nothing,
    TooLarge,
    NotATable,
    NotAMobile,
    TooManyReceivers,
    NoOwnAddress,
}

/// Why a thing does not take a step.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    strum::Display,
    strum::EnumString,
    strum::EnumIter,
)]
#[strum(serialize_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Refusal {
    /// The viewer's roles never permit it.
    NoPermission,
    /// Only the follower does this.
    NotTheFollower,
    /// It has no follower yet.
    NotDispatched,
    /// It is closed: converted or invalid.
    Closed,
    /// It is open, so there is nothing to reopen.
    NotInvalid,
    /// Somebody else was faster; look at it again.
    ChangedMeanwhile,
    /// It is dispatched to that member already.
    SameFollower,
    /// That operator has no permission for leads.
    FollowerWithoutPermission,
    /// That member is authorised telesales staff.
    FollowerIsTelesales,
    /// That member cannot sign in any more.
    FollowerDisabled,
    /// An open lead of the same company and contact exists.
    DuplicateOpen,
    /// In marketing plan 2.0 phone and e-mail stay anonymised.
    SealedByPlan2,
    /// The viewer does not see it, or it does not exist.
    OutOfSight,
    /// Too many at once.
    TooManyAtOnce,
    /// What was to be done has ended.
    Over,
}

impl Problem {
    /// A problem of a field.
    pub fn new(field: &'static str, code: Code) -> Problem {
        Problem { field, code }
    }

    /// The error of a single bad field.
    pub fn alone(field: &'static str, code: Code) -> Error {
        Error::Invalid(vec![Problem { field, code }])
    }
}

impl From<Flaw> for Code {
    fn from(flaw: Flaw) -> Code {
        match flaw {
            Flaw::Empty => Code::Required,
            Flaw::TooShort => Code::TooShort,
            Flaw::TooLong => Code::TooLong,
            Flaw::Malformed => Code::Malformed,
            Flaw::Unprintable => Code::Unprintable,
        }
    }
}

/// What database failures say that pass by themselves: it is locked, full, restarting, or not there.
#[cfg(feature = "ssr")]
const AWAY: [&str; 16] = [
    "database is locked",
    "database or disk is full",
    "disk I/O error",
    "unable to open database file",
    "attempt to write a readonly database",
    "pool timed out",
    "error communicating with database",
    "expected to read",
    "onnection refused",
    "onnection reset",
    "terminating connection",
    "the database system is",
    "cannot execute",
    "too many clients",
    "deadlock detected",
    "could not serialize access",
];

/// A database failure is logged once, here, and answered opaquely.
#[cfg(feature = "ssr")]
impl From<sea_orm::DbErr> for Error {
    fn from(error: sea_orm::DbErr) -> Error {
        let text = error.to_string();
        if AWAY.iter().any(|sign| text.contains(sign)) {
            tracing::warn!(%error, "the database is busy or away");
            return Error::Busy;
        }
        if matches!(error.sql_err(), Some(sea_orm::SqlErr::UniqueConstraintViolation(of)) if of.contains("twin_")) {
            return Error::Twin;
        }
        tracing::error!(%error, "database failure");
        Error::Internal
    }
}
