//! A PostgreSQL server of our own: made for one run, durable as the real one, and removed afterwards.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use crate::Result;
use crate::command::{answer, printed, say};
use crate::platform::{give_to, is_root, run_as};
use crate::process::Running;
use crate::programs;
use crate::ready::{free_port, wait_until};
use crate::temporary::Temporary;

const PATIENCE: Duration = Duration::from_secs(60);

/// Fields are dropped in this order: the server ends before its files go.
pub struct Postgres {
    _server: Running,
    _files: Temporary,
    port: u16,
}

impl Postgres {
    /// In this folder. Runs `postgres` itself and not `pg_ctl`, so that Ctrl-C reaches the server as well.
    pub fn start(files: Temporary) -> Result<Self> {
        let programs = programs_folder().ok_or("PostgreSQL's server is not installed")?;
        let user = server_user()?;
        if let Some(user) = user {
            give_to(files.path(), user)?;
        }
        say("Starting a PostgreSQL of our own …");
        let command = |name: &str| {
            let mut command = Command::new(programs.join(name));
            command.current_dir(files.path()).stdin(Stdio::null());
            if let Some(user) = user {
                run_as(&mut command, user);
            }
            command
        };
        let data = files.path().join("data");
        printed(command("initdb").arg("--pgdata").arg(&data).args([
            "--username=postgres",
            "--auth=trust",
            "--encoding=UTF8",
            "--no-locale",
        ]))?;

        let port = free_port()?;
        let log = files.path().join("log");
        let mut postgres = command("postgres");
        postgres.arg("-D").arg(&data).args(settings(port)).arg("-k").arg(files.path());
        postgres.stdout(Stdio::null()).stderr(fs::File::create(&log)?);
        // INT asks for a fast shutdown, which does not wait for clients.
        let mut server = Running::start(&mut postgres, "INT")?;
        wait_until(&mut server, PATIENCE, || is_ready(&data))
            .map_err(|error| format!("PostgreSQL: {error}\n{}", fs::read_to_string(&log).unwrap_or_default()))?;
        Ok(Self { _server: server, _files: files, port })
    }

    /// The maintenance database, in which others can be created.
    pub fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }
}

/// The product refuses a database that may lose what it confirmed, so nothing is traded for speed here.
fn settings(port: u16) -> Vec<String> {
    let settings = ["listen_addresses=127.0.0.1", "fsync=on", "full_page_writes=on", "max_connections=200"];
    let mut arguments = vec!["-p".to_owned(), port.to_string()];
    arguments.extend(settings.iter().flat_map(|setting| ["-c".to_owned(), (*setting).to_owned()]));
    arguments
}

/// The server writes its state into the last line of its lock file; `pg_ctl` waits for the same word.
fn is_ready(data: &Path) -> bool {
    fs::read_to_string(data.join("postmaster.pid"))
        .is_ok_and(|lock| lock.lines().nth(7).is_some_and(|state| state.trim() == "ready"))
}

/// PostgreSQL refuses to run as root: then it gets the user that its package made, or nobody's.
fn server_user() -> Result<Option<u32>> {
    if !is_root() {
        return Ok(None);
    }
    let user = answer("id", &["-u", "postgres"]).or_else(|| answer("id", &["-u", "nobody"]));
    Ok(Some(user.ok_or("no user besides root to run PostgreSQL as")?.parse()?))
}

/// The newest folder that holds both `initdb` and `postgres`: distributions keep it off `PATH`.
pub fn programs_folder() -> Option<PathBuf> {
    let mut candidates: Vec<PathBuf> = programs::on_path(&["initdb"])
        .and_then(|file| file.canonicalize().ok()?.parent().map(Path::to_path_buf))
        .into_iter()
        .collect();
    candidates.extend(below("/usr/lib/postgresql", ""));
    candidates.extend(below("/opt/homebrew/opt", "postgresql"));
    candidates.extend(below("/usr/local/opt", "postgresql"));
    candidates.extend(below("/usr", "pgsql-"));
    candidates.into_iter().find(|folder| {
        programs::in_folder(folder, "initdb").is_some() && programs::in_folder(folder, "postgres").is_some()
    })
}

/// The `bin` folders of the versions in one place, newest first.
fn below(place: &str, prefix: &str) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(place) else { return Vec::new() };
    let mut versions: Vec<String> = entries
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| name.starts_with(prefix))
        .collect();
    versions.sort_by_key(|name| std::cmp::Reverse(version(name)));
    versions.iter().map(|name| Path::new(place).join(name).join("bin")).collect()
}

fn version(name: &str) -> u32 {
    name.chars().filter(char::is_ascii_digit).collect::<String>().parse().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_as_numbers() {
        assert!(version("9") < version("15"));
        assert!(version("postgresql@9") < version("postgresql@17"));
    }
}
