//! Where things lie: the repository, the target folder, and what each profile leaves there.

use std::path::{Path, PathBuf};

use crate::Result;

/// The name of the program, and of the files that the browser loads.
pub const NAME: &str = "partner-center";

pub struct Workspace {
    pub root: PathBuf,
    pub target: PathBuf,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Profile {
    Dev,
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
    pub const ALL: [Profile; 2] = [Profile::Dev, Profile::Release];

    pub fn folder(self) -> &'static str {
        match self {
            Profile::Dev => "debug",
            Profile::Release => "release",
        }
    }

    pub fn wasm_folder(self) -> &'static str {
        match self {
            Profile::Dev => "debug",
            Profile::Release => "wasm-release",
        }
    }
}
