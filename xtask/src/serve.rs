//! From a fresh clone to the running product: everything in the profile for a first look, then the server with demo data.

use std::process::Command;

use crate::Result;
use crate::command::{cargo, program, run, say};
use crate::platform::become_program;
use crate::progress::Progress;
use crate::site;
use crate::workspace::{Profile, Workspace};

/// The environment variable by which the server finds its files.
pub const SITE: &str = "PARTNER_CENTER_SITE";

/// Ends where the server would be started.
pub const ONLY_BUILD: &str = "--only-build";

/// The command of this name; further arguments go to the server.
pub fn serve(workspace: &Workspace, arguments: &[String]) -> Result<()> {
    first_look(workspace)?;
    if arguments.iter().any(|argument| argument == ONLY_BUILD) {
        return Ok(());
    }
    say("Starting Partner Center; Ctrl-C ends it.");
    let mut server = server(workspace, Profile::First);
    server.args(["serve", "--demo"]).args(arguments);
    become_program(server)
}

/// Builds both halves, and tells how far they are.
pub fn first_look(workspace: &Workspace) -> Result<()> {
    say("Building; the first time this takes some minutes, later some seconds.");
    site::add_target(workspace)?;
    let mut progress = Progress::of(vec![site::tree(workspace), tree(workspace)])?;
    progress.run(&mut site::compilation(workspace, Profile::First))?;
    site::publish(workspace, Profile::First)?;
    progress.run(&mut compilation(workspace, Profile::First))
}

pub fn build_server(workspace: &Workspace, profile: Profile) -> Result<()> {
    say(&format!("Compiling the server ({}) …", profile.folder()));
    run(&mut compilation(workspace, profile))
}

fn compilation(workspace: &Workspace, profile: Profile) -> Command {
    let mut build = cargo(workspace, &["build", "--locked", "-p", "server", "--bin", "partner-center"]);
    build.args(["--profile", profile.name()]);
    profile.compiled(&mut build);
    build
}

/// What the server consists of.
fn tree(workspace: &Workspace) -> Command {
    cargo(workspace, &["tree", "--locked", "-p", "server"])
}

/// The server as built, with its files at hand.
pub fn server(workspace: &Workspace, profile: Profile) -> Command {
    let mut server = program(workspace, workspace.server(profile));
    server.env(SITE, workspace.site());
    server
}
