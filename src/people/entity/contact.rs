//! Whom a partner shows its customers, by place.

use sea_orm::{Condition, entity::prelude::*};

use crate::{
    access::Viewer,
    ctx::{Owned, Scoped},
    ids::{MemberId, TenantId},
    scope::Kind,
};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "customer_contacts")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub place: i32,
    pub member_id: MemberId,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Scoped for Entity {
    fn within(viewer: &Viewer) -> Condition {
        Owned::by(Column::TenantId).within(viewer, &viewer.sees(Kind::Settings))
    }
}
