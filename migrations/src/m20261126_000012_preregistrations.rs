//! Pre-registrations: prospects that a partner has announced to the vendor as its own.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::run(
            manager,
            &[
                "CREATE TABLE preregistrations (
                    number {serial},
                    id {uuid} NOT NULL UNIQUE,
                    tenant_id {uuid} NOT NULL REFERENCES tenants (id),
                    lead_id {uuid} NOT NULL UNIQUE REFERENCES leads (id),
                    owner_id {uuid} NOT NULL REFERENCES members (id),
                    company TEXT NOT NULL,
                    contact TEXT NOT NULL,
                    mobile_sealed {bytes},
                    email_sealed {bytes},
                    invite BOOLEAN NOT NULL,
                    remark TEXT,
                    state TEXT NOT NULL,
                    created_at BIGINT NOT NULL,
                    expires_at BIGINT NOT NULL,
                    twin_company {bytes},
                    twin_mobile {bytes}
                )",
                // Whoever holds a prospect holds it alone, among all partners.
                "CREATE UNIQUE INDEX preregistrations_twin_company ON preregistrations (twin_company)",
                "CREATE UNIQUE INDEX preregistrations_twin_mobile ON preregistrations (twin_mobile)",
                "CREATE INDEX preregistrations_by_tenant ON preregistrations (tenant_id, state)",
                "CREATE INDEX preregistrations_by_expiry ON preregistrations (state, expires_at)",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        manager.drop_table(Table::drop().table("preregistrations").to_owned()).await
    }
}
