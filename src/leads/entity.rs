//! The tables of leads: the lead, its search terms' number, and its history.

use chrono::NaiveDate;
use sea_orm::{
    Condition,
    entity::prelude::*,
    sea_query::{Expr, ExprTrait, Query},
};

use super::{Industry, InvalidReason, Source, State};
use crate::{
    access::Viewer,
    ctx::{Owned, Scoped},
    ids::{LeadId, MemberId, TenantId},
    moment::Moment,
    scope::Kind,
};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "leads")]
pub struct Model {
    /// The running number: the order of entry, and the row of the search index.
    #[sea_orm(primary_key)]
    pub number: i64,
    pub id: LeadId,
    pub tenant_id: TenantId,
    pub company: String,
    pub company_key: String,
    pub contact: String,
    pub contact_key: String,
    pub phone_sealed: Option<Vec<u8>>,
    pub email_sealed: Option<Vec<u8>>,
    pub title: Option<String>,
    pub industry: Option<Industry>,
    pub region: Option<String>,
    pub campaign: Option<String>,
    pub campaign_key: Option<String>,
    pub source: Source,
    pub need: Option<String>,
    /// Codes, comma-separated.
    pub products: String,
    pub state: State,
    pub follower_id: Option<MemberId>,
    pub creator_id: MemberId,
    pub created_at: Moment,
    pub dispatched_at: Moment,
    pub followed_at: Moment,
    pub next_on: Option<NaiveDate>,
    pub invalid_reason: Option<InvalidReason>,
    /// Company and phone as a keyed fingerprint while the lead is open; unique, so that two open twins cannot exist.
    pub twin_phone: Option<Vec<u8>>,
    /// The same for company and e-mail.
    pub twin_email: Option<Vec<u8>>,
    /// When somebody was last reminded that nobody follows it up.
    pub reminded_at: Moment,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Scoped for Entity {
    fn within(viewer: &Viewer) -> Condition {
        Owned::by(Column::TenantId).of(Column::FollowerId).within(viewer, &viewer.sees(Kind::Leads))
    }
}

/// The scope of what belongs to a lead: whoever sees the lead sees it. It is asked of each row about its own lead, since a
/// list of all the viewer's leads would be as long as the tenant's.
pub(crate) fn of_visible<C: ColumnTrait>(viewer: &Viewer, tenant: C, lead: C) -> Condition {
    let own = Expr::col(Column::Id.as_column_ref()).equals(lead.as_column_ref());
    let visible =
        Query::select().expr(Expr::val(1)).from(Entity).and_where(own).cond_where(Entity::within(viewer)).to_owned();
    Condition::all().add(tenant.eq(viewer.tenant)).add(Expr::exists(visible))
}

/// The history of leads, one row an act.
pub mod entry {
    use super::*;
    use crate::leads::{Outcome, Way};

    /// What kind of act a row of the history is.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, strum::Display, strum::EnumString, DeriveValueType)]
    #[strum(serialize_all = "snake_case")]
    #[sea_orm(value_type = "String")]
    pub enum Kind {
        Created,
        Imported,
        Dispatched,
        Returned,
        Followed,
        Reopened,
        Developed,
    }

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "lead_entries")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub tenant_id: TenantId,
        pub lead_id: LeadId,
        pub at: Moment,
        pub author_id: MemberId,
        pub kind: Kind,
        pub to_id: Option<MemberId>,
        pub way: Option<Way>,
        pub outcome: Option<Outcome>,
        pub content: Option<String>,
        pub next_on: Option<NaiveDate>,
        pub reason: Option<InvalidReason>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl Scoped for Entity {
        fn within(viewer: &Viewer) -> Condition {
            of_visible(viewer, Column::TenantId, Column::LeadId)
        }
    }
}

/// The same history as the work of those who did it: an operator sees what it did itself, whoever has the lead now. For
/// counting and for going back to one's work; what it says about a lead is read through [`entry`].
pub mod act {
    use super::*;
    use crate::leads::Outcome;

    #[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
    #[sea_orm(table_name = "lead_entries")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: Uuid,
        pub tenant_id: TenantId,
        pub lead_id: LeadId,
        pub at: Moment,
        pub author_id: MemberId,
        pub kind: entry::Kind,
        pub outcome: Option<Outcome>,
    }

    #[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
    pub enum Relation {}

    impl ActiveModelBehavior for ActiveModel {}

    impl Scoped for Entity {
        fn within(viewer: &Viewer) -> Condition {
            Owned::by(Column::TenantId).of(Column::AuthorId).within(viewer, &viewer.sees(Kind::Leads))
        }
    }
}
