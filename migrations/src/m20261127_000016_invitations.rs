//! Letters that invite a prospect, and when a prospect was invited.

use sea_orm_migration::{prelude::*, sea_orm::TransactionTrait};

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::run(
            manager,
            &[
                "ALTER TABLE preregistrations ADD COLUMN invited_at BIGINT NOT NULL DEFAULT 0",
                "UPDATE preregistrations SET invited_at = created_at WHERE state = 'invited'",
            ],
        )
        .await?;
        if crate::is_postgres(manager) {
            crate::run(
                manager,
                &[
                    "ALTER TABLE outbox ADD COLUMN preregistration_id {uuid} REFERENCES preregistrations (id)",
                    // The name that PostgreSQL has given to the first check of the table over several columns.
                    "ALTER TABLE outbox DROP CONSTRAINT outbox_check",
                    "ALTER TABLE outbox ADD CONSTRAINT outbox_tells_something
                     CHECK (message_id IS NOT NULL OR code_id IS NOT NULL OR preregistration_id IS NOT NULL)",
                    "CREATE INDEX outbox_by_preregistration ON outbox (preregistration_id)",
                ],
            )
            .await
        } else {
            rebuild(manager, true).await
        }
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        crate::run(manager, &["DELETE FROM outbox WHERE preregistration_id IS NOT NULL"]).await?;
        if crate::is_postgres(manager) {
            crate::run(
                manager,
                &[
                    "ALTER TABLE outbox DROP CONSTRAINT outbox_tells_something",
                    "ALTER TABLE outbox ADD CONSTRAINT outbox_check
                     CHECK (message_id IS NOT NULL OR code_id IS NOT NULL)",
                    "ALTER TABLE outbox DROP COLUMN preregistration_id",
                ],
            )
            .await?;
        } else {
            rebuild(manager, false).await?;
        }
        crate::run(manager, &["ALTER TABLE preregistrations DROP COLUMN invited_at"]).await
    }
}

/// SQLite cannot change a check, so the table is written anew, with or without its new column, all of it or nothing.
async fn rebuild(manager: &SchemaManager<'_>, invites: bool) -> Result<(), DbErr> {
    let (column, tells) = if invites {
        ("preregistration_id {uuid} REFERENCES preregistrations (id),", "OR preregistration_id IS NOT NULL")
    } else {
        ("", "")
    };
    let table = format!(
        "CREATE TABLE outbox_anew (
            id {{uuid}} NOT NULL PRIMARY KEY,
            tenant_id {{uuid}} NOT NULL REFERENCES tenants (id),
            member_id {{uuid}} NOT NULL REFERENCES members (id),
            receiver_id {{uuid}},
            message_id {{uuid}} REFERENCES inbox (id),
            more BIGINT NOT NULL,
            code_id {{uuid}},
            {column}
            secret_sealed {{bytes}},
            channel TEXT NOT NULL,
            language TEXT NOT NULL,
            state TEXT NOT NULL,
            tries INTEGER NOT NULL,
            reason TEXT,
            created_at BIGINT NOT NULL,
            due_at BIGINT NOT NULL,
            ended_at BIGINT NOT NULL,
            worker {{uuid}},
            lease_until BIGINT NOT NULL,
            CHECK (message_id IS NOT NULL OR code_id IS NOT NULL {tells}),
            CHECK (secret_sealed IS NULL OR state IN ('pending', 'sending'))
        )"
    );
    let columns = "id, tenant_id, member_id, receiver_id, message_id, more, code_id, secret_sealed, channel, language, \
                   state, tries, reason, created_at, due_at, ended_at, worker, lease_until";
    let copy = format!("INSERT INTO outbox_anew ({columns}) SELECT {columns} FROM outbox");
    let tx = manager.get_connection().begin().await?;
    let within = SchemaManager::new(&tx);
    crate::run(
        &within,
        &[
            &table,
            &copy,
            "DROP TABLE outbox",
            "ALTER TABLE outbox_anew RENAME TO outbox",
            "CREATE INDEX outbox_by_state ON outbox (state, lease_until, due_at)",
            "CREATE INDEX outbox_by_tenant ON outbox (tenant_id, created_at)",
            "CREATE INDEX outbox_by_code ON outbox (code_id)",
        ],
    )
    .await?;
    if invites {
        crate::run(&within, &["CREATE INDEX outbox_by_preregistration ON outbox (preregistration_id)"]).await?;
    }
    tx.commit().await
}
