//! Messages of every kind, who gets them elsewhere, and the letters on their way there.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // An id inside JSON is text; SQLite keeps ids as bytes.
        let lead = if crate::is_postgres(manager) { "CAST(lead_id AS TEXT)" } else { "LOWER(HEX(lead_id))" };
        let moved = format!(
            "INSERT INTO inbox (id, tenant_id, member_id, at, kind, object_id, detail, read_at)
             SELECT id, tenant_id, member_id, at, kind, lead_id, '{{\"lead_dispatched\":{{\"lead\":\"' || {lead} || '\"}}}}', read_at
             FROM messages ORDER BY at, id"
        );
        crate::run(
            manager,
            &[
                // `messages` could tell of leads alone. It stays for servers of the version before, and goes in a later
                // release.
                "CREATE TABLE inbox (
                    number {serial},
                    id {uuid} NOT NULL UNIQUE,
                    tenant_id {uuid} NOT NULL REFERENCES tenants (id),
                    member_id {uuid} NOT NULL REFERENCES members (id),
                    at BIGINT NOT NULL,
                    kind TEXT NOT NULL,
                    object_id {uuid},
                    detail TEXT NOT NULL,
                    read_at BIGINT NOT NULL
                )",
                &moved,
                "CREATE INDEX inbox_by_member ON inbox (member_id, number)",
                "CREATE INDEX inbox_unread ON inbox (member_id, read_at)",
                "CREATE TABLE message_channels (
                    member_id {uuid} NOT NULL REFERENCES members (id),
                    about TEXT NOT NULL,
                    email BOOLEAN NOT NULL,
                    sms BOOLEAN NOT NULL,
                    PRIMARY KEY (member_id, about)
                )",
                "CREATE TABLE message_receivers (
                    id {uuid} NOT NULL PRIMARY KEY,
                    tenant_id {uuid} NOT NULL REFERENCES tenants (id),
                    kind TEXT NOT NULL,
                    name_sealed {bytes} NOT NULL,
                    email_sealed {bytes},
                    phone_sealed {bytes},
                    language TEXT NOT NULL,
                    created_at BIGINT NOT NULL,
                    CHECK (email_sealed IS NOT NULL OR phone_sealed IS NOT NULL)
                )",
                "CREATE INDEX message_receivers_by_kind ON message_receivers (tenant_id, kind)",
                // A letter outlives its receiver, so it names it without holding on to it.
                "CREATE TABLE outbox (
                    id {uuid} NOT NULL PRIMARY KEY,
                    tenant_id {uuid} NOT NULL REFERENCES tenants (id),
                    member_id {uuid} NOT NULL REFERENCES members (id),
                    receiver_id {uuid},
                    message_id {uuid} REFERENCES inbox (id),
                    more BIGINT NOT NULL,
                    code_id {uuid},
                    secret_sealed {bytes},
                    channel TEXT NOT NULL,
                    language TEXT NOT NULL,
                    state TEXT NOT NULL,
                    tries INTEGER NOT NULL,
                    reason TEXT,
                    created_at BIGINT NOT NULL,
                    due_at BIGINT NOT NULL,
                    ended_at BIGINT NOT NULL,
                    worker {uuid},
                    lease_until BIGINT NOT NULL,
                    CHECK (message_id IS NOT NULL OR code_id IS NOT NULL),
                    CHECK (secret_sealed IS NULL OR state IN ('pending', 'sending'))
                )",
                "CREATE INDEX outbox_by_state ON outbox (state, lease_until, due_at)",
                "CREATE INDEX outbox_by_tenant ON outbox (tenant_id, created_at)",
                "CREATE INDEX outbox_by_code ON outbox (code_id)",
                "CREATE TABLE demo_letters (
                    id {uuid} NOT NULL PRIMARY KEY,
                    tenant_id {uuid} NOT NULL REFERENCES tenants (id),
                    at BIGINT NOT NULL,
                    channel TEXT NOT NULL,
                    address_masked TEXT NOT NULL,
                    sealed {bytes} NOT NULL
                )",
                "CREATE INDEX demo_letters_by_tenant ON demo_letters (tenant_id, at)",
                "ALTER TABLE leads ADD COLUMN reminded_at BIGINT NOT NULL DEFAULT 0",
                // What has lain for long already is not news.
                "UPDATE leads SET reminded_at = dispatched_at",
                // Only those that somebody is still to be reminded of, for the one look that says it in these words.
                "CREATE INDEX leads_by_silence ON leads (dispatched_at) \
                 WHERE state = 'dispatched' AND reminded_at < dispatched_at",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::run(manager, &["DROP INDEX leads_by_silence", "ALTER TABLE leads DROP COLUMN reminded_at"]).await?;
        for table in ["demo_letters", "outbox", "message_receivers", "message_channels", "inbox"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}
