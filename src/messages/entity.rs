//! The tables of messages. A message belongs to one member and nobody else reads it.

use sea_orm::{Condition, entity::prelude::*};

use crate::{
    access::Viewer,
    ctx::{Owned, Scoped},
    ids::{MemberId, MessageId, TenantId},
    moment::Moment,
    scope::Kind,
};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "inbox")]
pub struct Model {
    /// The running number: the order of the list.
    #[sea_orm(primary_key)]
    pub number: i64,
    pub id: MessageId,
    pub tenant_id: TenantId,
    pub member_id: MemberId,
    pub at: Moment,
    /// The code of the kind; a kind of a later version is no error.
    pub kind: String,
    pub object_id: Option<Uuid>,
    /// The notice, as JSON.
    pub detail: String,
    pub read_at: Moment,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Scoped for Entity {
    fn within(viewer: &Viewer) -> Condition {
        Owned::by(Column::TenantId).of(Column::MemberId).within(viewer, &viewer.sees(Kind::Messages))
    }
}

/// Which channels a member wants, one row for a member and a group.
pub mod channel {
    use sea_orm::{Condition, entity::prelude::*};

    use crate::{access::Viewer, ctx::Scoped, ids::MemberId};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "message_channels")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub member_id: MemberId,
        /// The code of the group.
        #[sea_orm(primary_key, auto_increment = false)]
        pub about: String,
        pub email: bool,
        pub sms: bool,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl Scoped for Entity {
        fn within(viewer: &Viewer) -> Condition {
            Condition::all().add(Column::MemberId.eq(viewer.member))
        }
    }
}

/// Receivers of a tenant's choice. What they are called and reached by is sealed.
pub mod receiver {
    use sea_orm::{Condition, entity::prelude::*};

    use crate::{
        access::Viewer,
        ctx::{Owned, Scoped},
        ids::{ReceiverId, TenantId},
        messages::Language,
        moment::Moment,
        scope::Kind,
    };

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "message_receivers")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: ReceiverId,
        pub tenant_id: TenantId,
        /// The code of the kind of messages.
        pub kind: String,
        pub name_sealed: Vec<u8>,
        pub email_sealed: Option<Vec<u8>>,
        pub phone_sealed: Option<Vec<u8>>,
        pub language: Language,
        pub created_at: Moment,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl Scoped for Entity {
        fn within(viewer: &Viewer) -> Condition {
            Owned::by(Column::TenantId).within(viewer, &viewer.sees(Kind::Receivers))
        }
    }
}
