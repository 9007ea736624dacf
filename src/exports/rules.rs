//! What may be done with an export, by where it stands.

use super::State;
use crate::{error::Refusal, moment::Moment};

/// Something that is done with an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::Display, strum::EnumIter)]
#[strum(serialize_all = "snake_case")]
pub enum Step {
    Download,
    Cancel,
    Retry,
}

impl State {
    /// Whether the job has work to do on it.
    pub fn is_running(self) -> bool {
        matches!(self, State::Queued | State::Running)
    }
}

/// Whether an export takes the step, or why not.
pub fn can(step: Step, state: State) -> Result<(), Refusal> {
    match (step, state) {
        (Step::Download, State::Done)
        | (Step::Cancel, State::Queued | State::Running)
        | (Step::Retry, State::Failed) => Ok(()),
        (Step::Download | Step::Retry, State::Queued | State::Running) => Err(Refusal::NotWrittenYet),
        (Step::Download, State::Expired) => Err(Refusal::FileForgotten),
        (Step::Download, State::Failed | State::Cancelled)
        | (Step::Cancel, State::Done | State::Expired | State::Failed | State::Cancelled)
        | (Step::Retry, State::Done | State::Expired | State::Cancelled) => Err(Refusal::Over),
    }
}

/// Where an export stands for its reader: a file past its time is gone, whether or not it has been swept away yet.
pub fn seen(state: State, expires_at: Moment, now: Moment) -> State {
    if state == State::Done && expires_at <= now { State::Expired } else { state }
}

#[cfg(test)]
mod tests {
    use strum::IntoEnumIterator;

    use super::*;

    #[test]
    fn what_takes_which_step() {
        let mut table = String::new();
        for state in State::iter() {
            let steps: Vec<String> =
                Step::iter().filter(|step| can(*step, state).is_ok()).map(|step| step.to_string()).collect();
            table.push_str(&format!("{state}: {}\n", steps.join(", ")));
        }
        assert_eq!(table, "queued: cancel\nrunning: cancel\ndone: download\nexpired: \nfailed: retry\ncancelled: \n");
    }

    #[test]
    fn a_file_past_its_time_is_gone_before_it_is_swept_away() {
        let until = Moment(1_000);
        assert_eq!(seen(State::Done, until, Moment(999)), State::Done);
        assert_eq!(seen(State::Done, until, until), State::Expired);
        assert_eq!(seen(State::Failed, Moment::NEVER, until), State::Failed);
    }
}
