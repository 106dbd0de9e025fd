//! The places that a document names: a file of this repository between backticks, and behind it
//! whatever of that file is meant.

use std::fs;
use std::path::Path;

use crate::defined::defined;

/// A file that a document names, and what it names of it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// The line of the document, from 1.
    pub(crate) line: usize,
    pub(crate) path: String,
    /// What is named of the file.
    pub(crate) names: Vec<String>,
}

/// A document of this repository, by its path.
pub(crate) fn document(path: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// The places that a text names, in their order. Names belong to the path before them, over the
/// ends of lines too, up to the next row, point, heading or empty line.
pub(crate) fn places(text: &str) -> Vec<Place> {
    let mut places: Vec<Place> = Vec::new();
    let mut goes_on = false;
    for (at, line) in text.lines().enumerate() {
        goes_on &= !begins_anew(line);
        for quoted in quoted(line) {
            if is_path(quoted) {
                goes_on = true;
                places.push(Place {
                    line: at + 1,
                    path: quoted.to_owned(),
                    names: Vec::new(),
                });
            } else if let Some(place) = places.last_mut().filter(|_| goes_on)
                && is_name(quoted)
            {
                place.names.push(quoted.to_owned());
            }
        }
    }
    places
}

/// What stands between backticks in a line.
pub(crate) fn quoted(line: &str) -> impl Iterator<Item = &str> {
    line.split('`').skip(1).step_by(2)
}

fn begins_anew(line: &str) -> bool {
    let line = line.trim_start();
    let number = line.trim_start_matches(|c: char| c.is_ascii_digit());
    line.is_empty()
        || line.starts_with(['|', '-', '*', '#', '['])
        || number.len() < line.len() && number.starts_with('.')
}

/// Whether it is a file or a folder of this repository, and not a pattern or one of a reader's own.
pub(crate) fn is_path(words: &str) -> bool {
    const FOLDERS: [&str; 8] = [
        "src", "tests", "docs", "assets", "examples", "benches", "fuzz", ".ci",
    ];
    let folder = words.split_once('/').map(|(first, _)| first);
    let at_root = [".toml", ".md"]
        .iter()
        .any(|ending| words.ends_with(ending));
    let is_one = folder.map_or(at_root, |folder| FOLDERS.contains(&folder));
    is_one && !words.contains(['*', ' ', '<'])
}

/// Whether a path has this ending behind its last point.
pub(crate) fn ends_with(path: &str, ending: &str) -> bool {
    Path::new(path).extension().is_some_and(|own| own == ending)
}

/// Whether it can be the name of something in Rust, or of what belongs to it.
pub(crate) fn is_name(words: &str) -> bool {
    let is_word = |word: &str| {
        word.starts_with(|c: char| c.is_alphabetic() || c == '_')
            && word.chars().all(|c| c.is_alphanumeric() || c == '_')
    };
    words.split("::").all(is_word)
}

/// What is not there of the places that a text names, each with its line; `path` is the text's own.
pub(crate) fn gone(path: &str, text: &str) -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut gone = Vec::new();
    for place in places(text) {
        let at = format!("{path}:{}: {}", place.line, place.path);
        if root.join(&place.path).is_dir() && place.names.is_empty() {
            continue;
        }
        match fs::read_to_string(root.join(&place.path)) {
            Ok(file) => gone.extend(
                place
                    .names
                    .iter()
                    .filter(|name| !has(&place.path, &file, name))
                    .map(|name| format!("{at} has no {name}")),
            ),
            Err(_) => gone.push(format!("{at} is no file of this repository")),
        }
    }
    gone
}

/// Whether a file defines a name, or, where it is not Rust, holds it as a word.
fn has(path: &str, file: &str, name: &str) -> bool {
    if ends_with(path, "rs") {
        return defined(file).contains(name);
    }
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    file.split(|c| !is_part(c)).any(|word| word == name)
}

#[test]
fn a_place_is_a_path_and_the_names_behind_it() {
    let text = "| 001 | a rule | `src/lib.rs` `A::b`, `c` and `tests/x.rs`\n\
                `wrapped` |\n\n`nobody` `two words` `src/*.rs` `README.md`\n- `other`";
    let place = |line, path: &str, names: &[&str]| Place {
        line,
        path: path.to_owned(),
        names: names.iter().map(ToString::to_string).collect(),
    };
    assert_eq!(
        places(text),
        [
            place(1, "src/lib.rs", &["A::b", "c"]),
            place(1, "tests/x.rs", &["wrapped"]),
            place(4, "README.md", &[]),
        ]
    );
}

#[test]
fn what_is_gone_is_told_with_its_line() {
    let text = "`tests/house/places.rs` `places` `Place::line`\n\
                \n`tests/house/places.rs` `Place::gone`\n`src/nowhere.rs` `f`\n`src`\n`src/engine/`";
    assert_eq!(
        gone("a.md", text),
        [
            "a.md:3: tests/house/places.rs has no Place::gone",
            "a.md:4: src/nowhere.rs is no file of this repository",
        ]
    );
}
