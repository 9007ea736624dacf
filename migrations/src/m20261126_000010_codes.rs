//! Verification codes, and which tenants ask for them.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::run(
            manager,
            &[
                // Never the code: a keyed hash of it, and a keyed fingerprint of whom it went to.
                "CREATE TABLE codes (
                    id {uuid} NOT NULL PRIMARY KEY,
                    tenant_id {uuid} NOT NULL REFERENCES tenants (id),
                    member_id {uuid} NOT NULL REFERENCES members (id),
                    operation TEXT NOT NULL,
                    digest {bytes} NOT NULL,
                    hash {bytes} NOT NULL,
                    channel TEXT NOT NULL,
                    receiver {bytes} NOT NULL,
                    at BIGINT NOT NULL,
                    wrong INTEGER NOT NULL,
                    used_at BIGINT NOT NULL,
                    CHECK (wrong BETWEEN 0 AND 3)
                )",
                "CREATE INDEX codes_by_receiver ON codes (receiver, at)",
                "CREATE INDEX codes_by_operation ON codes (member_id, digest, at)",
                "CREATE TABLE verification_switches (
                    tenant_id {uuid} NOT NULL PRIMARY KEY REFERENCES tenants (id),
                    is_on BOOLEAN NOT NULL,
                    changed_at BIGINT NOT NULL
                )",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["verification_switches", "codes"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}
