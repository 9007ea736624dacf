//! Linux, macOS and their kin.

use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::Result;
use crate::command::answer;

/// Turns this process into another program, so that Ctrl-C and the exit status are that program's own.
pub fn become_program(mut command: Command) -> Result<()> {
    Err(command.exec().into())
}

pub fn is_root() -> bool {
    answer("id", &["-u"]).as_deref() == Some("0")
}

/// Makes a folder another user's.
pub fn give_to(folder: &Path, user: u32) -> Result<()> {
    Ok(chown(folder, Some(user), Some(user))?)
}

/// Lets a command run as another user, without the groups of this one.
pub fn run_as(command: &mut Command, user: u32) {
    command.uid(user).gid(user);
}

/// Sends one process a signal such as `TERM`; says whether there was such a process.
pub fn signal(process: u32, name: &str) -> bool {
    let mut kill = Command::new("kill");
    kill.args(["-s", name, &process.to_string()]).stderr(Stdio::null());
    kill.status().is_ok_and(|status| status.success())
}

pub fn is_alive(process: u32) -> bool {
    answer("kill", &["-0", &process.to_string()]).is_some()
}
