//! Running other programs, and saying what is being done meanwhile.

use std::ffi::OsStr;
use std::process::{Command, Stdio};

use crate::Result;
use crate::workspace::Workspace;

/// Tells the reader what happens next.
pub fn say(text: &str) {
    eprintln!("==> {text}");
}

/// A program that is to run in the repository's root.
pub fn program(workspace: &Workspace, name: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(name);
    command.current_dir(&workspace.root);
    command
}

/// The Cargo that started xtask.
pub fn cargo(workspace: &Workspace, arguments: &[&str]) -> Command {
    let mut command = program(workspace, std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.args(arguments);
    // What Cargo has told xtask of xtask itself: some build scripts watch these names and would run anew whenever a Cargo
    // from here follows one from the command line.
    let own = std::env::vars_os().map(|(name, _)| name).filter(|name| is_of_the_package(&name.to_string_lossy()));
    for name in own {
        command.env_remove(name);
    }
    command
}

fn is_of_the_package(name: &str) -> bool {
    name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_") || name.starts_with("CARGO_BIN_")
}

/// Runs to the end; anything but success is an error which names the command.
pub fn run(command: &mut Command) -> Result<()> {
    let status = command.status().map_err(|error| cannot_start(command, &error))?;
    if status.success() { Ok(()) } else { Err(format!("`{}` failed: {status}", written(command)).into()) }
}

/// Runs to the end and gives back what was printed.
pub fn printed(command: &mut Command) -> Result<String> {
    let output = command.stderr(Stdio::inherit()).output().map_err(|error| cannot_start(command, &error))?;
    if !output.status.success() {
        return Err(format!("`{}` failed: {}", written(command), output.status).into());
    }
    Ok(String::from_utf8(output.stdout)?)
}

/// What a small question to another program answers, if it answers at all.
pub fn answer(name: impl AsRef<OsStr>, arguments: &[&str]) -> Option<String> {
    let output = Command::new(name).args(arguments).stdin(Stdio::null()).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?;
    output.status.success().then(|| text.trim().to_owned())
}

fn cannot_start(command: &Command, error: &std::io::Error) -> String {
    format!("cannot run `{}`: {error}", written(command))
}

fn written(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ")
}
