//! Outbound calls (外呼): a member calls a lead without ever seeing the number. The telephone network rings the member
//! first and then the lead; the product knows the call by its id and is told how it goes.

use serde::{Deserialize, Serialize};

use crate::{
    error::Refusal,
    ids::{CallId, LeadId},
    leads::{InvalidReason, Outcome, Way},
    moment::Moment,
};

mod rules;
pub use rules::{Facts, Happening, Progress, Report, Settings, Window, after, ending, likely, may_call, result};

#[cfg(feature = "ssr")]
mod callback;
#[cfg(feature = "ssr")]
mod draft;
#[cfg(feature = "ssr")]
pub(crate) mod entity;
#[cfg(feature = "ssr")]
mod ingest;
#[cfg(feature = "ssr")]
mod mute;
#[cfg(feature = "ssr")]
pub mod planting;
#[cfg(feature = "ssr")]
mod settings;
#[cfg(feature = "ssr")]
mod signature;
#[cfg(feature = "ssr")]
mod simulator;
#[cfg(feature = "ssr")]
mod store;
#[cfg(feature = "ssr")]
mod telephony;
#[cfg(feature = "ssr")]
mod voice_call;
#[cfg(feature = "ssr")]
mod work;

#[cfg(feature = "ssr")]
pub use callback::{Arrived, Body, receive};
#[cfg(feature = "ssr")]
pub use draft::{draft, save_draft};
#[cfg(feature = "ssr")]
pub use ingest::sweep;
#[cfg(feature = "ssr")]
pub(crate) use mute::of_lead as muted;
#[cfg(feature = "ssr")]
pub use mute::{mute, unmute};
#[cfg(feature = "ssr")]
pub use settings::{save_settings, settings};
#[cfg(feature = "ssr")]
pub(crate) use store::of_lead;
#[cfg(feature = "ssr")]
pub use store::{ask, cancel, get, pulse, record_outcome, start, unwritten, verdict};
#[cfg(feature = "ssr")]
pub use telephony::Telephony;
#[cfg(feature = "ssr")]
pub use voice_call::{BadVoice, VoiceCall};
#[cfg(feature = "ssr")]
pub use work::work;

/// Where a call stands. The order is that of a call's life.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    strum::Display,
    strum::EnumString,
    strum::EnumIter,
)]
#[strum(serialize_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(sea_orm::DeriveValueType), sea_orm(value_type = "String"))]
pub enum State {
    /// Waits for a server to place it.
    Queued,
    /// Handed to the telephone network; no server does it again.
    Placing,
    /// The member's own phone rings or has been picked up.
    Agent,
    /// The lead's phone rings.
    Ringing,
    /// Both talk.
    Answered,
    Ended,
}

/// What a call came to.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, strum::Display, strum::EnumString, strum::EnumIter,
)]
#[strum(serialize_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(sea_orm::DeriveValueType), sea_orm(value_type = "String"))]
pub enum CallResult {
    /// They talked.
    Completed,
    NoAnswer,
    Busy,
    /// The lead declined.
    Refused,
    /// The carrier does not put it through.
    Blocked,
    /// The member did not pick up its own phone.
    AgentUnreached,
    /// The member gave it up.
    Cancelled,
    /// It could not be placed.
    Failed,
    /// Nobody ever told how it ended.
    Unknown,
}

impl CallResult {
    /// Whether the lead's side was tried, so that there is something to write down.
    pub fn wants_outcome(self) -> bool {
        match self {
            CallResult::Completed
            | CallResult::NoAnswer
            | CallResult::Busy
            | CallResult::Refused
            | CallResult::Blocked
            | CallResult::Unknown => true,
            CallResult::AgentUnreached | CallResult::Cancelled | CallResult::Failed => false,
        }
    }
}

/// What has become of a member's wish that its call should end, while it goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The carrier has been asked for it, or is about to be.
    Asked,
    /// The carrier has not said yet by which name it knows the call, and is asked once it has.
    Unnamed,
    /// The carrier does not end it; the member may ask once more.
    Refused,
}

/// Why a call ended, as the network reports it. What says more about it counts more.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Serialize,
    Deserialize,
    strum::Display,
    strum::EnumString,
    strum::EnumIter,
)]
#[strum(serialize_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(sea_orm::DeriveValueType), sea_orm(value_type = "String"))]
pub enum Cause {
    /// Silence for too long.
    Unknown,
    /// Somebody hung up.
    HungUp,
    Failed,
    NoAnswer,
    Busy,
    Refused,
    Blocked,
}

/// Who carries the calls.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::Display, strum::EnumString)]
#[strum(serialize_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(sea_orm::DeriveValueType), sea_orm(value_type = "String"))]
pub enum Provider {
    /// Nobody: the calls of demos and tests happen by themselves.
    Simulator,
    /// The voice call service of Huawei Cloud.
    VoiceCall,
}

/// Why a number is not called any more.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, strum::Display, strum::EnumString, strum::EnumIter,
)]
#[strum(serialize_all = "snake_case")]
#[serde(rename_all = "snake_case")]
#[cfg_attr(feature = "ssr", derive(sea_orm::DeriveValueType), sea_orm(value_type = "String"))]
pub enum MuteReason {
    /// Whoever was called asked for it.
    Asked,
    Complaint,
    WrongNumber,
    Other,
}

/// That the number of a lead is not to be called, and since when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Muted {
    pub reason: MuteReason,
    pub by: String,
    pub at: Moment,
}

/// A call as its readers see it. It has no number.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CallRow {
    pub id: CallId,
    pub lead: LeadId,
    pub lead_number: i64,
    pub caller: String,
    /// Whether the reader is the one who called.
    pub is_own: bool,
    pub state: State,
    pub result: Option<CallResult>,
    /// Why it was not placed, if something stood in the way by then.
    pub refusal: Option<Refusal>,
    pub created_at: Moment,
    pub answered_at: Moment,
    pub ended_at: Moment,
    /// What has become of the member's wish that it should end, if there is one.
    pub ending: Option<Ending>,
    /// Whether what came of it still has to be written down, by the one who called.
    pub wants_outcome: bool,
    /// Whether a draft of that waits for the reader.
    pub has_draft: bool,
}

/// Where a call stands, and nothing else of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pulse {
    pub state: State,
    pub result: Option<CallResult>,
    /// What has become of the member's wish that it should end, if there is one.
    pub ending: Option<Ending>,
}

impl CallRow {
    /// Whether its reader may ask for its end.
    pub fn may_end(&self) -> bool {
        let is_open = self.ending.is_none_or(|ending| ending == Ending::Refused);
        self.is_own && is_open && self.state != State::Ended
    }

    /// How long both talked, in seconds.
    pub fn seconds(&self) -> Option<i64> {
        let talked = self.answered_at.happened() && self.ended_at.happened();
        talked.then(|| (self.ended_at.0 - self.answered_at.0).max(0) / 1000)
    }
}

/// A follow-up that an ended call leaves to be written, as far as it has been written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    pub way: Way,
    /// What is likely, until somebody has said it.
    pub outcome: Option<Outcome>,
    /// Nothing, until somebody has saved it: it begins with what the call itself says.
    pub content: Option<String>,
    /// As it was typed: a draft need not make sense yet.
    pub next_on: String,
    pub reason: Option<InvalidReason>,
    pub mute: Option<MuteReason>,
    /// When it was last saved, if it was.
    pub saved_at: Moment,
    /// How often.
    pub revision: i32,
}

impl Draft {
    /// What a call that came to this leaves.
    pub fn left_by(result: Option<CallResult>) -> Draft {
        Draft {
            way: Way::Call,
            outcome: result.and_then(likely),
            content: None,
            next_on: String::new(),
            reason: None,
            mute: None,
            saved_at: Moment::NEVER,
            revision: 0,
        }
    }
}

/// Whether a call may be made now, and the call that has to be finished first, if that is what stands in the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Verdict {
    pub refusal: Option<Refusal>,
    pub first: Option<CallId>,
}
