//! Every union of reasons lets exactly its rows be seen, on both databases, before and after the times at which a stand-in
//! and a tie between two companies end. The table is the tests' own.

use sea_orm::{ConnectionTrait, Database, IntoActiveModel, QueryFilter, QueryOrder, entity::prelude::*};
use strum::IntoEnumIterator;

use super::Owned;
use crate::{
    access::{StandIn, TenantKind, Viewer},
    ids::{MemberId, TenantId},
    moment::Moment,
    scope::{Reason, Reasons},
};

#[derive(Clone, Debug, PartialEq, DeriveEntityModel)]
#[sea_orm(table_name = "rows_of_the_scope_test")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i32,
    pub tenant_id: TenantId,
    pub member_id: MemberId,
    pub party_id: TenantId,
    pub tied_until: Moment,
}

#[derive(Copy, Clone, Debug, EnumIter, DeriveRelation)]
pub enum Relation {}

impl ActiveModelBehavior for ActiveModel {}

const fn tenant(number: u128) -> TenantId {
    TenantId(Uuid::from_u128(number))
}
const fn member(number: u128) -> MemberId {
    MemberId(Uuid::from_u128(number))
}

const MINE: TenantId = tenant(1);
const BELOW: TenantId = tenant(2);
const FOREIGN: TenantId = tenant(3);
const ME: MemberId = member(11);
const TEAM: MemberId = member(12);
const ABSENT: MemberId = member(13);
const STRANGER: MemberId = member(14);
/// When standing in for the absent member ends, and the ties of half the rows.
const END: Moment = Moment(1_000);

/// A row of every tenant, owner, party and tie.
fn rows() -> Vec<Model> {
    let mut rows = Vec::new();
    for tenant_id in [MINE, BELOW, FOREIGN] {
        for member_id in [ME, TEAM, ABSENT, STRANGER] {
            for party_id in [MINE, FOREIGN] {
                for tied_until in [END, Moment(i64::MAX)] {
                    rows.push(Model { id: rows.len() as i32, tenant_id, member_id, party_id, tied_until });
                }
            }
        }
    }
    rows
}

/// The definition, row by row.
fn is_seen(row: &Model, reason: Reason, now: Moment) -> bool {
    let is_mine = row.tenant_id == MINE;
    match reason {
        Reason::Everywhere => true,
        Reason::Tenant => is_mine,
        Reason::Own => is_mine && row.member_id == ME,
        Reason::Team => is_mine && row.member_id == TEAM,
        Reason::StandIn => is_mine && row.member_id == ABSENT && now < END,
        Reason::Below => row.tenant_id == BELOW,
        Reason::Party => row.party_id == MINE && now < row.tied_until,
    }
}

/// The database of the run: a PostgreSQL in which this test makes tables that end with its connection, or SQLite.
async fn database() -> DatabaseConnection {
    let url = std::env::var("TEST_DATABASE_URL").ok().filter(|url| !url.is_empty());
    let url = url.unwrap_or_else(|| "sqlite::memory:".to_owned());
    let mut options = sea_orm::ConnectOptions::new(url);
    options.max_connections(1).sqlx_logging(false);
    let db = Database::connect(options).await.unwrap();
    let uuid = if db.get_database_backend() == sea_orm::DatabaseBackend::Postgres { "UUID" } else { "BLOB" };
    for table in [
        format!("CREATE TEMPORARY TABLE tenants (id {uuid} NOT NULL, parent_id {uuid})"),
        format!(
            "CREATE TEMPORARY TABLE rows_of_the_scope_test (id INTEGER NOT NULL, tenant_id {uuid} NOT NULL, \
             member_id {uuid} NOT NULL, party_id {uuid} NOT NULL, tied_until BIGINT NOT NULL)"
        ),
    ] {
        db.execute_unprepared(&table).await.unwrap();
    }
    let above = sea_orm::sea_query::Query::insert()
        .into_table("tenants")
        .columns(["id", "parent_id"])
        .values_panic([BELOW.0.into(), MINE.0.into()])
        .to_owned();
    db.execute(&above).await.unwrap();
    let rows = rows().into_iter().map(IntoActiveModel::into_active_model);
    Entity::insert_many(rows).exec_without_returning(&db).await.unwrap();
    db
}

#[tokio::test]
async fn every_union_of_reasons_lets_exactly_its_rows_be_seen() {
    let db = database().await;
    let all: Vec<Reason> = Reason::iter().collect();
    for now in [Moment(END.0 - 1), END] {
        let viewer = Viewer {
            team: vec![TEAM],
            stands_in: vec![StandIn { member: ABSENT, until: END }],
            now,
            ..Viewer::within(MINE, 1, TenantKind::Distributor, ME)
        };
        for chosen in 0..1_u32 << all.len() {
            let reasons: Vec<Reason> =
                all.iter().enumerate().filter(|(bit, _)| chosen >> bit & 1 == 1).map(|(_, reason)| *reason).collect();
            let tied = sea_orm::Condition::all().add(Column::PartyId.eq(MINE)).add(Column::TiedUntil.gt(viewer.now));
            let owned = Owned::by(Column::TenantId).of(Column::MemberId).shared_where(tied);
            let within = owned.within(&viewer, &reasons.iter().copied().collect::<Reasons>());
            let seen = Entity::find().filter(within).order_by_asc(Column::Id).all(&db).await.unwrap();
            let expected: Vec<Model> =
                rows().into_iter().filter(|row| reasons.iter().any(|reason| is_seen(row, *reason, now))).collect();
            assert_eq!(seen, expected, "{reasons:?} at {now:?}");
        }
    }
}
