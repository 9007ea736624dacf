//! Reading and marking messages.

use std::collections::HashMap;

use sea_orm::{QueryFilter, entity::prelude::*, sea_query::Expr};
use strum::IntoEnumIterator;

use super::{About, Filter, Group, Kind, MessageRow, Notice, Object, Query, entity};
use crate::{
    access::Action,
    audit::Event,
    ctx::{Ctx, Store, UNREAD_COUNTED, Visible},
    error::Result,
    exports,
    ids::{ExportId, ImportId, LeadId, MemberId, MessageId, TenantId},
    imports, leads,
    moment::Moment,
    page::{Page, Total, WINDOW},
    people,
};

/// How long a message that was read is kept, in seconds: a year.
const KEPT_SECONDS: i64 = 365 * 86_400;

/// How many messages the viewer has not read, counted to a hundred.
pub async fn unread(ctx: &Ctx) -> Result<u64> {
    ctx.find::<entity::Entity>().filter(entity::Column::ReadAt.eq(Moment::NEVER)).count_to(UNREAD_COUNTED).await
}

/// How many of the viewer's messages there are of these.
pub async fn count(ctx: &Ctx, filter: Filter) -> Result<Total> {
    Ok(Total::of(narrow(ctx.find::<entity::Entity>(), filter).count_to(WINDOW + 1).await?))
}

/// One page of the viewer's messages, the newest first.
pub async fn list(ctx: &Ctx, query: &Query) -> Result<Page<MessageRow>> {
    let found = narrow(ctx.find::<entity::Entity>(), query.filter);
    let mut page = found.newest_first(entity::Column::Number, query.slice, |row| row.number).await?;
    // What a later version has written is not this version's to tell.
    let read = |row: &entity::Model| serde_json::from_str::<Notice>(&row.detail).ok();
    let notices: Vec<Notice> = page.rows.iter().filter_map(read).collect();
    let mut told = about(ctx, notices).await?.into_iter();
    let mut rows = Vec::with_capacity(page.rows.len());
    for row in std::mem::take(&mut page.rows) {
        if read(&row).is_some()
            && let Some(about) = told.next()
        {
            rows.push(MessageRow { id: row.id, about, at: row.at, is_read: row.read_at.happened() });
        }
    }
    Ok(page.holding(rows))
}

fn narrow(mut rows: Visible<'_, entity::Entity>, filter: Filter) -> Visible<'_, entity::Entity> {
    if let Some(group) = filter.group {
        rows = rows.filter(entity::Column::Kind.is_in(kinds_of(group)));
    }
    match filter.read {
        Some(true) => rows.filter(entity::Column::ReadAt.gt(Moment::NEVER)),
        Some(false) => rows.filter(entity::Column::ReadAt.eq(Moment::NEVER)),
        None => rows,
    }
}

/// The codes of the kinds of a group.
fn kinds_of(group: Group) -> impl Iterator<Item = String> {
    Kind::iter().filter(move |kind| kind.group() == group).map(|kind| kind.to_string())
}

/// These notices with what the viewer may know of their objects now, in their order.
pub(crate) async fn about(ctx: &Ctx, notices: Vec<Notice>) -> Result<Vec<About>> {
    let mut of_leads: Vec<LeadId> = Vec::new();
    let mut of_imports: Vec<ImportId> = Vec::new();
    let mut of_exports: Vec<ExportId> = Vec::new();
    for notice in &notices {
        match notice.object() {
            Object::Lead(lead) => of_leads.push(lead),
            Object::Import(import) => of_imports.push(import),
            Object::Export(export) => of_exports.push(export),
            Object::Nothing => {}
        }
    }
    let colleagues: Vec<MemberId> = notices.iter().filter_map(Notice::colleague).collect();
    let numbers = leads::numbers(ctx, &of_leads).await?;
    let of_imports = imports::visible(ctx, &of_imports).await?;
    let of_exports = exports::visible(ctx, &of_exports).await?;
    let names: HashMap<MemberId, String> = people::names(ctx, &colleagues).await?;
    let companies: Vec<TenantId> = notices.iter().filter_map(Notice::company).collect();
    let companies = people::parties(ctx, &companies).await?;
    let me = ctx.viewer().member;
    let about = |notice: Notice| {
        let (number, is_visible) = match notice.object() {
            Object::Lead(lead) => (numbers.get(&lead).copied(), numbers.contains_key(&lead)),
            Object::Import(import) => (None, of_imports.contains(&import)),
            Object::Export(export) => (None, of_exports.contains(&export)),
            Object::Nothing => (None, false),
        };
        let colleague =
            notice.colleague().filter(|member| *member != me).and_then(|member| names.get(&member).cloned());
        let company = notice.company().and_then(|company| Some(companies.get(&company)?.title()?.to_owned()));
        About { notice, number, is_visible, colleague, company }
    };
    Ok(notices.into_iter().map(about).collect())
}

/// Marks what tells the viewer of anything up to then as read, of one group or of all: what began later is not seen yet.
pub async fn mark_all_read(ctx: &Ctx, group: Option<Group>, until: Moment) -> Result<()> {
    let change = ctx.change(Action::KeepOwnAccount).await?;
    let mut unread = change
        .update::<entity::Entity>()
        .filter(entity::Column::ReadAt.eq(Moment::NEVER))
        .filter(entity::Column::At.lte(until));
    if let Some(group) = group {
        unread = unread.filter(entity::Column::Kind.is_in(kinds_of(group)));
    }
    change.any_number(unread.col_expr(entity::Column::ReadAt, Expr::val(ctx.now()))).await?;
    change.commit(Event::MessagesRead).await
}

/// Marks one message as read. One that is read already stays so.
pub async fn mark_read(ctx: &Ctx, id: MessageId) -> Result<()> {
    let change = ctx.change(Action::KeepOwnAccount).await?;
    let message = change.find::<entity::Entity>().filter(entity::Column::Id.eq(id)).one().await?;
    if message.read_at.happened() {
        return Ok(());
    }
    let read = change
        .update::<entity::Entity>()
        .filter(entity::Column::Id.eq(id))
        .filter(entity::Column::ReadAt.eq(Moment::NEVER))
        .col_expr(entity::Column::ReadAt, Expr::val(ctx.now()));
    change.any_number(read).await?;
    change.commit(Event::MessagesRead).await
}

/// Forgets messages that were read long ago; says how many.
pub async fn sweep(store: &Store, now: Moment) -> Result<u64> {
    let old = entity::Entity::delete_many()
        .filter(entity::Column::ReadAt.gt(Moment::NEVER))
        .filter(entity::Column::ReadAt.lte(now.plus_seconds(-KEPT_SECONDS)));
    Ok(old.exec(&store.db).await?.rows_affected)
}
