//! The tables of exports: the job and its sealed file.

use sea_orm::{Condition, entity::prelude::*};

use super::{Format, List, State};
use crate::{
    access::Viewer,
    ctx::{Owned, Scoped},
    ids::{ExportId, MemberId, TenantId},
    lease::Leased,
    moment::Moment,
    scope::Kind,
};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "exports")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ExportId,
    pub tenant_id: TenantId,
    pub member_id: MemberId,
    pub list: List,
    /// What is asked of the list, sealed: names may stand in it.
    pub question: Vec<u8>,
    pub language: String,
    pub format: Format,
    pub state: State,
    pub failure: Option<String>,
    pub total: i64,
    pub written: i64,
    pub bytes: i64,
    pub created_at: Moment,
    pub ended_at: Moment,
    pub expires_at: Moment,
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
    const SINCE: Column = Column::CreatedAt;
}

impl Scoped for Entity {
    fn within(viewer: &Viewer) -> Condition {
        Owned::by(Column::TenantId).of(Column::MemberId).within(viewer, &viewer.sees(Kind::Exports))
    }
}

/// The file, in sealed parts.
pub mod part {
    use sea_orm::{ActiveValue::Set, entity::prelude::*};

    use crate::{ids::ExportId, sealed_file};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "export_parts")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub export_id: ExportId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub part: i32,
        pub sealed: Vec<u8>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl sealed_file::Parts for Entity {
        const PLACE: &'static str = "export.part";
        const FILE: Column = Column::ExportId;
        const NUMBER: Column = Column::Part;

        fn row(file: Uuid, number: i32, sealed: Vec<u8>) -> ActiveModel {
            ActiveModel { export_id: Set(ExportId(file)), part: Set(number), sealed: Set(sealed) }
        }

        fn sealed(row: Model) -> Vec<u8> {
            row.sealed
        }
    }
}
