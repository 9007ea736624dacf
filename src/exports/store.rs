//! Exports as their readers see them, and what they may do: ask, cancel, try again, fetch the file.

use std::collections::HashSet;

use sea_orm::{ActiveValue::Set, PaginatorTrait, QueryFilter, QueryOrder, entity::prelude::*};

use super::{
    ExportRow, MOST_ROWS, NewExport, State, Step,
    entity::{self, part},
    rules,
};
use crate::{
    access::Action,
    audit::Event,
    ctx::{Change, Ctx, Store, Turn, everyones},
    error::{Error, Refusal, Result},
    ids::{ExportId, MemberId},
    moment::Moment,
    page::{Page, Slice},
    people,
    sealed_file::{self, PART},
};

/// How many exports of a member may wait or run at once.
const MOST_OF_MEMBER: u64 = 3;
/// How many of a tenant.
const MOST_OF_TENANT: u64 = 10;
/// The address of the history, where every step leads.
const HISTORY: &str = "/exports";

/// The place that the question of an export is sealed to.
pub(super) fn place(id: ExportId) -> String {
    format!("export.question:{id}")
}

/// Has a list exported. A job writes the file.
pub async fn request(ctx: &Ctx, wanted: NewExport, token: Option<Uuid>) -> Result<ExportId> {
    let NewExport { question, format, rows } = wanted;
    let action = question.list.action();
    ctx.require(action).await?;
    match rows {
        0 => return Err(Error::Conflict(Refusal::NothingToExport)),
        rows if rows > MOST_ROWS => return Err(Error::Conflict(Refusal::TooManyToExport)),
        _ => {}
    }
    let id = ExportId(Uuid::now_v7());
    let change = ctx.change(action).await?;
    change.turn_of(Turn::Tenant(change.tenant())).await?;
    change.once(token, HISTORY).await?;
    has_room(&change, ctx.viewer().member).await?;
    let row = entity::ActiveModel {
        id: Set(id),
        tenant_id: Set(ctx.viewer().tenant),
        member_id: Set(ctx.viewer().member),
        list: Set(question.list),
        question: Set(ctx.vault().seal(&place(id), question.text.as_bytes())),
        language: Set(question.language),
        format: Set(format),
        state: Set(State::Queued),
        failure: Set(None),
        total: Set(rows as i64),
        written: Set(0),
        bytes: Set(0),
        created_at: Set(ctx.now()),
        ended_at: Set(Moment::NEVER),
        expires_at: Set(Moment::NEVER),
        worker: Set(None),
        lease_until: Set(Moment::NEVER),
    };
    change.insert(row).await?;
    change.commit(Event::ExportRequested { export: id, list: Some(question.list) }).await?;
    Ok(id)
}

/// Refuses one more export of the member while too many are under way. The change has taken the tenant's turn, so nobody
/// else finds the same room.
async fn has_room(change: &Change<'_>, member: MemberId) -> Result<()> {
    let of_tenant = everyones::<entity::Entity>()
        .filter(entity::Column::TenantId.eq(change.viewer().tenant))
        .filter(entity::Column::State.is_in([State::Queued, State::Running]));
    let of_member = of_tenant.clone().filter(entity::Column::MemberId.eq(member));
    let full =
        of_member.count(change.tx()).await? >= MOST_OF_MEMBER || of_tenant.count(change.tx()).await? >= MOST_OF_TENANT;
    if full { Err(Error::Conflict(Refusal::ExportsUnderWay)) } else { Ok(()) }
}

/// One page of the exports that the viewer sees, the newest first.
pub async fn list(ctx: &Ctx, slice: Slice) -> Result<Page<ExportRow>> {
    ctx.require(Action::KeepOwnAccount).await?;
    // Whatever is asked for in a lifetime has a numbered page.
    let page = ctx
        .find::<entity::Entity>()
        .numbered(slice, |exports| exports.order_by_desc(entity::Column::CreatedAt).order_by_desc(entity::Column::Id))
        .await?;
    let by: Vec<MemberId> = page.rows.iter().map(|row| row.member_id).collect();
    let names = people::names(ctx, &by).await?;
    Ok(page.map(|export| row(ctx.now(), names.get(&export.member_id).cloned(), export)))
}

/// Which of these exports the viewer sees.
pub(crate) async fn visible(ctx: &Ctx, ids: &[ExportId]) -> Result<HashSet<ExportId>> {
    if ids.is_empty() {
        return Ok(HashSet::new());
    }
    let found = ctx.find::<entity::Entity>().filter(entity::Column::Id.is_in(ids.iter().copied())).all().await?;
    Ok(found.into_iter().map(|export| export.id).collect())
}

/// Gives an export up. Nothing of its file is kept.
pub async fn cancel(ctx: &Ctx, id: ExportId, token: Option<Uuid>) -> Result<()> {
    let to = entity::ActiveModel { state: Set(State::Cancelled), ended_at: Set(ctx.now()), ..Default::default() };
    step(ctx, id, token, Step::Cancel, to).await
}

/// Has a failed export tried again from its beginning.
pub async fn retry(ctx: &Ctx, id: ExportId, token: Option<Uuid>) -> Result<()> {
    let to = entity::ActiveModel {
        state: Set(State::Queued),
        failure: Set(None),
        written: Set(0),
        ended_at: Set(Moment::NEVER),
        ..Default::default()
    };
    step(ctx, id, token, Step::Retry, to).await
}

async fn step(ctx: &Ctx, id: ExportId, token: Option<Uuid>, step: Step, mut to: entity::ActiveModel) -> Result<()> {
    let list = found(ctx, id).await?.list;
    let (action, event) = match step {
        // What one has asked for one may give up, whatever became of one's rights.
        Step::Cancel => (Action::KeepOwnAccount, Event::ExportCancelled { export: id, list: Some(list) }),
        Step::Retry => (list.action(), Event::ExportRequested { export: id, list: Some(list) }),
        Step::Download => return Err(Error::Internal),
    };
    let change = ctx.change(action).await?;
    if step == Step::Retry {
        // The room is counted in turn; giving up needs none.
        change.turn_of(Turn::Tenant(change.tenant())).await?;
    }
    change.once(token, HISTORY).await?;
    let export = change.find::<entity::Entity>().filter(entity::Column::Id.eq(id)).one().await?;
    rules::can(step, export.state).map_err(Error::Conflict)?;
    if step == Step::Retry {
        has_room(&change, export.member_id).await?;
    }
    to.worker = Set(None);
    to.lease_until = Set(Moment::NEVER);
    let update = change
        .update::<entity::Entity>()
        .set(to)
        .filter(entity::Column::Id.eq(id))
        .filter(entity::Column::State.eq(export.state));
    change.exactly_one(update).await?;
    change.commit(event).await
}

/// The file of an export, to be read part by part.
#[derive(Debug)]
pub struct File {
    pub export: ExportRow,
    pub bytes: u64,
    store: Store,
}

impl File {
    /// A part of the file, from zero; nothing behind the last.
    ///
    /// # Errors
    /// `NotFound` where the file has been forgotten meanwhile.
    pub async fn part(&self, number: i32) -> Result<Option<Vec<u8>>> {
        let behind_the_last = u64::from(number.unsigned_abs()) * PART as u64 >= self.bytes;
        if behind_the_last {
            return Ok(None);
        }
        let part = sealed_file::part::<part::Entity>(&self.store, self.export.id.0, number).await?;
        part.map(Some).ok_or(Error::NotFound)
    }
}

/// Opens the file of an export; that it is fetched stands in the trail before a byte of it leaves.
pub async fn open(ctx: &Ctx, id: ExportId) -> Result<File> {
    let export = found(ctx, id).await?;
    let action = export.list.action();
    ctx.require(action).await?;
    // Who asked was asked for its own rows; whoever else fetches the file must see all that may be in it.
    if export.member_id != ctx.viewer().member && !export.list.reasons(ctx.viewer()).whole_tenant() {
        return Err(Error::NotFound);
    }
    let bytes = export.bytes.unsigned_abs();
    let names = people::names(ctx, &[export.member_id]).await?;
    let export = row(ctx.now(), names.get(&export.member_id).cloned(), export);
    rules::can(Step::Download, export.state).map_err(Error::Conflict)?;
    ctx.change(action).await?.commit(Event::ExportDownloaded { export: id, list: Some(export.list) }).await?;
    Ok(File { export, bytes, store: ctx.store().clone() })
}

async fn found(ctx: &Ctx, id: ExportId) -> Result<entity::Model> {
    ctx.require(Action::KeepOwnAccount).await?;
    ctx.find::<entity::Entity>().filter(entity::Column::Id.eq(id)).one().await
}

fn row(now: Moment, by: Option<String>, export: entity::Model) -> ExportRow {
    ExportRow {
        id: export.id,
        list: export.list,
        language: export.language,
        format: export.format,
        by: by.unwrap_or_default(),
        state: rules::seen(export.state, export.expires_at, now),
        failure: export.failure.and_then(|code| code.parse().ok()),
        total: export.total.unsigned_abs(),
        written: export.written.unsigned_abs(),
        created_at: export.created_at,
        ended_at: export.ended_at,
        expires_at: export.expires_at,
    }
}
