//! The permission items of custom roles.

use sea_orm::{Condition, entity::prelude::*};

use crate::{
    access::Viewer,
    ctx::{Owned, Scoped},
    ids::{RoleId, TenantId},
    scope::Kind,
};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "role_items")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub role_id: RoleId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub item: String,
    pub tenant_id: TenantId,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Scoped for Entity {
    fn within(viewer: &Viewer) -> Condition {
        Owned::by(Column::TenantId).within(viewer, &viewer.sees(Kind::Settings))
    }
}
