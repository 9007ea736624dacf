//! Files that hang on a lead's history, in sealed parts.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::run(
            manager,
            &[
                "CREATE TABLE attachments (
                    id {uuid} NOT NULL PRIMARY KEY,
                    tenant_id {uuid} NOT NULL REFERENCES tenants (id),
                    lead_id {uuid} NOT NULL REFERENCES leads (id),
                    entry_id {uuid} NOT NULL REFERENCES lead_entries (id),
                    place INTEGER NOT NULL,
                    name TEXT NOT NULL,
                    kind TEXT NOT NULL,
                    bytes BIGINT NOT NULL,
                    UNIQUE (entry_id, place)
                )",
                "CREATE INDEX attachments_by_lead ON attachments (lead_id)",
                "CREATE TABLE attachment_parts (
                    attachment_id {uuid} NOT NULL REFERENCES attachments (id),
                    part INTEGER NOT NULL,
                    sealed {bytes} NOT NULL,
                    PRIMARY KEY (attachment_id, part)
                )",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["attachment_parts", "attachments"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}
