//! `export`, through the binary and through the app.

use std::collections::BTreeSet;
use std::fs;

use impulse_audit::app::{Command, Export};
use impulse_audit::input::Field;
use impulse_audit::interchange::export::{Format, Privacy};
use impulse_audit::market::Position;
use impulse_audit::record::AccountSet;
use rust_decimal::Decimal;
use serde_json::Value;

use crate::common::{decimal, done, eth, money, price, quantity};
use crate::house::{House, WORDS, text};

#[test]
fn json_lines_are_the_lines_of_the_journal_byte_for_byte() {
    let (house, _) = House::with_an_audit();
    house.append_notes(1, "zwei — ü \u{202e}");
    let out = house.run(&["export", "--format", "jsonl"]).done().out;
    assert_eq!(out, text(&house.journal()));
}

#[test]
fn a_table_and_notes_come_on_standard_output() {
    let (house, audit) = House::with_an_audit();
    let table = house.run(&["export", "--format", "csv"]).done().out;
    let mut rows = csv::Reader::from_reader(table.as_bytes());
    let names = rows.headers().unwrap().clone();
    let row = rows.records().next().unwrap().unwrap();
    let cell = |name: &str| &row[names.iter().position(|n| n == name).unwrap()];
    assert_eq!(cell("audit"), audit.to_string());
    assert_eq!(cell("ended_utc"), "2026-03-01 14:30:20");
    assert_eq!(cell("ended_local"), "2026-03-01 09:30:20");
    assert_eq!(cell("worst_case"), "1000");
    assert_eq!(cell("wrong_if"), WORDS[0]);
    let notes = house.run(&["export", "--format", "markdown"]).done().out;
    assert!(notes.starts_with("---\nentry: 5\n"), "{notes}");
}

#[test]
fn nothing_private_is_in_what_is_redacted() {
    let (house, _) = House::with_an_audit();
    for format in ["jsonl", "csv", "markdown"] {
        let out = house
            .run(&["export", "--format", format, "--redact"])
            .done()
            .out;
        // The words, the wallet, the margin, the entry, the invalidation, the account.
        for private in [
            WORDS[0], WORDS[1], "10000", "\"1000\"", ",1000,", "100000", "96000", "Main",
        ] {
            assert!(!out.contains(private), "{format} has {private}:\n{out}");
        }
        assert!(out.contains("BTC/USDT"), "{format}:\n{out}");
    }
    let lines = house
        .run(&["export", "--format", "jsonl", "--redact"])
        .done()
        .out;
    for line in lines.lines() {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        assert_eq!(line["h"], serde_json::Value::Null);
    }
    assert_eq!(lines.lines().count(), 6);
}

#[test]
fn a_file_is_made_and_never_overwritten() {
    let (house, _) = House::with_an_audit();
    let out = house.dir.path().join("audits.csv");
    let name = out.to_str().unwrap();
    let ran = house.run(&["export", "--format", "csv", "--out", name]);
    assert_eq!((ran.code, ran.out.as_str()), (Some(0), ""), "{ran:?}");
    assert_eq!(ran.err, "1 audit is written out.\n");
    let whole = house.run(&["export", "--format", "csv"]).done().out;
    assert_eq!(text(&out), whole);
    fs::write(&out, "mine").unwrap();
    house
        .run(&["export", "--format", "csv", "--out", name])
        .fails_with(1, "audits.csv");
    assert_eq!(text(&out), "mine");
}

#[test]
fn a_folder_takes_notes_once_and_nothing_else() {
    let (house, _) = House::with_an_audit();
    let vault = house.dir.path().join("vault");
    fs::create_dir(&vault).unwrap();
    let name = vault.to_str().unwrap();
    let ran = house.run(&["export", "--format", "markdown", "--out", name]);
    assert_eq!(
        (ran.code, ran.err.as_str()),
        (Some(0), "1 note is written out.\n")
    );
    let files: Vec<_> = fs::read_dir(&vault)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(files, ["2026-03-01 0930 entry 5 BTC-USDT.md"]);
    assert!(text(&vault.join(&files[0])).contains(WORDS[0]));
    let again = house.run(&["export", "--format", "markdown", "--out", name]);
    assert_eq!(
        (again.code, again.err.as_str()),
        (
            Some(0),
            "0 notes are written out, 1 was there already and stays as it is.\n"
        )
    );
    house
        .run(&["export", "--format", "csv", "--out", name])
        .fails_with(1, "is a folder");
}

#[test]
fn the_folders_of_the_journal_are_not_written_into() {
    let (house, _) = House::with_an_audit();
    let before = house.state();
    for folder in [house.folders().data, house.folders().head] {
        let out = folder.join("journal-0002.jsonl");
        house
            .run(&[
                "export",
                "--format",
                "jsonl",
                "--out",
                out.to_str().unwrap(),
            ])
            .fails_with(1, "the journal's own folder");
    }
    assert_eq!(house.state(), before);
}

#[test]
fn a_folder_that_is_not_there_is_2_and_leaves_nothing_behind() {
    let (house, _) = House::with_an_audit();
    let out = house.dir.path().join("nowhere").join("out.csv");
    house
        .run(&["export", "--format", "csv", "--out", out.to_str().unwrap()])
        .fails_with(2, "out.csv");
    assert!(!out.exists());
}

#[test]
fn a_damaged_line_is_left_out_and_said() {
    let (house, _) = House::with_an_audit();
    let changed = text(&house.journal()).replacen("\"Main\"", "\"Mine\"", 1);
    fs::write(house.journal(), changed).unwrap();
    let ran = house.run(&["export", "--format", "jsonl"]);
    assert_eq!(ran.code, Some(0));
    assert_eq!(ran.out.lines().count(), 5);
    assert_eq!(
        ran.err,
        "5 lines are written out. 1 line of the journal is damaged and was left out.\n"
    );
}

#[test]
fn the_app_writes_out_the_same_on_its_own_thread() {
    let (house, _) = House::with_an_audit();
    let mut app = house.app(&house.hand());
    let path = house.dir.path().join("from-the-app.jsonl");
    let export = Export {
        format: Format::JsonLines,
        privacy: Privacy::Whole,
    };
    let command = Command::Export {
        export,
        path: path.clone(),
    };
    done(&mut app, command.clone());
    let exported = app.take_exported().unwrap().unwrap();
    assert_eq!(exported.written, 6);
    assert_eq!(text(&path), text(&house.journal()));
    done(&mut app, command);
    let why = app.take_exported().unwrap().unwrap_err().to_string();
    assert!(why.contains("from-the-app.jsonl"), "{why}");
    assert!(app.take_exported().is_none());
}

/// Every number in a text: digits with at most one point among them, and no letters at either end,
/// so that ids are none.
fn numbers(text: &str) -> BTreeSet<Decimal> {
    let signs = |c: char| !(c.is_ascii_alphanumeric() || c == '.' || c == '-');
    let text = text.replace(['x', '%'], " ");
    text.split(signs)
        .filter_map(|word| word.trim_matches(['.', '-']).parse().ok())
        .collect()
}

/// The numbers of payloads: amounts are strings there, and nothing else that is a string is a
/// number.
fn amounts(value: &Value, into: &mut BTreeSet<Decimal>) {
    match value {
        Value::String(text) => into.extend(text.parse::<Decimal>().ok()),
        Value::Array(items) => items.iter().for_each(|item| amounts(item, into)),
        Value::Object(fields) => fields.values().for_each(|field| amounts(field, into)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[test]
fn no_number_of_any_payload_and_no_ratio_of_two_is_found_in_what_is_redacted() {
    let (house, mut app) = House::so_long_ago(chrono::TimeDelta::minutes(10));
    let set = app.state().accounts()[0].set.clone();
    let set = AccountSet {
        wallet_balance: money("71234.56"),
        ..set
    };
    done(&mut app, Command::SetAccount(set.clone()));
    let held = crate::common::opened_as(eth(set.account), |was| Position {
        quantity: quantity("5.371"),
        entry: price("2043.9"),
        mark: price("2117.3"),
        leverage: Some(decimal("13.7")),
        ..was
    });
    done(&mut app, Command::OpenPosition(held));
    house.decides(&mut app, |draft| {
        draft.ticket.value.write(Field::Entry, "61237.9");
        draft.ticket.value.write(Field::Quantity, "0.2371");
        draft.ticket.value.write(Field::Leverage, "17.3");
        "59871.3".clone_into(&mut draft.answers.invalidation);
        "1431.7".clone_into(&mut draft.answers.accepted);
    });
    crate::house::close(app);
    let arm = "promise arm max-leverage --isolated 18.9 --cross 4.3 --words 4.9x --yes";
    house.run(&arm.split(' ').collect::<Vec<_>>()).done();
    let mut private = BTreeSet::new();
    let lines = text(&house.journal());
    for line in lines.lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        amounts(&line["data"], &mut private);
    }
    // Nothing is known by one digit.
    private.retain(|number| number.normalize().mantissa().abs() > 9 && *number > Decimal::ZERO);
    for known in [
        "71234.56", "61237.9", "0.2371", "17.3", "59871.3", "13.7", "18.9",
    ] {
        assert!(
            private.contains(&decimal(known)),
            "{known} is not in the journal"
        );
    }
    let ratios: Vec<Decimal> = private
        .iter()
        .flat_map(|a| private.iter().map(move |b| (a, b)))
        .filter_map(|(a, b)| a.checked_div(*b))
        .collect();
    for format in ["jsonl", "csv", "markdown"] {
        let export = ["export", "--format", format, "--redact"];
        let out = house.run(&export).done().out;
        let found = numbers(&out);
        let known: Vec<_> = found.intersection(&private).collect();
        assert!(known.is_empty(), "{format} has {known:?}:\n{out}");
        // What is exact to three digits tells.
        let exact = found
            .iter()
            .filter(|number| number.normalize().mantissa().abs() > 99);
        for number in exact {
            let ratio = ratios
                .iter()
                .find(|ratio| ratio.round_dp(number.scale()) == *number);
            assert!(ratio.is_none(), "{format} has {number}, a ratio:\n{out}");
        }
        assert!(out.contains("up to 25x"), "{format} has no class:\n{out}");
    }
}
