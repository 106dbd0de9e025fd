//! `backup` and `restore`.

use std::fs;
use std::path::PathBuf;

use crate::house::{House, text};

fn backed_up(house: &House) -> PathBuf {
    let backup = house.run(&["backup", "--json"]).done().json();
    PathBuf::from(backup["file"].as_str().unwrap())
}

#[test]
fn a_backup_is_the_journal_as_one_file_and_is_made_once() {
    let (house, _) = House::with_an_audit();
    let backup = house.run(&["backup", "--json"]).done().json();
    assert_eq!(backup["count"], 6);
    assert_eq!(backup["already"], false);
    assert_eq!(backup["bad_lines"], 0);
    let seal = house.run(&["seal"]).done().out;
    assert_eq!(backup["seal"], seal.trim());
    let file = PathBuf::from(backup["file"].as_str().unwrap());
    assert_eq!(file.parent().unwrap(), house.folders().backups());
    assert_eq!(text(&file), text(&house.journal()));
    let again = house.run(&["backup", "--json"]).done().json();
    assert_eq!(again["already"], true);
    assert_eq!(again["file"], backup["file"]);
    let words = house.run(&["backup"]).done().out;
    assert!(
        words.contains("Nothing was written since the last backup"),
        "{words}"
    );
}

#[test]
fn a_journal_that_lost_entries_is_not_backed_up() {
    let (house, _) = House::with_an_audit();
    let whole = text(&house.journal());
    let kept: Vec<&str> = whole.lines().take(4).collect();
    fs::write(house.journal(), kept.join("\n") + "\n").unwrap();
    house.run(&["backup"]).fails_with(1, "LOST: 2 of 6");
}

#[test]
fn what_would_be_lost_is_shown_and_nothing_happens_without_a_yes() {
    let (house, _) = House::with_an_audit();
    let file = backed_up(&house);
    house.append_notes(2, "later");
    let before = house.state();
    let file = file.to_str().unwrap();
    let preview = house.run(&["restore", file, "--json"]).done().json();
    assert_eq!(preview["count"], 6);
    assert_eq!(preview["missing"]["events"], 2);
    assert_eq!(preview["other_journal"], false);
    assert_eq!(preview["sound"], true);
    // No terminal and no yes.
    let ran = house.run(&["restore", file]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(
        ran.out.contains("2 entries of the journal are not in it"),
        "{ran:?}"
    );
    assert!(ran.err.contains("--yes"), "{ran:?}");
    assert_eq!(house.state(), before);
}

#[test]
fn with_a_yes_it_is_restored_and_the_present_journal_lies_aside() {
    let (house, _) = House::with_an_audit();
    let file = backed_up(&house);
    house.append_notes(2, "later");
    let present = text(&house.journal());
    let file = file.to_str().unwrap();
    let done = house
        .run(&["restore", file, "--yes", "--json"])
        .done()
        .json();
    assert_eq!(done["preview"]["missing"]["events"], 2);
    // The six, and the line that says what was restored.
    assert_eq!(done["restored"]["count"], 7);
    let aside = PathBuf::from(done["restored"]["aside"].as_str().unwrap());
    assert_eq!(text(&aside.join("journal-0001.jsonl")), present);
    house.run(&["verify"]).done();
    assert_eq!(
        house.run(&["seal"]).done().out.trim(),
        done["restored"]["seal"]
    );
    let list = house.run(&["journal", "list", "--limit", "1"]).done().out;
    assert!(list.contains("journal.restored"), "{list}");
}

#[test]
fn what_is_no_backup_is_refused() {
    let (house, _) = House::with_an_audit();
    let before = house.state();
    let (elsewhere, _) = House::with_an_audit();
    let other = backed_up(&elsewhere);
    house
        .run(&["restore", other.to_str().unwrap(), "--yes"])
        .fails_with(1, "another journal");
    let nothing = other.with_file_name("nothing.jsonl");
    house
        .run(&["restore", nothing.to_str().unwrap(), "--yes"])
        .fails_with(2, "There is no file");
    let text = other.with_file_name("text.jsonl");
    fs::write(&text, "no journal\n").unwrap();
    house
        .run(&["restore", text.to_str().unwrap(), "--yes"])
        .fails_with(1, "no backup that can be restored");
    assert_eq!(house.state(), before);
}

#[test]
fn beside_an_open_window_nothing_is_restored() {
    let (house, _) = House::with_an_audit();
    let file = backed_up(&house);
    let app = house.app(&house.hand());
    let ran = house.run(&["restore", file.to_str().unwrap(), "--yes"]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(ran.err.contains("Another running copy"), "{ran:?}");
    drop(app);
}

#[test]
fn while_a_window_makes_a_backup_no_other_is_made() {
    let (house, _) = House::with_an_audit();
    let folder = house.folders().backups();
    fs::create_dir_all(&folder).unwrap();
    let lock = fs::File::create(folder.join("backup.lock")).unwrap();
    lock.lock().unwrap();
    house
        .run(&["backup"])
        .fails_with(1, "another running copy of Impulse Audit is making one");
}

#[test]
fn in_the_middle_of_a_restore_nothing_is_called_lost() {
    let (house, _) = House::with_an_audit();
    let data = house.folders().data;
    // As between two steps: the old lines lie aside, the new ones are not yet in their place.
    fs::rename(house.journal(), data.join("aside.jsonl")).unwrap();
    fs::write(data.join("restoring.json"), "what is still to be done\n").unwrap();
    let before = house.state();
    for arguments in [
        &["journal", "list"][..],
        &["verify"],
        &["seal"],
        &["backup"],
        &["export", "--format", "jsonl"],
    ] {
        house
            .run(arguments)
            .fails_with(2, " backup is being restored in ");
    }
    assert_eq!(house.state(), before);
}

#[test]
fn one_goes_on_without_what_is_missing_only_by_a_yes_and_with_every_promise() {
    let (house, _) = House::with_an_audit();
    house
        .run(&["promise", "arm", "no-cross", "--for", "24h", "--yes"])
        .done();
    let in_force = |house: &House| {
        let list = house.run(&["promise", "list", "--json"]).done().json();
        let promises = list["promises"].as_array().unwrap().iter();
        promises.filter(|p| p["kind"] == "no-cross").count()
    };
    assert_eq!(in_force(&house), 1);
    let said = house.run(&["accept-loss"]).done().out;
    assert!(said.contains("Nothing of the journal is missing"), "{said}");
    let whole = text(&house.journal());
    let kept: Vec<&str> = whole.lines().take(4).collect();
    fs::write(house.journal(), kept.join("\n") + "\n").unwrap();
    let before = house.state();
    let arm = [
        "promise",
        "arm",
        "no-switch-to-cross",
        "--for",
        "20h",
        "--yes",
    ];
    house.run(&arm).fails_with(
        1,
        "`impulse-audit accept-loss` goes on without what is missing",
    );
    let ran = house.run(&["accept-loss"]);
    assert_eq!(ran.code, Some(1), "{ran:?}");
    assert!(ran.err.contains("--yes is needed"), "{ran:?}");
    assert_eq!(house.state(), before);
    let said = house.run(&["accept-loss", "--yes"]).done().out;
    assert!(said.contains("LOST: 3 of 7"), "{said}");
    assert!(said.contains("The journal goes on"), "{said}");
    house.run(&["verify"]).done();
    assert_eq!(in_force(&house), 1);
    house.run(&arm).done();
}
