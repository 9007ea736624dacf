//! The table of the trail. Rows are inserted by [`super::append`] alone; the database refuses to change or delete them.

use sea_orm::{Condition, entity::prelude::*};

use super::Outcome;
use crate::{
    access::Viewer,
    ctx::{Owned, Scoped},
    ids::{MemberId, TenantId},
    moment::Moment,
    scope::Kind,
};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_events")]
pub struct Model {
    /// The place in the chain, from 1, without gaps.
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i64,
    pub tenant_id: Option<TenantId>,
    pub actor_id: Option<MemberId>,
    pub at: Moment,
    pub code: String,
    pub object_id: Option<Uuid>,
    pub detail: String,
    pub outcome: Outcome,
    pub address: String,
    pub request: String,
    pub hash: Vec<u8>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Scoped for Entity {
    fn within(viewer: &Viewer) -> Condition {
        Owned::by(Column::TenantId).of(Column::ActorId).within(viewer, &viewer.sees(Kind::AuditTrail))
    }
}
