//! What the vendor says of a tenant besides its kind, and who stands in for whom.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

/// Columns with the values that a tenant of the version before has.
const COLUMNS: [&str; 8] = [
    "site TEXT NOT NULL DEFAULT 'china'",
    "contracting_entity TEXT NOT NULL DEFAULT ''",
    "legal_entity_kind TEXT NOT NULL DEFAULT 'enterprise'",
    "co_sell_plan BOOLEAN NOT NULL DEFAULT FALSE",
    "marketplace_plan BOOLEAN NOT NULL DEFAULT FALSE",
    "state TEXT NOT NULL DEFAULT 'normal'",
    "state_reason TEXT NOT NULL DEFAULT ''",
    "state_since BIGINT NOT NULL DEFAULT 0",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in COLUMNS {
            crate::run(manager, &[&format!("ALTER TABLE tenants ADD COLUMN {column}")]).await?;
        }
        crate::run(
            manager,
            &[
                "CREATE INDEX tenants_by_parent ON tenants (parent_id)",
                // For a time that ends by itself: both ends are kept, and no row is needed to end it.
                "CREATE TABLE delegations (
                    id {uuid} NOT NULL PRIMARY KEY,
                    tenant_id {uuid} NOT NULL REFERENCES tenants (id),
                    from_id {uuid} NOT NULL REFERENCES members (id),
                    to_id {uuid} NOT NULL REFERENCES members (id),
                    begins_at BIGINT NOT NULL,
                    ends_at BIGINT NOT NULL,
                    CHECK (begins_at < ends_at),
                    CHECK (from_id <> to_id)
                )",
                "CREATE INDEX delegations_by_stand_in ON delegations (to_id, ends_at)",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::run(manager, &["DROP TABLE delegations", "DROP INDEX tenants_by_parent"]).await?;
        for column in COLUMNS.iter().rev() {
            let name = column.split(' ').next().unwrap_or_default();
            crate::run(manager, &[&format!("ALTER TABLE tenants DROP COLUMN {name}")]).await?;
        }
        Ok(())
    }
}
