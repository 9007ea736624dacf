//! Calls of the demo: one of each result in the months behind, numbers that are not called, and rules that let one try a
//! call at any hour.

use partner_center::{
    calls::{
        CallResult, MuteReason, Settings,
        planting::{self, Planted},
    },
    ctx::Store,
    ids::LeadId,
    leads::planting::{self as leads, Trace},
    moment::Moment,
};

use super::{cast::Cast, failed};
use crate::commands::Failure;

const DAY: i64 = 86_400;

/// Each result, how many days ago, who called, how long they talked, and whether it has been written down.
const CALLS: [(CallResult, i64, &str, i64, bool); 12] = [
    (CallResult::Completed, 62, "ma", 214, true),
    (CallResult::NoAnswer, 48, "ma", 0, true),
    (CallResult::Completed, 41, "tang", 95, true),
    (CallResult::Busy, 33, "ma", 0, true),
    (CallResult::Refused, 29, "tang", 0, true),
    (CallResult::Blocked, 24, "ma", 0, true),
    (CallResult::AgentUnreached, 20, "tang", 0, false),
    (CallResult::Cancelled, 17, "ma", 0, false),
    (CallResult::Failed, 15, "ma", 0, false),
    (CallResult::Unknown, 12, "tang", 0, true),
    (CallResult::Completed, 9, "ma", 338, true),
    // What came of this one still has to be written down.
    (CallResult::Completed, 8, "admin", 61, false),
];
/// The reasons of numbers that are not called, and how many days ago they were given.
const MUTED: [(MuteReason, i64, &str); 4] = [
    (MuteReason::Asked, 55, "ma"),
    (MuteReason::Complaint, 37, "admin"),
    (MuteReason::WrongNumber, 23, "tang"),
    (MuteReason::Other, 11, "ma"),
];

/// Plants them.
pub async fn create(store: &Store, cast: &Cast, now: Moment) -> Result<Vec<Trace>, Failure> {
    // Whoever tries the demo at night or in a hurry shall get through all the same.
    let rules = Settings { quiet: None, per_minute: 20, ..Settings::default() };
    planting::set(store, cast.tenants["xinghe"], rules).await.map_err(failed)?;
    let mut traces = Vec::new();
    let mut taken: Vec<LeadId> = Vec::new();
    for (place, (result, days, by, seconds, is_told)) in CALLS.into_iter().enumerate() {
        let lead = lead(store, cast, by, &mut taken).await?;
        let at = now.plus_seconds(-days * DAY - (place as i64) * 1_117);
        let by = cast.members[&("xinghe", by)];
        let call = Planted { lead, by, at, result, seconds, is_told };
        traces.extend(planting::plant(store, call).await.map_err(failed)?);
    }
    for (reason, days, by) in MUTED {
        let lead = lead(store, cast, by, &mut taken).await?;
        let by = cast.members[&("xinghe", by)];
        let at = now.plus_seconds(-days * DAY - 3_000);
        traces.push(planting::mute(store, lead, by, reason, at).await.map_err(failed)?);
    }
    Ok(traces)
}

/// The next of a member's leads that can be called; an administrator stands in for the follower.
async fn lead(store: &Store, cast: &Cast, by: &str, taken: &mut Vec<LeadId>) -> Result<LeadId, Failure> {
    let follower = if by == "admin" { "ma" } else { by };
    let found = leads::callable(store, cast.members[&("xinghe", follower)], taken).await.map_err(failed)?;
    let lead = found.ok_or_else(|| Failure("the demo has too few leads to call".to_owned()))?;
    taken.push(lead);
    Ok(lead)
}
