//! Members. Their own phones and e-mails are sealed like everybody's.

use sea_orm::{Condition, entity::prelude::*, sea_query::Query};

use crate::{
    access::Viewer,
    ctx::{Owned, Scoped},
    ids::{MemberId, TenantId},
    moment::Moment,
    people::Site,
    scope::Kind,
};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "members")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MemberId,
    pub tenant_id: TenantId,
    pub account: String,
    pub name: String,
    pub phone_sealed: Option<Vec<u8>>,
    pub email_sealed: Option<Vec<u8>>,
    /// The phone as a keyed fingerprint with its tenant; unique, so that two members cannot have the same one.
    pub phone_print: Option<Vec<u8>>,
    /// The same for the e-mail.
    pub email_print: Option<Vec<u8>>,
    pub password_hash: String,
    pub must_change_password: bool,
    pub telesales: bool,
    pub supervisor_id: Option<MemberId>,
    pub site: Site,
    /// Moves on when what the member may do shrinks; sessions of older versions are dead.
    pub version: i32,
    /// Never, while the member may sign in.
    pub disabled_at: Moment,
    pub created_at: Moment,
    /// The language it has chosen to keep, or nothing.
    pub language: String,
    /// The time zone it has chosen, or nothing.
    pub zone: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Scoped for Entity {
    fn within(viewer: &Viewer) -> Condition {
        Owned::by(Column::TenantId).of(Column::Id).within(viewer, &viewer.sees(Kind::Colleagues))
    }
}

/// The scope of what belongs to a member: whoever sees the member sees it.
pub(super) fn of_visible<C: ColumnTrait>(viewer: &Viewer, member: C) -> Condition {
    let visible = Query::select().column(Column::Id).from(Entity).cond_where(Entity::within(viewer)).to_owned();
    Condition::all().add(member.in_subquery(visible))
}
