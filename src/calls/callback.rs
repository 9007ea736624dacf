//! What the voice call service tells: states while a call goes on, and its bill afterwards. Nobody is signed in for a
//! callback; it counts because its address holds a keyed mark of its call, which only the service was told, and because the
//! service has signed it.
//!
//! The service limits how long an address may be, so ours is short: `/v/`, the id of the call and its mark, 128 bits each,
//! as base64 for addresses, and a letter for what is told.
//!
//! The service names both numbers in what it sends. They are compared with those of the call and kept nowhere.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::NaiveDateTime;
use sea_orm::{QueryFilter, entity::prelude::*};
use serde::Deserialize;

use super::{
    Cause, Happening, Report, Telephony,
    entity::{Column, Entity, Model},
    ingest::{self, Told},
    work,
};
use crate::{
    ctx::{Store, everyones},
    error::{Error, Result},
    ids::CallId,
    moment::Moment,
    vault::Vault,
};

/// How far a reported time may be off, in seconds, before the time of its arrival is taken instead.
const DRIFT_SECONDS: i64 = 6 * 3600;

/// What a callback is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::Display, strum::EnumString)]
pub enum Body {
    /// A state of the call.
    #[strum(serialize = "s")]
    Status,
    /// Its bill.
    #[strum(serialize = "f")]
    Fee,
}

/// The mark of a call in the address of its callbacks.
pub(super) fn mark(vault: &Vault, call: CallId) -> String {
    URL_SAFE_NO_PAD.encode(vault.short_fingerprint(KIND, &call.to_string()))
}

const KIND: &str = "voice callback";
/// The longest address that the service takes.
pub(super) const LONGEST: usize = 128;
/// How much of it is ours behind the origin.
pub(super) const PATH: usize = "/v/".len() + 22 + "/".len() + 22 + "/s".len();

/// The address to which the service tells of a call.
pub(super) fn address(base: &str, vault: &Vault, call: CallId, body: Body) -> String {
    format!("{base}/v/{}/{}/{body}", URL_SAFE_NO_PAD.encode(call.0.as_bytes()), mark(vault, call))
}

/// A callback as it arrived.
#[derive(Clone, Copy, Debug)]
pub struct Arrived<'a> {
    /// The call, its mark, and what it is about, as the address says them.
    pub call: &'a str,
    pub mark: &'a str,
    pub body: &'a str,
    /// The header that signs it.
    pub signature: Option<&'a str>,
    pub bytes: &'a [u8],
}

/// Takes in what a callback tells.
///
/// # Errors
/// `NotFound` if the address is not one that we have given out or means another call, `SignedOut` if it is not signed as
/// the service signs, just now and for the first time, `Malformed` if the body makes no sense. What does not matter for
/// the call is taken and forgotten.
pub async fn receive(store: &Store, telephony: &Telephony, arrived: Arrived<'_>, now: Moment) -> Result<()> {
    let id = CallId(Uuid::from_bytes(sixteen(arrived.call).ok_or(Error::NotFound)?));
    let body: Body = arrived.body.parse().map_err(|_| Error::NotFound)?;
    let mark = sixteen(arrived.mark).ok_or(Error::NotFound)?;
    if !store.vault.vouches_shortly(KIND, &id.to_string(), &mark) {
        return Err(Error::NotFound);
    }
    let signature = telephony.signed(id, body, arrived.signature, &store.vault, now).inspect_err(|_| {
        tracing::warn!(call.id = %id, "a callback with a good address is not signed by the voice service");
    })?;
    let call = everyones::<Entity>().filter(Column::Id.eq(id)).one(&store.db).await?.ok_or(Error::NotFound)?;
    let (session, reports) = match body {
        Body::Status => status(store, &call, arrived.bytes, now).await?,
        Body::Fee => fee(&call, arrived.bytes, now)?,
    };
    let told = Told { provider_call: session.as_deref(), signature, ..Told::of(&reports) };
    ingest::record(store, id, told, now).await
}

/// The bytes of a part of the address, which have one spelling alone.
fn sixteen(part: &str) -> Option<[u8; 16]> {
    URL_SAFE_NO_PAD.decode(part).ok()?.try_into().ok()
}

type Reports = (Option<String>, Vec<(String, Report)>);

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct StatusBody {
    event_type: String,
    status_info: Option<StatusInfo>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct StatusInfo {
    timestamp: Option<String>,
    session_id: Option<String>,
    called: Option<String>,
    state_code: Option<i64>,
}

async fn status(store: &Store, call: &Model, bytes: &[u8], now: Moment) -> Result<Reports> {
    let body: StatusBody = serde_json::from_slice(bytes).map_err(|_| Error::Malformed)?;
    let Some(info) = body.status_info else { return Err(Error::Malformed) };
    let callee = work::lead_of(store, call).await?.map(|phone| phone.international());
    let to_lead = info.called.is_some() && info.called == callee;
    let what = match (body.event_type.as_str(), to_lead) {
        ("callout" | "alerting", false) => Happening::AgentDialled,
        ("answer", false) => Happening::AgentAnswered,
        ("callout" | "alerting", true) => Happening::LeadDialled,
        ("answer", true) => Happening::LeadAnswered,
        ("disconnect", _) => Happening::Ended(cause_of_state(info.state_code.unwrap_or_default())),
        // The service may tell of more than we have use for.
        _ => return Ok((info.session_id, Vec::new())),
    };
    let timestamp = info.timestamp.unwrap_or_default();
    let leg = if to_lead { "lead" } else { "agent" };
    let at = time(&timestamp, call, now);
    // A report that comes again is the same one, even where its time cannot be right.
    let told = if timestamp.is_empty() { at.0.to_string() } else { timestamp };
    Ok((info.session_id, vec![(format!("{} {leg} {told}", body.event_type), Report { at, what })]))
}

/// The cause behind the code of a hang-up, by the service's list: none is one like any other, 7001 to 7005 are the
/// carriers' own limits, 80xx who hung up, 81xx why nobody answered.
fn cause_of_state(code: i64) -> Cause {
    match code {
        0 | 8009 | 8010 | 8017 => Cause::HungUp,
        7001..=7005 => Cause::Blocked,
        8001 | 8003 | 8101 | 8103 | 8104 => Cause::NoAnswer,
        8102 => Cause::Busy,
        8004 | 8105 => Cause::Refused,
        _ => Cause::Failed,
    }
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct FeeBody {
    event_type: String,
    fee_lst: Vec<Fee>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Fee {
    session_id: Option<String>,
    call_out_start_time: Option<String>,
    call_out_answer_time: Option<String>,
    fwd_start_time: Option<String>,
    fwd_alerting_time: Option<String>,
    fwd_answer_time: Option<String>,
    call_end_time: Option<String>,
    fail_time: Option<String>,
    fwd_unasw_rsn: Option<i64>,
}

/// The bills of several calls may come together; only this call's is read.
fn fee(call: &Model, bytes: &[u8], now: Moment) -> Result<Reports> {
    let body: FeeBody = serde_json::from_slice(bytes).map_err(|_| Error::Malformed)?;
    if body.event_type != "fee" {
        return Err(Error::Malformed);
    }
    // Where the service's name of the call is not known yet, a bill of several may be anybody's.
    let alone = body.fee_lst.len() == 1;
    let is_ours = |fee: &Fee| match &call.provider_call {
        Some(_) => fee.session_id == call.provider_call,
        None => alone,
    };
    let Some(fee) = body.fee_lst.into_iter().find(is_ours) else { return Err(Error::NotFound) };
    let mut reports = Vec::new();
    let mut add = |name: &str, told: &Option<String>, what| {
        if let Some(told) = told.as_deref().filter(|told| !told.is_empty()) {
            reports.push((format!("fee {name}"), Report { at: time(told, call, now), what }));
        }
    };
    add("agent dialled", &fee.call_out_start_time, Happening::AgentDialled);
    add("agent answered", &fee.call_out_answer_time, Happening::AgentAnswered);
    add("lead dialled", &fee.fwd_alerting_time.or(fee.fwd_start_time), Happening::LeadDialled);
    add("lead answered", &fee.fwd_answer_time, Happening::LeadAnswered);
    let cause = cause_of_q850(fee.fwd_unasw_rsn.unwrap_or_default());
    // A bill comes when a call is over, even if it does not say when.
    let ended = fee.call_end_time.or(fee.fail_time).filter(|told| !told.is_empty()).unwrap_or_default();
    reports.push(("fee ended".to_owned(), Report { at: time(&ended, call, now), what: Happening::Ended(cause) }));
    Ok((fee.session_id, reports))
}

/// The cause behind a code of Q.850, the numbering that telephone networks share.
fn cause_of_q850(code: i64) -> Cause {
    match code {
        0 | 16 | 31 => Cause::HungUp,
        17 => Cause::Busy,
        18 | 19 | 102 => Cause::NoAnswer,
        21 => Cause::Refused,
        55 | 57 | 87 => Cause::Blocked,
        _ => Cause::Failed,
    }
}

/// A time as the service writes it, UTC to the second; its arrival, if it cannot be right.
fn time(told: &str, call: &Model, now: Moment) -> Moment {
    let told = NaiveDateTime::parse_from_str(told, "%Y-%m-%d %H:%M:%S").ok();
    let told = told.map(|told| Moment(told.and_utc().timestamp_millis()));
    let (first, last) = (call.created_at.plus_seconds(-DRIFT_SECONDS), now.plus_seconds(DRIFT_SECONDS));
    told.filter(|told| (first..=last).contains(told)).unwrap_or(now)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_of_the_network_are_causes() {
        assert_eq!(cause_of_q850(17), Cause::Busy);
        assert_eq!(cause_of_q850(19), Cause::NoAnswer);
        assert_eq!(cause_of_q850(21), Cause::Refused);
        assert_eq!(cause_of_q850(31), Cause::HungUp);
        assert_eq!(cause_of_q850(1), Cause::Failed);
        assert_eq!(cause_of_state(7003), Cause::Blocked);
    }

    #[test]
    fn a_mark_vouches_for_its_own_call_alone() {
        let vault = Vault::demo();
        let call = |number| CallId(uuid::Uuid::from_u128(number));
        let told = sixteen(&mark(&vault, call(1))).unwrap();
        assert!(vault.vouches_shortly(KIND, &call(1).to_string(), &told));
        assert!(!vault.vouches_shortly(KIND, &call(2).to_string(), &told));
    }

    #[test]
    fn a_part_of_the_address_has_one_spelling() {
        let good = URL_SAFE_NO_PAD.encode([255; 16]);
        assert_eq!(sixteen(&good), Some([255; 16]));
        let (padded, longer, plain) = (format!("{good}=="), format!("{good}AA"), good.replace('_', "/"));
        // Four bits of the last character say nothing, and must say so.
        let other = format!("{}x", &good[..21]);
        for bad in [&padded, &longer, &plain, &other, &good[..20], "", "é"] {
            assert_eq!(sixteen(bad), None, "{bad}");
        }
    }

    #[test]
    fn the_path_is_as_long_as_it_is_said_to_be() {
        let call = CallId(uuid::Uuid::from_u128(1));
        for body in [Body::Status, Body::Fee] {
            assert_eq!(address("", &Vault::demo(), call, body).len(), PATH);
        }
    }
}
