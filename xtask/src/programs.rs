//! Finding other programs on this computer.

use std::path::{Path, PathBuf};

/// The first of these names that lies on `PATH`.
pub fn on_path(names: &[&str]) -> Option<PathBuf> {
    names.iter().find_map(|name| folders().iter().find_map(|folder| in_folder(folder, name)))
}

/// The program of this name in one folder.
pub fn in_folder(folder: &Path, name: &str) -> Option<PathBuf> {
    let file = folder.join(name).with_extension(std::env::consts::EXE_EXTENSION);
    file.is_file().then_some(file)
}

/// The folders on `PATH`, in their order.
pub fn folders() -> Vec<PathBuf> {
    std::env::var_os("PATH").map(|path| std::env::split_paths(&path).collect()).unwrap_or_default()
}
