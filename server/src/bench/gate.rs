//! The gate: whether the time of a refused sign-in tells known accounts from unknown ones.

use std::time::Instant;

use partner_center::{
    access::Role,
    ctx::{Origin, Store},
    moment::Moment,
    people::{
        Site,
        admin::{self, NewMember},
        gate::{self, Credentials},
        hashing::{Cost, Hasher},
    },
};

use super::{Line, lists::failed};
use crate::{clock::Clock, commands::Failure};

/// How many refusals of each kind are timed.
const TRIES: usize = 200;
/// After this long, failures of before are forgotten.
const APART_SECONDS: i64 = 1_000;

/// How well the times tell the two apart: 0.5 is not at all, 1 is always.
pub async fn measure(store: &Store) -> Result<Vec<Line>, Failure> {
    let hasher = Hasher::new(Cost::Full);
    let there = somebody(store, &hasher).await?;
    let (mut known, mut unknown) = (Vec::with_capacity(TRIES), Vec::with_capacity(TRIES));
    let mut now = Clock::default().now();
    for round in 0..TRIES {
        // They take turns, so that whatever else the machine does falls on both.
        for account in if round % 2 == 0 { [there.as_str(), "nobody"] } else { ["nobody", there.as_str()] } {
            now = now.plus_seconds(APART_SECONDS);
            let time = refusal(store, &hasher, account, round, now).await?;
            if account == there { known.push(time) } else { unknown.push(time) }
        }
    }
    let auc = auc(&known, &unknown);
    let off = (auc - 0.5).abs() + 0.5;
    let measured = format!("AUC {auc:.2} over {TRIES} + {TRIES}, median {:.0} ms", super::median(known));
    Ok(vec![Line::new("refused sign-in, known beside unknown accounts", measured, "AUC ≤ 0.55", Some(off <= 0.55))])
}

/// A member whose password is hashed as those of real members are; the demo's are not, to plant it quickly.
async fn somebody(store: &Store, hasher: &Hasher) -> Result<String, Failure> {
    let account = format!("bench-{}", uuid::Uuid::new_v4().simple());
    let member = NewMember {
        account: account.clone(),
        name: "Bench".to_owned(),
        phone: None,
        email: None,
        password_hash: hasher.hash("The-right-password-1").await.map_err(failed)?,
        must_change_password: false,
        telesales: false,
        supervisor: None,
        site: Site::China,
        roles: vec![Role::Finance],
    };
    let (tenant, _) = admin::tenant_named(store, "yunfan").await.map_err(failed)?;
    admin::plant_member(store, tenant, member, Clock::default().now()).await.map_err(failed)?;
    Ok(account)
}

async fn refusal(store: &Store, hasher: &Hasher, account: &str, round: usize, now: Moment) -> Result<f64, Failure> {
    let typed = Credentials { tenant: "yunfan", account, password: "Not-the-password-1" };
    let origin = Origin { address: format!("10.0.{}.{}", round / 250, round % 250), request: "bench".to_owned() };
    let began = Instant::now();
    match gate::sign_in(store, hasher, typed, None, &origin, now).await {
        Err(partner_center::error::Error::Invalid(_)) => Ok(began.elapsed().as_secs_f64() * 1000.0),
        other => Err(Failure(format!("a wrong password was answered with {:?}", other.map(|_| "a ticket")))),
    }
}

/// The chance that one of the first took longer than one of the second.
fn auc(first: &[f64], second: &[f64]) -> f64 {
    let longer: f64 = first
        .iter()
        .flat_map(|a| {
            second.iter().map(move |b| {
                if a > b {
                    1.0
                } else if a < b {
                    0.0
                } else {
                    0.5
                }
            })
        })
        .sum();
    longer / (first.len() * second.len()) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_that_overlap_tell_nothing_and_times_that_do_not_tell_all() {
        assert_eq!(auc(&[1.0, 2.0], &[1.0, 2.0]), 0.5);
        assert_eq!(auc(&[3.0, 4.0], &[1.0, 2.0]), 1.0);
    }
}
