//! Imports of files: the job, the sealed file, and the rows that failed.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::run(
            manager,
            &[
                "CREATE TABLE imports (
                    id {uuid} NOT NULL PRIMARY KEY,
                    tenant_id {uuid} NOT NULL REFERENCES tenants (id),
                    member_id {uuid} NOT NULL REFERENCES members (id),
                    file_name TEXT NOT NULL,
                    format TEXT NOT NULL,
                    bytes BIGINT NOT NULL,
                    state TEXT NOT NULL,
                    failure TEXT,
                    checked BIGINT NOT NULL,
                    good BIGINT NOT NULL,
                    bad BIGINT NOT NULL,
                    committed BIGINT NOT NULL,
                    written BIGINT NOT NULL,
                    created_at BIGINT NOT NULL,
                    ended_at BIGINT NOT NULL,
                    worker {uuid},
                    lease_until BIGINT NOT NULL
                )",
                "CREATE INDEX imports_by_tenant ON imports (tenant_id, created_at)",
                "CREATE INDEX imports_by_state ON imports (state, lease_until)",
                "CREATE TABLE import_parts (
                    import_id {uuid} NOT NULL REFERENCES imports (id),
                    part INTEGER NOT NULL,
                    sealed {bytes} NOT NULL,
                    PRIMARY KEY (import_id, part)
                )",
                "CREATE TABLE import_problems (
                    import_id {uuid} NOT NULL REFERENCES imports (id),
                    line BIGINT NOT NULL,
                    tenant_id {uuid} NOT NULL REFERENCES tenants (id),
                    company_masked TEXT NOT NULL,
                    problems TEXT NOT NULL,
                    PRIMARY KEY (import_id, line)
                )",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["import_problems", "import_parts", "imports"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}
