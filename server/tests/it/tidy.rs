//! What the compiler cannot hold: where queries begin, where words stand, that every module says what it is.

use std::{
    fs,
    path::{Path, PathBuf},
};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn sources(folders: &[&str]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut folders: Vec<PathBuf> = folders.iter().map(|folder| root().join(folder)).collect();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                let name = path.strip_prefix(root()).unwrap().to_string_lossy().into_owned();
                found.push((name, fs::read_to_string(path).unwrap()));
            }
        }
    }
    assert!(!found.is_empty());
    found
}

fn offenders(folders: &[&str], offends: impl Fn(&str, &str) -> bool) -> Vec<String> {
    sources(folders).into_iter().filter(|(name, text)| offends(name, text)).map(|(name, _)| name).collect()
}

#[test]
fn every_module_says_what_it_is() {
    let folders = ["src", "app/src", "server/src", "migrations/src", "xtask/src"];
    assert_eq!(offenders(&folders, |_, text| !text.starts_with("//!")), Vec::<String>::new());
}

#[test]
fn queries_begin_in_one_place() {
    let begins = |name: &str, text: &str| {
        !name.starts_with("src/ctx/") && ["Entity::find()", "::find_by_id("].iter().any(|find| text.contains(find))
    };
    assert_eq!(offenders(&["src", "app/src", "server/src"], begins), Vec::<String>::new());
}

#[test]
fn the_face_knows_no_database() {
    let knows = |_: &str, text: &str| text.contains("sea_orm") || text.contains("sqlx");
    assert_eq!(offenders(&["app/src"], knows), Vec::<String>::new());
}

#[test]
fn rules_know_no_clock_and_no_waiting() {
    let knows = |name: &str, text: &str| {
        name.ends_with("rules.rs") && ["async ", "now()", "Uuid::new", "sea_orm"].iter().any(|word| text.contains(word))
    };
    assert_eq!(offenders(&["src"], knows), Vec::<String>::new());
}

#[test]
fn the_business_speaks_no_language() {
    let speaks = |name: &str, text: &str| {
        let code = text.split("#[cfg(test)]").next().unwrap_or_default();
        let lines = code.lines().filter(|line| !line.trim_start().starts_with("//"));
        let speaks = lines.into_iter().any(|line| line.chars().any(|one| ('\u{4e00}'..='\u{9fff}').contains(&one)));
        // Masks and search keys are about Chinese names; that is their trade, not their words.
        speaks && !name.starts_with("src/contact") && !name.starts_with("src/keys")
    };
    assert_eq!(offenders(&["src"], speaks), Vec::<String>::new());
}
