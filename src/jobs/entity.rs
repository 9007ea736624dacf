//! The table of runs.

use sea_orm::{Condition, entity::prelude::*};

use crate::{
    access::Viewer,
    ctx::{Owned, Scoped},
    ids::RunId,
    lease::Leased,
    moment::Moment,
    scope::Kind,
};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "job_runs")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RunId,
    pub name: String,
    /// The time it was due, once for each name; nothing, if an operator asked for it.
    pub slot: Option<Moment>,
    pub began_at: Moment,
    pub ended_at: Moment,
    /// When the job is due again.
    pub next_at: Moment,
    pub done: i64,
    pub failure: Option<String>,
    /// Who does it, until the lease ends.
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
    const SINCE: Column = Column::BeganAt;
}

impl Scoped for Entity {
    fn within(viewer: &Viewer) -> Condition {
        // A run is of no tenant and of no member, so there is nothing between all and none.
        Owned::by(Column::Id).within(viewer, &viewer.sees(Kind::ScheduledJobs))
    }
}
