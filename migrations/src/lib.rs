//! The shape of the data, one file a change, for SQLite and PostgreSQL alike.

use sea_orm_migration::prelude::*;

mod m20261123_000001_people;
mod m20261123_000002_sessions;
mod m20261123_000003_audit;
mod m20261123_000004_leads;
mod m20261123_000005_imports;
mod m20261126_000005_gate;
mod m20261126_000006_exports;
mod m20261126_000007_jobs;
mod m20261126_000008_members;
mod m20261126_000009_messages;
mod m20261126_000010_codes;
mod m20261126_000011_calls;
mod m20261126_000012_preregistrations;
mod m20261126_000013_views;
mod m20261126_000014_attachments;
mod m20261127_000015_calls_going_on;
mod m20261127_000016_invitations;
mod m20261127_000017_call_drafts;
mod m20261127_000018_contacts;
mod m20261201_000019_turns;
mod m20261201_000020_chains;
mod m20261201_000021_tenants;

/// All changes, in order.
pub struct Migrator;

#[async_trait::async_trait]
impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261123_000001_people::Migration),
            Box::new(m20261123_000002_sessions::Migration),
            Box::new(m20261123_000003_audit::Migration),
            Box::new(m20261123_000004_leads::Migration),
            Box::new(m20261123_000005_imports::Migration),
            Box::new(m20261126_000005_gate::Migration),
            Box::new(m20261126_000008_members::Migration),
            Box::new(m20261126_000011_calls::Migration),
            Box::new(m20261126_000012_preregistrations::Migration),
            Box::new(m20261126_000006_exports::Migration),
            Box::new(m20261126_000007_jobs::Migration),
            Box::new(m20261126_000013_views::Migration),
            Box::new(m20261126_000014_attachments::Migration),
            Box::new(m20261126_000009_messages::Migration),
            Box::new(m20261126_000010_codes::Migration),
            Box::new(m20261127_000015_calls_going_on::Migration),
            Box::new(m20261127_000016_invitations::Migration),
            Box::new(m20261127_000017_call_drafts::Migration),
            Box::new(m20261127_000018_contacts::Migration),
            Box::new(m20261201_000019_turns::Migration),
            Box::new(m20261201_000020_chains::Migration),
            Box::new(m20261201_000021_tenants::Migration),
        ]
    }
}

/// Runs statements that both databases understand once their types are named: `{uuid}`, `{bytes}`, `{serial}`.
pub(crate) async fn run(manager: &SchemaManager<'_>, statements: &[&str]) -> Result<(), DbErr> {
    let postgres = is_postgres(manager);
    for statement in statements {
        let (uuid, bytes, serial) = if postgres {
            ("UUID", "BYTEA", "BIGSERIAL PRIMARY KEY")
        } else {
            // Blobs are what the SQLite driver stores ids as; a strict integer key is the row's own number.
            ("BLOB", "BLOB", "INTEGER PRIMARY KEY AUTOINCREMENT")
        };
        let sql = statement.replace("{uuid}", uuid).replace("{bytes}", bytes).replace("{serial}", serial);
        manager.get_connection().execute_unprepared(&sql).await?;
    }
    Ok(())
}

/// Whether the database is PostgreSQL (else it is SQLite).
pub(crate) fn is_postgres(manager: &SchemaManager<'_>) -> bool {
    manager.get_database_backend() == sea_orm_migration::sea_orm::DatabaseBackend::Postgres
}
