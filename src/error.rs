//! What can go wrong, as codes. Only `app` turns them into words.

use serde::{Deserialize, Serialize};

use crate::{access::Action, codes::Needed, contact::Flaw};

/// The result of everything that reads or changes.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why something was not done. Carries no text from below.
#[derive(Clone, Debug, PartialEq, Eq, strum::AsRefStr)]
#[strum(serialize_all = "snake_case")]
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
    NotALeadNumber,
    BeforeItsBegin,
    NotAllowed,
    BrokeOff,
    AccountShape,
    ReservedAccount,
    NotMobile,
    Taken,
    TooManyRoles,
    AdministratorAlone,
    ManagerAndSupervisor,
    WithoutView,
    NotASupervisor,
    UnderReview,
    RoleNotHeld,
    TooManyCustomerContacts,
    ChosenTwice,
    NotActive,
    NoSuchMember,
    NotAMobile,
    OutOfRange,
    MoreThanPerWeek,
    NameTaken,
    TooManyFiles,
    LeadFilesFull,
    TenantFilesFull,
    FileKind,
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
#[cfg_attr(feature = "ssr", derive(sea_orm::DeriveValueType), sea_orm(value_type = "String"))]
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
    /// Where the tenant asks for codes, only so many hidden values are shown at a time.
    TooManyToShow,
    /// What was to be done has ended.
    Over,
    /// Nobody does this to itself.
    Oneself,
    /// The tenant would have no administrator any more.
    LastAdministrator,
    /// That member is disabled, so first it must be enabled.
    MemberDisabled,
    /// That member is not disabled.
    MemberEnabled,
    /// Only account managers have a supervisor.
    NotAManager,
    /// Somebody still holds the role.
    RoleHeld,
    /// Calling out is for tenants of marketing plan 2.0.
    OutsidePlan2,
    /// The vendor has frozen the partner, or the distributor above it.
    PartnerFrozen,
    /// The lead has no phone.
    NoPhone,
    /// The member has no phone on file to be rung at.
    NoOwnPhone,
    /// The number is on the list of those not called.
    DoNotCall,
    /// It is not on that list.
    NotMuted,
    /// Nobody is called at this hour.
    QuietHours,
    /// The number has been called as often as it may be.
    CalledTooOften,
    /// The member has made as many calls as fit into a minute.
    CallsTooFast,
    /// The call was not placed in time.
    WaitedTooLong,
    /// A call is still going on.
    CallUnderWay,
    /// What came of an earlier call has not been written down.
    OutcomeMissing,
    /// Somebody else made this call.
    NotTheCaller,
    /// The prospect is pre-registered already, by whomever.
    Preregistered,
    /// As many prospects as a partner may hold are pre-registered.
    TooManyPreregistrations,
    /// The member has neither a mobile nor an e-mail on file.
    NoContactOnFile,
    /// There is not a row that could be exported.
    NothingToExport,
    /// More rows than an export takes.
    TooManyToExport,
    /// As many exports are under way as a member, or a tenant, may have at once.
    ExportsUnderWay,
    /// The file is not written yet.
    NotWrittenYet,
    /// The file has been kept for its time and is forgotten.
    FileForgotten,
    /// It broke off half-way, for a reason that the log knows.
    BrokeOff,
    /// There are as many saved views as a list has room for.
    TooManyViews,
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

/// What each database calls the constraints that a member or role of the same name runs into, and the field of the form.
#[cfg(feature = "ssr")]
const UNIQUE: [(&str, &str); 9] = [
    ("members_phone_print", "phone"),
    ("members.phone_print", "phone"),
    ("members_email_print", "email"),
    ("members.email_print", "email"),
    ("members_account_once", "account"),
    ("members_tenant_id_account", "account"),
    ("members.account", "account"),
    ("roles_tenant_id_name", "name"),
    ("roles.name", "name"),
];

/// What database failures say that pass by themselves: it is locked, full, restarting, or not there.
#[cfg(feature = "ssr")]
const AWAY: [&str; 17] = [
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
    "canceling statement",
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
        if let Some(sea_orm::SqlErr::UniqueConstraintViolation(of)) = error.sql_err()
            && let Some((_, field)) = UNIQUE.iter().find(|(name, _)| of.contains(name))
        {
            return Problem::alone(field, Code::Taken);
        }
        tracing::error!(%error, "database failure");
        Error::Internal
    }
}
