//! The job behind imports. One server works on an import at a time: it holds a lease that every batch renews, and a batch
//! is one transaction together with the count of rows that are done. Killed anywhere, the next one goes on from there.

use sea_orm::{ActiveValue::Set, Condition, QueryFilter, entity::prelude::*, sea_query::OnConflict};
use tokio::sync::mpsc;

use super::{
    Columns, State, Vocabulary,
    batch::{self, Read, Seen},
    entity::{self, part, problem},
    parts::Parts,
    sheet,
};
use crate::{
    access::Action,
    audit::{self, Event, Outcome},
    ctx::{Change, Ctx, Origin, Store, everyones},
    error::{Code, Error, Problem, Result},
    ids::{ImportId, LeadId},
    leads::{
        draft::{self, Birth, Draft},
        entity::entry,
        history,
    },
    lease::{self, LEASE_SECONDS},
    messages::{self, Notice},
    moment::Moment,
    people, sealed_file,
};

/// Works on the next import that nobody works on, to its end. Says whether there was one.
pub async fn work(store: &Store, vocabulary: &Vocabulary, clock: impl Fn() -> Moment + Send + Sync) -> Result<bool> {
    let worker = Uuid::new_v4();
    let waiting = Condition::all().add(entity::Column::State.is_in([State::Checking, State::Writing]));
    let Some(import) = lease::claim::<entity::Entity>(store, waiting, worker, clock()).await? else {
        return Ok(false);
    };
    let job = Job { store, vocabulary, clock: &clock, worker, import };
    let whole = lease::held(lease::unbroken(Box::pin(job.run())), || job.renew());
    match whole.await.and_then(|done| done.unwrap_or(Err(Error::Internal))) {
        // Somebody cancelled it, or another server has taken over.
        Ok(()) | Err(Error::Conflict(_)) => {}
        Err(Error::Invalid(problems)) => {
            let code = problems.first().map_or(Code::NotATable, |problem| problem.code);
            job.fail(code).await?;
        }
        Err(Error::Denied(_) | Error::SignedOut) => job.fail(Code::NotAllowed).await?,
        // Left to the lease: the next try may do better.
        Err(Error::Busy) => return Err(Error::Busy),
        // Trying the same again would break in the same place: the importer is told and decides.
        Err(error) => {
            tracing::error!(import.id = %job.import.id, ?error, "an import broke off");
            job.fail(Code::BrokeOff).await?;
        }
    }
    Ok(true)
}

/// How long a checked import waits for a decision before its file is forgotten, in seconds.
const UNDECIDED_SECONDS: i64 = 3 * 86_400;

/// Gives up imports that nobody has decided on for days, since their files are personal data, and says how many.
pub async fn sweep(store: &Store, now: Moment) -> Result<u64> {
    let mut count = 0;
    let old = everyones::<entity::Entity>()
        .filter(entity::Column::State.eq(State::Checked))
        .filter(entity::Column::CreatedAt.lte(now.plus_seconds(-UNDECIDED_SECONDS)));
    for import in old.all(&store.db).await? {
        let change = store.unattended().await?;
        let given_up = entity::ActiveModel { state: Set(State::Cancelled), ended_at: Set(now), ..Default::default() };
        let update = entity::Entity::update_many()
            .set(given_up)
            .filter(entity::Column::Id.eq(import.id))
            .filter(entity::Column::State.eq(State::Checked));
        if update.exec(change.tx()).await?.rows_affected == 1 {
            sealed_file::forget::<part::Entity>(change.tx(), import.id.0).await?;
            let entry = audit::Entry {
                tenant: Some(import.tenant_id),
                actor: None,
                at: now,
                origin: &job_origin(import.id),
                outcome: Outcome::Done,
            };
            change.commit(entry, &[Event::ImportCancelled { import: import.id }]).await?;
            count += 1;
        }
    }
    Ok(count)
}

struct Job<'j, C> {
    store: &'j Store,
    vocabulary: &'j Vocabulary,
    clock: &'j C,
    worker: Uuid,
    import: entity::Model,
}

impl<C: Fn() -> Moment + Send + Sync> Job<'_, C> {
    /// The view of whoever started the import, with the rights it has now.
    async fn ctx(&self) -> Result<Ctx> {
        let origin = job_origin(self.import.id);
        people::member_ctx(self.store, self.import.member_id, origin, (self.clock)()).await
    }

    async fn run(&self) -> Result<()> {
        let (to, mut rows) = mpsc::channel(2);
        let (file, format) = (Parts::new(self.store, self.import.id), self.import.format);
        let reading = tokio::task::spawn_blocking(move || sheet::read(file, format, &to));
        let result = self.consume(&mut rows).await;
        drop(rows);
        reading.await.map_err(|_| Error::Internal)?;
        result
    }

    async fn consume(&self, rows: &mut mpsc::Receiver<Result<sheet::Rows>>) -> Result<()> {
        let not_a_table = || Problem::alone("file", Code::NotATable);
        let heading = rows.recv().await.ok_or_else(not_a_table)??;
        let (_, heading) = heading.first().ok_or_else(not_a_table)?;
        let columns = Columns::read(heading, self.vocabulary).ok_or_else(not_a_table)?;
        let done = match self.import.state {
            State::Checking => self.import.checked,
            _ => self.import.committed,
        };
        let mut skip = done.unsigned_abs() as usize;
        let mut seen = Seen::default();
        while let Some(batch) = rows.recv().await {
            let mut batch =
                batch::read(self.store, self.import.tenant_id, &columns, self.vocabulary, batch?, &mut seen);
            // What an earlier try has committed is only read again for what it names.
            let skipped = skip.min(batch.len());
            skip -= skipped;
            batch.drain(..skipped);
            if batch.is_empty() {
                continue;
            }
            match self.import.state {
                State::Checking => self.report(batch).await?,
                _ => self.write(&mut batch).await?,
            }
        }
        self.end().await
    }

    /// Writes down what is wrong with the rows of a batch.
    async fn report(&self, mut rows: Vec<Read>) -> Result<()> {
        let ctx = self.ctx().await?;
        let change = ctx.change(Action::ImportLeads).await?;
        batch::find_twins(change.tx(), &mut rows).await?;
        let bad = self.record_bad(&change, &rows).await?;
        self.advance(&change, |row| {
            row.col_expr(entity::Column::Checked, plus("checked", rows.len()))
                .col_expr(entity::Column::Good, plus("good", rows.len() - bad))
                .col_expr(entity::Column::Bad, plus("bad", bad))
        })
        .await?;
        change.commit(Event::ImportChecked { import: self.import.id, bad: bad as u64 }).await
    }

    /// Writes the good rows of a batch. A twin that comes in between is found at the next try.
    async fn write(&self, rows: &mut [Read]) -> Result<()> {
        for _ in 0..3 {
            match self.try_write(rows).await {
                Err(Error::Twin) => {}
                other => return other,
            }
        }
        Err(Error::Busy)
    }

    async fn try_write(&self, rows: &mut [Read]) -> Result<()> {
        let ctx = self.ctx().await?;
        let viewer = ctx.viewer();
        let birth =
            Birth { tenant: viewer.tenant, tenant_number: viewer.tenant_number, creator: viewer.member, at: ctx.now() };
        let change = ctx.change(Action::ImportLeads).await?;
        batch::find_twins(change.tx(), rows).await?;
        let drafts: Vec<Draft> = rows
            .iter()
            .filter_map(|row| row.lead.as_ref().ok())
            .map(|lead| draft::draft(self.store, birth, lead))
            .collect();
        let written = drafts.len();
        let ids: Vec<LeadId> = drafts.iter().map(|draft| draft.id).collect();
        let terms: Vec<(LeadId, String)> = drafts.iter().map(|draft| (draft.id, draft.terms.join(" "))).collect();
        change.insert_many(drafts.into_iter().map(|draft| draft.row).collect()).await?;
        draft::index(change.tx(), terms).await?;
        change.insert_many(ids.iter().map(|id| history(&ctx, *id, entry::Kind::Imported)).collect()).await?;
        self.record_bad(&change, rows).await?;
        self.advance(&change, |row| {
            row.col_expr(entity::Column::Committed, plus("committed", rows.len()))
                .col_expr(entity::Column::Written, plus("written", written))
        })
        .await?;
        change.commit(Event::LeadsImported { import: self.import.id, rows: written as u64 }).await
    }

    async fn record_bad(&self, change: &Change<'_>, rows: &[Read]) -> Result<usize> {
        let bad: Vec<problem::ActiveModel> = rows
            .iter()
            .filter_map(|row| {
                let problems = row.lead.as_ref().err()?;
                Some(problem::ActiveModel {
                    import_id: Set(self.import.id),
                    line: Set(row.line as i64),
                    tenant_id: Set(self.import.tenant_id),
                    company_masked: Set(row.company.clone()),
                    problems: Set(batch::coded(problems)),
                })
            })
            .collect();
        let count = bad.len();
        if count > 0 {
            let keep = OnConflict::columns([problem::Column::ImportId, problem::Column::Line]).do_nothing().to_owned();
            problem::Entity::insert_many(bad).on_conflict(keep).exec_without_returning(change.tx()).await?;
        }
        Ok(count)
    }

    /// Counts a batch as done and renews the lease, if this job still holds it.
    async fn advance(
        &self,
        change: &Change<'_>,
        counts: impl FnOnce(sea_orm::UpdateMany<entity::Entity>) -> sea_orm::UpdateMany<entity::Entity>,
    ) -> Result<()> {
        let lease = (self.clock)().plus_seconds(LEASE_SECONDS);
        let update = counts(change.update::<entity::Entity>())
            .col_expr(entity::Column::LeaseUntil, sea_orm::sea_query::Expr::val(lease));
        change.exactly_one(self.held(update)).await
    }

    /// Renews the lease while nothing is counted: while a file is opened, and while a batch takes long.
    async fn renew(&self) -> Result<()> {
        let import = entity::Entity::update_many()
            .filter(entity::Column::Id.eq(self.import.id))
            .filter(entity::Column::State.eq(self.import.state));
        lease::renew(self.store, import, self.worker, (self.clock)()).await
    }

    fn held(&self, update: sea_orm::UpdateMany<entity::Entity>) -> sea_orm::UpdateMany<entity::Entity> {
        update
            .filter(entity::Column::Id.eq(self.import.id))
            .filter(entity::Column::State.eq(self.import.state))
            .filter(entity::Column::Worker.eq(self.worker))
    }

    /// The last row is done: the report is complete, or the leads are written and the file is forgotten.
    async fn end(&self) -> Result<()> {
        let ctx = self.ctx().await?;
        let change = ctx.change(Action::ImportLeads).await?;
        let (state, event) = match self.import.state {
            State::Checking => (State::Checked, Event::ImportChecked { import: self.import.id, bad: 0 }),
            _ => (State::Done, Event::LeadsImported { import: self.import.id, rows: 0 }),
        };
        let mut row = entity::ActiveModel { state: Set(state), worker: Set(None), ..Default::default() };
        row.lease_until = Set(Moment::NEVER);
        if state == State::Done {
            row.ended_at = Set(ctx.now());
            sealed_file::forget::<part::Entity>(change.tx(), self.import.id.0).await?;
        }
        change.exactly_one(self.held(change.update::<entity::Entity>().set(row))).await?;
        if state == State::Done {
            let import = change.find::<entity::Entity>().filter(entity::Column::Id.eq(self.import.id)).one().await?;
            let written = Some(import.written.unsigned_abs());
            messages::tell(&change, &[import.member_id], Notice::ImportEnded { import: import.id, written }).await?;
        }
        change.commit(event).await
    }

    /// Gives up for good. The importer may have lost its rights, so this is written without them.
    async fn fail(&self, code: Code) -> Result<()> {
        let change = self.store.unattended().await?;
        let row = entity::ActiveModel {
            state: Set(State::Failed),
            failure: Set(Some(code.to_string())),
            ended_at: Set((self.clock)()),
            worker: Set(None),
            lease_until: Set(Moment::NEVER),
            ..Default::default()
        };
        if self.held(entity::Entity::update_many().set(row)).exec(change.tx()).await?.rows_affected != 1 {
            // Somebody cancelled it, or another server has taken over.
            return Ok(());
        }
        sealed_file::forget::<part::Entity>(change.tx(), self.import.id.0).await?;
        let notice = Notice::ImportEnded { import: self.import.id, written: None };
        messages::tell_of(&change, (self.clock)(), &[self.import.member_id], &[notice]).await?;
        let entry = audit::Entry {
            tenant: Some(self.import.tenant_id),
            actor: Some(self.import.member_id),
            at: (self.clock)(),
            origin: &job_origin(self.import.id),
            outcome: Outcome::Refused,
        };
        change.commit(entry, &[Event::ImportFailed { import: self.import.id }]).await
    }
}

/// Where the trail says that the lines of an import's job come from.
fn job_origin(import: ImportId) -> Origin {
    Origin { address: "job".to_owned(), request: import.to_string() }
}

fn plus(column: &str, more: usize) -> sea_orm::sea_query::Expr {
    sea_orm::sea_query::Expr::cust(format!("{column} + {more}"))
}
