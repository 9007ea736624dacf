//! Whom a partner shows its customers, and which roles' qualifications of a member are under review.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::run(
            manager,
            &[
                // Five places, and nobody in two of them.
                "CREATE TABLE customer_contacts (
                    tenant_id {uuid} NOT NULL REFERENCES tenants (id),
                    place INTEGER NOT NULL,
                    member_id {uuid} NOT NULL UNIQUE REFERENCES members (id),
                    PRIMARY KEY (tenant_id, place),
                    CHECK (place BETWEEN 1 AND 5)
                )",
                "CREATE TABLE qualification_reviews (
                    member_id {uuid} NOT NULL REFERENCES members (id),
                    role TEXT NOT NULL,
                    begun_at BIGINT NOT NULL,
                    PRIMARY KEY (member_id, role)
                )",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::run(manager, &["DROP TABLE qualification_reviews", "DROP TABLE customer_contacts"]).await
    }
}
