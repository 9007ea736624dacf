//! Tenants.

use sea_orm::{Condition, entity::prelude::*};

use crate::{
    access::{LegalEntityKind, PartnerState, TenantKind, Viewer},
    ctx::{Owned, Scoped},
    ids::TenantId,
    moment::Moment,
    people::Site,
    scope::Kind,
};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "tenants")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: TenantId,
    /// A small number, for search terms.
    pub number: i64,
    /// The name one signs in with.
    pub name: String,
    pub title: String,
    pub kind: TenantKind,
    pub parent_id: Option<TenantId>,
    pub marketing_plan_2: bool,
    pub created_at: Moment,
    /// The site of the vendor that it belongs to.
    pub site: Site,
    /// The vendor's company that it has signed with (签约主体).
    pub contracting_entity: String,
    pub legal_entity_kind: LegalEntityKind,
    pub co_sell_plan: bool,
    /// Whether it is a customer service provider of the marketplace.
    pub marketplace_plan: bool,
    pub state: PartnerState,
    pub state_reason: String,
    pub state_since: Moment,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Scoped for Entity {
    fn within(viewer: &Viewer) -> Condition {
        Owned::by(Column::Id).within(viewer, &viewer.sees(Kind::Tenants))
    }
}
