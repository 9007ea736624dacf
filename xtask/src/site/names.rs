//! File names that carry a hash of the content, and `hash.txt`, in which Leptos looks them up.

use std::fs;
use std::hash::{DefaultHasher, Hasher};
use std::path::Path;

use super::compress::{self, Effort};
use super::hashed_name;
use crate::Result;
use crate::workspace::{NAME, Profile, Workspace};

/// Leptos expects it beside the program that renders the pages.
pub const HASH_FILE: &str = "hash.txt";

/// The hash in the name of each file.
#[derive(PartialEq, Eq, Debug)]
pub struct Names {
    pub js: String,
    pub wasm: String,
    pub css: String,
}

impl Names {
    /// The file names, without what is compressed beside them.
    pub fn files(&self) -> [String; 3] {
        [hashed_name(&self.js, "js"), hashed_name(&self.wasm, "wasm"), hashed_name(&self.css, "css")]
    }

    /// Beside the server, and beside the tests, which render pages as well.
    pub fn write(&self, workspace: &Workspace, profile: Profile) -> Result<()> {
        let text = format!("js: {}\nwasm: {}\ncss: {}\n", self.js, self.wasm, self.css);
        let programs = workspace.programs(profile);
        for folder in [programs.join("deps"), programs] {
            fs::create_dir_all(&folder)?;
            write_whole(&folder.join(HASH_FILE), &text)?;
        }
        Ok(())
    }

    /// What was written for this profile, if it was built at all.
    pub fn read(workspace: &Workspace, profile: Profile) -> Option<Self> {
        let text = fs::read_to_string(workspace.programs(profile).join(HASH_FILE)).ok()?;
        let hash = |name: &str| {
            let line = text.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))?;
            Some(line.trim().to_owned())
        };
        Some(Self { js: hash("js")?, wasm: hash("wasm")?, css: hash("css")? })
    }
}

/// Writes the content under its hashed name, with the compressed forms beside it; gives back the hash.
pub fn publish(pkg: &Path, content: &[u8], extension: &str, effort: Effort) -> Result<String> {
    let hash = hash_of(content);
    let file = pkg.join(hashed_name(&hash, extension));
    if !compress::is_complete(&file) {
        fs::create_dir_all(pkg)?;
        fs::write(&file, content)?;
        compress::write_beside(&file, content, effort)?;
    }
    Ok(hash)
}

/// Removes what no profile names any more.
pub fn remove_unused(workspace: &Workspace) -> Result<()> {
    let used: Vec<String> = Profile::ALL
        .iter()
        .filter_map(|profile| Names::read(workspace, *profile))
        .flat_map(|names| names.files())
        .collect();
    for entry in fs::read_dir(workspace.pkg())? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        let is_ours = name.starts_with(&format!("{NAME}."));
        if is_ours && !used.iter().any(|used| name.starts_with(used.as_str())) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

/// A running server may read the file at any moment, so it is never seen half written.
fn write_whole(file: &Path, text: &str) -> Result<()> {
    if fs::read_to_string(file).is_ok_and(|present| present == text) {
        return Ok(());
    }
    let draft = file.with_extension("draft");
    fs::write(&draft, text)?;
    Ok(fs::rename(draft, file)?)
}

fn hash_of(content: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    hasher.write(content);
    format!("{:016x}", hasher.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_follows_the_content() {
        assert_eq!(hash_of(b"a"), hash_of(b"a"));
        assert_ne!(hash_of(b"a"), hash_of(b"b"));
        assert_eq!(hash_of(b"").len(), 16);
    }
}
