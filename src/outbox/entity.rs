//! The tables of letters: the outbox, and what the demo would have sent.

use sea_orm::{Condition, entity::prelude::*};

use super::State;
use crate::{
    access::Viewer,
    ctx::{Owned, Scoped},
    ids::{CodeId, LetterId, MemberId, MessageId, PreregistrationId, ReceiverId, TenantId},
    lease::Leased,
    messages::{Channel, Language},
    moment::Moment,
    scope::Kind,
};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "outbox")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: LetterId,
    pub tenant_id: TenantId,
    /// The member whom it tells, whose message it tells a receiver of, or who invites a prospect.
    pub member_id: MemberId,
    pub receiver_id: Option<ReceiverId>,
    pub message_id: Option<MessageId>,
    /// How many further messages of the same kind it stands for.
    pub more: i64,
    pub code_id: Option<CodeId>,
    /// The prospect whom it invites; the address is looked up there.
    pub preregistration_id: Option<PreregistrationId>,
    /// The code itself, until the letter is sent or given up.
    pub secret_sealed: Option<Vec<u8>>,
    pub channel: Channel,
    pub language: Language,
    pub state: State,
    pub tries: i32,
    pub reason: Option<String>,
    pub created_at: Moment,
    /// Not before this.
    pub due_at: Moment,
    pub ended_at: Moment,
    /// Who works on it, until the lease ends.
    pub worker: Option<Uuid>,
    pub lease_until: Moment,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Leased for Entity {
    const ID: Column = Column::Id;
    const WORKER: Column = Column::Worker;
    const LEASE_UNTIL: Column = Column::LeaseUntil;
    const SINCE: Column = Column::DueAt;
}

impl Scoped for Entity {
    fn within(viewer: &Viewer) -> Condition {
        Owned::by(Column::TenantId).of(Column::MemberId).within(viewer, &viewer.sees(Kind::Letters))
    }
}

/// What would have been sent, in the demo alone. What it says is sealed: it may be a code.
pub mod demo {
    use sea_orm::{Condition, entity::prelude::*};

    use crate::{
        access::Viewer,
        ctx::{Owned, Scoped},
        ids::{LetterId, TenantId},
        messages::Channel,
        moment::Moment,
        scope::Kind,
    };

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "demo_letters")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: LetterId,
        pub tenant_id: TenantId,
        pub at: Moment,
        pub channel: Channel,
        pub address_masked: String,
        pub sealed: Vec<u8>,
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
