//! Which roles a member holds: the code of a default role, or the id of a custom one.

use sea_orm::{Condition, entity::prelude::*};

use super::member;
use crate::{access::Viewer, ctx::Scoped, ids::MemberId};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "member_roles")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub member_id: MemberId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub role: String,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Scoped for Entity {
    fn within(viewer: &Viewer) -> Condition {
        member::of_visible(viewer, Column::MemberId)
    }
}
