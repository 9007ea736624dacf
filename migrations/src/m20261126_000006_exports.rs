//! Exports of lists: the job and its sealed file.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::run(
            manager,
            &[
                // What was asked may hold names that somebody searched by, so it is sealed like the file.
                "CREATE TABLE exports (
                    id {uuid} NOT NULL PRIMARY KEY,
                    tenant_id {uuid} NOT NULL REFERENCES tenants (id),
                    member_id {uuid} NOT NULL REFERENCES members (id),
                    list TEXT NOT NULL,
                    question {bytes} NOT NULL,
                    language TEXT NOT NULL,
                    format TEXT NOT NULL,
                    state TEXT NOT NULL,
                    failure TEXT,
                    total BIGINT NOT NULL,
                    written BIGINT NOT NULL,
                    bytes BIGINT NOT NULL,
                    created_at BIGINT NOT NULL,
                    ended_at BIGINT NOT NULL,
                    expires_at BIGINT NOT NULL,
                    worker {uuid},
                    lease_until BIGINT NOT NULL
                )",
                "CREATE INDEX exports_by_tenant ON exports (tenant_id, created_at)",
                "CREATE INDEX exports_by_state ON exports (state, lease_until)",
                "CREATE TABLE export_parts (
                    export_id {uuid} NOT NULL REFERENCES exports (id),
                    part INTEGER NOT NULL,
                    sealed {bytes} NOT NULL,
                    PRIMARY KEY (export_id, part)
                )",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["export_parts", "exports"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}
