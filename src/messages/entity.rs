//! The table of messages. A message belongs to one member and nobody else reads it.

use sea_orm::{Condition, entity::prelude::*};

use super::Kind;
use crate::{
    access::Viewer,
    ctx::Scoped,
    ids::{LeadId, MemberId, TenantId},
    moment::Moment,
};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "messages")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    pub tenant_id: TenantId,
    pub member_id: MemberId,
    pub at: Moment,
    pub kind: Kind,
    pub lead_id: LeadId,
    pub read_at: Moment,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Scoped for Entity {
    fn within(viewer: &Viewer) -> Condition {
        Condition::all().add(Column::TenantId.eq(viewer.tenant)).add(Column::MemberId.eq(viewer.member))
    }
}
