//! The tables of imports: the job, the sealed file, the rows that failed.

use sea_orm::{Condition, entity::prelude::*};

use super::{Format, State};
use crate::{
    access::Viewer,
    ctx::{Owned, Scoped},
    ids::{ImportId, MemberId, TenantId},
    lease::Leased,
    moment::Moment,
    scope::Kind,
};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "imports")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ImportId,
    pub tenant_id: TenantId,
    pub member_id: MemberId,
    pub file_name: String,
    pub format: Format,
    pub bytes: i64,
    pub state: State,
    pub failure: Option<String>,
    pub checked: i64,
    pub good: i64,
    pub bad: i64,
    pub committed: i64,
    pub written: i64,
    pub created_at: Moment,
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
    const SINCE: Column = Column::CreatedAt;
}

impl Scoped for Entity {
    fn within(viewer: &Viewer) -> Condition {
        Owned::by(Column::TenantId).of(Column::MemberId).within(viewer, &viewer.sees(Kind::Imports))
    }
}

/// The file, in sealed parts.
pub mod part {
    use sea_orm::{ActiveValue::Set, entity::prelude::*};

    use crate::{ids::ImportId, sealed_file};

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "import_parts")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub import_id: ImportId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub part: i32,
        pub sealed: Vec<u8>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl sealed_file::Parts for Entity {
        const PLACE: &'static str = "import.part";
        const FILE: Column = Column::ImportId;
        const NUMBER: Column = Column::Part;

        fn row(file: Uuid, number: i32, sealed: Vec<u8>) -> ActiveModel {
            ActiveModel { import_id: Set(ImportId(file)), part: Set(number), sealed: Set(sealed) }
        }

        fn sealed(row: Model) -> Vec<u8> {
            row.sealed
        }
    }
}

/// Rows that cannot be imported, and why.
pub mod problem {
    use super::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "import_problems")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub import_id: ImportId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub line: i64,
        pub tenant_id: TenantId,
        pub company_masked: String,
        /// `field:code`, comma-separated.
        pub problems: String,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl Scoped for Entity {
        fn within(viewer: &Viewer) -> Condition {
            Owned::by(Column::TenantId).within(viewer, &viewer.sees(Kind::Imports))
        }
    }
}
