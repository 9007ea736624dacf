//! Members that administrators manage: what makes a phone, an e-mail and an account unique, what a member has chosen for
//! itself, and whose a session is.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::run(
            manager,
            &[
                "ALTER TABLE members ADD COLUMN phone_print {bytes}",
                "ALTER TABLE members ADD COLUMN email_print {bytes}",
                "ALTER TABLE members ADD COLUMN language TEXT NOT NULL DEFAULT ''",
                "ALTER TABLE members ADD COLUMN zone TEXT NOT NULL DEFAULT ''",
                // The prints hold the tenant as well: one phone in two tenants has two of them.
                "CREATE UNIQUE INDEX members_phone_print ON members (phone_print)",
                "CREATE UNIQUE INDEX members_email_print ON members (email_print)",
                // `Admin` and `admin` are one account to whoever reads them out.
                "CREATE UNIQUE INDEX members_account_once ON members (tenant_id, lower(account))",
                "CREATE INDEX members_by_supervisor ON members (supervisor_id)",
                "CREATE INDEX member_roles_by_role ON member_roles (role)",
                "ALTER TABLE sessions ADD COLUMN member_id {uuid}",
                "ALTER TABLE sessions ADD COLUMN version INTEGER NOT NULL DEFAULT 0",
                "ALTER TABLE sessions ADD COLUMN address TEXT NOT NULL DEFAULT ''",
                "ALTER TABLE sessions ADD COLUMN browser TEXT NOT NULL DEFAULT ''",
                "CREATE INDEX sessions_by_member ON sessions (member_id)",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::run(
            manager,
            &[
                "DROP INDEX sessions_by_member",
                "ALTER TABLE sessions DROP COLUMN browser",
                "ALTER TABLE sessions DROP COLUMN address",
                "ALTER TABLE sessions DROP COLUMN version",
                "ALTER TABLE sessions DROP COLUMN member_id",
                "DROP INDEX member_roles_by_role",
                "DROP INDEX members_by_supervisor",
                "DROP INDEX members_account_once",
                "DROP INDEX members_email_print",
                "DROP INDEX members_phone_print",
                "ALTER TABLE members DROP COLUMN zone",
                "ALTER TABLE members DROP COLUMN language",
                "ALTER TABLE members DROP COLUMN email_print",
                "ALTER TABLE members DROP COLUMN phone_print",
            ],
        )
        .await
    }
}
