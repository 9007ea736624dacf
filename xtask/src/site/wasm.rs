//! The browser's half: compiled by Cargo, made loadable by wasm-bindgen, made smaller by wasm-opt if that is here.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::UNIX_EPOCH;

use wasm_bindgen_cli_support::Bindgen;

use crate::Result;
use crate::command::{answer, cargo, program, run, say};
use crate::programs;
use crate::workspace::{NAME, Profile, Workspace};

const TARGET: &str = "wasm32-unknown-unknown";

/// The features of the browser's half.
const CHOICE: [&str; 5] = ["--no-default-features", "--features", "hydrate", "--target", TARGET];

/// What rustc uses by default and every browser of the last years understands.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-multivalue",
];

pub struct Glue {
    pub js: Vec<u8>,
    pub wasm: Vec<u8>,
    /// Pieces of JavaScript that crates bring along, if any does.
    pub snippets: Option<PathBuf>,
}

/// Only here is `app` a library that something else than Rust loads: its manifest names none, so that the server's build,
/// which wants nothing but the Rust library, makes nothing else.
pub fn compilation(workspace: &Workspace, profile: Profile) -> Command {
    let mut build = cargo(workspace, &["rustc", "--locked", "-p", "app", "--lib", "--crate-type", "cdylib"]);
    build.args(CHOICE).args(["--profile", profile.of_wasm()]);
    profile.compiled(&mut build);
    build
}

/// What the browser's half consists of.
pub fn tree(workspace: &Workspace) -> Command {
    let mut tree = cargo(workspace, &["tree", "--locked", "-p", "app"]);
    tree.args(CHOICE);
    tree
}

/// Turns Cargo's output into what a browser loads, unless that was done with the same input before.
pub fn prepare(workspace: &Workspace, profile: Profile) -> Result<Glue> {
    let input = workspace.wasm(profile);
    let scratch = workspace.scratch(profile);
    let (out, stamp) = (scratch.join("pkg"), scratch.join("stamp"));
    let wasm_opt = if profile == Profile::Release { wasm_opt(workspace) } else { None };
    let recipe = format!("{}\n{}\n{wasm_opt:?}\n", state(&input)?, state(&std::env::current_exe()?)?);
    if fs::read_to_string(&stamp).ok().as_ref() != Some(&recipe) {
        // Gone before the work begins, so that a half-done output is never taken for a whole one.
        let _ = fs::remove_dir_all(&scratch);
        fs::create_dir_all(&out)?;
        say("Writing the wasm and its glue …");
        bind(&input, &out, profile)?;
        if profile == Profile::Release {
            shrink(workspace, wasm_opt.as_deref(), &wasm_in(&out));
        }
        fs::write(stamp, recipe)?;
    }
    let snippets = out.join("snippets");
    Ok(Glue {
        js: fs::read(out.join(format!("{NAME}.js")))?,
        wasm: fs::read(wasm_in(&out))?,
        snippets: snippets.is_dir().then_some(snippets),
    })
}

fn bind(input: &Path, out: &Path, profile: Profile) -> Result<()> {
    let mut bindgen = Bindgen::new();
    bindgen.input_path(input).out_name(NAME).web(true)?.typescript(false);
    // The page says where the wasm lies: the glue must not know a name that changes with the content.
    bindgen.omit_default_module_path(true);
    if profile == Profile::Release {
        bindgen.remove_name_section(true).remove_producers_section(true);
    }
    Ok(bindgen.generate(out)?)
}

/// Costs nothing but bytes where it is missing or fails.
fn shrink(workspace: &Workspace, wasm_opt: Option<&Path>, wasm: &Path) {
    let Some(wasm_opt) = wasm_opt else {
        return say("No wasm-opt here: the wasm stays about a sixth larger (npm or your system has it as `binaryen`).");
    };
    say("Shrinking the wasm …");
    let smaller = wasm.with_extension("smaller");
    let mut command = program(workspace, wasm_opt);
    command.arg("-Oz").args(FEATURES).arg(wasm).arg("-o").arg(&smaller);
    if let Err(error) = run(&mut command).and_then(|()| Ok(fs::rename(&smaller, wasm)?)) {
        say(&format!("The wasm stays as it is: {error}"));
    }
}

fn wasm_opt(workspace: &Workspace) -> Option<PathBuf> {
    let in_modules =
        |folder: &str| programs::in_folder(&workspace.root.join(folder).join("node_modules/.bin"), "wasm-opt");
    programs::on_path(&["wasm-opt"]).or_else(|| in_modules("")).or_else(|| in_modules("end2end"))
}

fn wasm_in(out: &Path) -> PathBuf {
    out.join(format!("{NAME}_bg.wasm"))
}

fn state(file: &Path) -> Result<String> {
    let facts = fs::metadata(file).map_err(|error| format!("{}: {error}", file.display()))?;
    Ok(format!("{} {}", facts.len(), facts.modified()?.duration_since(UNIX_EPOCH)?.as_nanos()))
}

pub fn add_target(workspace: &Workspace) -> Result<()> {
    let toolchain = answer("rustc", &["--print", "sysroot"]).unwrap_or_default();
    if Path::new(&toolchain).join("lib/rustlib").join(TARGET).is_dir() {
        return Ok(());
    }
    say("Adding the compiler's wasm target …");
    run(program(workspace, "rustup").args(["target", "add", TARGET]))
        .map_err(|error| format!("{error}\nthe Rust target {TARGET} is needed; rustup can add it").into())
}
