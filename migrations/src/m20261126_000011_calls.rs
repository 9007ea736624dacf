//! Outbound calls, what was reported about them, numbers that are not to be called, and a tenant's own rules for calling.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::run(
            manager,
            &[
                // No number is in here: only a keyed fingerprint, by which calls of one number are counted.
                "CREATE TABLE calls (
                    id {uuid} NOT NULL PRIMARY KEY,
                    tenant_id {uuid} NOT NULL REFERENCES tenants (id),
                    lead_id {uuid} NOT NULL REFERENCES leads (id),
                    member_id {uuid} NOT NULL REFERENCES members (id),
                    number_print {bytes} NOT NULL,
                    provider TEXT,
                    provider_call TEXT,
                    state TEXT NOT NULL,
                    cause TEXT,
                    result TEXT,
                    created_at BIGINT NOT NULL,
                    placed_at BIGINT NOT NULL,
                    agent_at BIGINT NOT NULL,
                    ringing_at BIGINT NOT NULL,
                    answered_at BIGINT NOT NULL,
                    ended_at BIGINT NOT NULL,
                    heard_at BIGINT NOT NULL,
                    cancelled_at BIGINT NOT NULL,
                    stopped_at BIGINT NOT NULL,
                    outcome_at BIGINT NOT NULL,
                    revision INTEGER NOT NULL,
                    due_at BIGINT NOT NULL,
                    worker {uuid},
                    lease_until BIGINT NOT NULL,
                    CHECK ((state = 'ended') = (result IS NOT NULL))
                )",
                "CREATE INDEX calls_by_lead ON calls (lead_id, created_at)",
                "CREATE INDEX calls_by_member ON calls (member_id, created_at)",
                "CREATE INDEX calls_by_number ON calls (number_print, created_at)",
                "CREATE INDEX calls_by_state ON calls (state, lease_until)",
                // What a provider has reported; a report that comes again is known by its id.
                "CREATE TABLE call_reports (
                    call_id {uuid} NOT NULL REFERENCES calls (id),
                    report TEXT NOT NULL,
                    at BIGINT NOT NULL,
                    PRIMARY KEY (call_id, report)
                )",
                "CREATE TABLE muted_numbers (
                    tenant_id {uuid} NOT NULL REFERENCES tenants (id),
                    number_print {bytes} NOT NULL,
                    lead_id {uuid} NOT NULL REFERENCES leads (id),
                    member_id {uuid} NOT NULL REFERENCES members (id),
                    reason TEXT NOT NULL,
                    at BIGINT NOT NULL,
                    PRIMARY KEY (tenant_id, number_print)
                )",
                "CREATE TABLE call_settings (
                    tenant_id {uuid} NOT NULL PRIMARY KEY REFERENCES tenants (id),
                    quiet_from INTEGER,
                    quiet_to INTEGER,
                    pause_from INTEGER,
                    pause_to INTEGER,
                    per_day INTEGER NOT NULL,
                    per_week INTEGER NOT NULL,
                    per_minute INTEGER NOT NULL
                )",
            ],
        )
        .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["call_settings", "muted_numbers", "call_reports", "calls"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}
