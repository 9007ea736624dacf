//! Doing what is due. A due slot becomes a row, which can be there only once; a server claims the row, holds it by a lease
//! that it renews while it works, and writes down how it ended.

use std::pin::Pin;

use sea_orm::{ActiveValue::Set, Condition, QueryFilter, entity::prelude::*, sea_query::OnConflict};

use super::{
    Schedule,
    entity::{ActiveModel, Column, Entity},
    store,
};
use crate::{
    ctx::Store,
    error::{Error, Result},
    ids::RunId,
    lease::{self, Broke},
    moment::Moment,
};

/// How far ahead of the clock a slot may lie that another server has done, in seconds.
const BELIEVED_SECONDS: i64 = 7 * 86_400;
/// How soon a run that met a busy database is tried again, in seconds.
const AGAIN_SECONDS: i64 = 30;
/// The code of a run that panicked.
const BROKE: &str = "broke";
/// The code of a run that an operator asked for and that never came to its end.
const KILLED: &str = "killed";

/// What a job does under way: how many things it did something to.
pub type Doing<'d> = Pin<Box<dyn Future<Output = Result<u64>> + Send + 'd>>;

/// A job that is done at certain times, with what it needs.
pub struct Job<W: 'static> {
    pub name: &'static str,
    pub schedule: Schedule,
    /// Does it, at this instant. Another server may do it again where this one is killed.
    pub run: for<'w> fn(&'w W, Moment) -> Doing<'w>,
}

/// Does the next run that is due and that nobody does. Says whether there was one.
pub async fn work<W>(store: &Store, jobs: &[Job<W>], with: &W, clock: impl Fn() -> Moment + Send + Sync) -> Result<bool>
where
    W: Send + Sync,
{
    open(store, jobs, clock()).await?;
    close_killed(store, clock()).await?;
    let worker = Uuid::new_v4();
    // A newer server may know jobs that this one does not.
    let known = jobs.iter().map(|job| job.name);
    let waiting = Condition::all()
        .add(Column::EndedAt.eq(Moment::NEVER))
        .add(Column::Slot.is_not_null())
        .add(Column::Name.is_in(known));
    let Some(run) = lease::claim::<Entity>(store, waiting, worker, clock()).await? else { return Ok(false) };
    let Some(job) = jobs.iter().find(|job| job.name == run.name) else { return Err(Error::Internal) };
    match done(store, job, with, (clock(), run.next_at), (run.id, worker), &clock).await {
        // Another server has taken over.
        Ok(_) | Err(Error::Conflict(_)) => Ok(true),
        Err(error) => Err(error),
    }
}

/// Does a job now because an operator asks for it, whatever its schedule says. Its next slot comes all the same.
/// The job is told that it is `at`.
pub async fn run_now<W: Send + Sync>(
    store: &Store,
    job: &Job<W>,
    with: &W,
    at: Moment,
    clock: impl Fn() -> Moment + Send + Sync,
) -> Result<u64> {
    let (worker, now) = (Uuid::new_v4(), clock());
    let mut run = opened(job, now);
    let id = RunId(Uuid::now_v7());
    run.id = Set(id);
    run.slot = Set(None);
    run.worker = Set(Some(worker));
    run.lease_until = Set(now.plus_seconds(lease::LEASE_SECONDS));
    Entity::insert(run).exec_without_returning(&store.db).await?;
    done(store, job, with, (at, Moment::NEVER), (id, worker), &clock).await?
}

/// Writes down the slots that are due and that no server has written down. One that lies before a slot that came already
/// is over, also when the clock goes back.
async fn open<W>(store: &Store, jobs: &[Job<W>], now: Moment) -> Result<()> {
    // What lies far ahead was written by a server whose clock is wrong; waiting for that time would stop the job.
    let latest = store::latest_slots(store, now.plus_seconds(BELIEVED_SECONDS)).await?;
    let due = |job: &&Job<W>| latest.get(job.name).copied().flatten() < Some(job.schedule.latest(now));
    let due: Vec<ActiveModel> = jobs.iter().filter(due).map(|job| opened(job, now)).collect();
    if !due.is_empty() {
        let once = OnConflict::columns([Column::Name, Column::Slot]).do_nothing().to_owned();
        Entity::insert_many(due).on_conflict(once).exec_without_returning(&store.db).await?;
    }
    Ok(())
}

/// Writes down that runs which an operator asked for were killed. Only the operator knows what time the job was told, so
/// nobody takes them over.
async fn close_killed(store: &Store, now: Moment) -> Result<()> {
    let killed = ActiveModel { ended_at: Set(now), failure: Set(Some(KILLED.to_owned())), ..Default::default() };
    let update = Entity::update_many()
        .set(killed)
        .filter(Column::Slot.is_null())
        .filter(Column::EndedAt.eq(Moment::NEVER))
        .filter(Column::LeaseUntil.lte(now));
    update.exec(&store.db).await?;
    Ok(())
}

/// A run of the latest slot that nobody does yet.
fn opened<W>(job: &Job<W>, now: Moment) -> ActiveModel {
    let slot = job.schedule.latest(now);
    ActiveModel {
        id: Set(RunId(Uuid::now_v7())),
        name: Set(job.name.to_owned()),
        slot: Set(Some(slot)),
        began_at: Set(now),
        ended_at: Set(Moment::NEVER),
        next_at: Set(job.schedule.after(slot)),
        done: Set(0),
        failure: Set(None),
        worker: Set(None),
        lease_until: Set(Moment::NEVER),
    }
}

/// Does a run and writes down how it ended; the inner result is the job's own. A run that meets a busy database is tried
/// again until the given time.
async fn done<W: Send + Sync>(
    store: &Store,
    job: &Job<W>,
    with: &W,
    (at, again_until): (Moment, Moment),
    (id, worker): (RunId, Uuid),
    clock: &(impl Fn() -> Moment + Send + Sync),
) -> Result<Result<u64>> {
    let this = || Entity::update_many().filter(Column::Id.eq(id)).filter(Column::EndedAt.eq(Moment::NEVER));
    let doing = lease::unbroken((job.run)(with, at));
    let ended = lease::held(doing, || lease::renew(store, this(), worker, clock())).await?;
    let now = clock();
    let failure = match &ended {
        Ok(Ok(_)) => None,
        // The database has other things to do. It may be better soon, and the next slot is a try of its own.
        Ok(Err(Error::Busy)) if again_until > now => {
            lease::give_back(store, this(), worker, now.plus_seconds(AGAIN_SECONDS)).await?;
            return Ok(Err(Error::Busy));
        }
        Ok(Err(error)) => Some(error.as_ref().to_owned()),
        Err(Broke) => Some(BROKE.to_owned()),
    };
    if let Some(failure) = &failure {
        tracing::warn!(job = job.name, failure, "a scheduled job failed");
    }
    let result = ended.unwrap_or(Err(Error::Internal));
    let end = ActiveModel {
        ended_at: Set(now),
        done: Set(result.as_ref().map_or(0, |done| *done as i64)),
        failure: Set(failure),
        ..Default::default()
    };
    lease::renew(store, this().set(end), worker, now).await?;
    Ok(result)
}
