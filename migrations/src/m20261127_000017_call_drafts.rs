//! The follow-up that an ended call leaves to be written, one of each call; and why a call was not placed.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::run(
            manager,
            &[
                // First, so that nobody who waits for calls is waited for.
                "ALTER TABLE calls ADD COLUMN refusal TEXT",
                // The same time twice has meant no quiet hours until now, and means the whole day from now on.
                "UPDATE call_settings SET quiet_from = NULL, quiet_to = NULL WHERE quiet_from = quiet_to",
                "UPDATE call_settings SET pause_from = NULL, pause_to = NULL WHERE pause_from = pause_to",
                // Its content is what the caller has typed so far, and nothing until then.
                "CREATE TABLE call_drafts (
                    call_id {uuid} NOT NULL PRIMARY KEY REFERENCES calls (id),
                    tenant_id {uuid} NOT NULL REFERENCES tenants (id),
                    lead_id {uuid} NOT NULL REFERENCES leads (id),
                    member_id {uuid} NOT NULL REFERENCES members (id),
                    way TEXT NOT NULL,
                    outcome TEXT,
                    content TEXT,
                    next_on TEXT NOT NULL,
                    reason TEXT,
                    mute TEXT,
                    saved_at BIGINT NOT NULL,
                    revision INTEGER NOT NULL
                )",
                // Calls that ask for it already.
                "INSERT INTO call_drafts
                    (call_id, tenant_id, lead_id, member_id, way, outcome, next_on, saved_at, revision)
                 SELECT id, tenant_id, lead_id, member_id, 'call',
                    CASE WHEN result IN ('completed', 'unknown') THEN NULL ELSE 'unreached' END, '', 0, 0
                 FROM calls
                 WHERE outcome_at = 0
                    AND result IN ('completed', 'no_answer', 'busy', 'refused', 'blocked', 'unknown')",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::run(manager, &["ALTER TABLE calls DROP COLUMN refusal", "DROP TABLE call_drafts"]).await
    }
}
