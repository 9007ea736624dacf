//! Turns: rows that say nothing and are there to be held while something is looked at alone.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // No reference to what they are for: some are for what is known by a fingerprint alone.
        crate::run(manager, &["CREATE TABLE turns (id {uuid} NOT NULL PRIMARY KEY)"]).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("turns").to_owned()).await
    }
}
