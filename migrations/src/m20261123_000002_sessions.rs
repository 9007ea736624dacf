//! Sessions, sign-in failures, and the forms that were sent already.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::run(
            manager,
            &[
                // The id is hashed: whoever reads the table cannot be anybody with it.
                "CREATE TABLE sessions (
                    id_hash {bytes} NOT NULL PRIMARY KEY,
                    data TEXT NOT NULL,
                    created_at BIGINT NOT NULL,
                    seen_at BIGINT NOT NULL
                )",
                "CREATE INDEX sessions_by_age ON sessions (seen_at)",
                "CREATE TABLE sign_in_attempts (
                    key {bytes} NOT NULL PRIMARY KEY,
                    failures INTEGER NOT NULL,
                    since BIGINT NOT NULL,
                    last BIGINT NOT NULL
                )",
                "CREATE TABLE once (
                    token {uuid} NOT NULL PRIMARY KEY,
                    member_id {uuid} NOT NULL REFERENCES members (id),
                    at BIGINT NOT NULL,
                    location TEXT NOT NULL
                )",
                "CREATE INDEX once_by_age ON once (at)",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["once", "sign_in_attempts", "sessions"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}
