//! Runs of scheduled jobs, one row a slot.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::run(
            manager,
            &[
                // A run that an operator asked for has no slot, and nulls are never the same.
                "CREATE TABLE job_runs (
                    id {uuid} NOT NULL PRIMARY KEY,
                    name TEXT NOT NULL,
                    slot BIGINT,
                    began_at BIGINT NOT NULL,
                    ended_at BIGINT NOT NULL,
                    next_at BIGINT NOT NULL,
                    done BIGINT NOT NULL,
                    failure TEXT,
                    worker {uuid},
                    lease_until BIGINT NOT NULL,
                    UNIQUE (name, slot)
                )",
                "CREATE INDEX job_runs_by_name ON job_runs (name, began_at)",
                "CREATE INDEX job_runs_by_end ON job_runs (ended_at, lease_until)",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("job_runs").to_owned()).await
    }
}
