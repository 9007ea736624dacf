//! Passwords at rest: argon2id behind a small gate, because a hash costs 19 MiB and a core.

use std::sync::Arc;

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use tokio::sync::Semaphore;

use crate::error::{Error, Result};

/// How many sign-ins may wait for the gate before further ones are told to come back.
const QUEUE: usize = 50;
/// The longest password that is hashed, in bytes.
pub const LONGEST: usize = 1024;

/// Hashes and verifies passwords, a few at a time.
#[derive(Clone, Debug)]
pub struct Hasher {
    gate: Arc<Semaphore>,
    queue: Arc<Semaphore>,
    cost: Cost,
    /// A hash that fits no password, so that an unknown account costs what a known one costs.
    decoy: Arc<str>,
}

/// How much work a hash is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cost {
    /// 19 MiB, two passes: for everybody.
    Full,
    /// Next to nothing: for tests, which sign in thousands of times.
    Trifling,
}

impl Hasher {
    /// A hasher that keeps one core free.
    pub fn new(cost: Cost) -> Hasher {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let decoy = hash_now(cost, "no account has this password").unwrap_or_default();
        Hasher {
            gate: Arc::new(Semaphore::new(cores.saturating_sub(1).max(1))),
            queue: Arc::new(Semaphore::new(QUEUE)),
            cost,
            decoy: decoy.into(),
        }
    }

    /// The hash to store for a password.
    pub async fn hash(&self, password: &str) -> Result<String> {
        let (cost, password) = (self.cost, password.to_owned());
        self.in_turn(move || hash_now(cost, &password)).await?
    }

    /// Whether the password fits the hash. No hash means that there is no such account; that takes as long.
    pub async fn verify(&self, password: &str, hash: Option<&str>) -> Result<bool> {
        let known = hash.is_some();
        let hash: String = hash.unwrap_or(&self.decoy).to_owned();
        let password = password.to_owned();
        let fits = self
            .in_turn(move || {
                PasswordHash::new(&hash)
                    .is_ok_and(|hash| Argon2::default().verify_password(password.as_bytes(), &hash).is_ok())
            })
            .await?;
        Ok(fits && known)
    }

    async fn in_turn<T: Send + 'static>(&self, work: impl FnOnce() -> T + Send + 'static) -> Result<T> {
        let _place = self.queue.try_acquire().map_err(|_| Error::Busy)?;
        // The permit goes with the work: a request that goes away must not let another one in beside it.
        let permit = self.gate.clone().acquire_owned().await.map_err(|_| Error::Busy)?;
        let done = tokio::task::spawn_blocking(move || {
            let done = work();
            drop(permit);
            done
        });
        done.await.map_err(|_| Error::Internal)
    }
}

fn hash_now(cost: Cost, password: &str) -> Result<String> {
    let params = match cost {
        Cost::Full => Params::new(19_456, 2, 1, None),
        Cost::Trifling => Params::new(8, 1, 1, None),
    };
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params.map_err(|_| Error::Internal)?);
    Ok(argon2.hash_password(password.as_bytes()).map_err(|_| Error::Internal)?.to_string())
}
