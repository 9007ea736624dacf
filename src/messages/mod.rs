//! Messages (消息中心): what a member should know of, with a link to the thing, and where else it is told: by e-mail, by
//! SMS, and to receivers of the tenant's choice.

use serde::{Deserialize, Serialize};

use crate::{
    contact::Shown,
    ids::{ExportId, ImportId, LeadId, MemberId, MessageId, ReceiverId, TenantId},
    moment::Moment,
    page::Slice,
};

#[cfg(feature = "ssr")]
mod channels;
#[cfg(feature = "ssr")]
pub(crate) mod entity;
#[cfg(feature = "ssr")]
mod receivers;
#[cfg(feature = "ssr")]
mod store;
#[cfg(feature = "ssr")]
mod tell;

#[cfg(feature = "ssr")]
pub use channels::{choose, chosen, closed};
#[cfg(feature = "ssr")]
pub(crate) use receivers::receiver_address;
#[cfg(feature = "ssr")]
pub use receivers::{NewReceiver, add_receiver, receivers, remove_receiver};
#[cfg(feature = "ssr")]
pub(crate) use store::about;
#[cfg(feature = "ssr")]
pub use store::{count, list, mark_all_read, mark_read, sweep, unread};
#[cfg(feature = "ssr")]
pub(crate) use tell::{plant, tell, tell_each, tell_of};

/// What a message tells, with the ids and codes that it takes to say it. Names and numbers are looked up for its reader.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, strum::EnumDiscriminants)]
#[serde(rename_all = "snake_case")]
#[strum_discriminants(
    name(Kind),
    doc = "The kind of a message.",
    derive(Hash, PartialOrd, Ord, strum::Display, strum::EnumString, strum::EnumIter),
    strum(serialize_all = "snake_case")
)]
pub enum Notice {
    /// A lead is its reader's now.
    LeadDispatched { lead: LeadId },
    /// Nobody has followed a lead up in the days since it was dispatched.
    LeadUnfollowed { lead: LeadId, follower: MemberId },
    /// A lead has come back to those who dispatch it.
    LeadReturned { lead: LeadId, by: MemberId },
    /// An import is over: with so many leads written, or with none because it failed.
    ImportEnded { import: ImportId, written: Option<u64> },
    /// An export is over: with so many rows in its file, or with none because it failed.
    ExportEnded { export: ExportId, written: Option<u64> },
    /// Its reader has other roles now.
    RolesChanged { by: MemberId },
    /// Its reader's password is another one now, to be changed at the next sign-in.
    PasswordReset { by: MemberId },
    /// The tenant asks for verification codes from now on, or does not any more.
    VerificationSwitched { on: bool, by: MemberId },
    /// The vendor has set up a reseller under the distributor.
    ResellerJoined { reseller: TenantId },
}

impl Notice {
    /// The kind of the message.
    pub fn kind(&self) -> Kind {
        self.into()
    }

    /// What the message is about.
    pub fn object(&self) -> Object {
        match self {
            Notice::LeadDispatched { lead }
            | Notice::LeadUnfollowed { lead, .. }
            | Notice::LeadReturned { lead, .. } => Object::Lead(*lead),
            Notice::ImportEnded { import, .. } => Object::Import(*import),
            Notice::ExportEnded { export, .. } => Object::Export(*export),
            Notice::RolesChanged { .. }
            | Notice::PasswordReset { .. }
            | Notice::VerificationSwitched { .. }
            | Notice::ResellerJoined { .. } => Object::Nothing,
        }
    }

    /// The colleague whom the message names, besides its reader.
    pub fn colleague(&self) -> Option<MemberId> {
        match self {
            Notice::LeadUnfollowed { follower: member, .. }
            | Notice::LeadReturned { by: member, .. }
            | Notice::RolesChanged { by: member }
            | Notice::PasswordReset { by: member }
            | Notice::VerificationSwitched { by: member, .. } => Some(*member),
            Notice::LeadDispatched { .. }
            | Notice::ImportEnded { .. }
            | Notice::ExportEnded { .. }
            | Notice::ResellerJoined { .. } => None,
        }
    }

    /// The other company that the message is about.
    pub fn company(&self) -> Option<TenantId> {
        match self {
            Notice::ResellerJoined { reseller } => Some(*reseller),
            Notice::LeadDispatched { .. }
            | Notice::LeadUnfollowed { .. }
            | Notice::LeadReturned { .. }
            | Notice::ImportEnded { .. }
            | Notice::ExportEnded { .. }
            | Notice::RolesChanged { .. }
            | Notice::PasswordReset { .. }
            | Notice::VerificationSwitched { .. } => None,
        }
    }
}

impl Kind {
    /// The group that a reader filters by and chooses channels for.
    pub fn group(self) -> Group {
        match self {
            Kind::LeadDispatched | Kind::LeadUnfollowed | Kind::LeadReturned => Group::Leads,
            Kind::ImportEnded | Kind::ExportEnded => Group::Files,
            Kind::RolesChanged | Kind::PasswordReset | Kind::VerificationSwitched | Kind::ResellerJoined => {
                Group::Account
            }
        }
    }
}

/// Kinds of messages that belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, strum::Display, strum::EnumString, strum::EnumIter)]
#[strum(serialize_all = "snake_case")]
pub enum Group {
    Leads,
    /// Imports and exports.
    Files,
    /// What changes with the accounts of members, and around the company.
    Account,
}

impl Group {
    /// The channels that are used until a member chooses others.
    pub fn usual(self) -> Channels {
        match self {
            Group::Leads | Group::Account => Channels { email: true, sms: false },
            Group::Files => Channels { email: false, sms: false },
        }
    }
}

/// What a message links to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Object {
    Nothing,
    Lead(LeadId),
    Import(ImportId),
    Export(ExportId),
}

impl Object {
    /// The thing's id, if there is a thing.
    pub fn id(self) -> Option<uuid::Uuid> {
        match self {
            Object::Nothing => None,
            Object::Lead(lead) => Some(lead.0),
            Object::Import(import) => Some(import.0),
            Object::Export(export) => Some(export.0),
        }
    }
}

/// A way out of the product.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, strum::Display, strum::EnumString, strum::EnumIter,
)]
#[strum(serialize_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(sea_orm::DeriveValueType), sea_orm(value_type = "String"))]
pub enum Channel {
    Email,
    Sms,
}

/// Which ways messages take besides the message centre, where they always are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Channels {
    pub email: bool,
    pub sms: bool,
}

impl Channels {
    /// Whether a channel is among them.
    pub fn has(self, channel: Channel) -> bool {
        match channel {
            Channel::Email => self.email,
            Channel::Sms => self.sms,
        }
    }
}

/// The language that letters are written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, strum::Display, strum::EnumString, strum::EnumIter)]
#[cfg_attr(feature = "ssr", derive(sea_orm::DeriveValueType), sea_orm(value_type = "String"))]
pub enum Language {
    #[default]
    #[strum(serialize = "zh-CN")]
    Chinese,
    #[strum(serialize = "en")]
    English,
}

/// A message with what its reader may know of the thing that it is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct About {
    pub notice: Notice,
    /// The lead's number, where the reader sees the lead.
    pub number: Option<i64>,
    /// Whether the reader may follow the link.
    pub is_visible: bool,
    /// The colleague that the message names; nobody, if that is the reader.
    pub colleague: Option<String>,
    /// The title of the other company that the message is about.
    pub company: Option<String>,
}

/// One message of a member's list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MessageRow {
    pub id: MessageId,
    pub about: About,
    pub at: Moment,
    pub is_read: bool,
}

/// What the list is narrowed to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    pub group: Option<Group>,
    /// Only those that are read, or only those that are not.
    pub read: Option<bool>,
}

/// What is asked of the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Query {
    pub filter: Filter,
    pub slice: Slice,
}

/// Somebody outside who gets the tenant's messages of one kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceiverRow {
    pub id: ReceiverId,
    pub kind: Kind,
    pub name: Shown,
    pub email: Shown,
    pub phone: Shown,
    pub language: Language,
}

#[cfg(test)]
mod tests {
    use strum::IntoEnumIterator;
    use uuid::Uuid;

    use super::*;

    #[test]
    fn a_notice_keeps_codes_and_ids_alone() {
        let lead = LeadId(Uuid::from_u128(1));
        let text = |notice: &Notice| notice.kind().to_string();
        assert_eq!(text(&Notice::LeadDispatched { lead }), "lead_dispatched");
        assert_eq!(Notice::LeadDispatched { lead }.object(), Object::Lead(lead));
        assert_eq!(Notice::VerificationSwitched { on: true, by: MemberId(Uuid::from_u128(2)) }.object().id(), None);
    }

    #[test]
    fn every_group_has_a_kind() {
        for group in Group::iter() {
            assert!(Kind::iter().any(|kind| kind.group() == group), "{group}");
        }
    }
}
