//! Which roles' qualifications are under review.

use sea_orm::{Condition, entity::prelude::*};

use super::member;
use crate::{access::Viewer, ctx::Scoped, ids::MemberId, moment::Moment};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "qualification_reviews")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub member_id: MemberId,
    #[sea_orm(primary_key, auto_increment = false)]
    pub role: String,
    pub begun_at: Moment,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Scoped for Entity {
    fn within(viewer: &Viewer) -> Condition {
        member::of_visible(viewer, Column::MemberId)
    }
}
