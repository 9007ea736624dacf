//! How much the browser has to load, compressed as it travels.

use std::fs;
use std::path::Path;

use super::Names;
use super::compress::forms;
use crate::Result;
use crate::command::say;
use crate::workspace::Workspace;

/// For wasm and its glue together.
const BUDGET: u64 = 150_000;

pub fn print(workspace: &Workspace, names: &Names) -> Result<()> {
    let [js, wasm, css] = names.files().map(|name| travelling(&workspace.pkg().join(name)));
    let (js, wasm, css) = (js?, wasm?, css?);
    let sum = js + wasm;
    say(&format!("Brotli: wasm {wasm} + js {js} = {sum} bytes of at most {BUDGET}; css {css} bytes"));
    Ok(())
}

/// Fails where the budget is exceeded.
pub fn check(workspace: &Workspace, names: &Names) -> Result<()> {
    let [js, wasm, _] = names.files().map(|name| travelling(&workspace.pkg().join(name)));
    let sum = js? + wasm?;
    if sum <= BUDGET { Ok(()) } else { Err(format!("wasm and js take {sum} bytes, {BUDGET} are allowed").into()) }
}

fn travelling(file: &Path) -> Result<u64> {
    let [br, _] = forms(file);
    Ok(fs::metadata(br)?.len())
}
