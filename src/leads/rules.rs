//! What may happen to a lead, and when. The same decisions enable the button and guard the change.

use chrono::{Days, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{NewFollowUp, Outcome, State};
use crate::{
    access::{Action, PartnerState, Viewer},
    error::{Code, Problem, Refusal},
    ids::MemberId,
};

/// The furthest a next follow-up may lie ahead, in days.
pub const NEXT_DATE_LIMIT_DAYS: u64 = 90;

/// What one may do to a lead.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, strum::Display, strum::EnumString, strum::EnumIter,
)]
#[strum(serialize_all = "snake_case")]
pub enum Step {
    Dispatch,
    Follow,
    Return,
    Reopen,
    /// 外呼
    Call,
    /// 发展客户
    Develop,
    /// Putting its number on the list of those not called.
    Mute,
    /// Taking it off again.
    Unmute,
}

/// Whether this viewer may take the step with a lead in that state and with that follower.
pub fn can(step: Step, state: State, follower: Option<MemberId>, viewer: &Viewer) -> Result<(), Refusal> {
    // Whoever stands in for the follower does what the follower would.
    let is_follower = follower.is_some_and(|follower| viewer.works_for(follower));
    match step {
        Step::Dispatch => {
            permitted(viewer, Action::DispatchLead)?;
            open(state)
        }
        Step::Follow => {
            permitted(viewer, Action::FollowLead)?;
            open(state)?;
            dispatched(state)?;
            if is_follower || stands_in(viewer) { Ok(()) } else { Err(Refusal::NotTheFollower) }
        }
        Step::Return => {
            permitted(viewer, Action::FollowLead)?;
            open(state)?;
            dispatched(state)?;
            if is_follower { Ok(()) } else { Err(Refusal::NotTheFollower) }
        }
        Step::Reopen => {
            permitted(viewer, Action::ReopenLead)?;
            if state == State::Invalid { Ok(()) } else { Err(Refusal::NotInvalid) }
        }
        Step::Call => {
            permitted(viewer, Action::CallLead)?;
            in_plan_2(viewer)?;
            open(state)?;
            dispatched(state)?;
            if is_follower || stands_in(viewer) { Ok(()) } else { Err(Refusal::NotTheFollower) }
        }
        Step::Develop => {
            permitted(viewer, Action::DevelopLead)?;
            if viewer.state == PartnerState::Frozen {
                return Err(Refusal::PartnerFrozen);
            }
            open(state)?;
            dispatched(state)?;
            if is_follower || stands_in(viewer) { Ok(()) } else { Err(Refusal::NotTheFollower) }
        }
        // Whoever asks not to be called is heard, whatever has become of the lead.
        Step::Mute => {
            permitted(viewer, Action::CallLead)?;
            in_plan_2(viewer)?;
            if is_follower || stands_in(viewer) { Ok(()) } else { Err(Refusal::NotTheFollower) }
        }
        Step::Unmute => {
            permitted(viewer, Action::LiftDoNotCall)?;
            in_plan_2(viewer)
        }
    }
}

/// Administrators are those who may also reopen; they stand in for a follower.
fn stands_in(viewer: &Viewer) -> bool {
    viewer.can(Action::ReopenLead)
}

fn in_plan_2(viewer: &Viewer) -> Result<(), Refusal> {
    if viewer.marketing_plan_2 { Ok(()) } else { Err(Refusal::OutsidePlan2) }
}

fn permitted(viewer: &Viewer, action: Action) -> Result<(), Refusal> {
    if viewer.can(action) { Ok(()) } else { Err(Refusal::NoPermission) }
}

fn open(state: State) -> Result<(), Refusal> {
    match state {
        State::Undispatched | State::Dispatched | State::Following => Ok(()),
        State::Converted | State::Invalid => Err(Refusal::Closed),
    }
}

fn dispatched(state: State) -> Result<(), Refusal> {
    if state == State::Undispatched { Err(Refusal::NotDispatched) } else { Ok(()) }
}

/// What a follow-up makes of a lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Followed {
    pub state: State,
    pub next_on: Option<NaiveDate>,
}

/// Decides what a follow-up makes of a lead, or which fields are wrong.
///
/// The next date is asked for, and only allowed, when the result calls for another contact; the reason when the lead
/// is invalid. A lead that became a customer stays open: developing it is an act of its own, which converts it.
pub fn follow(new: &NewFollowUp, today: NaiveDate) -> Result<Followed, Vec<Problem>> {
    let mut problems = Vec::new();
    match (new.outcome, new.next_on) {
        (Outcome::Interested | Outcome::Again, None) => problems.push(Problem::new("next_on", Code::Required)),
        (Outcome::Interested | Outcome::Again | Outcome::Unreached | Outcome::NoNeed, Some(date)) => {
            if date <= today {
                problems.push(Problem::new("next_on", Code::Future));
            } else if date > today + Days::new(NEXT_DATE_LIMIT_DAYS) {
                problems.push(Problem::new("next_on", Code::Within90Days));
            }
        }
        _ => {}
    }
    if new.outcome == Outcome::Invalid && new.reason.is_none() {
        problems.push(Problem::new("reason", Code::Required));
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    Ok(match new.outcome {
        Outcome::Invalid => Followed { state: State::Invalid, next_on: None },
        Outcome::Developed => Followed { state: State::Following, next_on: None },
        Outcome::Interested | Outcome::Again | Outcome::Unreached | Outcome::NoNeed => {
            Followed { state: State::Following, next_on: new.next_on }
        }
    })
}

#[cfg(test)]
mod tests {
    use strum::IntoEnumIterator;
    use uuid::Uuid;

    use super::*;
    use crate::{
        access::{Role, StandIn, TenantKind},
        leads::{InvalidReason, Way},
        moment::Moment,
    };

    const ME: MemberId = MemberId(Uuid::from_u128(7));
    const OTHER: MemberId = MemberId(Uuid::from_u128(8));

    fn viewer(role: Role) -> Viewer {
        Viewer { member: ME, ..Viewer::of_kind(TenantKind::Distributor, [role]) }
    }

    #[test]
    fn the_state_table() {
        let mut table = String::new();
        for step in Step::iter() {
            for state in State::iter() {
                let follower = (state != State::Undispatched).then_some(ME);
                let of_plan_2 = |role| Viewer { marketing_plan_2: true, ..viewer(role) };
                let verdict = |role| match can(step, state, follower, &of_plan_2(role)) {
                    Ok(()) => "yes".to_owned(),
                    Err(refusal) => refusal.to_string(),
                };
                table.push_str(&format!(
                    "{:<9} {:<13} admin: {:<16} supervisor: {:<16} operator: {}\n",
                    step.to_string(),
                    state.to_string(),
                    verdict(Role::Admin),
                    verdict(Role::Supervisor),
                    verdict(Role::LeadOperator),
                ));
            }
        }
        insta::assert_snapshot!(table);
    }

    #[test]
    fn a_frozen_partner_develops_nobody_and_goes_on_following_up() {
        for state in PartnerState::iter() {
            let viewer = Viewer { state, ..viewer(Role::LeadOperator) };
            let develops = can(Step::Develop, State::Following, Some(ME), &viewer);
            let frozen = Err(Refusal::PartnerFrozen);
            assert_eq!(develops, if state == PartnerState::Frozen { frozen } else { Ok(()) }, "{state}");
            assert_eq!(can(Step::Follow, State::Following, Some(ME), &viewer), Ok(()), "{state}");
        }
    }

    #[test]
    fn whoever_stands_in_does_what_the_follower_would_until_it_ends() {
        let stand_in = StandIn { member: OTHER, until: Moment(1_000) };
        for (now, verdict) in [(999, Ok(())), (1_000, Err(Refusal::NotTheFollower))] {
            let viewer = Viewer { stands_in: vec![stand_in], now: Moment(now), ..viewer(Role::LeadOperator) };
            assert_eq!(can(Step::Follow, State::Following, Some(OTHER), &viewer), verdict, "at {now}");
            assert_eq!(can(Step::Return, State::Following, Some(OTHER), &viewer), verdict, "at {now}");
        }
    }

    #[test]
    fn only_the_follower_or_an_administrator_follows_up() {
        let verdict = |role| can(Step::Follow, State::Following, Some(OTHER), &viewer(role));
        assert_eq!(verdict(Role::LeadOperator), Err(Refusal::NotTheFollower));
        assert_eq!(verdict(Role::Admin), Ok(()));
    }

    #[test]
    fn not_even_an_administrator_returns_what_somebody_else_follows() {
        let verdict = can(Step::Return, State::Following, Some(OTHER), &viewer(Role::Admin));
        assert_eq!(verdict, Err(Refusal::NotTheFollower));
    }

    fn follow_up(outcome: Outcome, next_in_days: Option<i64>, reason: Option<InvalidReason>) -> NewFollowUp {
        let next_on = next_in_days.map(|days| today() + chrono::Duration::days(days));
        NewFollowUp { way: Way::Phone, outcome, content: "聊过了".to_owned(), next_on, reason }
    }

    fn today() -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, 2, 27).unwrap()
    }

    #[test]
    fn an_interested_lead_needs_a_next_date() {
        for outcome in [Outcome::Interested, Outcome::Again] {
            let refused = follow(&follow_up(outcome, None, None), today());
            assert_eq!(refused, Err(vec![Problem::new("next_on", Code::Required)]));
        }
        assert!(follow(&follow_up(Outcome::Unreached, None, None), today()).is_ok());
    }

    #[test]
    fn the_next_date_lies_ahead_and_within_ninety_days() {
        let verdict = |days| follow(&follow_up(Outcome::Again, Some(days), None), today()).map(|f| f.next_on.is_some());
        assert_eq!(verdict(0), Err(vec![Problem::new("next_on", Code::Future)]));
        assert_eq!(verdict(1), Ok(true));
        assert_eq!(verdict(90), Ok(true));
        assert_eq!(verdict(91), Err(vec![Problem::new("next_on", Code::Within90Days)]));
    }

    #[test]
    fn an_invalid_lead_needs_a_reason_and_closes() {
        let refused = follow(&follow_up(Outcome::Invalid, None, None), today());
        assert_eq!(refused, Err(vec![Problem::new("reason", Code::Required)]));
        let closed = follow(&follow_up(Outcome::Invalid, Some(5), Some(InvalidReason::Competitor)), today());
        assert_eq!(closed, Ok(Followed { state: State::Invalid, next_on: None }));
    }

    #[test]
    fn a_lead_is_not_converted_before_it_is_developed() {
        let developed = follow(&follow_up(Outcome::Developed, None, None), today());
        assert_eq!(developed, Ok(Followed { state: State::Following, next_on: None }));
    }

    #[test]
    fn only_tenants_of_marketing_plan_2_call_out() {
        let verdict = |plan| {
            let viewer = Viewer { marketing_plan_2: plan, ..viewer(Role::LeadOperator) };
            can(Step::Call, State::Following, Some(ME), &viewer)
        };
        assert_eq!(verdict(false), Err(Refusal::OutsidePlan2));
        assert_eq!(verdict(true), Ok(()));
    }
}
