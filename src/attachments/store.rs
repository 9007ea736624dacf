//! Hanging files on a follow-up, listing them, and giving them back.

use std::{collections::HashMap, fs::File};

use sea_orm::{
    ActiveValue::Set, FromQueryResult, QueryFilter, QueryOrder, QuerySelect, entity::prelude::*, sea_query::Expr,
};

use super::{
    Attachment, LARGEST, MOST, MOST_BYTES_OF_LEAD, MOST_BYTES_OF_TENANT, clean,
    entity::{ActiveModel, Column, Entity, Model, part},
    kind,
};
use crate::{
    access::Action,
    audit::Event,
    ctx::{Change, Ctx, Store, everyones},
    error::{Code, Problem, Result},
    ids::{AttachmentId, LeadId, TenantId},
    leads::entity::{act, entry::Kind},
    sealed_file,
};

/// The field of a form that files are named by.
const FIELD: &str = "files";

/// A file as it has been sent, on disk without a name.
pub struct NewFile {
    pub name: String,
    pub bytes: u64,
    pub spool: File,
}

/// A file that may be kept.
pub(crate) struct Checked {
    name: String,
    kind: super::Kind,
    bytes: u64,
    spool: File,
}

/// Refuses what is too much, too large, or of a kind that is not taken.
pub(crate) fn checked(files: Vec<NewFile>) -> Result<Vec<Checked>> {
    if files.len() > MOST {
        return Err(Problem::alone(FIELD, Code::TooManyFiles));
    }
    let mut checked = Vec::with_capacity(files.len());
    for NewFile { name, bytes, mut spool } in files {
        if bytes > LARGEST {
            return Err(Problem::alone(FIELD, Code::TooLarge));
        }
        let kind = kind::of(&name, &mut spool)?.ok_or_else(|| Problem::alone(FIELD, Code::FileKind))?;
        checked.push(Checked { name: clean(&name, kind), kind, bytes, spool });
    }
    Ok(checked)
}

/// Refuses files for which a lead or its tenant has no room left. The change has taken the tenant's turn, so nobody else
/// finds the same room.
async fn has_room(change: &Change<'_>, lead: LeadId, bytes: u64) -> Result<()> {
    #[derive(FromQueryResult)]
    struct Kept {
        bytes: i64,
    }
    if bytes == 0 {
        return Ok(());
    }
    let tenant = change.viewer().tenant;
    for (of, most, code) in [
        (Column::LeadId.eq(lead), MOST_BYTES_OF_LEAD, Code::LeadFilesFull),
        (Column::TenantId.eq(tenant), MOST_BYTES_OF_TENANT, Code::TenantFilesFull),
    ] {
        let kept = everyones::<Entity>().select_only().filter(of);
        let kept = kept.expr_as(Expr::cust("CAST(COALESCE(SUM(bytes), 0) AS BIGINT)"), "bytes");
        let kept = kept.into_model::<Kept>().one(change.tx()).await?.map_or(0, |kept| kept.bytes.unsigned_abs());
        if kept + bytes > most {
            return Err(Problem::alone(FIELD, code));
        }
    }
    Ok(())
}

/// Hangs files on a line of a lead's history, within the change that writes the line and that has taken the tenant's turn.
pub(crate) async fn attach(
    change: &Change<'_>,
    ctx: &Ctx,
    lead: LeadId,
    entry: Uuid,
    files: Vec<Checked>,
) -> Result<()> {
    has_room(change, lead, files.iter().map(|file| file.bytes).sum()).await?;
    for (place, mut file) in files.into_iter().enumerate() {
        let id = AttachmentId(Uuid::now_v7());
        let row = ActiveModel {
            id: Set(id),
            tenant_id: Set(ctx.viewer().tenant),
            lead_id: Set(lead),
            entry_id: Set(entry),
            place: Set(place as i32),
            name: Set(file.name),
            kind: Set(file.kind),
            bytes: Set(file.bytes as i64),
        };
        change.insert(row).await?;
        sealed_file::write::<part::Entity>(change.tx(), ctx.vault(), id.0, &mut file.spool).await?;
    }
    Ok(())
}

/// The files of a lead that the viewer sees, by the line of its history that they hang on.
pub(crate) async fn of_lead(ctx: &Ctx, lead: LeadId) -> Result<HashMap<Uuid, Vec<Attachment>>> {
    let rows = ctx.find::<Entity>().filter(Column::LeadId.eq(lead)).order_by_asc(Column::Place).all().await?;
    let mut files: HashMap<Uuid, Vec<Attachment>> = HashMap::new();
    for row in rows {
        files.entry(row.entry_id).or_default().push(shown(&row));
    }
    Ok(files)
}

fn shown(row: &Model) -> Attachment {
    Attachment { id: row.id, name: row.name.clone(), kind: row.kind, bytes: row.bytes.unsigned_abs() }
}

/// A file on its way to its reader, part by part.
pub struct Download {
    pub file: Attachment,
    store: Store,
    next: i32,
}

/// Gives a file of a lead to whoever sees the lead, and records it.
pub async fn download(ctx: &Ctx, lead: LeadId, id: AttachmentId) -> Result<Download> {
    let change = ctx.change(Action::ViewLeads).await?;
    let row = change.find::<Entity>().filter(Column::Id.eq(id)).filter(Column::LeadId.eq(lead)).one().await?;
    change.commit(Event::AttachmentDownloaded { lead, attachment: id }).await?;
    Ok(Download { file: shown(&row), store: ctx.store().clone(), next: 0 })
}

impl Download {
    /// The next part; nothing behind the last.
    pub async fn part(&mut self) -> Result<Option<Vec<u8>>> {
        let part = sealed_file::part::<part::Entity>(&self.store, self.file.id.0, self.next).await?;
        self.next += 1;
        Ok(part)
    }
}

/// Hangs files on the latest follow-ups of the demo, one each, in turn.
pub async fn plant(store: &Store, tenant: TenantId, files: &[(&str, &str)], how_many: u64) -> Result<()> {
    let latest = everyones::<act::Entity>()
        .filter(act::Column::TenantId.eq(tenant))
        .filter(act::Column::Kind.eq(Kind::Followed))
        .order_by_desc(act::Column::At)
        .limit(how_many);
    let latest = latest.all(&store.db).await?;
    let tx = store.begin().await?;
    for (act, (name, text)) in latest.into_iter().zip(files.iter().cycle()) {
        let id = AttachmentId(Uuid::now_v7());
        let is_table = name.ends_with(".csv");
        let row = ActiveModel {
            id: Set(id),
            tenant_id: Set(tenant),
            lead_id: Set(act.lead_id),
            entry_id: Set(act.id),
            place: Set(0),
            name: Set((*name).to_owned()),
            kind: Set(if is_table { super::Kind::Csv } else { super::Kind::Text }),
            bytes: Set(text.len() as i64),
        };
        Entity::insert(row).exec_without_returning(&tx).await?;
        sealed_file::write::<part::Entity>(&tx, &store.vault, id.0, &mut text.as_bytes()).await?;
    }
    Ok(tx.commit().await?)
}
