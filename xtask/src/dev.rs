//! Rebuilding on save: a look at the files twice a second, and a new server where the program changed.

use std::fs;
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, SystemTime};

use crate::Result;
use crate::command::say;
use crate::process::Running;
use crate::serve::{ONLY_BUILD, build_server, server};
use crate::site;
use crate::workspace::{Profile, Workspace};

const WATCHED: [&str; 8] = ["Cargo.toml", "Cargo.lock", "src", "app", "server", "migrations", "style", "public"];
const GLANCE: Duration = Duration::from_millis(500);

/// The command of this name; further arguments go to the server. It ends with Ctrl-C.
pub fn dev(workspace: &Workspace, arguments: &[String]) -> Result<()> {
    if arguments.iter().any(|argument| argument == ONLY_BUILD) {
        return build(workspace).map(drop);
    }
    let mut running: Option<(Running, SystemTime)> = None;
    loop {
        let seen = newest(workspace);
        match build(workspace) {
            Ok(built) if running.as_ref().is_none_or(|(_, since)| *since != built) => {
                // The old one ends first: it holds the port.
                drop(running.take());
                let mut command = server(workspace, Profile::Dev);
                command.args(["serve", "--demo"]).args(arguments);
                running = Some((Running::start(&mut command, "TERM")?, built));
            }
            Ok(_) => say("The server goes on; reload the page."),
            Err(error) => eprintln!("\n{error}\n"),
        }
        say("Waiting for the next save …");
        while newest(workspace) == seen {
            sleep(GLANCE);
        }
    }
}

/// Builds everything; gives back when the program was last written.
fn build(workspace: &Workspace) -> Result<SystemTime> {
    site::build(workspace, Profile::Dev)?;
    build_server(workspace, Profile::Dev)?;
    Ok(fs::metadata(workspace.server(Profile::Dev))?.modified()?)
}

/// When something watched was last saved, and how many files there are: removing one is a change too.
fn newest(workspace: &Workspace) -> (Option<SystemTime>, usize) {
    let states = WATCHED.iter().map(|name| newest_in(&workspace.root.join(name)));
    states.fold((None, 0), |(time, count), (other_time, other_count)| (time.max(other_time), count + other_count))
}

fn newest_in(path: &Path) -> (Option<SystemTime>, usize) {
    let Ok(entries) = fs::read_dir(path) else {
        return (fs::metadata(path).and_then(|facts| facts.modified()).ok(), 1);
    };
    let states = entries.flatten().map(|entry| newest_in(&entry.path()));
    states.fold((None, 0), |(time, count), (other_time, other_count)| (time.max(other_time), count + other_count))
}
