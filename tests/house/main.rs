//! The rules of the house that neither the compiler nor a lint can see, read from the sources
//! themselves: imports run down only, one room touches files, one draws, no file grows too long,
//! the engine knows no floating point, colours stand in one file, and documents name what is there.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::arithmetic_side_effects,
    clippy::indexing_slicing,
    reason = "a source that cannot be read or counted is a failed test here"
)]

mod circles;
mod defined;
mod documents;
mod literals;
mod names;
mod places;
mod sources;

use literals::{floats, makes_a_colour};
use names::named_at_root;
use sources::{code, sources, tokens};

/// Each room and its floor: a room may name itself and every lower floor, and nothing else.
const FLOORS: [(&str, u8); 14] = [
    ("engine", 0),
    ("journal", 0),
    ("market", 1),
    ("input", 1),
    ("waits", 1),
    ("audit", 2),
    ("promises", 2),
    ("record", 3),
    ("wording", 4),
    ("review", 5),
    ("interchange", 5),
    ("app", 6),
    ("ui", 7),
    ("cli", 7),
];

/// The top of the house, from where everything may be named.
const TOP: [&str; 4] = ["lib.rs", "main.rs", "door.rs", "terminal.rs"];

/// A file longer than this has more than one idea in it.
const LONGEST: usize = 500;

/// The one file in which colours are written as numbers.
const COLOURS: &str = "ui/tokens.rs";

fn floor(room: &str) -> Option<u8> {
    FLOORS
        .iter()
        .find(|(name, _)| *name == room)
        .map(|(_, floor)| *floor)
}

#[test]
fn every_room_is_on_a_floor_and_imports_run_down_only() {
    let mut wrong = Vec::new();
    let mut down = 0;
    for source in sources() {
        let Some(room) = source.room() else {
            assert!(
                TOP.contains(&source.path.as_str()),
                "src/{} is in no room: give it one, or name it among the top of the house",
                source.path
            );
            continue;
        };
        let own = floor(room).unwrap_or_else(|| {
            panic!("src/{room}/ is on no floor: give it one in tests/house/main.rs")
        });
        for named in named_at_root(&source.text, source.depth()) {
            match floor(&named) {
                _ if named == room => {}
                Some(other) if other < own => down += 1,
                Some(_) => wrong.push(format!("src/{} names {named}", source.path)),
                None => wrong.push(format!(
                    "src/{} names {named} at the root, which is no room",
                    source.path
                )),
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "imports run down only:\n{}",
        wrong.join("\n")
    );
    // Otherwise the sources were not read at all.
    assert!(down > 50, "only {down} imports were seen");
}

#[test]
fn only_the_journal_touches_files() {
    for source in sources() {
        if source.room() == Some("journal") {
            continue;
        }
        let code = code(&source.text);
        let touches = tokens(&code)
            .windows(3)
            .any(|path| path == ["std", "::", "fs"]);
        assert!(!touches, "src/{} names std::fs", source.path);
    }
}

/// An account, an audit and a promise each have a type of their own: one cannot stand for another.
#[test]
fn nothing_above_the_market_knows_a_bare_id() {
    let below = [Some("journal"), Some("market")];
    let known = sources()
        .into_iter()
        .filter(|source| !below.contains(&source.room()))
        .filter(|source| tokens(&code(&source.text)).contains(&"Uuid"))
        .map(|source| source.path);
    assert_eq!(known.collect::<Vec<_>>(), Vec::<String>::new());
}

/// Each of these panics: the clocks where they say a time before 1970, the macros where standard
/// output or error takes no more, as a full disk or a reader that is gone.
#[test]
fn nothing_asks_a_clock_or_prints_in_a_way_that_panics() {
    let clocks = [
        ["Uuid", "::", "now_v7"],
        ["Utc", "::", "now"],
        ["Local", "::", "now"],
    ];
    let macros = ["print", "println", "eprint", "eprintln"].map(|name| [name, "!", "("]);
    let mut seen = 0;
    for source in sources() {
        let code = code(&source.text);
        for path in tokens(&code).windows(3) {
            let panics = clocks.iter().chain(&macros).any(|named| path == named);
            assert!(!panics, "src/{} names {}", source.path, path.concat());
        }
        seen += 1;
    }
    assert!(seen > 100, "only {seen} files were seen");
}

#[test]
fn only_the_window_and_its_door_know_what_draws() {
    let mut drawing = 0;
    for source in sources() {
        let code = code(&source.text);
        let draws = tokens(&code)
            .iter()
            .any(|word| word.starts_with("egui") || *word == "eframe");
        let may = source.room() == Some("ui") || source.path == "door.rs";
        assert!(may || !draws, "src/{} knows of egui", source.path);
        drawing += usize::from(draws);
    }
    assert!(drawing > 10, "only {drawing} files draw");
}

#[test]
fn no_file_has_more_than_one_idea() {
    let long: Vec<String> = sources()
        .iter()
        .map(|source| (source.text.lines().count(), &source.path))
        .filter(|(lines, _)| *lines > LONGEST)
        .map(|(lines, path)| format!("src/{path}: {lines} lines"))
        .collect();
    assert!(
        long.is_empty(),
        "longer than {LONGEST}:\n{}",
        long.join("\n")
    );
}

#[test]
fn the_engine_knows_no_floating_point() {
    let mut seen = 0;
    for source in sources() {
        if source.room() != Some("engine") {
            continue;
        }
        seen += 1;
        let floats = floats(&source.text);
        assert!(floats.is_empty(), "src/{} has {floats:?}", source.path);
    }
    assert!(seen > 10, "only {seen} files of the engine were seen");
}

#[test]
fn colours_stand_in_one_file_only() {
    for source in sources() {
        let ours = source.room() == Some("ui") || source.room().is_none();
        if ours && source.path != COLOURS {
            assert!(
                !makes_a_colour(&source.text),
                "src/{} makes a colour: take it from src/{COLOURS}",
                source.path
            );
        }
    }
}
