//! The table of saved views. The query lies sealed: it may hold the name that somebody searched for.

use sea_orm::{Condition, entity::prelude::*};

use super::List;
use crate::{
    access::Viewer,
    ctx::Scoped,
    ids::{MemberId, TenantId, ViewId},
    moment::Moment,
};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "views")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ViewId,
    pub tenant_id: TenantId,
    pub member_id: MemberId,
    pub list: List,
    pub name: String,
    pub query_sealed: Vec<u8>,
    pub is_default: bool,
    pub created_at: Moment,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Scoped for Entity {
    fn within(viewer: &Viewer) -> Condition {
        Condition::all().add(Column::MemberId.eq(viewer.member))
    }
}
