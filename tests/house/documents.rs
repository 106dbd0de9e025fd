//! Documents that name places in the code: what each of them names is there, and where the rules of
//! the documents that the app is made from are kept is said of each.

use std::fs;
use std::path::Path;

use crate::places::{document, ends_with, gone, is_name, is_path, places, quoted};

/// The page that says where each rule is kept.
const SOURCES: &str = "docs/sources.md";

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
