//! Saved views of lists, and the indexes behind the counts and the trend of the home page.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::run(
            manager,
            &[
                "CREATE TABLE views (
                    id {uuid} NOT NULL PRIMARY KEY,
                    tenant_id {uuid} NOT NULL REFERENCES tenants (id),
                    member_id {uuid} NOT NULL REFERENCES members (id),
                    list TEXT NOT NULL,
                    name TEXT NOT NULL,
                    query_sealed {bytes} NOT NULL,
                    is_default BOOLEAN NOT NULL,
                    created_at BIGINT NOT NULL,
                    UNIQUE (member_id, list, name)
                )",
                "CREATE UNIQUE INDEX views_default ON views (member_id, list) WHERE is_default",
                // Most leads have no next date, so these stay small and a new lead does not touch them.
                "CREATE INDEX leads_by_next ON leads (tenant_id, next_on, number) WHERE next_on IS NOT NULL",
                "CREATE INDEX leads_by_follower_next ON leads (tenant_id, follower_id, next_on) \
                 WHERE next_on IS NOT NULL",
                "CREATE INDEX leads_by_follower_state ON leads (tenant_id, follower_id, state, number)",
                "CREATE INDEX lead_entries_by_kind ON lead_entries (tenant_id, kind, at)",
                "CREATE INDEX lead_entries_by_author ON lead_entries (tenant_id, author_id, kind, at)",
                "CREATE INDEX lead_entries_by_outcome ON lead_entries (tenant_id, outcome, at) \
                 WHERE outcome IS NOT NULL",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for index in [
            "lead_entries_by_outcome",
            "lead_entries_by_author",
            "lead_entries_by_kind",
            "leads_by_follower_state",
            "leads_by_follower_next",
            "leads_by_next",
        ] {
            manager.drop_index(Index::drop().name(index).to_owned()).await?;
        }
        manager.drop_table(Table::drop().table("views").to_owned()).await
    }
}
