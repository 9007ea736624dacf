//! How long one waits for the compiler: from nothing to the first page, and from a changed line to the page and to the test.

use std::fs;
use std::time::{Duration, Instant};

use crate::Result;
use crate::command::{printed, program, run, say};
use crate::temporary::Temporary;
use crate::workspace::Workspace;

/// A page's file, in which a line is changed for a moment.
const CHANGED: &str = "app/src/keyboard/page.rs";

/// Measures in a clone of what is committed, with a target folder of its own, and prints a table.
pub fn measure(workspace: &Workspace) -> Result<()> {
    let folder = Temporary::folder("build-times")?;
    let clone = folder.path().join("clone");
    run(program(workspace, "git").args(["clone", "--quiet", "--no-hardlinks"]).arg(&workspace.root).arg(&clone))?;
    let timed = |what: &str, arguments: &[&str]| -> Result<Duration> {
        say(what);
        let began = Instant::now();
        let mut cargo = program(workspace, "cargo");
        cargo.current_dir(&clone).args(arguments).env_remove("CARGO_TARGET_DIR");
        run(&mut cargo)?;
        Ok(began.elapsed())
    };
    let cold = timed("From nothing to what serves the first page …", &["xtask", "serve", "--only-build"])?;
    timed("Making ready: a dev build …", &["xtask", "dev", "--only-build"])?;
    let tests =
        ["test", "--locked", "-p", "server", "--test", "it", "--", "--exact", "tidy::every_module_says_what_it_is"];
    timed("Making ready: the tests …", &tests)?;

    let page = clone.join(CHANGED);
    let text = fs::read_to_string(&page)?;
    fs::write(&page, format!("{text}\n// Changed.\n"))?;
    let edited = timed("From a changed line to the page …", &["xtask", "dev", "--only-build"])?;
    fs::write(&page, format!("{text}\n// Changed again.\n"))?;
    let tested = timed("From a changed line to a test …", &tests)?;

    let commit = printed(program(workspace, "git").args(["rev-parse", "--short", "HEAD"]))?;
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    println!("\nCommit {}, {cores} cores\n", commit.trim());
    println!("| what | measured | target |\n| --- | --- | --- |");
    for (what, took, target) in [
        ("cold clone to the first page, without downloads and the demo's seed", cold, 480),
        ("a changed line to the page", edited, 20),
        ("a changed line to the first integration test", tested, 45),
    ] {
        let mark = if took.as_secs() <= target { "" } else { " (missed)" };
        println!("| {what} | {:.0} s{mark} | ≤ {target} s |", took.as_secs_f64());
    }
    Ok(())
}
