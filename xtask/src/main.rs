//! Builds, runs and tests Partner Center: `cargo xtask` alone lists what it can do.

mod bench;
mod command;
mod dev;
mod dist;
mod ensure;
mod platform;
mod postgres;
mod process;
mod programs;
mod progress;
mod ready;
mod serve;
mod site;
mod temporary;
mod test;
mod workspace;

use std::error::Error;
use std::process::ExitCode;

use workspace::Workspace;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

const HELP: &str = "\
Builds, runs and tests Partner Center.

  cargo xtask serve [OPTION …]      build everything for a first look and run it with demo data
  cargo xtask dev [OPTION …]        the same in the dev profile, rebuilt on every save
  cargo xtask test [--only STEP …] [--long] [-- ARGUMENT …]
                                    every check; steps: format, lint, unit, site, sqlite, postgres, browser
  cargo xtask site [--release] [--check-size]
                                    build only what the browser loads
  cargo xtask bench [--rows N]      measure on SQLite and on PostgreSQL
  cargo xtask dist                  one archive: program and assets

Options of `serve` and `dev` go to the program itself: `cargo xtask serve --addr 127.0.0.1:8080`.
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nxtask: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Result<()> {
    let Some((name, rest)) = arguments.split_first() else {
        print!("{HELP}");
        return Ok(());
    };
    let workspace = Workspace::find()?;
    match name.as_str() {
        "serve" => serve::serve(&workspace, rest),
        "dev" => dev::dev(&workspace, rest),
        "test" => test::test(&workspace, rest),
        "site" => site::site(&workspace, rest),
        "bench" => bench::bench(&workspace, rest),
        "dist" => dist::dist(&workspace, rest),
        "help" | "-h" | "--help" => {
            print!("{HELP}");
            Ok(())
        }
        other => Err(format!("no command `{other}`; `cargo xtask` lists them").into()),
    }
}
