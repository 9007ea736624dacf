//! Where things lie: the repository, the target folder, and what each profile leaves there.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Result;

/// The name of the program, and of the files that the browser loads.
pub const NAME: &str = "partner-center";

pub struct Workspace {
    pub root: PathBuf,
    pub target: PathBuf,
}

/// How much the compiler takes its time; the manifest of the workspace says what each means.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Profile {
    /// To work with: tests, and rebuilding on save.
    Dev,
    /// To look at the product for the first time: soon there, and quick enough to use.
    First,
    /// To be measured and shipped.
    Release,
}

impl Workspace {
    /// Cargo runs this program as `<target>/debug/xtask`, from which the target folder follows.
    pub fn find() -> Result<Self> {
        let manifest = std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
        let root = Path::new(&manifest).parent().ok_or("xtask lies in no repository")?.to_path_buf();
        let program = std::env::current_exe()?;
        let target = program.ancestors().nth(2).ok_or("xtask lies in no target folder")?.to_path_buf();
        Ok(Self { root, target })
    }

    /// What the server hands out as files: `PARTNER_CENTER_SITE`.
    pub fn site(&self) -> PathBuf {
        self.target.join("site")
    }

    /// The part of the site whose names carry a hash of their content.
    pub fn pkg(&self) -> PathBuf {
        self.site().join("pkg")
    }

    /// Half-done work of xtask itself.
    pub fn scratch(&self, profile: Profile) -> PathBuf {
        self.target.join("xtask").join(profile.folder())
    }

    /// Where the server's executable lies, and `hash.txt` beside it.
    pub fn programs(&self, profile: Profile) -> PathBuf {
        self.target.join(profile.folder())
    }

    pub fn server(&self, profile: Profile) -> PathBuf {
        self.programs(profile).join(NAME).with_extension(std::env::consts::EXE_EXTENSION)
    }

    /// The browser's half as Cargo leaves it, before it is made ready for the web.
    pub fn wasm(&self, profile: Profile) -> PathBuf {
        self.target.join("wasm32-unknown-unknown").join(profile.wasm_folder()).join("app.wasm")
    }
}

impl Profile {
    pub const ALL: [Profile; 3] = [Profile::Dev, Profile::First, Profile::Release];

    /// What Cargo calls it.
    pub fn name(self) -> &'static str {
        match self {
            Profile::Dev => "dev",
            Profile::First => "first",
            Profile::Release => "release",
        }
    }

    /// What Cargo calls the one that the browser's half is compiled in.
    pub fn of_wasm(self) -> &'static str {
        match self {
            Profile::Dev => "dev",
            Profile::First => "first",
            Profile::Release => "wasm-release",
        }
    }

    pub fn folder(self) -> &'static str {
        folder_of(self.name())
    }

    pub fn wasm_folder(self) -> &'static str {
        folder_of(self.of_wasm())
    }

    /// Views are boxed by default, for the sake of the compiler; what is measured and shipped has one type for each.
    pub fn compiled(self, cargo: &mut Command) {
        if self == Profile::Release {
            cargo.env("CARGO_ENCODED_RUSTFLAGS", "");
        }
    }
}

/// Cargo's folder of a profile has its name, but for the oldest of them.
fn folder_of(profile: &'static str) -> &'static str {
    if profile == "dev" { "debug" } else { profile }
}
