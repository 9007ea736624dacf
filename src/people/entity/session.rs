//! Sessions as their owner sees them. What is in them is the server's; nobody sees anybody else's.

use sea_orm::{Condition, entity::prelude::*};

use crate::{access::Viewer, ctx::Scoped, ids::MemberId, moment::Moment};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "sessions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id_hash: Vec<u8>,
    pub member_id: Option<MemberId>,
    /// The member's version that its ticket is worth something at.
    pub version: i32,
    pub address: String,
    pub browser: String,
    pub created_at: Moment,
    pub seen_at: Moment,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Scoped for Entity {
    fn within(viewer: &Viewer) -> Condition {
        Condition::all().add(Column::MemberId.eq(viewer.member))
    }
}
