//! The tables of codes and of the switch. A code belongs to the member who asked for it.

use sea_orm::{Condition, entity::prelude::*};

use crate::{
    access::Viewer,
    ctx::Scoped,
    ids::{CodeId, MemberId, TenantId},
    messages::Channel,
    moment::Moment,
};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "codes")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CodeId,
    pub tenant_id: TenantId,
    pub member_id: MemberId,
    /// The code of the kind of act.
    pub operation: String,
    /// The very act, in this session, as a keyed fingerprint.
    pub digest: Vec<u8>,
    /// The code as a keyed hash.
    pub hash: Vec<u8>,
    pub channel: Channel,
    /// The phone or e-mail that it went to, as a keyed fingerprint.
    pub receiver: Vec<u8>,
    pub at: Moment,
    /// Wrong tries so far.
    pub wrong: i32,
    pub used_at: Moment,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Scoped for Entity {
    fn within(viewer: &Viewer) -> Condition {
        Condition::all().add(Column::TenantId.eq(viewer.tenant)).add(Column::MemberId.eq(viewer.member))
    }
}

/// Which tenants ask for codes. One without a row does not.
pub mod switch {
    use sea_orm::{Condition, entity::prelude::*};

    use crate::{access::Viewer, ctx::Scoped, ids::TenantId, moment::Moment};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "verification_switches")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: TenantId,
        pub is_on: bool,
        pub changed_at: Moment,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl Scoped for Entity {
        fn within(viewer: &Viewer) -> Condition {
            Condition::all().add(Column::TenantId.eq(viewer.tenant))
        }
    }
}
