//! Tenants, members, roles, and what members have chosen for themselves.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::run(
            manager,
            &[
                "CREATE TABLE tenants (
                    id {uuid} NOT NULL PRIMARY KEY,
                    number BIGINT NOT NULL UNIQUE,
                    name TEXT NOT NULL UNIQUE,
                    title TEXT NOT NULL,
                    kind TEXT NOT NULL,
                    parent_id {uuid} REFERENCES tenants (id),
                    marketing_plan_2 BOOLEAN NOT NULL,
                    created_at BIGINT NOT NULL
                )",
                "CREATE TABLE members (
                    id {uuid} NOT NULL PRIMARY KEY,
                    tenant_id {uuid} NOT NULL REFERENCES tenants (id),
                    account TEXT NOT NULL,
                    name TEXT NOT NULL,
                    phone_sealed {bytes},
                    email_sealed {bytes},
                    password_hash TEXT NOT NULL,
                    must_change_password BOOLEAN NOT NULL,
                    telesales BOOLEAN NOT NULL,
                    supervisor_id {uuid} REFERENCES members (id),
                    site TEXT NOT NULL,
                    version INTEGER NOT NULL,
                    disabled_at BIGINT NOT NULL,
                    created_at BIGINT NOT NULL,
                    UNIQUE (tenant_id, account)
                )",
                "CREATE TABLE roles (
                    id {uuid} NOT NULL PRIMARY KEY,
                    tenant_id {uuid} NOT NULL REFERENCES tenants (id),
                    name TEXT NOT NULL,
                    UNIQUE (tenant_id, name)
                )",
                "CREATE TABLE role_items (
                    role_id {uuid} NOT NULL REFERENCES roles (id),
                    item TEXT NOT NULL,
                    tenant_id {uuid} NOT NULL REFERENCES tenants (id),
                    PRIMARY KEY (role_id, item)
                )",
                "CREATE TABLE member_roles (
                    member_id {uuid} NOT NULL REFERENCES members (id),
                    role TEXT NOT NULL,
                    PRIMARY KEY (member_id, role)
                )",
                "CREATE TABLE preferences (
                    member_id {uuid} NOT NULL REFERENCES members (id),
                    name TEXT NOT NULL,
                    value TEXT NOT NULL,
                    PRIMARY KEY (member_id, name)
                )",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let tables = ["preferences", "member_roles", "role_items", "roles", "members", "tenants"];
        for table in tables {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}
