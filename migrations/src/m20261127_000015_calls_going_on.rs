//! What the work of calls looks for: calls that go on, which are few however many have ended, and reports that are old.

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
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::run(
            manager,
            &[
                "DROP INDEX call_reports_by_time",
                "CREATE INDEX calls_by_state ON calls (state, lease_until)",
                "DROP INDEX calls_going_on",
            ],
        )
        .await
    }
}
