//! Calls that happen by themselves, for demos and tests: how one goes is fixed by its number, when by the clock.

use super::{Cause, Happening};
use crate::{contact::Phone, ids::CallId};

/// The kinds of course that a call can take.
const COURSES: u32 = 10;

/// The name of a new simulated call. It says which course the call takes, and nothing else of its number.
pub(super) fn place(callee: &Phone, call: CallId) -> String {
    format!("sim-{}-{call}", course(callee.expose()))
}

/// The course of a number: FNV-1a over its characters.
fn course(number: &str) -> u32 {
    number.bytes().fold(2_166_136_261_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(16_777_619)) % COURSES
}

/// What happens to a simulated call, and how many seconds after it was placed.
pub(super) fn script(provider_call: &str) -> Vec<(i64, Happening)> {
    let course = provider_call.split('-').nth(1).and_then(|course| course.parse::<i64>().ok()).unwrap_or_default();
    let mut script = vec![(1, Happening::AgentDialled)];
    if course == 9 {
        script.push((12, Happening::Ended(Cause::HungUp)));
        return script;
    }
    script.extend([(3, Happening::AgentAnswered), (4, Happening::LeadDialled)]);
    match course {
        0..5 => script.extend([(8, Happening::LeadAnswered), (14 + course * 8, Happening::Ended(Cause::HungUp))]),
        5 | 6 => script.push((16, Happening::Ended(Cause::NoAnswer))),
        7 => script.push((7, Happening::Ended(Cause::Busy))),
        _ => script.push((9, Happening::Ended(Cause::Refused))),
    }
    script
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_number_always_takes_the_same_course() {
        let number = Phone::parse("13800138000").unwrap();
        let name = |call: u128| place(&number, CallId(uuid::Uuid::from_u128(call)));
        assert_eq!(name(1)[..6], name(2)[..6]);
        assert!(!name(1).contains("1380"));
    }

    #[test]
    fn every_course_is_some_numbers() {
        let mut seen = [false; COURSES as usize];
        for number in 0..500 {
            seen[course(&format!("139{number:08}")) as usize] = true;
        }
        assert_eq!(seen, [true; COURSES as usize]);
    }

    #[test]
    fn every_course_ends() {
        for course in 0..COURSES {
            let script = script(&format!("sim-{course}-x"));
            assert!(matches!(script.last(), Some((_, Happening::Ended(_)))), "{course}");
            assert!(script.is_sorted_by_key(|(seconds, _)| *seconds), "{course}");
        }
    }
}
