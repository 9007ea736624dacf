//! What the tests need besides Rust: looked for first, installed where we may, else named exactly.

use std::path::PathBuf;
use std::process::Command;

use crate::Result;
use crate::command::{answer, run, say};
use crate::platform::is_root;
use crate::{postgres, programs};

const NODE: u32 = 20;
const CHROMIUM: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const CHROMIUM_ON_MACOS: [&str; 2] = [
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Need {
    PostgreSql,
    Chromium,
    ChineseFonts,
    Node,
}

/// How one kind of system installs packages, and what it calls those that we need.
struct Manager {
    program: &'static str,
    install: &'static str,
    package: fn(Need) -> &'static str,
}

const MANAGERS: [Manager; 3] = [
    Manager { program: "apt-get", install: "apt-get install -y", package: debian },
    Manager { program: "dnf", install: "dnf install -y", package: fedora },
    Manager { program: "brew", install: "brew install", package: homebrew },
];

/// Leaves with everything present, or with an error that says what to install.
pub fn ensure(needs: &[Need]) -> Result<()> {
    if missing(needs).is_empty() {
        return Ok(());
    }
    if is_root() && programs::on_path(&["apt-get"]).is_some() {
        install_on_debian(&missing(needs))?;
    }
    match missing(needs).as_slice() {
        [] => Ok(()),
        still => Err(advice(still).into()),
    }
}

/// The browser that Playwright drives; `CHROMIUM` may name another one.
pub fn chromium() -> Option<PathBuf> {
    let named = std::env::var_os("CHROMIUM").map(PathBuf::from);
    let on_macos = || CHROMIUM_ON_MACOS.iter().map(PathBuf::from).find(|file| file.is_file());
    named.filter(|file| file.is_file()).or_else(|| programs::on_path(&CHROMIUM)).or_else(on_macos)
}

fn missing(needs: &[Need]) -> Vec<Need> {
    needs.iter().copied().filter(|need| !is_here(*need)).collect()
}

fn is_here(need: Need) -> bool {
    match need {
        Need::PostgreSql => postgres::programs_folder().is_some(),
        Need::Chromium => chromium().is_some(),
        // Where nobody can be asked, as on macOS, the system brings such fonts itself.
        Need::ChineseFonts => answer("fc-list", &[":lang=zh", "family"]).is_none_or(|fonts| !fonts.is_empty()),
        Need::Node => {
            let has_npm = programs::on_path(&["npm", "npm.cmd"]).is_some();
            has_npm && answer("node", &["--version"]).and_then(|text| major(&text)).is_some_and(|major| major >= NODE)
        }
    }
}

fn major(version: &str) -> Option<u32> {
    version.trim_start_matches('v').split('.').next()?.parse().ok()
}

fn install_on_debian(needs: &[Need]) -> Result<()> {
    let packages: Vec<&str> = needs.iter().flat_map(|need| debian(*need).split(' ')).collect();
    say(&format!("Installing {} …", packages.join(", ")));
    let apt = |arguments: &[&str]| {
        let mut command = Command::new("apt-get");
        command.args(arguments).env("DEBIAN_FRONTEND", "noninteractive");
        command
    };
    run(&mut apt(&["update", "-q"]))?;
    run(apt(&["install", "-y", "-q", "--no-install-recommends"]).args(packages))
}

fn advice(needs: &[Need]) -> String {
    let manager = MANAGERS.iter().find(|manager| programs::on_path(&[manager.program]).is_some());
    let mut lines = vec!["something that the tests need is not here:".to_owned()];
    lines.extend(needs.iter().map(|need| format!("  - {}", described(*need))));
    if let Some(manager) = manager {
        let packages: Vec<&str> = needs.iter().map(|need| (manager.package)(*need)).collect();
        lines.push(format!("Install it with: {} {}", manager.install, packages.join(" ")));
    }
    lines.join("\n")
}

fn described(need: Need) -> &'static str {
    match need {
        Need::PostgreSql => "the PostgreSQL server (its programs `initdb` and `postgres`)",
        Need::Chromium => "Chromium or Chrome (on PATH, or named by the environment variable CHROMIUM)",
        Need::ChineseFonts => "a font with Chinese characters",
        Need::Node => "Node.js 20 or newer, with npm",
    }
}

fn debian(need: Need) -> &'static str {
    match need {
        Need::PostgreSql => "postgresql",
        Need::Chromium => "chromium",
        Need::ChineseFonts => "fonts-noto-cjk",
        Need::Node => "nodejs npm",
    }
}

fn fedora(need: Need) -> &'static str {
    match need {
        Need::PostgreSql => "postgresql-server",
        Need::Chromium => "chromium",
        Need::ChineseFonts => "google-noto-sans-cjk-fonts",
        Need::Node => "nodejs npm",
    }
}

fn homebrew(need: Need) -> &'static str {
    match need {
        Need::PostgreSql => "postgresql",
        Need::Chromium => "chromium",
        Need::ChineseFonts => "font-noto-sans-cjk",
        Need::Node => "node",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_major_version_is_the_first_number() {
        assert_eq!(major("v20.20.2"), Some(20));
        assert_eq!(major(""), None);
    }

    #[test]
    fn advice_names_what_is_missing() {
        assert!(advice(&[Need::Node]).contains("Node.js 20"));
    }
}
