//! The table of pre-registrations. Phones and e-mails are sealed like everybody's.

use sea_orm::{Condition, entity::prelude::*};

use super::State;
use crate::{
    access::Viewer,
    ctx::{Owned, Scoped},
    ids::{LeadId, MemberId, PreregistrationId, TenantId},
    moment::Moment,
    scope::Kind,
};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "preregistrations")]
pub struct Model {
    /// The running number, in the order of entry.
    #[sea_orm(primary_key)]
    pub number: i64,
    pub id: PreregistrationId,
    pub tenant_id: TenantId,
    pub lead_id: LeadId,
    pub owner_id: MemberId,
    pub company: String,
    pub contact: String,
    pub mobile_sealed: Option<Vec<u8>>,
    pub email_sealed: Option<Vec<u8>>,
    pub invite: bool,
    pub remark: Option<String>,
    pub state: State,
    pub created_at: Moment,
    pub expires_at: Moment,
    /// When the invitation went out; never, while it has not.
    pub invited_at: Moment,
    /// The company as a keyed fingerprint while the prospect is held; unique among all partners.
    pub twin_company: Option<Vec<u8>>,
    /// The same for its mobile.
    pub twin_mobile: Option<Vec<u8>>,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

impl Scoped for Entity {
    fn within(viewer: &Viewer) -> Condition {
        Owned::by(Column::TenantId).of(Column::OwnerId).within(viewer, &viewer.sees(Kind::Preregistrations))
    }
}
