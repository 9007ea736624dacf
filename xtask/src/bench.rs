//! Measuring: the release build measures itself, once on each database.

use crate::Result;
use crate::build_times;
use crate::command::{run, say};
use crate::ensure::{Need, ensure};
use crate::postgres::Postgres;
use crate::serve::{build_server, server};
use crate::site;
use crate::temporary::Temporary;
use crate::workspace::{Profile, Workspace};

/// The command of this name; its arguments go to `partner-center bench`.
pub fn bench(workspace: &Workspace, arguments: &[String]) -> Result<()> {
    if arguments.iter().any(|argument| argument == "--build") {
        return build_times::measure(workspace);
    }
    ensure(&[Need::PostgreSql])?;
    site::build(workspace, Profile::Release)?;
    build_server(workspace, Profile::Release)?;

    let folder = Temporary::folder("bench")?;
    say("Measuring on SQLite …");
    measure(workspace, arguments, &format!("sqlite://{}/bench.db?mode=rwc", folder.path().display()))?;

    let postgres = Postgres::start(Temporary::folder("postgres")?)?;
    say("Measuring on PostgreSQL …");
    measure(workspace, arguments, &postgres.url())
}

fn measure(workspace: &Workspace, arguments: &[String], database: &str) -> Result<()> {
    let mut server = server(workspace, Profile::Release);
    run(server.arg("bench").args(arguments).env("DATABASE_URL", database))
}
