//! One archive with all that a machine needs to run the product: the program, its assets, the words about it.

use std::fs;
use std::path::Path;

use crate::Result;
use crate::command::{answer, program, run, say};
use crate::serve::build_server;
use crate::site::{self, HASH_FILE, Names};
use crate::workspace::{NAME, Profile, Workspace};

const DOCUMENTS: [&str; 3] = ["README.md", "CHANGELOG.md", "LICENSE"];

/// The command of this name.
pub fn dist(workspace: &Workspace, arguments: &[String]) -> Result<()> {
    if let Some(unknown) = arguments.first() {
        return Err(format!("no option `{unknown}`; `dist` takes none").into());
    }
    let names = site::build(workspace, Profile::Release)?;
    build_server(workspace, Profile::Release)?;

    let dist = workspace.target.join("dist");
    let release = release_name();
    let folder = dist.join(&release);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder)?;
    let server = workspace.server(Profile::Release);
    fs::copy(&server, folder.join(server.file_name().ok_or("the server has no file name")?))?;
    fs::copy(workspace.programs(Profile::Release).join(HASH_FILE), folder.join(HASH_FILE))?;
    copy_folder(&workspace.site(), &folder.join("site"), &|name| belongs(name, &names))?;
    for document in DOCUMENTS.map(|name| workspace.root.join(name)).iter().filter(|file| file.is_file()) {
        fs::copy(document, folder.join(document.file_name().ok_or("a document has no file name")?))?;
    }

    let archive = dist.join(format!("{release}.tar.gz"));
    run(program(workspace, "tar").arg("-czf").arg(&archive).arg("-C").arg(&dist).arg(&release))?;
    say(&format!("{} ({} bytes)", archive.display(), fs::metadata(&archive)?.len()));
    Ok(())
}

/// `partner-center-0.1.0-x86_64-unknown-linux-gnu`
fn release_name() -> String {
    let version = env!("CARGO_PKG_VERSION");
    let compiler = answer("rustc", &["-vV"]).unwrap_or_default();
    let host = compiler.lines().find_map(|line| line.strip_prefix("host: ")).unwrap_or(std::env::consts::ARCH);
    format!("{NAME}-{version}-{host}")
}

/// Files of the dev build may lie beside those of the release.
fn belongs(file: &str, names: &Names) -> bool {
    !file.starts_with(&format!("{NAME}.")) || names.files().iter().any(|name| file.starts_with(name.as_str()))
}

fn copy_folder(from: &Path, to: &Path, belongs: &dyn Fn(&str) -> bool) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let copy = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &copy, belongs)?;
        } else if belongs(&entry.file_name().to_string_lossy()) {
            fs::copy(entry.path(), copy)?;
        }
    }
    Ok(())
}
