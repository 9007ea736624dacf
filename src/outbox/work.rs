//! The job behind the outbox. A letter is claimed, marked as being handed over, handed over, and marked as sent. A server
//! that dies between the last two leaves a letter that may be out: whoever takes it over asks the post, by the letter's
//! id, and where the post cannot tell, hands it over again under the same id.

use std::time::Duration;

use sea_orm::{ActiveValue::Set, Condition, QueryFilter, UpdateMany, entity::prelude::*};

use super::{
    Letter, Post, Reason, State, Undelivered, Write,
    entity::{self, Column, Entity},
    rules::{TRY_SECONDS, wait_after},
    write,
};
use crate::{
    audit::{self, Event, Outcome},
    ctx::{Origin, Store},
    error::{Error, Result},
    ids::PreregistrationId,
    lease,
    moment::Moment,
    preregistrations,
};

/// Hands over the next letter that waits. Says whether there was one.
pub async fn work(
    store: &Store,
    post: &impl Post,
    words: Write,
    clock: impl Fn() -> Moment + Send + Sync,
) -> Result<bool> {
    let (worker, now) = (Uuid::new_v4(), clock());
    let waiting =
        Condition::all().add(Column::State.is_in([State::Pending, State::Sending])).add(Column::DueAt.lte(now));
    // Somebody sits and waits for a code; whatever else there is to tell comes after.
    let codes = waiting.clone().add(Column::CodeId.is_not_null());
    let row = match lease::claim::<Entity>(store, codes, worker, now).await? {
        Some(row) => Some(row),
        None => lease::claim::<Entity>(store, waiting, worker, now).await?,
    };
    let Some(row) = row else { return Ok(false) };
    let job = Job { store, clock: &clock, worker, row };
    job.run(post, words).await?;
    Ok(true)
}

struct Job<'j, C> {
    store: &'j Store,
    clock: &'j C,
    worker: Uuid,
    row: entity::Model,
}

impl<C: Fn() -> Moment + Send + Sync> Job<'_, C> {
    async fn run(self, post: &impl Post, words: Write) -> Result<()> {
        // Whoever had it before has stopped somewhere: before, within or after handing it over.
        if self.row.state == State::Sending && post.has(self.row.id, self.row.channel).await == Some(true) {
            return self.end(State::Sent, None).await;
        }
        let tries = self.row.tries + 1;
        let letter = match write::write(self.store, &self.row, words, (self.clock)()).await {
            Ok(Ok(letter)) => letter,
            Ok(Err(reason)) => return self.end(State::Failed, Some(reason)).await,
            // The database has other things to do: the letter stays as it is, and is taken up when its lease is over.
            Err(Error::Busy) => return Err(Error::Busy),
            // A key that is missing for now, or something that will never open: tried as often as anything else.
            Err(error) => {
                tracing::error!(letter.id = %self.row.id, ?error, "a letter could not be written");
                return self.not_out(tries, Undelivered::for_now(Reason::Unreadable)).await;
            }
        };
        let sending = entity::ActiveModel { state: Set(State::Sending), tries: Set(tries), ..Default::default() };
        if !self.update(sending).await? {
            return Ok(());
        }
        match hand_over(post, &letter).await {
            Ok(()) => self.end(State::Sent, None).await,
            Err(undelivered) => self.not_out(tries, undelivered).await,
        }
    }

    /// After so many tries the letter is not out: it waits for another one, or is given up.
    async fn not_out(&self, tries: i32, Undelivered { reason, again }: Undelivered) -> Result<()> {
        match wait_after(tries).filter(|_| again) {
            Some(seconds) => self.put_off(tries, seconds, reason).await,
            None => self.end(State::Failed, Some(reason)).await,
        }
    }

    /// The letter is out, or given up; either way the code in it is forgotten.
    async fn end(&self, state: State, reason: Option<Reason>) -> Result<()> {
        if let Some(reason) = reason {
            tracing::warn!(letter.id = %self.row.id, channel = %self.row.channel, %reason, "a letter is given up");
        }
        let row = entity::ActiveModel {
            state: Set(state),
            reason: Set(reason.map(|reason| reason.to_string())),
            ended_at: Set((self.clock)()),
            secret_sealed: Set(None),
            worker: Set(None),
            lease_until: Set(Moment::NEVER),
            ..Default::default()
        };
        match self.row.preregistration_id.filter(|_| state == State::Sent) {
            Some(invited) => self.end_invitation(row, invited).await,
            None => self.update(row).await.map(drop),
        }
    }

    /// That the letter is out and that the prospect is invited are one change, so that neither is without the other.
    async fn end_invitation(&self, sent: entity::ActiveModel, invited: PreregistrationId) -> Result<()> {
        let now = (self.clock)();
        let change = self.store.unattended().await?;
        if self.held(sent).exec(change.tx()).await?.rows_affected != 1 {
            return Ok(());
        }
        preregistrations::mark_invited(change.tx(), invited, now).await?;
        let origin = Origin { address: "job".to_owned(), request: self.row.id.to_string() };
        let tenant = Some(self.row.tenant_id);
        let entry = audit::Entry { tenant, actor: None, at: now, origin: &origin, outcome: Outcome::Done };
        change.commit(entry, &[Event::InvitationSent { preregistration: invited }]).await
    }

    /// The letter waits for another try.
    async fn put_off(&self, tries: i32, seconds: i64, reason: Reason) -> Result<()> {
        let row = entity::ActiveModel {
            state: Set(State::Pending),
            tries: Set(tries),
            reason: Set(Some(reason.to_string())),
            due_at: Set((self.clock)().plus_seconds(seconds)),
            worker: Set(None),
            lease_until: Set(Moment::NEVER),
            ..Default::default()
        };
        self.update(row).await.map(drop)
    }

    /// Changes the row while it is this worker's; says whether it still was.
    async fn update(&self, to: entity::ActiveModel) -> Result<bool> {
        Ok(self.held(to).exec(&self.store.db).await?.rows_affected == 1)
    }

    /// The row with these changes, as long as it is this worker's.
    fn held(&self, to: entity::ActiveModel) -> UpdateMany<Entity> {
        Entity::update_many()
            .set(to)
            .filter(Column::Id.eq(self.row.id))
            .filter(Column::Worker.eq(self.worker))
            .filter(Column::State.is_in([State::Pending, State::Sending]))
    }
}

async fn hand_over(post: &impl Post, letter: &Letter) -> Result<(), Undelivered> {
    let in_time = tokio::time::timeout(Duration::from_secs(TRY_SECONDS), post.send(letter));
    in_time.await.unwrap_or(Err(Undelivered::for_now(Reason::Unreachable)))
}
