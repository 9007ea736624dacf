//! What may happen to a pre-registration, and what it needs to be made.

use super::{Carried, NewPreregistration, State};
use crate::error::{Code, Problem, Refusal};

/// How long a prospect is held, in seconds: fifteen days.
pub const VALID_SECONDS: i64 = 15 * 86_400;
/// How long an invitation is good for, in seconds: seven days, as long as the prospect is held.
pub const INVITATION_SECONDS: i64 = 7 * 86_400;
/// The most prospects that a partner holds at once.
pub const MOST_AT_ONCE: u64 = 100;

/// What can happen to a pre-registration.
#[derive(Clone, Copy, Debug, PartialEq, Eq, strum::Display, strum::EnumIter)]
#[strum(serialize_all = "snake_case")]
pub enum Happening {
    Approved,
    Rejected,
    Invited,
    Associated,
    AssociationFailed,
    Expired,
}

/// What a happening makes of a pre-registration.
pub fn after(state: State, happening: Happening) -> Result<State, Refusal> {
    match (state, happening) {
        (State::Pending, Happening::Approved) => Ok(State::Registered),
        (State::Pending, Happening::Rejected) => Ok(State::Rejected),
        (State::Registered | State::Invited, Happening::Invited) => Ok(State::Invited),
        (State::Registered | State::Invited, Happening::Associated) => Ok(State::Associated),
        (State::Registered | State::Invited, Happening::AssociationFailed) => Ok(State::Failed),
        (State::Registered | State::Invited, Happening::Expired) => Ok(State::Expired),
        (
            State::Pending
            | State::Registered
            | State::Rejected
            | State::Invited
            | State::Associated
            | State::Failed
            | State::Expired,
            Happening::Approved
            | Happening::Rejected
            | Happening::Invited
            | Happening::Associated
            | Happening::AssociationFailed
            | Happening::Expired,
        ) => Err(Refusal::Over),
    }
}

/// Checks what was typed against what the lead has. What marketing plan 2.0 keeps stays as it is; an invitation needs a
/// mobile and an e-mail address, and a pre-registration one of the two.
pub fn take(new: NewPreregistration, carried: Carried) -> Result<NewPreregistration, Vec<Problem>> {
    let keeps = |has: bool| carried.sealed && has;
    let new = NewPreregistration {
        mobile: new.mobile.filter(|_| !keeps(carried.mobile)),
        email: new.email.filter(|_| !keeps(carried.email)),
        ..new
    };
    let has_mobile = new.mobile.is_some() || carried.mobile;
    let has_email = new.email.is_some() || carried.email;
    let mut problems = Vec::new();
    if new.invite {
        if !has_mobile {
            problems.push(Problem::new("mobile", Code::Required));
        }
        if !has_email {
            problems.push(Problem::new("email", Code::Required));
        }
    } else if !has_mobile && !has_email {
        problems.push(Problem::new("mobile", Code::PhoneOrEmail));
    }
    if problems.is_empty() { Ok(new) } else { Err(problems) }
}

#[cfg(test)]
mod tests {
    use strum::IntoEnumIterator;

    use super::*;
    use crate::contact::{Email, Phone};

    #[test]
    fn the_state_table() {
        let mut table = String::new();
        for state in State::iter() {
            for happening in Happening::iter() {
                let next = after(state, happening).map_or_else(|why| format!("({why})"), |next| next.to_string());
                table.push_str(&format!("{:<10} {:<18} {next}\n", state.to_string(), happening.to_string()));
            }
        }
        insta::assert_snapshot!(table);
    }

    const NOTHING: Carried = Carried { mobile: false, email: false, sealed: false };

    fn typed(mobile: bool, email: bool, invite: bool) -> NewPreregistration {
        NewPreregistration {
            mobile: mobile.then(|| Phone::parse("13800138000").unwrap()),
            email: email.then(|| Email::parse("li@yunfan.example").unwrap()),
            invite,
            ..NewPreregistration::default()
        }
    }

    #[test]
    fn an_invitation_needs_a_mobile_and_an_email() {
        let problems = |new, carried| take(new, carried).err().unwrap_or_default();
        let missing = [Problem::new("mobile", Code::Required), Problem::new("email", Code::Required)];
        assert_eq!(problems(typed(false, false, true), NOTHING), missing);
        assert_eq!(problems(typed(true, false, true), Carried { email: true, ..NOTHING }), []);
        assert_eq!(problems(typed(true, true, true), NOTHING), []);
    }

    #[test]
    fn without_an_invitation_one_of_the_two_is_enough() {
        assert!(take(typed(false, true, false), NOTHING).is_ok());
        assert!(take(typed(false, false, false), Carried { mobile: true, ..NOTHING }).is_ok());
        let refused = take(typed(false, false, false), NOTHING);
        assert_eq!(refused, Err(vec![Problem::new("mobile", Code::PhoneOrEmail)]));
    }

    #[test]
    fn what_marketing_plan_2_keeps_is_not_typed_over() {
        let kept = take(typed(true, true, false), Carried { mobile: true, email: false, sealed: true }).unwrap();
        assert_eq!((kept.mobile.is_some(), kept.email.is_some()), (false, true));
        let free = take(typed(true, true, false), Carried { mobile: true, email: true, sealed: false }).unwrap();
        assert_eq!((free.mobile.is_some(), free.email.is_some()), (true, true));
    }
}
