//! The audit trail (云审计): what was done, looked at, or refused. Append-only, and chained by keyed hashes: a chain for each
//! tenant, over all servers, and one for the platform. Events hold codes and ids, never names or numbers.

use serde::{Deserialize, Serialize};

use crate::{
    access::{Action, PartnerState, Role, TenantKind},
    calls::{CallResult, MuteReason, State as CallState},
    codes::Sensitive,
    error::Refusal,
    exports::List,
    ids::{
        AttachmentId, CallId, ExportId, ImportId, LeadId, MemberId, PreregistrationId, ReceiverId, RoleId, TenantId,
        ViewId,
    },
    leads::{Field, Outcome as FollowUp},
    messages::Channel,
    moment::Moment,
    page::Slice,
    people,
};

#[cfg(feature = "ssr")]
mod anchor;
#[cfg(feature = "ssr")]
mod append;
#[cfg(feature = "ssr")]
mod chain;
#[cfg(feature = "ssr")]
pub(crate) mod entity;
#[cfg(feature = "ssr")]
mod export;
#[cfg(feature = "ssr")]
mod store;
#[cfg(feature = "ssr")]
mod verify;

#[cfg(feature = "ssr")]
pub use anchor::{Anchor, anchors};
#[cfg(feature = "ssr")]
pub(crate) use append::{Entry, append, append_shared};
#[cfg(feature = "ssr")]
pub use chain::Chain;
#[cfg(feature = "ssr")]
pub use export::{exportable, exported, numbers};
#[cfg(feature = "ssr")]
pub use store::list;
#[cfg(feature = "ssr")]
pub(crate) use store::{count_any_since, count_since, latest_at, latest_detail};
#[cfg(feature = "ssr")]
pub use verify::{Verdict, verify};

/// How an act ended.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, strum::Display, strum::EnumString, strum::EnumIter,
)]
#[strum(serialize_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(sea_orm::DeriveValueType), sea_orm(value_type = "String"))]
pub enum Outcome {
    Done,
    Refused,
}

/// Why a sign-in was refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SignInRefusal {
    /// No such tenant, no such account, a disabled one, or another password: the answer is the same for all.
    Credentials,
    /// Too many failures before.
    Throttled,
}

/// Everything that leaves a line in the trail.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, strum::AsRefStr, strum::VariantNames)]
#[strum(serialize_all = "snake_case")]
#[serde(rename_all = "snake_case")]
pub enum Event {
    SignedIn,
    SignInRefused {
        why: SignInRefusal,
    },
    SignedOut,
    SignedOutEverywhere,
    PasswordChanged,
    PasswordRefused,
    Refused {
        action: Action,
    },
    LeadCreated {
        lead: LeadId,
    },
    DuplicateMet,
    LeadDispatched {
        lead: LeadId,
        to: MemberId,
        from: Option<MemberId>,
    },
    LeadReturned {
        lead: LeadId,
    },
    LeadFollowedUp {
        lead: LeadId,
        outcome: FollowUp,
    },
    LeadReopened {
        lead: LeadId,
    },
    AttachmentDownloaded {
        lead: LeadId,
        attachment: AttachmentId,
    },
    LeadValueRevealed {
        lead: LeadId,
        field: Field,
    },
    RevealRefused {
        field: Field,
    },
    LeadsSearched {
        fingerprint: String,
    },
    SearchRefused,
    ImportUploaded {
        import: ImportId,
    },
    ImportConfirmed {
        import: ImportId,
    },
    ImportCancelled {
        import: ImportId,
    },
    ImportChecked {
        import: ImportId,
        bad: u64,
    },
    LeadsImported {
        import: ImportId,
        rows: u64,
    },
    ImportFailed {
        import: ImportId,
    },
    ExportRequested {
        export: ExportId,
        /// Which list the file is of; not in lines of before it was told.
        #[serde(default)]
        list: Option<List>,
    },
    ExportFinished {
        export: ExportId,
        #[serde(default)]
        list: Option<List>,
        rows: u64,
    },
    ExportDownloaded {
        export: ExportId,
        #[serde(default)]
        list: Option<List>,
    },
    ExportFailed {
        export: ExportId,
        #[serde(default)]
        list: Option<List>,
    },
    ExportCancelled {
        export: ExportId,
        #[serde(default)]
        list: Option<List>,
    },
    ExportExpired {
        export: ExportId,
        #[serde(default)]
        list: Option<List>,
    },
    PreferenceSaved,
    MessagesRead,
    LeadReminded {
        lead: LeadId,
    },
    ReceiversChanged {
        receiver: ReceiverId,
        added: bool,
    },
    CodeSent {
        operation: Sensitive,
        by: Channel,
    },
    CodeRefused {
        operation: Sensitive,
    },
    CodeFailed {
        operation: Sensitive,
    },
    CodeConfirmed {
        operation: Sensitive,
    },
    VerificationSwitched {
        on: bool,
    },
    ViewSaved {
        view: ViewId,
    },
    ViewDeleted {
        view: ViewId,
    },
    /// The vendor has restricted or frozen a partner, or taken that back.
    PartnerStateSet {
        partner: TenantId,
        state: PartnerState,
    },
    TenantCreated {
        created: TenantId,
    },
    /// A tenant's chain has its first line.
    TrailBegun {
        of: TenantId,
    },
    MemberCreated {
        member: MemberId,
    },
    MemberEdited {
        member: MemberId,
        fields: Vec<people::Part>,
    },
    RolesChanged {
        member: MemberId,
        before: Vec<people::Held>,
        after: Vec<people::Held>,
    },
    SupervisorSet {
        member: MemberId,
        supervisor: Option<MemberId>,
    },
    QualificationReviewed {
        member: MemberId,
        role: Role,
        under_review: bool,
    },
    ContactsChanged {
        before: Vec<MemberId>,
        after: Vec<MemberId>,
    },
    MemberDisabled {
        member: MemberId,
    },
    MemberEnabled {
        member: MemberId,
    },
    PasswordReset {
        member: MemberId,
    },
    MemberValueRevealed {
        member: MemberId,
        field: people::Field,
    },
    MemberRevealRefused {
        field: people::Field,
    },
    SessionEnded {
        member: MemberId,
    },
    RoleTaken {
        member: MemberId,
        /// Not in lines of before it was named.
        #[serde(default)]
        role: Option<Role>,
    },
    RoleCreated {
        role: RoleId,
        items: Vec<Action>,
    },
    RoleEdited {
        role: RoleId,
        before: Vec<Action>,
        after: Vec<Action>,
    },
    RoleDeleted {
        role: RoleId,
    },
    CallStarted {
        lead: LeadId,
        call: CallId,
    },
    CallRefused {
        lead: LeadId,
        why: Refusal,
    },
    CallMoved {
        lead: LeadId,
        call: CallId,
        state: CallState,
    },
    CallEnded {
        lead: LeadId,
        call: CallId,
        result: CallResult,
    },
    CallCancelled {
        lead: LeadId,
        call: CallId,
    },
    CallDraftSaved {
        lead: LeadId,
        call: CallId,
    },
    CallRulesSaved,
    DoNotCallAdded {
        lead: LeadId,
        reason: MuteReason,
    },
    DoNotCallLifted {
        lead: LeadId,
    },
    LeadDeveloped {
        lead: LeadId,
        preregistration: PreregistrationId,
    },
    PreregistrationCreated {
        preregistration: PreregistrationId,
    },
    PreregistrationRefused {
        lead: LeadId,
        why: Refusal,
    },
    PreregistrationExpired {
        preregistration: PreregistrationId,
    },
    InvitationSent {
        preregistration: PreregistrationId,
    },
}

/// The codes of those events that each stand for one clear value that somebody has seen. They share one quota.
pub const REVEALS: [&str; 2] = ["lead_value_revealed", "member_value_revealed"];

impl Event {
    /// The event's stable code.
    pub fn code(&self) -> &str {
        self.as_ref()
    }

    /// The id of the thing it happened to.
    pub fn object(&self) -> Option<uuid::Uuid> {
        match self {
            Event::LeadCreated { lead }
            | Event::LeadDispatched { lead, .. }
            | Event::LeadReturned { lead }
            | Event::LeadFollowedUp { lead, .. }
            | Event::LeadReopened { lead }
            | Event::LeadReminded { lead }
            | Event::AttachmentDownloaded { lead, .. }
            | Event::LeadValueRevealed { lead, .. }
            | Event::CallStarted { lead, .. }
            | Event::CallRefused { lead, .. }
            | Event::CallMoved { lead, .. }
            | Event::CallEnded { lead, .. }
            | Event::CallCancelled { lead, .. }
            | Event::CallDraftSaved { lead, .. }
            | Event::DoNotCallAdded { lead, .. }
            | Event::DoNotCallLifted { lead }
            | Event::LeadDeveloped { lead, .. }
            | Event::PreregistrationRefused { lead, .. } => Some(lead.0),
            Event::PreregistrationCreated { preregistration }
            | Event::PreregistrationExpired { preregistration }
            | Event::InvitationSent { preregistration } => Some(preregistration.0),
            Event::ImportUploaded { import }
            | Event::ImportConfirmed { import }
            | Event::ImportCancelled { import }
            | Event::ImportChecked { import, .. }
            | Event::ImportFailed { import }
            | Event::LeadsImported { import, .. } => Some(import.0),
            Event::ReceiversChanged { receiver, .. } => Some(receiver.0),
            Event::ExportRequested { export, .. }
            | Event::ExportFinished { export, .. }
            | Event::ExportDownloaded { export, .. }
            | Event::ExportFailed { export, .. }
            | Event::ExportCancelled { export, .. }
            | Event::ExportExpired { export, .. } => Some(export.0),
            Event::PartnerStateSet { partner, .. } => Some(partner.0),
            Event::TenantCreated { created: tenant } | Event::TrailBegun { of: tenant } => Some(tenant.0),
            Event::RoleCreated { role, .. } | Event::RoleEdited { role, .. } | Event::RoleDeleted { role } => {
                Some(role.0)
            }
            Event::MemberCreated { member }
            | Event::MemberEdited { member, .. }
            | Event::RolesChanged { member, .. }
            | Event::SupervisorSet { member, .. }
            | Event::QualificationReviewed { member, .. }
            | Event::MemberDisabled { member }
            | Event::MemberEnabled { member }
            | Event::PasswordReset { member }
            | Event::MemberValueRevealed { member, .. }
            | Event::SessionEnded { member }
            | Event::RoleTaken { member, .. } => Some(member.0),
            Event::ViewSaved { view } | Event::ViewDeleted { view } => Some(view.0),
            Event::SignedIn
            | Event::SignInRefused { .. }
            | Event::SignedOut
            | Event::SignedOutEverywhere
            | Event::ContactsChanged { .. }
            | Event::PasswordChanged
            | Event::PasswordRefused
            | Event::Refused { .. }
            | Event::RevealRefused { .. }
            | Event::MemberRevealRefused { .. }
            | Event::LeadsSearched { .. }
            | Event::SearchRefused
            | Event::DuplicateMet
            | Event::PreferenceSaved
            | Event::CodeSent { .. }
            | Event::CodeRefused { .. }
            | Event::CodeFailed { .. }
            | Event::CodeConfirmed { .. }
            | Event::VerificationSwitched { .. }
            | Event::CallRulesSaved
            | Event::MessagesRead => None,
        }
    }
}

/// What the trail is narrowed to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// The account that acted, whole.
    pub account: String,
    /// An event's code.
    pub event: String,
    pub outcome: Option<Outcome>,
    /// The thing it happened to.
    pub object: Option<uuid::Uuid>,
    pub from: Option<chrono::NaiveDate>,
    pub to: Option<chrono::NaiveDate>,
}

/// What is asked of the trail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Query {
    pub filter: Filter,
    pub slice: Slice,
}

/// A company as it stands in another one's trail.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Party {
    /// The vendor, by whoever operates the product.
    Vendor,
    Company {
        title: String,
        kind: TenantKind,
    },
}

impl Party {
    /// What the company is called.
    pub fn title(&self) -> Option<&str> {
        match self {
            Party::Vendor => None,
            Party::Company { title, .. } => Some(title),
        }
    }
}

/// One line of the trail, as its reader sees it.
#[derive(Clone, Debug)]
pub struct AuditRow {
    pub number: i64,
    pub at: Moment,
    /// Whose trail it is, for readers of several.
    pub tenant: Option<String>,
    /// The account that acted, if one did.
    pub account: Option<String>,
    /// The company that acted, where it was another one.
    pub acting: Option<Party>,
    /// The other company that it concerns, where its own trail tells of it too.
    pub second: Option<Party>,
    pub code: String,
    /// What happened; nothing if an older version wrote what this one does not know.
    pub event: Option<Event>,
    /// The member that the event names, by account.
    pub other_account: Option<String>,
    /// The number of the lead that the event names, if the reader may see it.
    pub lead_number: Option<i64>,
    pub outcome: Outcome,
    pub address: String,
    pub request: String,
}

#[cfg(test)]
mod tests {
    use strum::VariantNames;

    use super::*;

    #[test]
    fn every_event_that_shows_a_value_counts_against_the_quota() {
        let showing = Event::VARIANTS.iter().filter(|code| code.ends_with("_value_revealed"));
        assert_eq!(showing.copied().collect::<Vec<_>>(), REVEALS);
    }
}
