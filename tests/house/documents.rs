//! Documents that name places in the code: what each of them names is there, and where the rules of
//! the documents that the app is made from are kept is said of each.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use crate::places::{document, ends_with, gone, is_name, is_path, places, quoted};

/// The page that says where each rule is kept.
const SOURCES: &str = "docs/sources.md";

/// The page that says what a promise can do, and what not.
const THREATS: &str = "docs/threat-model.md";

/// The footnote of what nothing in the app holds.
const OUTSIDE: &str = "outside";

/// The documents that the app is made from.
const SEEDS: [&str; 5] = ["000", "001", "002", "003", "004"];

/// The rows of a page: its tables' lines that say of a document something, without their heads.
fn rows(text: &str) -> impl Iterator<Item = (usize, Vec<&str>)> {
    text.lines().enumerate().filter_map(|(at, line)| {
        let cells: Vec<&str> = line.trim().trim_matches('|').split('|').collect();
        let about = seeds(cells.first().copied().unwrap_or_default());
        (cells.len() > 1 && !about.is_empty()).then_some((at + 1, cells))
    })
}

/// The documents that a cell names.
fn seeds(cell: &str) -> Vec<&str> {
    let words = cell.split(|c: char| !c.is_ascii_digit());
    words.filter(|word| SEEDS.contains(word)).collect()
}

#[test]
fn every_place_that_a_document_names_is_there() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs");
    let mut seen = 0;
    let mut all_gone = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        if !ends_with(&name, "md") {
            continue;
        }
        let path = format!("docs/{name}");
        let text = document(&path);
        seen += places(&text).len();
        all_gone.extend(gone(&path, &text));
    }
    assert!(all_gone.is_empty(), "gone:\n{}", all_gone.join("\n"));
    assert!(seen > 150, "only {seen} places were seen");
}

#[test]
fn each_rule_of_the_documents_names_the_place_that_keeps_it() {
    let text = document(SOURCES);
    let mut wrong = Vec::new();
    let mut kept = Vec::new();
    for (line, cells) in rows(&text) {
        let (about, rule, by) = match cells[..] {
            [about, rule, by] => (about, rule, by),
            // One that is not kept, see below.
            [_, _, _, _] => continue,
            _ => {
                wrong.push(format!("{SOURCES}:{line}: a row of three cells or of four"));
                continue;
            }
        };
        let odd = quoted(by).find(|words| !is_path(words) && !is_name(words));
        if let Some(odd) = odd {
            wrong.push(format!(
                "{SOURCES}:{line}: {odd} is neither a path nor a name"
            ));
        }
        let named = places(by);
        if rule.trim().is_empty() || named.is_empty() {
            wrong.push(format!("{SOURCES}:{line}: a rule without a place"));
        }
        for place in named.iter().filter(|place| ends_with(&place.path, "rs")) {
            if place.names.is_empty() {
                let path = &place.path;
                wrong.push(format!("{SOURCES}:{line}: nothing is named of {path}"));
            }
        }
        kept.push(seeds(about));
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(kept.len() >= 60, "only {} rules have a place", kept.len());
    for seed in SEEDS {
        let rules = kept.iter().filter(|about| about.contains(&seed)).count();
        assert!(rules >= 8, "only {rules} rules of document {seed}");
    }
}

#[test]
fn what_is_not_done_has_its_reason() {
    let text = document(SOURCES);
    let mut told = 0;
    for (line, cells) in rows(&text).filter(|(_, cells)| cells.len() == 4) {
        let empty = cells.iter().any(|cell| cell.trim().is_empty());
        assert!(!empty, "{SOURCES}:{line}: something is not said");
        told += 1;
    }
    assert!(told > 3, "only {told} rules are said not to be kept");
}

/// The lines of a page between its first heading below the title and its footnotes, each with its
/// number.
fn told(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines()
        .enumerate()
        .map(|(at, line)| (at + 1, line))
        .skip_while(|(_, line)| !line.starts_with("## "))
        .take_while(|(_, line)| !line.starts_with("[^"))
}

/// What stands behind each full stop of a line that ends a sentence; code has none.
fn behind_sentences(line: &str) -> Vec<&str> {
    let mut in_code = false;
    let mut behind = Vec::new();
    for (at, sign) in line.char_indices() {
        let rest = line.get(at + 1..).unwrap_or_default();
        match sign {
            '`' => in_code = !in_code,
            '.' if !in_code && !rest.starts_with(char::is_alphanumeric) => behind.push(rest),
            _ => {}
        }
    }
    behind
}

/// The names of the footnotes that a text refers to, or, with a colon behind them, defines.
fn footnotes(text: &str, defined: bool) -> BTreeSet<&str> {
    let each = text.split("[^").skip(1);
    each.filter_map(|rest| rest.split_once(']'))
        .filter(|(_, behind)| behind.starts_with(':') == defined)
        .map(|(name, _)| name)
        .collect()
}

#[test]
fn each_sentence_of_the_threat_model_names_what_holds_it() {
    let text = document(THREATS);
    let mut sentences = 0;
    for (line, words) in told(&text) {
        for behind in behind_sentences(words) {
            sentences += 1;
            assert!(
                behind.starts_with("[^"),
                "{THREATS}:{line}: nothing holds the sentence before{behind}"
            );
        }
    }
    assert!(sentences > 60, "only {sentences} sentences were seen");
    let named = footnotes(&text, true);
    assert_eq!(footnotes(&text, false), named, "{THREATS}: its footnotes");
    for name in named.iter().filter(|name| **name != OUTSIDE) {
        let (_, note) = text.split_once(&format!("[^{name}]:")).unwrap();
        let note = note.split("\n[^").next().unwrap();
        assert!(
            !places(note).is_empty(),
            "{THREATS}: [^{name}] names no place"
        );
    }
}

#[test]
fn a_sentence_ends_with_a_full_stop_and_its_footnote() {
    assert_eq!(
        behind_sentences("Of 0.5 `a.b. c` one.[^a] Two. \"Three\".[^b]"),
        ["[^a] Two. \"Three\".[^b]", " \"Three\".[^b]", "[^b]"]
    );
    let text = "One.[^a] Two.[^b][^c]\n\n[^a]: `src`\n[^b]: `src`";
    assert_eq!(footnotes(text, false), BTreeSet::from(["a", "b", "c"]));
    assert_eq!(footnotes(text, true), BTreeSet::from(["a", "b"]));
}
