//! `journal list` and `journal show`.

use crate::house::{House, WORDS};

const KINDS: [&str; 6] = [
    "audit.decided",
    "audit.revealed",
    "audit.sealed",
    "audit.started",
    "account.set",
    "journal.created",
];

#[test]
fn entries_are_listed_the_newest_first() {
    let (house, _) = House::with_an_audit();
    let list = house.run(&["journal", "list", "--json"]).done().json();
    let entries = list.as_array().unwrap();
    let kinds: Vec<&str> = entries
        .iter()
        .map(|e| e["kind"].as_str().unwrap())
        .collect();
    assert_eq!(kinds, KINDS);
    let seqs: Vec<u64> = entries.iter().map(|e| e["seq"].as_u64().unwrap()).collect();
    assert_eq!(seqs, [5, 4, 3, 2, 1, 0]);
    // The clock of the house: 14:30 UTC, and 20 s until the numbers.
    assert_eq!(entries[0]["at"], "2026-03-01T14:30:20.000000Z");
    assert_eq!(entries[0]["time_zone"], "America/New_York");
    assert_eq!(
        entries[0]["words"],
        "Did nothing, BTC/USDT long · isolated · 20x"
    );
    let words = house.run(&["journal", "list"]).done().out;
    assert_eq!(words.lines().count(), 6);
    assert!(
        words.lines().next().unwrap().contains("Did nothing"),
        "{words}"
    );
}

#[test]
fn a_list_can_be_shorter_and_of_one_kind() {
    let (house, _) = House::with_an_audit();
    let seqs = |arguments: &[&str]| -> Vec<u64> {
        let list = house.run(arguments).done().json();
        let entries = list.as_array().unwrap().clone();
        entries.iter().map(|e| e["seq"].as_u64().unwrap()).collect()
    };
    assert_eq!(seqs(&["journal", "list", "--json", "--limit", "2"]), [5, 4]);
    assert_eq!(
        seqs(&[
            "journal", "list", "--json", "--kind", "audit", "--limit", "3"
        ]),
        [5, 4, 3]
    );
    assert_eq!(
        seqs(&["journal", "list", "--json", "--kind", "account.set"]),
        [1]
    );
    assert!(seqs(&["journal", "list", "--json", "--kind", "aud"]).is_empty());
    assert!(seqs(&["journal", "list", "--json", "--limit", "0"]).is_empty());
    let words = house.run(&["journal", "list", "--kind", "aud"]).done().out;
    assert_eq!(words, "Nothing of this kind is written.\n");
}

#[test]
fn what_a_newer_version_wrote_is_listed_and_shown_as_that() {
    let (house, _) = House::with_an_audit();
    house.append_notes(1, "from tomorrow");
    let list = house.run(&["journal", "list", "--limit", "1"]).done().out;
    assert!(list.contains("note.written"), "{list}");
    assert!(list.contains("Written by a newer version"), "{list}");
    let shown = house.run(&["journal", "show", "6"]).done().out;
    assert!(shown.contains("Written by a newer version"), "{shown}");
    assert!(shown.contains("from tomorrow"), "{shown}");
    let json = house.run(&["journal", "show", "6", "--json"]).done().json();
    assert_eq!(json["entry"]["words"], "Written by a newer version");
    assert_eq!(json["entry"]["data"]["text"], "from tomorrow");
    assert_eq!(json["story"], serde_json::Value::Null);
}

#[test]
fn an_entry_of_an_audit_is_shown_with_its_whole_story() {
    let (house, audit) = House::with_an_audit();
    for seq in ["2", "3", "4", "5"] {
        let json = house.run(&["journal", "show", seq, "--json"]).done().json();
        let story = &json["story"];
        assert_eq!(story["audit"], audit.to_string());
        assert_eq!(story["entries"], serde_json::json!([2, 3, 4, 5]));
        assert_eq!(story["ended"], true);
        let parts = story["parts"].as_array().unwrap();
        for words in WORDS {
            assert!(parts.iter().any(|part| part["words"] == words), "{parts:?}");
        }
    }
    let shown = house.run(&["journal", "show", "5"]).done().out;
    assert!(shown.contains("BTC/USDT long, isolated, 20x"), "{shown}");
    for words in WORDS {
        assert!(shown.contains(words), "{shown}");
    }
    assert!(
        shown.lines().all(|line| line.chars().count() <= 80),
        "{shown}"
    );
    let line = crate::house::text(&house.journal());
    let line = line.lines().nth(5).unwrap();
    let json = house.run(&["journal", "show", "5", "--json"]).done().json();
    let raw: serde_json::Value = serde_json::from_str(line).unwrap();
    assert_eq!(json["entry"]["hash"], raw["h"]);
    assert_eq!(json["entry"]["prev"], raw["prev"]);
    assert_eq!(json["entry"]["data"], raw["data"]);
}

#[test]
fn an_entry_that_is_not_there_is_1_and_the_last_one_is_named() {
    let (house, _) = House::with_an_audit();
    house.run(&["journal", "show", "6"]).fails_with(
        1,
        "The journal has no entry 6 that can be read; the last one is 5",
    );
}

#[test]
fn what_a_terminal_would_obey_is_shown_instead() {
    let (house, _) = House::with_an_audit();
    house.append_notes(1, "\u{1b}[2Jgone\u{9b}31m");
    for arguments in [&["journal", "show", "6"][..], &["journal", "list"]] {
        let out = house.run(arguments).done().out;
        assert!(!out.chars().any(|c| c.is_control() && c != '\n'), "{out:?}");
    }
}

#[test]
fn all_of_it_works_beside_an_open_app_and_takes_nothing_from_it() {
    let (house, _) = House::with_an_audit();
    let app = house.app(&house.hand());
    assert!(!app.is_read_only());
    let before = house.state();
    house.run(&["verify"]).done();
    house.run(&["seal"]).done();
    house.run(&["journal", "list"]).done();
    house.run(&["journal", "show", "5"]).done();
    house.run(&["export", "--format", "csv"]).done();
    house.run(&["export", "--format", "jsonl"]).done();
    assert_eq!(house.state(), before);
    drop(app);
}
