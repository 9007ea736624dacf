//! How far a build is: Cargo tells what it has finished, and a table what each part takes.

use std::collections::HashSet;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

use crate::Result;
use crate::command::{printed, say};

/// How often the reader is told.
const EVERY: Duration = Duration::from_secs(10);

/// What takes longer than most to compile, in seconds of one core of a usual machine.
const SLOW: [(&str, f64); 22] = [
    ("libsqlite3-sys", 37.0),
    ("app", 30.0),
    ("partner_center", 29.0),
    ("server", 24.0),
    ("sea-orm", 13.0),
    ("web-sys", 11.0),
    ("tachys", 11.0),
    ("js-sys", 7.0),
    ("syn", 6.0),
    ("chrono-tz", 5.0),
    ("sqlx-postgres", 5.0),
    ("migrations", 4.5),
    ("rustls", 4.3),
    ("tokio", 4.3),
    ("rust_xlsxwriter", 4.3),
    ("brotli", 4.0),
    ("wasm-bindgen-macro-support", 4.0),
    ("regex-automata", 3.8),
    ("sea-orm-macros", 3.8),
    ("h2", 3.7),
    ("leptos_router", 3.6),
    ("axum", 3.3),
];
/// What anything else takes, likewise.
const USUAL: f64 = 0.45;
/// How many such seconds pass in one, as long as nothing has been measured.
const CORES: f64 = 1.7;

/// The halves of one build, and how much of them is done.
pub struct Progress {
    total: f64,
    done: f64,
    /// What of it was compiled now, and not found finished.
    compiled: f64,
    began: Instant,
    told: Instant,
}

impl Progress {
    /// Counts what these builds consist of; each is given as the `cargo tree` of the same choice of packages.
    pub fn of(trees: Vec<Command>) -> Result<Self> {
        let mut total = 0.0;
        for mut tree in trees {
            let packages = printed(tree.args(["--edges", "no-dev", "--prefix", "none", "--format", "{p}"]))?;
            let names: HashSet<&str> = packages.lines().map(|line| line.trim_end_matches(" (*)")).collect();
            total += names.iter().filter_map(|line| line.split(' ').next()).map(seconds).sum::<f64>();
        }
        let now = Instant::now();
        Ok(Self { total, done: 0.0, compiled: 0.0, began: now, told: now })
    }

    /// Runs one of the builds, and tells now and then how far all of them are.
    pub fn run(&mut self, cargo: &mut Command) -> Result<()> {
        cargo.args(["--quiet", "--message-format", "json-render-diagnostics"]).stdout(Stdio::piped());
        let mut child = cargo.spawn().map_err(|error| format!("cannot run cargo: {error}"))?;
        let told = child.stdout.take().ok_or("cargo says nothing")?;
        let (sender, lines) = channel();
        let reading = thread::spawn(move || {
            for line in BufReader::new(told).lines().map_while(std::io::Result::ok) {
                if sender.send(line).is_err() {
                    break;
                }
            }
        });
        let mut seen = HashSet::new();
        loop {
            match lines.recv_timeout(Duration::from_secs(1)) {
                Ok(line) => self.count(&line, &mut seen),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => break,
            }
            self.tell();
        }
        let _ = reading.join();
        let status = child.wait()?;
        if status.success() { Ok(()) } else { Err(format!("the build failed: {status}").into()) }
    }

    /// Takes note of what Cargo has finished; a package counts once, whatever it consists of.
    fn count(&mut self, line: &str, seen: &mut HashSet<String>) {
        if !line.starts_with("{\"reason\":\"compiler-artifact\"") || line.contains("\"kind\":[\"custom-build\"]") {
            return;
        }
        let Some(id) = value(line, "\"package_id\":\"") else { return };
        let name = name(id).unwrap_or_default();
        if seen.insert(id.to_owned()) {
            self.done += seconds(name);
            if line.contains("\"fresh\":false") {
                self.compiled += seconds(name);
            }
        }
    }

    fn tell(&mut self) {
        if self.told.elapsed() < EVERY {
            return;
        }
        self.told = Instant::now();
        let rest = (self.total - self.done).max(0.0);
        let percent = (100.0 * self.done / self.total.max(1.0)).min(99.0);
        say(&format!("{percent:.0} % built, {} to go", spoken(rest / self.pace())));
    }

    /// How much is compiled in a second here.
    fn pace(&self) -> f64 {
        let elapsed = self.began.elapsed().as_secs_f64();
        // Only a good part of the whole tells how fast this machine is.
        if self.compiled < 0.1 * self.total { CORES } else { (self.compiled / elapsed).max(0.05) }
    }
}

/// `about 3 min`, as exactly as anybody can know.
fn spoken(seconds: f64) -> String {
    match seconds {
        seconds if seconds < 45.0 => "less than a minute".to_owned(),
        seconds => format!("about {:.0} min", (seconds / 60.0).ceil()),
    }
}

fn seconds(name: &str) -> f64 {
    SLOW.iter().find(|(slow, _)| *slow == name).map_or(USUAL, |(_, seconds)| *seconds)
}

/// What stands between this beginning and the next quotation mark.
fn value<'l>(line: &'l str, beginning: &str) -> Option<&'l str> {
    line.split_once(beginning)?.1.split('"').next()
}

/// The name in `registry+…#serde@1.0.0`, and in `path+file:///…/app#0.1.0`, where it is the folder's.
fn name(id: &str) -> Option<&str> {
    let (place, version) = id.split_once('#')?;
    version.split_once('@').map(|(name, _)| name).or_else(|| place.rsplit('/').next())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_package_is_known_by_its_name_wherever_it_comes_from() {
        assert_eq!(name("registry+index#serde@1.0.0"), Some("serde"));
        assert_eq!(name("path+file:///here/app#0.1.0"), Some("app"));
        assert_eq!(name("path+file:///here/pc#partner_center@0.1.0"), Some("partner_center"));
    }

    #[test]
    fn what_was_finished_before_does_not_make_the_machine_look_fast() {
        let now = Instant::now();
        let mut progress = Progress { total: 60.0, done: 0.0, compiled: 0.0, began: now, told: now };
        let mut seen = HashSet::new();
        let line = |fresh: bool, id: &str| {
            format!(
                "{{\"reason\":\"compiler-artifact\",\"package_id\":\"{id}\",\"target\":{{\"kind\":[\"lib\"]}},\"fresh\":{fresh}}}"
            )
        };
        progress.count(&line(true, "path+file:///here/app#0.1.0"), &mut seen);
        progress.count(&line(true, "path+file:///here/app#0.1.0"), &mut seen);
        assert_eq!((progress.done, progress.compiled), (30.0, 0.0));
        progress.count(&line(false, "registry+index#serde@1.0.0"), &mut seen);
        assert_eq!((progress.done, progress.compiled), (30.0 + USUAL, USUAL));
    }

    #[test]
    fn nobody_is_told_more_exactly_than_can_be_known() {
        assert_eq!(spoken(10.0), "less than a minute");
        assert_eq!(spoken(125.0), "about 3 min");
    }
}
