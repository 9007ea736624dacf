//! The table of choices, one row for a member and a choice.

use sea_orm::{Condition, entity::prelude::*};

use crate::{access::Viewer, ctx::Scoped, ids::MemberId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "preferences")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub member_id: MemberId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    pub value: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Scoped for Entity {
    fn within(viewer: &Viewer) -> Condition {
        Condition::all().add(Column::MemberId.eq(viewer.member))
    }
}
