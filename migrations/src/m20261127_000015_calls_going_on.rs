//! What the work of calls looks for: calls that go on, which are few however many have ended, and reports that are old;
//! and when a provider has declined to end a call.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::run(
            manager,
            &[
                "CREATE INDEX calls_going_on ON calls (created_at) WHERE state <> 'ended'",
                "DROP INDEX calls_by_state",
                "CREATE INDEX call_reports_by_time ON call_reports (at)",
                "ALTER TABLE calls ADD COLUMN stop_refused_at BIGINT NOT NULL DEFAULT 0",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::run(
            manager,
            &[
                "ALTER TABLE calls DROP COLUMN stop_refused_at",
                "DROP INDEX call_reports_by_time",
                "CREATE INDEX calls_by_state ON calls (state, lease_until)",
                "DROP INDEX calls_going_on",
            ],
        )
        .await
    }
}
