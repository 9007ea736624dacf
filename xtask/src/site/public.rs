//! Copying a folder as it is, so that what was removed there is removed here as well.

use std::fs;
use std::path::{Path, PathBuf};

use super::compress::{self, Effort};
use crate::Result;

/// Makes `to` equal to `from` plus the compressed forms; the folders named in `spared` are not ours to touch.
pub fn mirror(from: &Path, to: &Path, spared: &[&str]) -> Result<()> {
    fs::create_dir_all(to)?;
    let mut kept: Vec<PathBuf> = spared.iter().map(|name| to.join(name)).collect();
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let copy = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            mirror(&entry.path(), &copy, &[])?;
        } else {
            copy_with_forms(&entry.path(), &copy)?;
            kept.extend(compress::forms(&copy));
        }
        kept.push(copy);
    }
    remove_others(to, &kept)
}

fn copy_with_forms(file: &Path, copy: &Path) -> Result<()> {
    let content = fs::read(file)?;
    let is_same = compress::is_complete(copy) && fs::read(copy)? == content;
    if !is_same {
        fs::write(copy, &content)?;
        compress::write_beside(copy, &content, Effort::Best)?;
    }
    Ok(())
}

fn remove_others(folder: &Path, kept: &[PathBuf]) -> Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if kept.contains(&entry.path()) {
            continue;
        }
        if entry.file_type()?.is_dir() { fs::remove_dir_all(entry.path())? } else { fs::remove_file(entry.path())? }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::temporary::Temporary;

    #[test]
    fn a_file_removed_at_the_source_is_removed_in_the_copy() -> Result<()> {
        let folder = Temporary::folder("mirror")?;
        let (from, to) = (folder.path().join("from"), folder.path().join("to"));
        fs::create_dir_all(from.join("inner"))?;
        fs::create_dir_all(to.join("pkg"))?;
        fs::write(from.join("inner/a.svg"), "<svg/>")?;
        fs::write(from.join("b.ico"), "b")?;
        mirror(&from, &to, &["pkg"])?;
        assert!(to.join("inner/a.svg.br").is_file() && to.join("b.ico").is_file());

        fs::remove_file(from.join("b.ico"))?;
        mirror(&from, &to, &["pkg"])?;
        assert!(to.join("inner/a.svg.gz").is_file() && to.join("pkg").is_dir() && !to.join("b.ico").exists());
        Ok(())
    }
}
