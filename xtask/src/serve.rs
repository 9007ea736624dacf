//! From a fresh clone to the running product: everything in release, then the server with demo data.

use std::process::Command;

use crate::Result;
use crate::command::{cargo, program, run, say};
use crate::platform::become_program;
use crate::site;
use crate::workspace::{Profile, Workspace};

/// The environment variable by which the server finds its files.
pub const SITE: &str = "PARTNER_CENTER_SITE";

/// The command of this name; further arguments go to the server.
pub fn serve(workspace: &Workspace, arguments: &[String]) -> Result<()> {
    say("The first build takes some minutes, later ones some seconds.");
    site::build(workspace, Profile::Release)?;
    build_server(workspace, Profile::Release)?;
    say("Starting Partner Center; Ctrl-C ends it.");
    let mut server = server(workspace, Profile::Release);
    server.args(["serve", "--demo"]).args(arguments);
    become_program(server)
}

pub fn build_server(workspace: &Workspace, profile: Profile) -> Result<()> {
    say(&format!("Compiling the server ({}) …", profile.folder()));
    let mut build = cargo(workspace, &["build", "--locked", "-p", "server", "--bin", "partner-center"]);
    if profile == Profile::Release {
        build.arg("--release");
    }
    run(&mut build)
}

/// The server as built, with its files at hand.
pub fn server(workspace: &Workspace, profile: Profile) -> Command {
    let mut server = program(workspace, workspace.server(profile));
    server.env(SITE, workspace.site());
    server
}
