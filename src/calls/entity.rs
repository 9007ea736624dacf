//! The tables of calls: the call, what was reported about it, numbers not to be called, a tenant's rules.

use sea_orm::{Condition, entity::prelude::*, sea_query::Expr};

use super::{CallResult, Cause, Ending, MuteReason, Progress, Provider, State, rules};
use crate::{
    access::Viewer,
    ctx::{Owned, Scoped},
    error::Refusal,
    ids::{CallId, LeadId, MemberId, TenantId},
    leads::{self, InvalidReason, Outcome, Way},
    lease::Leased,
    moment::Moment,
    scope::Kind,
};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "calls")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: CallId,
    pub tenant_id: TenantId,
    pub lead_id: LeadId,
    pub member_id: MemberId,
    /// The tenant and the number as a keyed fingerprint.
    pub number_print: Vec<u8>,
    /// Who carries it, once it is placed.
    pub provider: Option<Provider>,
    /// The name the provider has given it.
    pub provider_call: Option<String>,
    pub state: State,
    pub cause: Option<Cause>,
    pub result: Option<CallResult>,
    /// Why it was not placed, if something stood in the way by then.
    pub refusal: Option<Refusal>,
    pub created_at: Moment,
    pub placed_at: Moment,
    pub agent_at: Moment,
    pub ringing_at: Moment,
    pub answered_at: Moment,
    pub ended_at: Moment,
    /// When anything was last heard of it.
    pub heard_at: Moment,
    /// When the member asked for its end.
    pub cancelled_at: Moment,
    /// When the provider was asked for its end.
    pub stopped_at: Moment,
    /// When the provider declined to.
    pub stop_refused_at: Moment,
    /// When the member wrote down what came of it.
    pub outcome_at: Moment,
    /// Counts the changes, so that none is lost.
    pub revision: i32,
    /// When the simulator goes on with it.
    pub due_at: Moment,
    pub worker: Option<Uuid>,
    pub lease_until: Moment,
}

impl Model {
    /// What is known of it, for the rules.
    pub fn progress(&self) -> Progress {
        Progress {
            state: self.state,
            agent_at: self.agent_at,
            ringing_at: self.ringing_at,
            answered_at: self.answered_at,
            ended_at: self.ended_at,
            cause: self.cause,
            cancelled: self.cancelled_at.happened(),
        }
    }

    /// What has become of the wish that it should end.
    pub fn ending(&self) -> Option<Ending> {
        let is_named = self.state == State::Queued || self.provider_call.is_some();
        self.cancelled_at.happened().then(|| rules::ending(is_named, self.stop_refused_at.happened()))
    }
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

/// Calls that go on. It is written out, and not as a value beside the statement, because only so do the databases know
/// that the index of such calls is enough.
pub fn going_on() -> Condition {
    Condition::all().add(Expr::cust("calls.state <> 'ended'"))
}

impl Leased for Entity {
    const ID: Column = Column::Id;
    const WORKER: Column = Column::Worker;
    const LEASE_UNTIL: Column = Column::LeaseUntil;
    const SINCE: Column = Column::CreatedAt;
}

impl Scoped for Entity {
    /// A call belongs to its lead: whoever sees the lead sees it.
    fn within(viewer: &Viewer) -> Condition {
        leads::entity::of_visible(viewer, Column::TenantId, Column::LeadId)
    }
}

/// What a provider has reported, by the report's own id.
pub mod report {
    use super::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "call_reports")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub call_id: CallId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub report: String,
        pub at: Moment,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}
}

/// Follow-ups that ended calls leave to be written, one of each call.
pub mod draft {
    use super::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "call_drafts")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub call_id: CallId,
        pub tenant_id: TenantId,
        pub lead_id: LeadId,
        /// The caller, who writes it.
        pub member_id: MemberId,
        pub way: Way,
        pub outcome: Option<Outcome>,
        /// What has been typed so far; nothing, until somebody has.
        pub content: Option<String>,
        /// As it was typed.
        pub next_on: String,
        pub reason: Option<InvalidReason>,
        pub mute: Option<MuteReason>,
        pub saved_at: Moment,
        /// Counts how often it was saved.
        pub revision: i32,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl Scoped for Entity {
        /// A draft is its caller's own, for as long as it sees the lead.
        fn within(viewer: &Viewer) -> Condition {
            leads::entity::of_visible(viewer, Column::TenantId, Column::LeadId).add(Column::MemberId.eq(viewer.member))
        }
    }
}

/// Numbers that a tenant does not call.
pub mod muted {
    use super::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "muted_numbers")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: TenantId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub number_print: Vec<u8>,
        /// The lead on whose page it was said.
        pub lead_id: LeadId,
        pub member_id: MemberId,
        pub reason: MuteReason,
        pub at: Moment,
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

/// A tenant's own rules for calling.
pub mod settings {
    use super::*;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "call_settings")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub tenant_id: TenantId,
        pub quiet_from: Option<i32>,
        pub quiet_to: Option<i32>,
        pub pause_from: Option<i32>,
        pub pause_to: Option<i32>,
        pub per_day: i32,
        pub per_week: i32,
        pub per_minute: i32,
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
