//! What README.md and ARCHITECTURE.md say holds: the case line gets the answer beside it, the
//! packages are those that `.ci/run` installs, the exit codes are the program's, every file and every
//! name is there.
#![allow(
    clippy::unwrap_used,
    reason = "a document that lacks a part is a failed test here"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use impulse_audit::engine::case;

fn text(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

fn json_lines(text: &str) -> Vec<&str> {
    text.lines()
        .filter(|line| line.starts_with("{\"id\":"))
        .collect()
}

#[test]
fn the_case_line_gets_the_answer_beside_it() {
    let readme = text("README.md");
    let [case, answer] = json_lines(&readme)[..] else {
        panic!("README.md holds one case line and its answer");
    };
    let mut answered = Vec::new();
    case::run(case.as_bytes(), &mut answered).unwrap();
    assert_eq!(String::from_utf8(answered).unwrap().trim_end(), answer);
}

#[test]
fn the_packages_are_those_of_the_first_two_groups() {
    let packages = text(".ci/packages");
    let needed: BTreeSet<&str> = packages
        .lines()
        .filter_map(|line| {
            line.strip_prefix("build: ")
                .or_else(|| line.strip_prefix("window: "))
        })
        .flat_map(str::split_whitespace)
        .collect();
    let readme = text("README.md");
    let named: BTreeSet<&str> = readme
        .lines()
        .find_map(|line| line.strip_prefix("sudo apt-get install "))
        .unwrap()
        .split_whitespace()
        .collect();
    assert_eq!(named, needed);
}

/// What stands between backticks.
fn quoted(text: &str) -> impl Iterator<Item = &str> {
    text.split('`').skip(1).step_by(2)
}

fn is_there(path: &str) -> bool {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    root.join(path).exists() || root.join("src").join(path).exists()
}

/// Whether it is written like a file or a folder of this repository, and not like a pattern.
fn is_path(words: &str) -> bool {
    let looks = words.contains('/') || [".rs", ".toml", ".md"].iter().any(|e| words.ends_with(e));
    looks && !words.contains(['*', ' ', '~', '%']) && !words.starts_with("DIR")
}

#[test]
fn every_file_and_folder_they_name_is_there() {
    for document in ["README.md", "ARCHITECTURE.md", "CHANGELOG.md"] {
        let text = text(document);
        let pictures = text
            .split("](")
            .skip(1)
            .filter_map(|rest| rest.split(')').next())
            .filter(|path| !path.starts_with("https:"));
        let named: Vec<&str> = quoted(&text)
            .filter(|words| is_path(words))
            .chain(pictures)
            .collect();
        for path in &named {
            assert!(is_there(path), "{document} names {path}");
        }
        assert!(!named.is_empty(), "{document} names nothing");
    }
}

fn sources(folder: &Path, all: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            sources(&path, all);
        } else {
            all.push_str(&fs::read_to_string(&path).unwrap());
        }
    }
}

#[test]
fn every_name_in_the_architecture_is_in_the_code() {
    let mut code = String::new();
    sources(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("src"),
        &mut code,
    );
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    let words: BTreeSet<&str> = code.split(|c| !is_part(c)).collect();
    let architecture = text("ARCHITECTURE.md");
    let mut seen = 0;
    for path in quoted(&architecture).filter(|words| words.contains("::")) {
        let path = path.split('(').next().unwrap();
        for name in path.split("::") {
            seen += 1;
            assert!(words.contains(name), "ARCHITECTURE.md names {path}");
        }
    }
    assert!(seen > 40, "only {seen} names were seen");
}

/// What `--help` and the man page say of exit codes, as it stands in the sources.
fn exit_codes() -> String {
    let source = text("src/cli/answer.rs");
    let (_, behind) = source.split_once("Exit codes:").unwrap();
    behind.split_once('"').unwrap().0.to_owned()
}

/// The clauses of a text, in plain words.
fn clauses(text: &str) -> impl Iterator<Item = String> {
    text.split([',', ';', '.', ':', '|', '(']).map(|clause| {
        let words = clause.split_whitespace().map(|word| word.replace('`', ""));
        words.collect::<Vec<_>>().join(" ").to_lowercase()
    })
}

#[test]
fn the_readme_says_of_exit_codes_what_the_program_says() {
    let codes = exit_codes();
    let readme = text("README.md");
    let said: BTreeSet<String> = clauses(&readme).collect();
    let row = |code: char| {
        let begin = format!("| {code} | ");
        let row = readme.lines().find_map(|line| line.strip_prefix(&begin));
        clauses(row.unwrap()).next().unwrap()
    };
    let mut numbered = 0;
    let mut of_output = String::new();
    for line in codes.lines() {
        match line.trim_start().split_once("  ") {
            Some((code, words)) if code.len() == 1 => {
                numbered += 1;
                let code = code.chars().next().unwrap();
                assert_eq!(
                    clauses(words).next().unwrap(),
                    row(code),
                    "exit code {code}"
                );
            }
            _ if line.starts_with(' ') => {}
            _ => of_output.extend([line, " "]),
        }
    }
    assert_eq!(numbered, 3);
    let of_output: Vec<String> = clauses(&of_output).filter(|c| !c.is_empty()).collect();
    assert!(of_output.len() > 2, "{of_output:?}");
    for clause in of_output {
        assert!(said.contains(&clause), "README.md lacks: {clause}");
    }
}
