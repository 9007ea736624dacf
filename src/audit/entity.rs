//! The tables of the trail. Rows are inserted by [`super::append`] alone; the database refuses to change or delete them.

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
    /// The order in which lines are read over all chains. It may have gaps; what counts is the place.
    #[sea_orm(primary_key)]
    pub number: i64,
    pub chain_id: Uuid,
    /// The place in the chain, from 1, without gaps.
    pub place: i64,
    /// Whose trail the line is in.
    pub tenant_id: Option<TenantId>,
    pub actor_id: Option<MemberId>,
    /// The company that acted, where it is another one than whose trail this is.
    pub acting_tenant_id: Option<TenantId>,
    /// The other company whose trail has the line too, where this is the trail of the one that acted.
    pub second_tenant_id: Option<TenantId>,
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

/// The ends of the chains, one row a chain, in no viewer's sight.
pub mod head {
    use sea_orm::entity::prelude::*;

    use crate::moment::Moment;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "audit_chains")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        /// The place of its last row; zero before the first.
        pub place: i64,
        pub hash: Vec<u8>,
        /// When something was added last.
        pub at: Moment,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}
