//! The tables of codes and of the switch. A code belongs to the member who asked for it.

use sea_orm::{Condition, entity::prelude::*};

use crate::{
    access::Viewer,
    ctx::{Owned, Scoped},
    ids::{CodeId, MemberId, TenantId},
    messages::Channel,
    moment::Moment,
    scope::Kind,
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
        Owned::by(Column::TenantId).of(Column::MemberId).within(viewer, &viewer.sees(Kind::OwnThings))
    }
}

/// Which tenants ask for codes. One without a row does not.
pub mod switch {
    use sea_orm::{Condition, entity::prelude::*};

    use crate::{
        access::Viewer,
        ctx::{Owned, Scoped},
        ids::TenantId,
        moment::Moment,
        scope::Kind,
    };

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
            Owned::by(Column::TenantId).within(viewer, &viewer.sees(Kind::Settings))
        }
    }
}
