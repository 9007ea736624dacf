//! Playwright against the real server on demo data; only the server that was started here is ended.

use std::fs::{self, File};
use std::net::{Ipv4Addr, SocketAddr};
use std::path::Path;
use std::time::Duration;

use crate::Result;
use crate::command::{program, run, say};
use crate::ensure::chromium;
use crate::process::Running;
use crate::ready::{answers_200, free_port, wait_until};
use crate::serve::{build_server, server};
use crate::site;
use crate::temporary::Temporary;
use crate::workspace::{Profile, Workspace};

/// The demo data is written by a debug build first.
const PATIENCE: Duration = Duration::from_secs(180);

#[cfg(windows)]
const NPM: [&str; 2] = ["npm.cmd", "npx.cmd"];
#[cfg(not(windows))]
const NPM: [&str; 2] = ["npm", "npx"];

pub fn browser(workspace: &Workspace, rest: &[String]) -> Result<()> {
    site::build(workspace, Profile::Dev)?;
    build_server(workspace, Profile::Dev)?;
    let end2end = workspace.root.join("end2end");
    install(workspace, &end2end)?;

    let folder = Temporary::in_memory("browser")?;
    let log = workspace.scratch(Profile::Dev).join("browser-server.log");
    let database = format!("sqlite://{}/e2e.db?mode=rwc", folder.path().display());
    let (mut running, address) = start(workspace, &database, &log)?;
    say("Waiting for the server and its demo data …");
    wait_until(&mut running, PATIENCE, || answers_200(address, "/readyz"))
        .map_err(|error| format!("the server: {error}\n{}", end_of(&log)))?;

    let [_, npx] = NPM;
    let mut playwright = program(workspace, npx);
    playwright.current_dir(&end2end).args(["--no-install", "playwright", "test"]).args(rest);
    playwright.env("BASE_URL", format!("http://{address}"));
    // Tests set companies up as an operator does, on the command line.
    playwright.env("PARTNER_CENTER", workspace.server(Profile::Dev)).env("DATABASE_URL", database);
    playwright.env("CHROMIUM", chromium().ok_or("Chromium is not here any more")?);
    run(&mut playwright).map_err(|error| format!("{error}\nThe server's words are in {}", log.display()).into())
}

fn start(workspace: &Workspace, database: &str, log: &Path) -> Result<(Running, SocketAddr)> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, free_port()?));
    let words = File::create(log)?;
    let mut server = server(workspace, Profile::Dev);
    server.args(["serve", "--demo", "--addr", &address.to_string()]);
    server.args(["--database-url", database]);
    server.env("PARTNER_CENTER_METRICS_ADDR", "127.0.0.1:0");
    server.stdout(words.try_clone()?).stderr(words);
    Ok((Running::start(&mut server, "TERM")?, address))
}

/// Playwright drives the Chromium of this computer, and never fetches one.
fn install(workspace: &Workspace, end2end: &Path) -> Result<()> {
    let modified = |file: &str| fs::metadata(end2end.join(file)).and_then(|facts| facts.modified()).ok();
    let installed = modified("node_modules/.package-lock.json");
    if installed.is_some() && installed >= modified("package-lock.json") {
        return Ok(());
    }
    say("Installing Playwright …");
    let [npm, _] = NPM;
    let mut install = program(workspace, npm);
    install.current_dir(end2end).args(["ci", "--no-audit", "--no-fund", "--ignore-scripts"]);
    run(install.env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1"))
}

fn end_of(log: &Path) -> String {
    let text = fs::read_to_string(log).unwrap_or_default();
    let lines: Vec<&str> = text.lines().collect();
    lines[lines.len().saturating_sub(40)..].join("\n")
}
