//! Every check of the repository, step by step, with a table of them at the end.

mod browser;
mod lint;
mod steps;

use std::time::{Duration, Instant};

use crate::Result;
use crate::command::{program, run, say};
use crate::ensure::ensure;
use crate::workspace::Workspace;

use steps::{STEPS, Step};

/// The command of this name. What follows `--` goes to the test programs, which only makes sense with one step.
pub fn test(workspace: &Workspace, arguments: &[String]) -> Result<()> {
    if arguments.iter().take_while(|argument| *argument != "--").any(|argument| argument == LONG) {
        return long(workspace, arguments);
    }
    let (chosen, rest) = chosen(arguments)?;
    let needs: Vec<_> = chosen.iter().flat_map(|step| step.needs).copied().collect();
    ensure(&needs)?;
    let mut outcomes = Vec::new();
    for step in chosen {
        say(&format!("{}: {}", step.name, step.title));
        let start = Instant::now();
        let result = (step.run)(workspace, &rest);
        if let Err(error) = &result {
            eprintln!("{}: {error}", step.name);
        }
        outcomes.push((step.name, result.is_ok(), start.elapsed()));
    }
    print_table(&outcomes);
    let failed: Vec<&str> = outcomes.iter().filter(|(_, passed, _)| !passed).map(|(name, ..)| *name).collect();
    if failed.is_empty() { Ok(()) } else { Err(format!("failed: {}", failed.join(", ")).into()) }
}

/// Long counts where tests repeat themselves.
const LONG: &str = "--long";

/// The same again, with the variable by which tests know that there is time.
fn long(workspace: &Workspace, arguments: &[String]) -> Result<()> {
    let others = arguments.iter().filter(|argument| *argument != LONG);
    run(program(workspace, std::env::current_exe()?).arg("test").args(others).env("PARTNER_CENTER_LONG", "yes"))
}

/// The steps asked for, all by default, in their own order; and what follows `--`.
fn chosen(arguments: &[String]) -> Result<(Vec<&'static Step>, Vec<String>)> {
    let mut parts = arguments.splitn(2, |argument| argument == "--");
    let (options, rest) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let mut names = Vec::new();
    let mut options = options.iter();
    while let Some(option) = options.next() {
        let name = match option.strip_prefix("--only=") {
            Some(name) => name,
            None if option == "--only" => options.next().ok_or("--only wants the name of a step")?,
            None => return Err(format!("no option `{option}`; `test` takes --only STEP and --long").into()),
        };
        if !STEPS.iter().any(|step| step.name == name) {
            return Err(format!("no step `{name}`; there are {}", STEPS.map(|step| step.name).join(", ")).into());
        }
        names.push(name);
    }
    if !rest.is_empty() && names.len() != 1 {
        return Err("arguments after `--` want exactly one --only STEP".into());
    }
    let steps = STEPS.iter().filter(|step| names.is_empty() || names.contains(&step.name)).collect();
    Ok((steps, rest.to_vec()))
}

fn print_table(outcomes: &[(&str, bool, Duration)]) {
    eprintln!("\n{:<10} {:<7} {:>9}", "step", "result", "seconds");
    for (name, passed, duration) in outcomes {
        let result = if *passed { "passed" } else { "FAILED" };
        eprintln!("{name:<10} {result:<7} {:>9.1}", duration.as_secs_f64());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(arguments: &[&str]) -> Result<String> {
        let arguments: Vec<String> = arguments.iter().map(ToString::to_string).collect();
        let (steps, rest) = chosen(&arguments)?;
        let names: Vec<&str> = steps.iter().map(|step| step.name).collect();
        Ok(format!("{} | {}", names.join(" "), rest.join(" ")))
    }

    #[test]
    fn all_steps_run_by_default_and_in_order() -> Result<()> {
        assert_eq!(names(&[])?, "format lint unit site sqlite postgres browser | ");
        assert_eq!(names(&["--only=unit", "--only", "format"])?, "format unit | ");
        Ok(())
    }

    #[test]
    fn arguments_belong_to_one_step() -> Result<()> {
        assert_eq!(names(&["--only", "browser", "--", "leads.spec.ts"])?, "browser | leads.spec.ts");
        assert!(names(&["--", "leads"]).is_err());
        assert!(names(&["--only", "nothing"]).is_err());
        Ok(())
    }
}
