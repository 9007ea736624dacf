//! The tables of attachments: the file's card, and the file in sealed parts.

use sea_orm::{Condition, entity::prelude::*};

use super::Kind;
use crate::{
    access::Viewer,
    ctx::Scoped,
    ids::{AttachmentId, LeadId, TenantId},
    leads::entity as lead,
};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "attachments")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AttachmentId,
    pub tenant_id: TenantId,
    pub lead_id: LeadId,
    /// The line of the lead's history that it hangs on.
    pub entry_id: Uuid,
    pub place: i32,
    pub name: String,
    pub kind: Kind,
    pub bytes: i64,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Scoped for Entity {
    fn within(viewer: &Viewer) -> Condition {
        lead::of_visible(viewer, Column::TenantId, Column::LeadId)
    }
}

/// The file, in sealed parts.
pub mod part {
    use sea_orm::{ActiveValue::Set, entity::prelude::*};

    use crate::{ids::AttachmentId, sealed_file};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "attachment_parts")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub attachment_id: AttachmentId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub part: i32,
        pub sealed: Vec<u8>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl sealed_file::Parts for Entity {
        const PLACE: &'static str = "attachment.part";
        const FILE: Column = Column::AttachmentId;
        const NUMBER: Column = Column::Part;

        fn row(file: Uuid, number: i32, sealed: Vec<u8>) -> ActiveModel {
            ActiveModel { attachment_id: Set(AttachmentId(file)), part: Set(number), sealed: Set(sealed) }
        }

        fn sealed(row: Model) -> Vec<u8> {
            row.sealed
        }
    }
}
