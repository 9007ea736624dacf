//! Imports as their readers see them, and what they may do: upload, confirm, cancel.

use std::{collections::HashSet, io::Seek};

use sea_orm::{ActiveValue::Set, QueryFilter, QueryOrder, QuerySelect, entity::prelude::*};

use super::{
    BadRow, ImportRow, LARGEST_FILE, State, entity,
    entity::{part, problem},
    parts,
};
use crate::{
    access::Action,
    audit::{self, Event},
    contact,
    ctx::{Ctx, Turn, Visible},
    error::{Code, Error, Problem, Refusal, Result},
    ids::{ImportId, MemberId},
    moment::Moment,
    people, sealed_file,
};

/// How many files a member uploads in an hour.
pub const UPLOADS_PER_HOUR: u64 = 30;
/// How many imports the history shows.
const SHOWN: u64 = 50;

/// Takes a file in. It is checked by a job; nothing becomes a lead before somebody confirms.
pub async fn upload(
    ctx: &Ctx,
    file_name: &str,
    mut file: impl std::io::Read + Seek + Send,
    token: Option<Uuid>,
) -> Result<ImportId> {
    ctx.require(Action::ImportLeads).await?;
    let bytes = file.seek(std::io::SeekFrom::End(0)).map_err(|_| Error::Internal)?;
    if bytes > LARGEST_FILE {
        return Err(Problem::alone("file", Code::TooLarge));
    }
    file.rewind().map_err(|_| Error::Internal)?;
    let format = parts::format_of(&mut file)?;
    file.rewind().map_err(|_| Error::Internal)?;

    let id = ImportId(Uuid::now_v7());
    let change = ctx.change(Action::ImportLeads).await?;
    change.turn_of(Turn::Member(change.member())).await?;
    change.once(token, &format!("/leads/import/{id}")).await?;
    let event = Event::ImportUploaded { import: id };
    let hour = ctx.now().plus_seconds(-3600);
    // The report of a file answers which of its leads exist already, so there are only so many answers.
    if audit::count_since(&change, ctx.viewer().member, event.code(), hour).await? >= UPLOADS_PER_HOUR {
        return Err(Error::TooMany { retry_after: 3600 });
    }
    let row = entity::ActiveModel {
        id: Set(id),
        tenant_id: Set(ctx.viewer().tenant),
        member_id: Set(ctx.viewer().member),
        // A name with tricks in it is shown as "unnamed"; it names nothing on the server anyway.
        file_name: Set(contact::line(file_name, 1, 128).unwrap_or_else(|_| "--".to_owned())),
        format: Set(format),
        bytes: Set(bytes as i64),
        state: Set(State::Checking),
        failure: Set(None),
        checked: Set(0),
        good: Set(0),
        bad: Set(0),
        committed: Set(0),
        written: Set(0),
        created_at: Set(ctx.now()),
        ended_at: Set(Moment::NEVER),
        worker: Set(None),
        lease_until: Set(Moment::NEVER),
    };
    change.insert(row).await?;
    sealed_file::write::<part::Entity>(change.tx(), ctx.vault(), id.0, &mut file).await?;
    change.commit(event).await?;
    Ok(id)
}

/// The newest imports of the viewer's tenant, all or those in this state.
pub async fn list(ctx: &Ctx, state: Option<State>) -> Result<Vec<ImportRow>> {
    ctx.require(Action::ImportLeads).await?;
    let rows = standing(ctx, state).order_by_desc(entity::Column::CreatedAt).limit(SHOWN).all().await?;
    let by: Vec<MemberId> = rows.iter().map(|row| row.member_id).collect();
    let names = people::names(ctx, &by).await?;
    Ok(rows.into_iter().map(|import| row(names.get(&import.member_id).cloned(), import)).collect())
}

/// How many imports of the viewer's tenant are in this state, counted no further than the list shows.
pub async fn count(ctx: &Ctx, state: State) -> Result<u64> {
    standing(ctx, Some(state)).count_to(SHOWN).await
}

fn standing(ctx: &Ctx, state: Option<State>) -> Visible<'_, entity::Entity> {
    let imports = ctx.find::<entity::Entity>();
    match state {
        Some(state) => imports.filter(entity::Column::State.eq(state)),
        None => imports,
    }
}

/// One import.
pub async fn get(ctx: &Ctx, id: ImportId) -> Result<ImportRow> {
    ctx.require(Action::ImportLeads).await?;
    let import = ctx.find::<entity::Entity>().filter(entity::Column::Id.eq(id)).one().await?;
    let names = people::names(ctx, &[import.member_id]).await?;
    Ok(row(names.get(&import.member_id).cloned(), import))
}

/// Which of these imports the viewer sees.
pub(crate) async fn visible(ctx: &Ctx, ids: &[ImportId]) -> Result<HashSet<ImportId>> {
    if ids.is_empty() {
        return Ok(HashSet::new());
    }
    let found = ctx.find::<entity::Entity>().filter(entity::Column::Id.is_in(ids.iter().copied())).all().await?;
    Ok(found.into_iter().map(|import| import.id).collect())
}

/// The bad rows of an import behind a line, so many at a time.
pub async fn problems(ctx: &Ctx, id: ImportId, after: u64, most: u64) -> Result<Vec<BadRow>> {
    ctx.require(Action::ImportLeads).await?;
    let rows = ctx
        .find::<problem::Entity>()
        .filter(problem::Column::ImportId.eq(id))
        .filter(problem::Column::Line.gt(after as i64))
        .order_by_asc(problem::Column::Line)
        .limit(most)
        .all()
        .await?;
    let bad = |row: problem::Model| BadRow {
        line: row.line.unsigned_abs(),
        company: row.company_masked,
        problems: row
            .problems
            .split(',')
            .filter_map(|one| one.split_once(':'))
            .filter_map(|(field, code)| Some((field.to_owned(), code.parse().ok()?)))
            .collect(),
    };
    Ok(rows.into_iter().map(bad).collect())
}

/// Has the good rows written.
pub async fn confirm(ctx: &Ctx, id: ImportId) -> Result<()> {
    step(ctx, id, &[State::Checked], State::Writing, Event::ImportConfirmed { import: id }).await
}

/// Gives an import up. What is written stays; nothing more is.
pub async fn cancel(ctx: &Ctx, id: ImportId) -> Result<()> {
    let open = [State::Checking, State::Checked, State::Writing];
    step(ctx, id, &open, State::Cancelled, Event::ImportCancelled { import: id }).await
}

async fn step(ctx: &Ctx, id: ImportId, from: &[State], to: State, event: Event) -> Result<()> {
    let change = ctx.change(Action::ImportLeads).await?;
    change.find::<entity::Entity>().filter(entity::Column::Id.eq(id)).one().await?;
    let mut row = entity::ActiveModel { state: Set(to), lease_until: Set(Moment::NEVER), ..Default::default() };
    if to == State::Cancelled {
        row.ended_at = Set(ctx.now());
        row.worker = Set(None);
        sealed_file::forget::<part::Entity>(change.tx(), id.0).await?;
    }
    let update = change.update::<entity::Entity>().set(row).filter(entity::Column::Id.eq(id));
    let update = update.filter(entity::Column::State.is_in(from.iter().copied()));
    change.exactly_one(update).await.map_err(|error| match error {
        Error::Conflict(_) => Error::Conflict(Refusal::Over),
        other => other,
    })?;
    change.commit(event).await
}

fn row(by: Option<String>, import: entity::Model) -> ImportRow {
    ImportRow {
        id: import.id,
        file_name: import.file_name,
        by: by.unwrap_or_default(),
        state: import.state,
        failure: import.failure.and_then(|code| code.parse().ok()),
        checked: import.checked.unsigned_abs(),
        good: import.good.unsigned_abs(),
        bad: import.bad.unsigned_abs(),
        committed: import.committed.unsigned_abs(),
        written: import.written.unsigned_abs(),
        created_at: import.created_at,
        ended_at: import.ended_at,
    }
}
