//! What the browser loads: wasm, its glue, one stylesheet and the public files, in `target/site`.

mod compress;
mod css;
mod names;
mod public;
mod size;
mod wasm;

use crate::Result;
use crate::command::{run, say};
use crate::workspace::{NAME, Profile, Workspace};

pub use names::{HASH_FILE, Names};
pub use wasm::{add_target, compilation, tree};

/// The command of this name.
pub fn site(workspace: &Workspace, arguments: &[String]) -> Result<()> {
    let unknown = arguments.iter().find(|argument| !["--release", "--check-size"].contains(&argument.as_str()));
    if let Some(unknown) = unknown {
        return Err(format!("no option `{unknown}`; `site` takes --release and --check-size").into());
    }
    let has = |option: &str| arguments.iter().any(|argument| argument == option);
    let checks_size = has("--check-size");
    let profile = if checks_size || has("--release") { Profile::Release } else { Profile::Dev };
    let names = build(workspace, profile)?;
    if checks_size { size::check(workspace, &names) } else { Ok(()) }
}

/// Brings the site up to date; what has not changed since the last time is left alone.
pub fn build(workspace: &Workspace, profile: Profile) -> Result<Names> {
    say(&format!("Compiling the browser's half ({}) …", profile.wasm_folder()));
    add_target(workspace)?;
    run(&mut compilation(workspace, profile))?;
    publish(workspace, profile)
}

/// Makes what was compiled ready for the browser, with the styles and the public files.
pub fn publish(workspace: &Workspace, profile: Profile) -> Result<Names> {
    let glue = wasm::prepare(workspace, profile)?;
    say("Bundling styles and public files …");
    let css = css::bundle(&workspace.root.join("style/main.css"))?;

    let pkg = workspace.pkg();
    let effort = compress::Effort::of(profile);
    let names = Names {
        js: names::publish(&pkg, &glue.js, "js", effort)?,
        wasm: names::publish(&pkg, &glue.wasm, "wasm", effort)?,
        // The same for every profile, so it may well be a release's.
        css: names::publish(&pkg, css.as_bytes(), "css", compress::Effort::Best)?,
    };
    if let Some(snippets) = glue.snippets {
        public::mirror(&snippets, &pkg.join("snippets"), &[])?;
    }
    public::mirror(&workspace.root.join("public"), &workspace.site(), &["pkg"])?;
    names.write(workspace, profile)?;
    names::remove_unused(workspace)?;
    if profile == Profile::Release {
        size::print(workspace, &names)?;
    }
    Ok(names)
}

/// `partner-center.0123456789abcdef.js`
fn hashed_name(hash: &str, extension: &str) -> String {
    format!("{NAME}.{hash}.{extension}")
}
