//! Leads, their history, their search index, and the messages about them.

use sea_orm_migration::prelude::*;

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::run(
            manager,
            &[
                "CREATE TABLE leads (
                    number {serial},
                    id {uuid} NOT NULL UNIQUE,
                    tenant_id {uuid} NOT NULL REFERENCES tenants (id),
                    company TEXT NOT NULL,
                    company_key TEXT NOT NULL,
                    contact TEXT NOT NULL,
                    contact_key TEXT NOT NULL,
                    phone_sealed {bytes},
                    email_sealed {bytes},
                    title TEXT,
                    industry TEXT,
                    region TEXT,
                    campaign TEXT,
                    campaign_key TEXT,
                    source TEXT NOT NULL,
                    need TEXT,
                    products TEXT NOT NULL,
                    state TEXT NOT NULL,
                    follower_id {uuid} REFERENCES members (id),
                    creator_id {uuid} NOT NULL REFERENCES members (id),
                    created_at BIGINT NOT NULL,
                    dispatched_at BIGINT NOT NULL,
                    followed_at BIGINT NOT NULL,
                    next_on DATE,
                    invalid_reason TEXT,
                    twin_phone {bytes},
                    twin_email {bytes},
                    CHECK (phone_sealed IS NOT NULL OR email_sealed IS NOT NULL),
                    CHECK (state <> 'undispatched' OR follower_id IS NULL)
                )",
                // Two open leads of the same company and contact cannot exist, whoever is faster.
                "CREATE UNIQUE INDEX leads_twin_phone ON leads (twin_phone)",
                "CREATE UNIQUE INDEX leads_twin_email ON leads (twin_email)",
                "CREATE INDEX leads_by_number ON leads (tenant_id, number)",
                "CREATE INDEX leads_by_dispatch ON leads (tenant_id, dispatched_at, number)",
                "CREATE INDEX leads_by_follow_up ON leads (tenant_id, followed_at, number)",
                "CREATE INDEX leads_by_state ON leads (tenant_id, state, number)",
                "CREATE INDEX leads_by_source ON leads (tenant_id, source, number)",
                "CREATE INDEX leads_by_follower ON leads (tenant_id, follower_id, number)",
                "CREATE TABLE lead_entries (
                    id {uuid} NOT NULL PRIMARY KEY,
                    tenant_id {uuid} NOT NULL REFERENCES tenants (id),
                    lead_id {uuid} NOT NULL REFERENCES leads (id),
                    at BIGINT NOT NULL,
                    author_id {uuid} NOT NULL REFERENCES members (id),
                    kind TEXT NOT NULL,
                    to_id {uuid} REFERENCES members (id),
                    way TEXT,
                    outcome TEXT,
                    content TEXT,
                    next_on DATE,
                    reason TEXT
                )",
                "CREATE INDEX lead_entries_by_lead ON lead_entries (lead_id, at)",
                "CREATE TABLE messages (
                    id {uuid} NOT NULL PRIMARY KEY,
                    tenant_id {uuid} NOT NULL REFERENCES tenants (id),
                    member_id {uuid} NOT NULL REFERENCES members (id),
                    at BIGINT NOT NULL,
                    kind TEXT NOT NULL,
                    lead_id {uuid} NOT NULL REFERENCES leads (id),
                    read_at BIGINT NOT NULL
                )",
                "CREATE INDEX messages_by_member ON messages (member_id, at)",
                "CREATE INDEX messages_unread ON messages (member_id, read_at)",
            ],
        )
        .await?;
        // Terms are made by the product (see `keys`); neither database splits Chinese into two-character words.
        let index: &[&str] = if crate::is_postgres(manager) {
            &[
                "CREATE TABLE lead_search (
                    number BIGINT NOT NULL PRIMARY KEY REFERENCES leads (number),
                    terms TSVECTOR NOT NULL
                )",
                "CREATE INDEX lead_search_terms ON lead_search USING GIN (terms) WITH (fastupdate = off)",
            ]
        } else {
            &["CREATE VIRTUAL TABLE lead_search USING fts5 (
                    terms, content = '', contentless_delete = 1, detail = none,
                    tokenize = 'unicode61 remove_diacritics 0'
                )"]
        };
        crate::run(manager, index).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in ["lead_search", "messages", "lead_entries", "leads"] {
            manager.drop_table(Table::drop().table(table).to_owned()).await?;
        }
        Ok(())
    }
}
