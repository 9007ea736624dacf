//! What a request wrote: the database itself counts each row that is added, changed or removed.

use std::collections::BTreeMap;

use sea_orm::ConnectionTrait;

use super::{App, is_postgres};

/// How many rows were written, by table.
pub type Writes = BTreeMap<String, i64>;

impl App {
    /// Begins to count writes.
    pub async fn tally(&self) {
        let mut statements =
            vec!["CREATE TABLE tally (name TEXT NOT NULL PRIMARY KEY, writes BIGINT NOT NULL)".to_owned()];
        if is_postgres() {
            statements.push(
                "CREATE FUNCTION count_write() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
                 UPDATE tally SET writes = writes + 1 WHERE name = TG_TABLE_NAME; RETURN NULL; END $$"
                    .to_owned(),
            );
        }
        for table in self.tables().await {
            statements.push(format!("INSERT INTO tally (name, writes) VALUES ('{table}', 0)"));
            for act in ["INSERT", "UPDATE", "DELETE"] {
                let (trigger, on) = (format!("tally_{table}_{act}"), format!("AFTER {act} ON {table} FOR EACH ROW"));
                statements.push(if is_postgres() {
                    format!("CREATE TRIGGER {trigger} {on} EXECUTE FUNCTION count_write()")
                } else {
                    format!(
                        "CREATE TRIGGER {trigger} {on} \
                         BEGIN UPDATE tally SET writes = writes + 1 WHERE name = '{table}'; END"
                    )
                });
            }
        }
        for statement in statements {
            self.db.execute_unprepared(&statement).await.unwrap();
        }
    }

    /// The product's tables. The search index is left out: it changes with the leads alone. So are turns, which say nothing.
    pub async fn tables(&self) -> Vec<String> {
        let sql = if is_postgres() {
            "SELECT tablename::text AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"
        } else {
            "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1"
        };
        let names = self.rows(sql, []).await.into_iter().map(|row| row.try_get_by_index::<String>(0).unwrap());
        let own = |name: &String| {
            !["sqlite_", "seaql_", "lead_search", "tally", "turns"].iter().any(|start| name.starts_with(start))
        };
        names.filter(own).collect()
    }

    /// The writes so far.
    pub async fn writes(&self) -> Writes {
        let rows = self.rows("SELECT name, writes FROM tally", []).await;
        rows.iter().map(|row| (row.try_get_by_index(0).unwrap(), row.try_get_by_index(1).unwrap())).collect()
    }

    /// The writes since then, of those tables that were written at all.
    pub async fn writes_since(&self, before: &Writes) -> Writes {
        let mut now = self.writes().await;
        now.retain(|table, writes| {
            *writes -= before.get(table).copied().unwrap_or_default();
            *writes != 0
        });
        now
    }
}

/// The writes of so many lines in the trail, and nothing else. The end of the tenant's chain moves once with each of them.
pub fn only_audit(lines: i64) -> Writes {
    if lines == 0 {
        return Writes::new();
    }
    [("audit_events".to_owned(), lines), ("audit_chains".to_owned(), lines)].into()
}
