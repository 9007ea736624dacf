//! Tenants.

use sea_orm::{Condition, entity::prelude::*};

use crate::{
    access::{Rows, TenantKind, Viewer},
    ctx::Scoped,
    ids::TenantId,
    moment::Moment,
};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "tenants")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: TenantId,
    /// A small number, for search terms.
    pub number: i64,
    /// The name one signs in with.
    pub name: String,
    pub title: String,
    pub kind: TenantKind,
    pub parent_id: Option<TenantId>,
    pub marketing_plan_2: bool,
    pub created_at: Moment,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Scoped for Entity {
    fn within(viewer: &Viewer) -> Condition {
        match viewer.tenants() {
            Rows::Everywhere => Condition::all(),
            _ => Condition::all().add(Column::Id.eq(viewer.tenant)),
        }
    }
}
