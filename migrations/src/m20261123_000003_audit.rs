//! The audit trail. The database itself refuses to change or delete a line.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::run(
            manager,
            &[
                // No reference to members: a line outlives whatever it speaks of.
                "CREATE TABLE audit_events (
                    number BIGINT NOT NULL PRIMARY KEY,
                    tenant_id {uuid},
                    actor_id {uuid},
                    at BIGINT NOT NULL,
                    code TEXT NOT NULL,
                    object_id {uuid},
                    detail TEXT NOT NULL,
                    outcome TEXT NOT NULL,
                    address TEXT NOT NULL,
                    request TEXT NOT NULL,
                    hash {bytes} NOT NULL
                )",
                "CREATE INDEX audit_by_tenant ON audit_events (tenant_id, number)",
                // Quotas count a member's own lines.
                "CREATE INDEX audit_by_actor ON audit_events (actor_id, code, at)",
                "CREATE INDEX audit_by_object ON audit_events (object_id, number)",
                "CREATE TABLE audit_head (
                    id INTEGER NOT NULL PRIMARY KEY CHECK (id = 1),
                    number BIGINT NOT NULL,
                    hash {bytes} NOT NULL
                )",
            ],
        )
        .await?;
        let own: &[&str] = if crate::is_postgres(manager) {
            &[
                "INSERT INTO audit_head (id, number, hash) VALUES (1, 0, ''::bytea)",
                "CREATE FUNCTION audit_is_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
                    BEGIN RAISE EXCEPTION 'the audit trail is append-only'; END $$",
                "CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE ON audit_events
                    FOR EACH ROW EXECUTE FUNCTION audit_is_append_only()",
                "CREATE TRIGGER audit_no_truncate BEFORE TRUNCATE ON audit_events
                    FOR EACH STATEMENT EXECUTE FUNCTION audit_is_append_only()",
            ]
        } else {
            &[
                "INSERT INTO audit_head (id, number, hash) VALUES (1, 0, x'')",
                "CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit_events
                    BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END",
                "CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit_events
                    BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END",
                // Replacing a row deletes it without a word to the trigger above.
                "CREATE TRIGGER audit_no_replace BEFORE INSERT ON audit_events
                    WHEN EXISTS (SELECT 1 FROM audit_events WHERE number = NEW.number)
                    BEGIN SELECT RAISE(ABORT, 'the audit trail is append-only'); END",
            ]
        };
        crate::run(manager, own).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["audit_head", "audit_events"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        if crate::is_postgres(manager) {
            crate::run(manager, &["DROP FUNCTION audit_is_append_only"]).await?;
        }
        Ok(())
    }
}
