//! A temporary folder which goes when its owner goes.

use std::fs;
use std::path::{Path, PathBuf};

use crate::Result;
use crate::platform::is_alive;

const PREFIX: &str = "partner-center-xtask-";
/// Where Linux keeps files in memory.
const MEMORY: &str = "/dev/shm";

pub struct Temporary {
    path: PathBuf,
}

impl Temporary {
    /// The name carries the process, so that what an interrupted run left behind can be told and removed.
    pub fn folder(name: &str) -> Result<Self> {
        Self::within(&std::env::temp_dir(), name)
    }

    /// The same in memory where the system has such a place, for what is written and thrown away thousands of times.
    /// What is tested keeps its word about a crash of its process there as well; about a power cut nothing can be tested.
    pub fn in_memory(name: &str) -> Result<Self> {
        let memory = Path::new(MEMORY);
        if memory.is_dir() { Self::within(memory, name) } else { Self::folder(name) }
    }

    fn within(place: &Path, name: &str) -> Result<Self> {
        remove_leftovers(place);
        let path = place.join(format!("{PREFIX}{name}-{}", std::process::id()));
        fs::create_dir(&path).map_err(|error| format!("cannot make {}: {error}", path.display()))?;
        Ok(Self { path })
    }

    pub fn path(&self) -> &Path {
        &self.path
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        if let Err(error) = fs::remove_dir_all(&self.path) {
            eprintln!("xtask: {} stays behind: {error}", self.path.display());
        }
    }
}

fn remove_leftovers(place: &Path) {
    let Ok(entries) = fs::read_dir(place) else { return };
    for entry in entries.flatten() {
        if owner(&entry.file_name().to_string_lossy()).is_some_and(|process| !is_alive(process)) {
            // Another user's leftover cannot be removed, and need not be.
            let _ = fs::remove_dir_all(entry.path());
        }
    }
}

fn owner(folder: &str) -> Option<u32> {
    folder.strip_prefix(PREFIX)?.rsplit_once('-')?.1.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_leftover_names_its_process() {
        assert_eq!(owner("partner-center-xtask-browser-42"), Some(42));
        assert_eq!(owner("partner-center-42"), None);
    }
}
