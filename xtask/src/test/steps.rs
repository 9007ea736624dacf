//! The steps of `cargo xtask test`, in their order: what fails fastest comes first.

use super::{browser, lint};
use crate::Result;
use crate::command::{cargo, run};
use crate::ensure::Need;
use crate::postgres::Postgres;
use crate::serve::SITE;
use crate::site;
use crate::temporary::Temporary;
use crate::workspace::{Profile, Workspace};

pub struct Step {
    pub name: &'static str,
    pub title: &'static str,
    pub needs: &'static [Need],
    pub run: fn(&Workspace, &[String]) -> Result<()>,
}

pub const STEPS: [Step; 7] = [
    Step { name: "format", title: "rustfmt would change nothing", needs: &[], run: format },
    Step { name: "lint", title: "clippy is content, the browser's half stays small", needs: &[], run: lint::lint },
    Step { name: "unit", title: "the decisions, without a database", needs: &[], run: unit },
    Step { name: "site", title: "what the browser loads can be built", needs: &[], run: build_site },
    Step { name: "sqlite", title: "the whole on SQLite", needs: &[], run: sqlite },
    Step { name: "postgres", title: "the whole on PostgreSQL", needs: &[Need::PostgreSql], run: postgres },
    Step {
        name: "browser",
        title: "the whole in Chromium, with JavaScript and without",
        needs: &[Need::Node, Need::Chromium, Need::ChineseFonts],
        run: browser::browser,
    },
];

/// One choice of packages and features for all that runs on the server, so that nothing is compiled twice.
pub const SERVER_SIDE: [&str; 10] = [
    "-p",
    "server",
    "-p",
    "partner_center",
    "-p",
    "migrations",
    "-p",
    "app",
    "--features",
    "app/ssr,partner_center/ssr",
];

fn format(workspace: &Workspace, _rest: &[String]) -> Result<()> {
    run(&mut cargo(workspace, &["fmt", "--all", "--check"]))
}

fn unit(workspace: &Workspace, rest: &[String]) -> Result<()> {
    run(cargo(workspace, &["test", "--locked", "-p", "partner_center"]).arg("--").args(rest))?;
    run(cargo(workspace, &["test", "--locked", "-p", "xtask"]).arg("--").args(rest))
}

fn build_site(workspace: &Workspace, _rest: &[String]) -> Result<()> {
    site::build(workspace, Profile::Dev).map(|_| ())
}

fn sqlite(workspace: &Workspace, rest: &[String]) -> Result<()> {
    site::build(workspace, Profile::Dev)?;
    let files = Temporary::in_memory("sqlite")?;
    let mut test = cargo(workspace, &["test", "--locked"]);
    test.args(SERVER_SIDE).arg("--").args(rest).env("TMPDIR", files.path());
    test.env(SITE, workspace.site()).env_remove("DATABASE_URL").env_remove("TEST_DATABASE_URL");
    run(&mut test)
}

/// Each test makes its own database in the one server, or tables that end with its connection.
fn postgres(workspace: &Workspace, rest: &[String]) -> Result<()> {
    site::build(workspace, Profile::Dev)?;
    let postgres = Postgres::start(Temporary::in_memory("postgres")?)?;
    let mut test = cargo(workspace, &["test", "--locked"]);
    test.args(SERVER_SIDE).args(["--test", "it", "--"]).args(rest);
    test.env(SITE, workspace.site()).env_remove("DATABASE_URL").env("TEST_DATABASE_URL", postgres.url());
    run(&mut test)?;
    let mut scopes = cargo(workspace, &["test", "--locked"]);
    scopes.args(SERVER_SIDE).args(["--lib", "--", "ctx::tests"]).env("TEST_DATABASE_URL", postgres.url());
    run(&mut scopes)
}
