//! Commands about the journal as a whole: verify, seal, paths; help, man page, completions.

use std::fs;
use std::process::{Command, Stdio};

use assert_cmd::Command as Run;

use crate::house::House;

const COMMANDS: [&str; 13] = [
    "audit",
    "follow",
    "account",
    "journal",
    "promise",
    "verify",
    "export",
    "backup",
    "restore",
    "seal",
    "paths",
    "completions",
    "man",
];

#[test]
fn help_man_page_and_completions_name_every_command_and_the_exit_codes() {
    let house = House::empty();
    let help = house.run(&["--help"]).done().out;
    let man = house.run(&["man"]).done().out;
    for command in COMMANDS {
        assert!(
            help.contains(&format!("\n  {command} ")),
            "{command}:\n{help}"
        );
        let heading = match command {
            "account" | "journal" | "promise" => format!("{command} list"),
            _ => command.to_owned(),
        }
        .to_uppercase();
        assert!(
            man.contains(&format!("AUDIT {heading}")),
            "{command}:\n{man}"
        );
    }
    for text in [&help, &man] {
        for words in ["damaged, with the first bad line", "could not run"] {
            assert!(text.contains(words), "{text}");
        }
    }
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let completions = house.run(&["completions", shell]).done().out;
        for command in COMMANDS {
            assert!(completions.contains(command), "{shell}: {command}");
        }
    }
    assert!(fs::read_dir(house.dir.path()).unwrap().next().is_none());
}

#[test]
fn a_command_line_that_cannot_be_read_is_2_and_says_how_to_write_it() {
    let house = House::empty();
    for arguments in [
        &["nonsense"][..],
        &["export"],
        &["export", "--format", "xml"],
        &["journal", "show", "first"],
    ] {
        let ran = house.run(arguments);
        assert_eq!(ran.code, Some(2), "{ran:?}");
        assert!(ran.err.contains("--help"), "{ran:?}");
    }
}

#[test]
fn the_program_of_the_console_has_the_same_commands_and_no_window() {
    let run = |arguments: &[&str]| {
        let mut run = Run::new(env!("CARGO_BIN_EXE_impulse-audit-terminal"));
        run.args(arguments).output().unwrap()
    };
    let house = House::empty();
    let dir = house.dir.path().to_str().unwrap();
    assert_eq!(
        String::from_utf8(run(&["--data-dir", dir, "paths", "--json"]).stdout).unwrap(),
        house.run(&["paths", "--json"]).out
    );
    let none = run(&[]);
    assert_eq!(none.status.code(), Some(2));
    assert!(
        String::from_utf8(none.stderr)
            .unwrap()
            .contains("no window")
    );
}

#[test]
fn paths_are_those_of_the_data_folder_and_are_not_made() {
    let house = House::empty();
    let paths = house.run(&["paths", "--json"]).done().json();
    let folders = house.folders();
    assert_eq!(paths["journal"], folders.data.to_str().unwrap());
    assert_eq!(paths["head"], folders.head.to_str().unwrap());
    assert_eq!(paths["backups"], folders.backups().to_str().unwrap());
    let words = house.run(&["paths"]).done().out;
    assert!(words.contains(folders.data.to_str().unwrap()));
    assert!(fs::read_dir(house.dir.path()).unwrap().next().is_none());
}

#[test]
fn a_sound_journal_is_0_and_nothing_on_disk_changes() {
    let (house, _) = House::with_an_audit();
    let before = house.state();
    let verdict = house.run(&["verify", "--json"]).done().json();
    assert_eq!(verdict["sound"], true);
    assert_eq!(verdict["count"], 6);
    assert_eq!(verdict["findings"], serde_json::json!([]));
    assert_eq!(verdict["first_bad"], serde_json::Value::Null);
    assert_eq!(verdict["kinds"]["audit.decided"], 1);
    let words = house.run(&["verify"]).done().out;
    assert!(
        words.starts_with("The journal is sound: 6 entries."),
        "{words}"
    );
    assert_eq!(house.state(), before, "verify never writes");
}

#[test]
fn where_there_is_no_journal_it_is_2_and_none_is_made() {
    let house = House::empty();
    for command in [
        &["verify"][..],
        &["verify", "--json"],
        &["seal"],
        &["journal", "list"],
        &["journal", "show", "0"],
        &["export", "--format", "csv"],
        &["export", "--format", "jsonl"],
    ] {
        house.run(command).fails_with(2, "There is no journal in");
    }
    assert!(fs::read_dir(house.dir.path()).unwrap().next().is_none());
}

#[test]
fn a_changed_byte_is_1_and_the_first_bad_line_is_named() {
    let (house, _) = House::with_an_audit();
    let path = house.journal();
    let text = fs::read_to_string(&path).unwrap();
    // Line 4 is the ticket of the audit; its margin becomes another one.
    let changed: Vec<String> = text
        .lines()
        .enumerate()
        .map(|(at, line)| match at {
            3 => line.replacen("100000", "100001", 1),
            _ => line.to_owned(),
        })
        .collect();
    assert_ne!(changed.join("\n"), text.trim_end());
    let byte: usize = text.lines().take(3).map(|line| line.len() + 1).sum();
    fs::write(&path, changed.join("\n") + "\n").unwrap();
    let ran = house.run(&["verify", "--json"]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    let verdict = ran.json();
    assert_eq!(verdict["sound"], false);
    assert_eq!(verdict["first_bad"]["file"], "journal-0001.jsonl");
    assert_eq!(verdict["first_bad"]["line"], 4);
    assert_eq!(verdict["first_bad"]["byte"], byte);
    let ran = house.run(&["verify"]);
    assert_eq!(ran.code, Some(1));
    assert!(
        ran.out
            .contains("The first bad line: journal-0001.jsonl, line 4"),
        "{ran:?}"
    );
    // Reading goes on around it, and says so.
    let list = house.run(&["journal", "list"]);
    assert_eq!(list.code, Some(0));
    assert_eq!(list.out.lines().count(), 5);
    assert!(list.err.contains("line 4"), "{list:?}");
    let seal = house.run(&["seal"]);
    assert_eq!(seal.code, Some(0));
    assert!(seal.err.contains("not sound"), "{seal:?}");
}

#[test]
fn a_journal_cut_behind_the_head_is_1() {
    let (house, _) = House::with_an_audit();
    let path = house.journal();
    let text = fs::read_to_string(&path).unwrap();
    let kept: Vec<&str> = text.lines().take(4).collect();
    fs::write(&path, kept.join("\n") + "\n").unwrap();
    let ran = house.run(&["verify"]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(ran.out.contains("LOST: 2 of 6"), "{ran:?}");
    assert!(ran.out.contains("line 5"), "{ran:?}");
}

#[test]
fn a_seal_that_was_kept_is_found_again_later_and_another_is_not() {
    let (house, _) = House::with_an_audit();
    let seal = house.run(&["seal"]).done().out;
    let seal = seal.trim();
    assert_eq!(house.run(&["seal", "--json"]).done().json()["seal"], seal);
    house.append_notes(2, "later");
    assert_ne!(house.run(&["seal"]).done().out.trim(), seal);
    let verdict = house.run(&["verify", "--expect", seal, "--json"]).done();
    assert_eq!(verdict.json()["expected"], true);
    let digit = if seal.ends_with('0') { "1" } else { "0" };
    let other = format!("{}{digit}", &seal[..seal.len() - 1]);
    for wrong in [other.as_str(), "no code at all"] {
        let ran = house.run(&["verify", "--expect", wrong]);
        assert_eq!(ran.code, Some(1), "{ran:?}");
        assert!(ran.out.contains("It does not hold what it held"), "{ran:?}");
    }
}

#[test]
fn a_reader_that_has_seen_enough_ends_it_quietly() {
    let (house, _) = House::with_an_audit();
    // More than a pipe holds, so that the writer meets the closed end.
    house.append_notes(150, &"word ".repeat(200));
    for arguments in [
        &["export", "--format", "jsonl"][..],
        &["export", "--format", "jsonl", "--redact"],
        &["journal", "show", "10"],
        &["verify"],
        &["man"],
    ] {
        let mut child = Command::new(env!("CARGO_BIN_EXE_impulse-audit"))
            .arg("--data-dir")
            .arg(house.dir.path())
            .args(arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{arguments:?} {output:?}");
        assert_eq!(
            String::from_utf8(output.stderr).unwrap(),
            "",
            "{arguments:?}"
        );
    }
}
