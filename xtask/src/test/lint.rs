//! Lints for both halves, and the guard that the server's crates stay out of the browser.

use super::steps::SERVER_SIDE;
use crate::Result;
use crate::command::{cargo, printed, run};
use crate::site;
use crate::workspace::Workspace;

const BROWSER_SIDE: [&str; 6] = ["-p", "app", "--features", "hydrate", "--target", "wasm32-unknown-unknown"];

/// What must never travel to a browser.
const SERVER_ONLY: [&str; 6] = ["axum", "leptos_axum", "sea-orm", "sqlx", "tokio", "tower-http"];

pub fn lint(workspace: &Workspace, _rest: &[String]) -> Result<()> {
    let deny = ["--", "-D", "warnings"];
    let server = ["clippy", "--locked", "-p", "xtask", "--all-targets"];
    run(cargo(workspace, &server).args(SERVER_SIDE).args(deny))?;
    site::add_target(workspace)?;
    run(cargo(workspace, &["clippy", "--locked"]).args(BROWSER_SIDE).args(deny))?;
    // The pure half alone must stand on its own feet as well.
    run(cargo(workspace, &["clippy", "--locked", "-p", "partner_center", "--all-targets"]).args(deny))?;

    let mut tree = cargo(workspace, &["tree", "--locked", "--prefix", "none", "--format", "{p}"]);
    tree.args(["--edges", "normal,no-proc-macro"]).args(BROWSER_SIDE);
    match strays(&printed(&mut tree)?).as_slice() {
        [] => Ok(()),
        strays => Err(format!("the browser's half depends on {}", strays.join(", ")).into()),
    }
}

/// The crates of the server that a dependency list names.
fn strays(tree: &str) -> Vec<&'static str> {
    let is_listed = |name: &str| tree.lines().any(|line| line.split(' ').next() == Some(name));
    SERVER_ONLY.into_iter().filter(|name| is_listed(name)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_crate_in_the_browsers_half_is_found() {
        assert_eq!(strays("app v0.1.0 (/x)\nleptos v0.8.23\ntokio v1.54.0 (*)\n"), ["tokio"]);
        assert!(strays("app v0.1.0 (/x)\ntokio-util v0.7.0\n").is_empty());
    }
}
