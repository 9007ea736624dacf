//! Opening the database, and refusing one that would lose what it has acknowledged.

use std::time::Duration;

use sea_orm::{
    ConnectOptions, ConnectionTrait, Database, DatabaseBackend, DatabaseConnection, DbErr, SqliteTransactionMode,
    Statement, TransactionOptions, TransactionTrait,
};
use sea_orm_migration::MigratorTrait;

/// The oldest SQLite whose write-ahead log cannot be corrupted by two connections that checkpoint at once.
const OLDEST_SQLITE: (u32, u32, u32) = (3, 51, 3);

/// Opens the database and checks that it keeps its word.
pub async fn open(url: &str) -> Result<DatabaseConnection, DbErr> {
    let mut options = ConnectOptions::new(url);
    options.sqlx_logging(false).test_before_acquire(false).acquire_timeout(Duration::from_secs(5));
    if url.starts_with("sqlite:") {
        // More connections than cores only wait for each other; one of them writes at a time.
        options.max_connections(4).min_connections(1).map_sqlx_sqlite_opts(|sqlite| {
            sqlite
                .create_if_missing(true)
                .foreign_keys(true)
                .busy_timeout(Duration::from_secs(5))
                .pragma("journal_mode", "WAL")
                .pragma("synchronous", "FULL")
                .pragma("cache_size", "-16384")
                .pragma("temp_store", "MEMORY")
        });
    } else {
        options.max_connections(16).min_connections(1);
    }
    let db = Database::connect(options).await?;
    check(&db).await?;
    Ok(db)
}

/// Brings the tables up to date, all or nothing. Two servers that start at once take turns.
pub async fn migrate(db: &DatabaseConnection) -> Result<(), DbErr> {
    let options = TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    };
    let turn = db.begin_with_options(options).await?;
    if db.get_database_backend() == DatabaseBackend::Postgres {
        turn.execute_unprepared("SELECT pg_advisory_xact_lock(5250716)").await?;
    }
    migrations::Migrator::up(&turn, None).await?;
    turn.commit().await
}

/// Has the database look at what it holds, so that it plans its queries by that.
pub async fn analyse(db: &DatabaseConnection) -> Result<(), DbErr> {
    // What autovacuum does on its own some time after much was written.
    let is_postgres = db.get_database_backend() == DatabaseBackend::Postgres;
    db.execute_unprepared(if is_postgres { "VACUUM (ANALYZE)" } else { "ANALYZE" }).await.map(drop)
}

async fn check(db: &DatabaseConnection) -> Result<(), DbErr> {
    if db.get_database_backend() == DatabaseBackend::Postgres {
        for setting in ["fsync", "synchronous_commit", "full_page_writes"] {
            let value = one(db, &format!("SELECT current_setting('{setting}') AS value")).await?;
            if value == "off" {
                return Err(refused(format!("PostgreSQL runs with {setting}=off: it would lose acknowledged changes")));
            }
        }
        return Ok(());
    }
    let version = one(db, "SELECT sqlite_version() AS value").await?;
    if !is_recent(&version) {
        return Err(refused(format!(
            "SQLite {version} can corrupt its write-ahead log; 3.51.3 is the oldest accepted"
        )));
    }
    Ok(())
}

async fn one(db: &DatabaseConnection, sql: &str) -> Result<String, DbErr> {
    let row = db.query_one_raw(Statement::from_string(db.get_database_backend(), sql)).await?;
    row.ok_or_else(|| refused("the database does not answer".to_owned()))?.try_get("", "value")
}

fn refused(why: String) -> DbErr {
    DbErr::Custom(why)
}

fn is_recent(version: &str) -> bool {
    let mut parts = version.split('.').map(|part| part.parse::<u32>().unwrap_or(0));
    let mut next = || parts.next().unwrap_or(0);
    (next(), next(), next()) >= OLDEST_SQLITE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_sqlite_that_can_corrupt_its_log_is_refused() {
        for (version, accepted) in
            [("3.40.1", false), ("3.51.2", false), ("3.51.3", true), ("3.52.0", true), ("4.0", true)]
        {
            assert_eq!(is_recent(version), accepted, "{version}");
        }
    }
}
