//! The port to the telephone network: what the product asks of whoever carries its calls. What the carrier tells comes
//! back as reports (see `ingest`).

use super::{Body, Provider, VoiceCall, simulator};
use crate::{contact::Phone, error::Error, ids::CallId, moment::Moment, vault::Vault};

/// Who carries the calls of this server.
#[derive(Clone, Debug)]
pub enum Telephony {
    /// Nobody is set up to: every call fails.
    Absent,
    /// Nobody: calls happen by themselves.
    Simulator,
    /// The voice call service of Huawei Cloud.
    VoiceCall(Box<VoiceCall>),
}

/// The two numbers that a call joins.
pub(super) struct Legs {
    /// Rung first.
    pub agent: Phone,
    pub callee: Phone,
}

/// Why a call was not placed, or not ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NotDone {
    /// The carrier said no, or was not reached.
    Certainly,
    /// The carrier may have done it without our hearing so.
    Perhaps,
}

impl Telephony {
    /// The carrier's code, kept with each call.
    pub fn provider(&self) -> Option<Provider> {
        match self {
            Telephony::Absent => None,
            Telephony::Simulator => Some(Provider::Simulator),
            Telephony::VoiceCall(_) => Some(Provider::VoiceCall),
        }
    }

    /// What the signature under a callback is remembered by. Without a carrier that signs, the mark in the address counts
    /// alone.
    pub(super) fn signed(
        &self,
        call: CallId,
        body: Body,
        header: Option<&str>,
        vault: &Vault,
        now: Moment,
    ) -> Result<Option<String>, Error> {
        match self {
            Telephony::Absent | Telephony::Simulator => Ok(None),
            Telephony::VoiceCall(voice) => voice.signed(call, body, header, vault, now),
        }
    }

    /// Rings the member and then the lead; the call's own id is the key by which the carrier could tell it from a second
    /// one. Returns the carrier's name for the call.
    pub(super) async fn place(&self, legs: &Legs, call: CallId, vault: &Vault, now: Moment) -> Result<String, NotDone> {
        match self {
            Telephony::Absent => Err(NotDone::Certainly),
            Telephony::Simulator => Ok(simulator::place(&legs.callee, call)),
            Telephony::VoiceCall(voice) => voice.place(legs, call, vault, now).await,
        }
    }

    /// Asks for the end of a call.
    pub(super) async fn stop(&self, provider_call: &str, now: Moment) -> Result<(), NotDone> {
        match self {
            Telephony::Absent => Err(NotDone::Certainly),
            Telephony::Simulator => Ok(()),
            Telephony::VoiceCall(voice) => voice.stop(provider_call, now).await,
        }
    }
}
