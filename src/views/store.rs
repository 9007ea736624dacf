//! Keeping views: save, rename, choose the default, delete.

use sea_orm::{ActiveValue::Set, QueryFilter, QueryOrder, entity::prelude::*};

use super::{
    List, MOST, NewView, View,
    entity::{ActiveModel, Column, Entity, Model},
};
use crate::{
    access::Action,
    audit::{self, Event},
    ctx::{Change, Ctx, Origin, Store, Turn},
    error::{Code, Error, Problem, Refusal, Result},
    ids::{MemberId, TenantId, ViewId},
    moment::Moment,
};

fn place(id: ViewId) -> String {
    format!("view.query:{id}")
}

/// The viewer's views of a list, in the order in which they were saved.
pub async fn of(ctx: &Ctx, list: List) -> Result<Vec<View>> {
    let rows = ctx.find::<Entity>().filter(Column::List.eq(list)).order_by_asc(Column::CreatedAt);
    let rows = rows.order_by_asc(Column::Id).all().await?;
    rows.into_iter().map(|row| opened(ctx, row)).collect()
}

/// Keeps a view. Sent twice with the same token, it is kept once.
///
/// # Errors
/// `Invalid` on the name if the viewer has a view of that name, `Conflict` if it has as many as a list has room for.
pub async fn save(ctx: &Ctx, new: &NewView, token: Option<Uuid>, back: &str) -> Result<ViewId> {
    ctx.require(new.list.action()).await?;
    let id = ViewId(Uuid::now_v7());
    let change = ctx.change(Action::KeepOwnAccount).await?;
    let kept = in_turn(&change, new.list).await?;
    change.once(token, back).await?;
    if kept.len() >= MOST {
        return Err(Error::Conflict(Refusal::TooManyViews));
    }
    not_taken(&kept, None, &new.name)?;
    if new.is_default {
        without_default(&change, new.list).await?;
    }
    let row = ActiveModel {
        id: Set(id),
        tenant_id: Set(ctx.viewer().tenant),
        member_id: Set(ctx.viewer().member),
        list: Set(new.list),
        name: Set(new.name.clone()),
        query_sealed: Set(ctx.vault().seal(&place(id), new.query.as_bytes())),
        is_default: Set(new.is_default),
        created_at: Set(ctx.now()),
    };
    change.insert(row).await?;
    change.commit(Event::ViewSaved { view: id }).await?;
    Ok(id)
}

/// Gives a view another name.
pub async fn rename(ctx: &Ctx, list: List, id: ViewId, name: &str) -> Result<()> {
    let change = ctx.change(Action::KeepOwnAccount).await?;
    let kept = in_turn(&change, list).await?;
    one_of(&kept, id)?;
    not_taken(&kept, Some(id), name)?;
    let row = ActiveModel { name: Set(name.to_owned()), ..Default::default() };
    change.exactly_one(change.update::<Entity>().set(row).filter(Column::Id.eq(id))).await?;
    change.commit(Event::ViewSaved { view: id }).await
}

/// Has the list show this view when its address asks for nothing; or no longer.
pub async fn choose_default(ctx: &Ctx, list: List, id: ViewId, is_default: bool) -> Result<()> {
    let change = ctx.change(Action::KeepOwnAccount).await?;
    one_of(&in_turn(&change, list).await?, id)?;
    without_default(&change, list).await?;
    let row = ActiveModel { is_default: Set(is_default), ..Default::default() };
    change.exactly_one(change.update::<Entity>().set(row).filter(Column::Id.eq(id))).await?;
    change.commit(Event::ViewSaved { view: id }).await
}

/// Forgets a view.
pub async fn delete(ctx: &Ctx, list: List, id: ViewId) -> Result<()> {
    let change = ctx.change(Action::KeepOwnAccount).await?;
    one_of(&in_turn(&change, list).await?, id)?;
    change.remove_one(change.delete::<Entity>().filter(Column::Id.eq(id))).await?;
    change.commit(Event::ViewDeleted { view: id }).await
}

/// The views of a list, when nobody else can add to them any more before this change ends.
async fn in_turn(change: &Change<'_>, list: List) -> Result<Vec<Model>> {
    change.turn_of(Turn::Member(change.member())).await?;
    change.find::<Entity>().filter(Column::List.eq(list)).all().await
}

fn one_of(kept: &[Model], id: ViewId) -> Result<()> {
    if kept.iter().any(|view| view.id == id) { Ok(()) } else { Err(Error::NotFound) }
}

fn not_taken(kept: &[Model], by: Option<ViewId>, name: &str) -> Result<()> {
    let taken = kept.iter().any(|view| view.name == name && Some(view.id) != by);
    if taken { Err(Problem::alone("name", Code::NameTaken)) } else { Ok(()) }
}

async fn without_default(change: &Change<'_>, list: List) -> Result<()> {
    let row = ActiveModel { is_default: Set(false), ..Default::default() };
    let update = change.update::<Entity>().set(row).filter(Column::List.eq(list)).filter(Column::IsDefault.eq(true));
    change.any_number(update).await.map(drop)
}

fn opened(ctx: &Ctx, row: Model) -> Result<View> {
    let clear = ctx.vault().open(&place(row.id), &row.query_sealed).map_err(|_| {
        tracing::error!(view.id = %row.id, "a saved view does not open");
        Error::Internal
    })?;
    let query = String::from_utf8(clear).map_err(|_| Error::Internal)?;
    Ok(View { id: row.id, name: row.name, query, is_default: row.is_default })
}

/// Keeps a view of the demo.
pub async fn plant(store: &Store, tenant: TenantId, member: MemberId, new: NewView, at: Moment) -> Result<()> {
    let id = ViewId(Uuid::now_v7());
    let change = store.unattended().await?;
    let row = ActiveModel {
        id: Set(id),
        tenant_id: Set(tenant),
        member_id: Set(member),
        list: Set(new.list),
        name: Set(new.name),
        query_sealed: Set(store.vault.seal(&place(id), new.query.as_bytes())),
        is_default: Set(new.is_default),
        created_at: Set(at),
    };
    Entity::insert(row).exec_without_returning(change.tx()).await?;
    let origin = Origin { address: "127.0.0.1".to_owned(), request: String::new() };
    let entry =
        audit::Entry { tenant: Some(tenant), actor: Some(member), at, origin: &origin, outcome: audit::Outcome::Done };
    change.commit(entry, &[Event::ViewSaved { view: id }]).await
}
