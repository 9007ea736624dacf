//! How reports make up a call, whatever order they come in, and when a number may be called at all.

use super::{CallResult, Cause, Ending, State};
use crate::{
    error::{Code, Problem, Refusal},
    leads::Outcome,
    moment::Moment,
};

/// What is known of a call so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    pub state: State,
    pub agent_at: Moment,
    pub ringing_at: Moment,
    pub answered_at: Moment,
    pub ended_at: Moment,
    pub cause: Option<Cause>,
    /// Whether the member asked for its end.
    pub cancelled: bool,
}

impl Progress {
    /// A call that has been handed to the network.
    pub const PLACED: Progress = Progress {
        state: State::Placing,
        agent_at: Moment::NEVER,
        ringing_at: Moment::NEVER,
        answered_at: Moment::NEVER,
        ended_at: Moment::NEVER,
        cause: None,
        cancelled: false,
    };
}

/// What the network says has happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Happening {
    /// The member's phone rings.
    AgentDialled,
    AgentAnswered,
    /// The lead's phone rings.
    LeadDialled,
    LeadAnswered,
    Ended(Cause),
}

/// A happening and its time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Report {
    pub at: Moment,
    pub what: Happening,
}

/// What is known after one more report. The order of reports does not matter, nor how often one comes: a later state is
/// not undone by an earlier report, an ended call stays ended, and of two causes the one that says more is kept.
pub fn after(known: Progress, report: Report) -> Progress {
    let mut now = known;
    let reached = match report.what {
        Happening::AgentDialled => State::Agent,
        Happening::AgentAnswered => {
            now.agent_at = earliest(known.agent_at, report.at);
            State::Agent
        }
        Happening::LeadDialled => {
            now.ringing_at = earliest(known.ringing_at, report.at);
            State::Ringing
        }
        Happening::LeadAnswered => {
            now.answered_at = earliest(known.answered_at, report.at);
            State::Answered
        }
        Happening::Ended(cause) => {
            now.ended_at = earliest(known.ended_at, report.at);
            now.cause = known.cause.max(Some(cause));
            State::Ended
        }
    };
    now.state = known.state.max(reached);
    now
}

fn earliest(known: Moment, told: Moment) -> Moment {
    if known.happened() { known.min(told) } else { told }
}

/// What an ended call came to; nothing, while it goes on.
pub fn result(known: &Progress) -> Option<CallResult> {
    if known.state != State::Ended {
        return None;
    }
    let answered = known.answered_at.happened();
    // Once the lead's phone has rung, the lead was called: whatever ended the call, it counts and asks for an outcome.
    let rang = known.ringing_at.happened();
    Some(match known.cause.unwrap_or(Cause::Unknown) {
        Cause::Unknown => CallResult::Unknown,
        _ if answered => CallResult::Completed,
        _ if known.cancelled && !rang => CallResult::Cancelled,
        Cause::HungUp if !known.agent_at.happened() && !rang => CallResult::AgentUnreached,
        Cause::Failed if !rang => CallResult::Failed,
        Cause::HungUp | Cause::NoAnswer | Cause::Failed => CallResult::NoAnswer,
        Cause::Busy => CallResult::Busy,
        Cause::Refused => CallResult::Refused,
        Cause::Blocked => CallResult::Blocked,
    })
}

/// What a call came to, as the result of a follow-up, where there is little doubt.
pub fn likely(result: CallResult) -> Option<Outcome> {
    match result {
        CallResult::NoAnswer | CallResult::Busy | CallResult::Refused | CallResult::Blocked => Some(Outcome::Unreached),
        CallResult::Completed
        | CallResult::AgentUnreached
        | CallResult::Cancelled
        | CallResult::Failed
        | CallResult::Unknown => None,
    }
}

/// What has become of the wish that a call should end: the carrier ends it by the name it has given it, if it does.
pub fn ending(is_named: bool, is_refused: bool) -> Ending {
    match (is_refused, is_named) {
        (true, _) => Ending::Refused,
        (false, true) => Ending::Asked,
        (false, false) => Ending::Unnamed,
    }
}

/// A part of every day, in minutes since midnight of the trade's zone. It may span midnight, and where both ends are the same
/// it is the whole day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    pub from: u16,
    pub to: u16,
}

impl Window {
    fn holds(self, minute: u16) -> bool {
        if self.from < self.to {
            (self.from..self.to).contains(&minute)
        } else {
            minute >= self.from || minute < self.to
        }
    }
}

/// A tenant's own rules for calling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// When nobody is called.
    pub quiet: Option<Window>,
    /// When nobody is called at midday.
    pub pause: Option<Window>,
    /// How often one number is called within 24 hours.
    pub per_day: u64,
    /// How often within seven days.
    pub per_week: u64,
    /// How many calls one member makes in a minute.
    pub per_minute: u64,
}

impl Settings {
    /// What is wrong with them: who is called so often in a day is called as often in a week.
    pub fn problems(&self) -> Vec<Problem> {
        let is_idle = self.per_day > self.per_week;
        is_idle.then(|| Problem::new("per_day", Code::MoreThanPerWeek)).into_iter().collect()
    }

    /// Whether nobody is called at this minute of the day.
    pub(super) fn is_quiet(&self, minute: u16) -> bool {
        [self.quiet, self.pause].into_iter().flatten().any(|window| window.holds(minute))
    }
}

impl Default for Settings {
    fn default() -> Settings {
        Settings {
            quiet: Some(Window { from: 21 * 60, to: 8 * 60 }),
            pause: None,
            per_day: 2,
            per_week: 5,
            per_minute: 2,
        }
    }
}

/// What decides whether a lead may be called now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Facts {
    /// The minute of the day in the trade's zone.
    pub minute: u16,
    /// Whether the lead has a phone.
    pub has_phone: bool,
    /// Whether the member has one to be rung at.
    pub has_own_phone: bool,
    /// Whether the number is not to be called.
    pub is_muted: bool,
    /// Whether a call of the member is still going on.
    pub is_calling: bool,
    /// Whether the member has not said yet what came of an earlier call.
    pub owes_outcome: bool,
    /// Calls of this number within 24 hours, and within seven days.
    pub today: u64,
    pub this_week: u64,
    /// Calls of the member within a minute.
    pub this_minute: u64,
}

/// Whether a lead may be called now, or the first reason why not: what can never be helped stands before what passes.
pub fn may_call(facts: &Facts, settings: &Settings) -> Result<(), Refusal> {
    let reasons = [
        (!facts.has_phone, Refusal::NoPhone),
        (!facts.has_own_phone, Refusal::NoOwnPhone),
        (facts.is_muted, Refusal::DoNotCall),
        (facts.is_calling, Refusal::CallUnderWay),
        (facts.owes_outcome, Refusal::OutcomeMissing),
        (settings.is_quiet(facts.minute), Refusal::QuietHours),
        (facts.today >= settings.per_day || facts.this_week >= settings.per_week, Refusal::CalledTooOften),
        (facts.this_minute >= settings.per_minute, Refusal::CallsTooFast),
    ];
    match reasons.into_iter().find(|(stands, _)| *stands) {
        Some((_, why)) => Err(why),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn known(reports: &[(i64, Happening)]) -> Progress {
        let report = |(at, what): &(i64, Happening)| Report { at: Moment(*at), what: *what };
        reports.iter().map(report).fold(Progress::PLACED, after)
    }

    const WHOLE: [(i64, Happening); 5] = [
        (1, Happening::AgentDialled),
        (2, Happening::AgentAnswered),
        (3, Happening::LeadDialled),
        (4, Happening::LeadAnswered),
        (9, Happening::Ended(Cause::HungUp)),
    ];

    #[test]
    fn a_call_goes_from_state_to_state() {
        let states = (0..=5).map(|reports| known(&WHOLE[..reports]).state);
        let expected = [State::Placing, State::Agent, State::Agent, State::Ringing, State::Answered, State::Ended];
        assert_eq!(states.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn each_end_has_its_result() {
        let ended = |before: usize, cause| {
            let mut reports = WHOLE[..before].to_vec();
            reports.push((9, Happening::Ended(cause)));
            result(&known(&reports))
        };
        assert_eq!(ended(4, Cause::HungUp), Some(CallResult::Completed));
        assert_eq!(ended(4, Cause::Unknown), Some(CallResult::Unknown));
        assert_eq!(ended(3, Cause::HungUp), Some(CallResult::NoAnswer));
        assert_eq!(ended(3, Cause::NoAnswer), Some(CallResult::NoAnswer));
        assert_eq!(ended(3, Cause::Busy), Some(CallResult::Busy));
        assert_eq!(ended(3, Cause::Refused), Some(CallResult::Refused));
        assert_eq!(ended(3, Cause::Blocked), Some(CallResult::Blocked));
        assert_eq!(ended(1, Cause::HungUp), Some(CallResult::AgentUnreached));
        assert_eq!(ended(0, Cause::Failed), Some(CallResult::Failed));
        assert_eq!(result(&known(&WHOLE[..4])), None);
    }

    #[test]
    fn a_call_given_up_is_cancelled_unless_the_leads_phone_had_rung() {
        let given_up = |before| result(&Progress { cancelled: true, ..known(before) });
        assert_eq!(given_up(&[(3, Happening::Ended(Cause::HungUp))]), Some(CallResult::Cancelled));
        let rang = [(2, Happening::LeadDialled), (3, Happening::Ended(Cause::HungUp))];
        assert_eq!(given_up(&rang), Some(CallResult::NoAnswer));
        let failed = [(2, Happening::LeadDialled), (3, Happening::Ended(Cause::Failed))];
        assert_eq!(result(&known(&failed)), Some(CallResult::NoAnswer));
        assert_eq!(given_up(&WHOLE), Some(CallResult::Completed));
    }

    #[test]
    fn a_call_without_a_name_waits_for_it_and_what_was_declined_stays_so() {
        let endings = [(true, false), (false, false), (true, true), (false, true)];
        let endings = endings.map(|(is_named, is_refused)| ending(is_named, is_refused));
        assert_eq!(endings, [Ending::Asked, Ending::Unnamed, Ending::Refused, Ending::Refused]);
    }

    #[test]
    fn a_call_that_nobody_answered_has_reached_nobody_and_of_others_nothing_is_supposed() {
        let unreached = [CallResult::NoAnswer, CallResult::Busy, CallResult::Refused, CallResult::Blocked];
        assert!(unreached.into_iter().all(|result| likely(result) == Some(Outcome::Unreached)));
        assert!([CallResult::Completed, CallResult::Unknown].into_iter().all(|result| likely(result).is_none()));
    }

    #[test]
    fn what_says_more_about_the_end_counts() {
        let reports = [(9, Happening::Ended(Cause::Failed)), (8, Happening::Ended(Cause::Busy))];
        let progress = known(&reports);
        assert_eq!((progress.cause, progress.ended_at), (Some(Cause::Busy), Moment(8)));
    }

    fn happening() -> impl Strategy<Value = Happening> {
        prop_oneof![
            Just(Happening::AgentDialled),
            Just(Happening::AgentAnswered),
            Just(Happening::LeadDialled),
            Just(Happening::LeadAnswered),
            Just(Happening::Ended(Cause::HungUp)),
            Just(Happening::Ended(Cause::Busy)),
            Just(Happening::Ended(Cause::Unknown)),
        ]
    }

    proptest! {
        #[test]
        fn reports_may_come_in_any_order_and_any_number_of_times(
            (told, shuffled) in prop::collection::vec((1i64..100, happening()), 0..8)
                .prop_flat_map(|told| (Just(told.clone()), Just(told).prop_shuffle())),
        ) {
            let once = known(&told);
            prop_assert_eq!(known(&shuffled), once);
            let twice: Vec<_> = shuffled.iter().chain(&told).copied().collect();
            prop_assert_eq!(known(&twice), once);
        }

        #[test]
        fn no_report_takes_a_call_back(told in prop::collection::vec((1i64..100, happening()), 1..8)) {
            let mut before = Progress::PLACED;
            for (at, what) in told {
                let now = after(before, Report { at: Moment(at), what });
                prop_assert!(now.state >= before.state);
                before = now;
            }
        }
    }

    const FREE: Facts = Facts {
        minute: 10 * 60,
        has_phone: true,
        has_own_phone: true,
        is_muted: false,
        is_calling: false,
        owes_outcome: false,
        today: 0,
        this_week: 0,
        this_minute: 0,
    };

    fn verdict(facts: Facts) -> Result<(), Refusal> {
        may_call(&facts, &Settings::default())
    }

    #[test]
    fn each_obstacle_has_its_reason() {
        assert_eq!(verdict(FREE), Ok(()));
        for (facts, why) in [
            (Facts { has_phone: false, ..FREE }, Refusal::NoPhone),
            (Facts { has_own_phone: false, ..FREE }, Refusal::NoOwnPhone),
            (Facts { is_muted: true, ..FREE }, Refusal::DoNotCall),
            (Facts { is_calling: true, ..FREE }, Refusal::CallUnderWay),
            (Facts { owes_outcome: true, ..FREE }, Refusal::OutcomeMissing),
            (Facts { today: 2, ..FREE }, Refusal::CalledTooOften),
            (Facts { this_week: 5, ..FREE }, Refusal::CalledTooOften),
            (Facts { this_minute: 2, ..FREE }, Refusal::CallsTooFast),
        ] {
            assert_eq!(verdict(facts), Err(why));
        }
    }

    #[test]
    fn nobody_is_called_in_quiet_hours() {
        let at = |hour: u16, minute: u16| verdict(Facts { minute: hour * 60 + minute, ..FREE }).is_ok();
        assert!(!at(7, 59) && at(8, 0) && at(20, 59) && !at(21, 0) && !at(0, 0));
        let pause = Settings { pause: Some(Window { from: 12 * 60, to: 13 * 60 + 30 }), ..Settings::default() };
        let at = |hour: u16, minute: u16| may_call(&Facts { minute: hour * 60 + minute, ..FREE }, &pause).is_ok();
        assert!(at(11, 59) && !at(12, 0) && !at(13, 29) && at(13, 30));
        let always = Settings { quiet: Some(Window { from: 8 * 60, to: 8 * 60 }), ..Settings::default() };
        for minute in [0, 8 * 60 - 1, 8 * 60, 23 * 60 + 59] {
            assert_eq!(may_call(&Facts { minute, ..FREE }, &always), Err(Refusal::QuietHours), "{minute}");
        }
        let never = Settings { quiet: None, ..Settings::default() };
        assert_eq!(may_call(&Facts { minute: 0, ..FREE }, &never), Ok(()));
    }
}
