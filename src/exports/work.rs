//! The job behind exports. One server works on an export at a time: it holds a lease that every batch renews together with
//! the count of rows that are written. The file comes into the database whole and with the last step, so a killed job
//! leaves nothing behind, and the next one begins anew.

use sea_orm::{ActiveValue::Set, Condition, QueryFilter, entity::prelude::*};

use super::{
    KEPT_SECONDS, Lists, MOST_ROWS, Question, State,
    entity::{self, part},
    spool::Spool,
    store,
};
use crate::{
    audit::{self, Event, Outcome},
    ctx::{Ctx, Origin, Store, everyones},
    error::{Error, Refusal, Result},
    ids::{ExportId, MemberId, TenantId},
    lease,
    messages::{self, Notice},
    moment::Moment,
    people, sealed_file,
};

/// How many rows are read and written together.
const BATCH: usize = 500;

/// Works on the next export that nobody works on, to its end. Says whether there was one.
pub async fn work(store: &Store, lists: &impl Lists, clock: impl Fn() -> Moment + Send + Sync) -> Result<bool> {
    let worker = Uuid::new_v4();
    let waiting = Condition::all().add(entity::Column::State.is_in([State::Queued, State::Running]));
    let Some(export) = lease::claim::<entity::Entity>(store, waiting, worker, clock()).await? else {
        return Ok(false);
    };
    let job = Job { store, lists, clock: &clock, worker, export };
    let whole = lease::held(lease::unbroken(Box::pin(job.run())), || job.renew());
    match whole.await.and_then(|done| done.unwrap_or(Err(Error::Internal))) {
        // Somebody cancelled it, or another server has taken over.
        Ok(()) | Err(Error::Conflict(Refusal::ChangedMeanwhile)) => {}
        Err(Error::Denied(_) | Error::SignedOut) => job.fail(Refusal::NoPermission).await?,
        Err(Error::Conflict(refusal)) => job.fail(refusal).await?,
        // Left to the lease: the next try may do better.
        Err(Error::Busy) => return Err(Error::Busy),
        // Trying the same again would break in the same place: whoever asked is told and decides.
        Err(error) => {
            tracing::error!(export.id = %job.export.id, ?error, "an export broke off");
            job.fail(Refusal::BrokeOff).await?;
        }
    }
    Ok(true)
}

/// Forgets the files whose time is over, and says how many.
pub async fn expire(store: &Store, now: Moment) -> Result<u64> {
    let over = everyones::<entity::Entity>()
        .filter(entity::Column::State.eq(State::Done))
        .filter(entity::Column::ExpiresAt.lte(now));
    let mut count = 0;
    for export in over.all(&store.db).await? {
        let change = store.unattended().await?;
        let expired = entity::ActiveModel { state: Set(State::Expired), ..Default::default() };
        let update = entity::Entity::update_many()
            .set(expired)
            .filter(entity::Column::Id.eq(export.id))
            .filter(entity::Column::State.eq(State::Done));
        if update.exec(change.tx()).await?.rows_affected == 1 {
            sealed_file::forget::<part::Entity>(change.tx(), export.id.0).await?;
            let origin = job_origin(export.id);
            let entry = entry(export.tenant_id, None, now, &origin, Outcome::Done);
            change.commit(entry, &[Event::ExportExpired { export: export.id, list: Some(export.list) }]).await?;
            count += 1;
        }
    }
    Ok(count)
}

struct Job<'j, L, C> {
    store: &'j Store,
    lists: &'j L,
    clock: &'j C,
    worker: Uuid,
    export: entity::Model,
}

impl<L: Lists, C: Fn() -> Moment + Send + Sync> Job<'_, L, C> {
    /// The view of whoever asked, with the rights it has now.
    async fn ctx(&self) -> Result<Ctx> {
        let origin = job_origin(self.export.id);
        let ctx = people::member_ctx(self.store, self.export.member_id, origin, (self.clock)()).await?;
        ctx.require(self.export.list.action()).await?;
        Ok(ctx)
    }

    async fn run(&self) -> Result<()> {
        let ctx = self.ctx().await?;
        let question = self.question()?;
        // Which rows it is about is settled once, so that none is met twice or missed while others move in the list.
        let ids = self.lists.ids(&ctx, &question, MOST_ROWS + 1).await?;
        if ids.len() as u64 > MOST_ROWS {
            return Err(Error::Conflict(Refusal::TooManyToExport));
        }
        let mut written = 0;
        self.advance(ids.len(), written).await?;
        let spool = Spool::begin(self.export.format, self.lists.headings(&question)?);
        for batch in ids.chunks(BATCH) {
            let cells = self.lists.cells(&self.ctx().await?, &question, batch).await?;
            written += cells.len();
            spool.write(cells).await?;
            self.advance(ids.len(), written).await?;
        }
        self.end(spool.end().await?, written).await
    }

    fn question(&self) -> Result<Question> {
        let sealed = self.store.vault.open(&store::place(self.export.id), &self.export.question);
        let text = sealed.ok().and_then(|clear| String::from_utf8(clear).ok()).ok_or(Error::Internal)?;
        Ok(Question { list: self.export.list, text, language: self.export.language.clone() })
    }

    /// Counts what is written and renews the lease, if this job still holds it.
    async fn advance(&self, total: usize, written: usize) -> Result<()> {
        let row = entity::ActiveModel {
            state: Set(State::Running),
            total: Set(total as i64),
            written: Set(written as i64),
            ..Default::default()
        };
        lease::renew(self.store, self.open(entity::Entity::update_many().set(row)), self.worker, (self.clock)()).await
    }

    /// Renews the lease while nothing is counted: while rows are looked up, and while the file is closed and sealed.
    async fn renew(&self) -> Result<()> {
        lease::renew(self.store, self.open(entity::Entity::update_many()), self.worker, (self.clock)()).await
    }

    /// The file is there: it goes into the database with the word that it is done.
    async fn end(&self, mut file: std::fs::File, written: usize) -> Result<()> {
        let ctx = self.ctx().await?;
        let change = ctx.change(self.export.list.action()).await?;
        let id = self.export.id;
        let bytes = sealed_file::write::<part::Entity>(change.tx(), ctx.vault(), id.0, &mut file).await?;
        let row = entity::ActiveModel {
            state: Set(State::Done),
            bytes: Set(bytes as i64),
            written: Set(written as i64),
            ended_at: Set(ctx.now()),
            expires_at: Set(ctx.now().plus_seconds(KEPT_SECONDS)),
            worker: Set(None),
            lease_until: Set(Moment::NEVER),
            ..Default::default()
        };
        change.exactly_one(self.held(change.update::<entity::Entity>().set(row))).await?;
        let ended = Notice::ExportEnded { export: id, written: Some(written as u64) };
        messages::tell(&change, &[self.export.member_id], ended).await?;
        change.commit(Event::ExportFinished { export: id, list: Some(self.export.list), rows: written as u64 }).await
    }

    /// Gives up. Whoever asked may have lost its rights, so this is written without them.
    async fn fail(&self, why: Refusal) -> Result<()> {
        let change = self.store.unattended().await?;
        let row = entity::ActiveModel {
            state: Set(State::Failed),
            failure: Set(Some(why.to_string())),
            ended_at: Set((self.clock)()),
            worker: Set(None),
            lease_until: Set(Moment::NEVER),
            ..Default::default()
        };
        let update = self.held(entity::Entity::update_many().set(row));
        if update.exec(change.tx()).await?.rows_affected == 0 {
            return Ok(());
        }
        let (origin, now) = (job_origin(self.export.id), (self.clock)());
        let ended = Notice::ExportEnded { export: self.export.id, written: None };
        messages::tell_of(&change, now, &[self.export.member_id], &[ended]).await?;
        let entry = entry(self.export.tenant_id, Some(self.export.member_id), now, &origin, Outcome::Refused);
        change.commit(entry, &[Event::ExportFailed { export: self.export.id, list: Some(self.export.list) }]).await
    }

    /// Only while nobody has given it up.
    fn open(&self, update: sea_orm::UpdateMany<entity::Entity>) -> sea_orm::UpdateMany<entity::Entity> {
        update
            .filter(entity::Column::Id.eq(self.export.id))
            .filter(entity::Column::State.is_in([State::Queued, State::Running]))
    }

    /// And only while this job holds it.
    fn held(&self, update: sea_orm::UpdateMany<entity::Entity>) -> sea_orm::UpdateMany<entity::Entity> {
        self.open(update).filter(entity::Column::Worker.eq(self.worker))
    }
}

fn entry(tenant: TenantId, actor: Option<MemberId>, at: Moment, origin: &Origin, outcome: Outcome) -> audit::Entry<'_> {
    audit::Entry { tenant: Some(tenant), actor, at, origin, outcome }
}

/// Where the trail says that the lines of an export's job come from.
fn job_origin(export: ExportId) -> Origin {
    Origin { address: "job".to_owned(), request: export.to_string() }
}
