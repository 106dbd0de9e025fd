//! What is out of the ordinary is told by every command that reads the journal: a head that is
//! missing, lines that somebody else chained, a disk that is full or takes no writes, a clock that
//! says a time before 1970.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use impulse_audit::journal::LineHash;
use serde_json::Value;

use crate::common::ARM_MORE;
use crate::house::{House, text};
use crate::small_disk::{on_a_small_disk, remount};

const ARM: [&str; 6] = ["promise", "arm", "no-cross", "--for", "24h", "--yes"];

fn head(house: &House) -> PathBuf {
    house.folders().head.join("head")
}

#[test]
fn a_missing_head_is_told_by_every_command_that_reads() {
    let (house, _) = House::with_an_audit();
    fs::remove_file(head(&house)).unwrap();
    for arguments in [
        &["verify"][..],
        &["seal"],
        &["journal", "list"],
        &["journal", "list", "--json"],
        &["journal", "show", "5"],
        &["promise", "list"],
        &["promise", "list", "--json"],
        &["export", "--format", "csv"],
        &["export", "--format", "jsonl"],
        &["export", "--format", "jsonl", "--redact"],
        &["export", "--format", "markdown"],
        &["backup"],
    ] {
        let ran = house.run(arguments);
        let said = format!("{}{}", ran.out, ran.err);
        let told = said.contains("is missing") || said.contains("not sound");
        assert!(told, "{arguments:?}: {ran:?}");
        assert!(!head(&house).exists(), "{arguments:?} only reads");
    }
    // One that writes tells it too, and writes the head anew.
    let ran = house.run(&ARM);
    assert_eq!(ran.code, Some(0), "{ran:?}");
    assert!(ran.err.contains("The head, which knows how far"), "{ran:?}");
    assert!(head(&house).exists());
    house.run(&["verify"]).done();
}

/// A line behind the last one by the README's own recipe: everything before `,"h":"`, hashed.
fn chain_a_clock_line(house: &House) {
    let mut lines = text(&house.journal());
    let last: Value = serde_json::from_str(lines.lines().last().unwrap()).unwrap();
    let line = format!(
        r#"{{"j":1,"seq":{},"id":"01a1ff50-0000-7000-8000-000000000001","kind":"promise.clock","v":1,"at":{},"tz":"UTC","boot":"d7a5c0de-0000-4000-8000-000000000000","up":31536000,"app":"0.1.0","data":{{}},"prev":{}"#,
        last["seq"].as_u64().unwrap() + 1,
        last["at"],
        last["h"],
    );
    let hash = LineHash::of(line.as_bytes());
    lines.push_str(&line);
    lines.push_str(",\"h\":\"");
    lines.push_str(&hash.to_string());
    lines.push_str("\"}\n");
    fs::write(house.journal(), lines).unwrap();
}

#[test]
fn a_made_up_clock_line_is_told_by_every_command_and_ends_no_lock_of_the_real_program() {
    let house = House::empty();
    house.run(&ARM);
    chain_a_clock_line(&house);
    let told = "1 event stands behind the last one that is known to be saved";
    let verdict = house.run(&["verify"]);
    assert_eq!(verdict.code, Some(1), "{verdict:?}");
    let flat = verdict.out.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(flat.contains(told), "{verdict:?}");
    for arguments in [
        &["journal", "list"][..],
        &["journal", "show", "1"],
        &["promise", "list", "--json"],
        &["export", "--format", "csv"],
    ] {
        let ran = house.run(arguments);
        assert!(ran.err.contains(told), "{ran:?}");
    }
    let in_force = |house: &House| {
        let list = house.run(&["promise", "list", "--json"]).json();
        let promises = list["promises"].as_array().unwrap().clone();
        let lock = promises.iter().find(|p| p["kind"] == "no-cross").unwrap();
        assert_eq!(lock["state"], "in_force", "{lock}");
        let left = lock["remaining_secs"].as_u64().unwrap();
        assert!((86_000..=86_400).contains(&left), "{left}");
    };
    in_force(&house);
    // A command that writes tells it, takes the line in, and believes none of its clocks.
    let ran = house.run(&ARM_MORE);
    assert!(ran.code == Some(0) && ran.err.contains(told), "{ran:?}");
    in_force(&house);
    house.run(&["verify"]).done();
    fs::remove_file(head(&house)).unwrap();
    in_force(&house);
}

#[test]
fn a_clock_before_1970_is_a_clock_as_any_other() {
    let has_faketime = Command::new("faketime")
        .args(["@1960-01-02 03:04:05", "true"])
        .output()
        .is_ok_and(|output| output.status.success());
    if !has_faketime {
        return;
    }
    let house = House::empty();
    let run = |arguments: &[&str]| {
        let output = Command::new("faketime")
            .args(["@1960-01-02 03:04:05", env!("CARGO_BIN_EXE_impulse-audit")])
            .arg("--data-dir")
            .arg(house.dir.path())
            .args(arguments)
            .output()
            .unwrap();
        let err = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(0), "{arguments:?}: {err}");
        assert!(!err.contains("panicked"), "{err}");
    };
    run(&ARM);
    run(&["promise", "list"]);
    run(&["journal", "list"]);
    run(&["export", "--format", "csv"]);
    run(&["backup"]);
    run(&["verify"]);
    // Lines hold years of four digits from 1970 on.
    let first: Value =
        serde_json::from_str(text(&house.journal()).lines().next().unwrap()).unwrap();
    assert_eq!(first["at"], "1970-01-01T00:00:00.000000Z");
    house.run(&["verify"]).done();
}

fn program(dir: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_impulse-audit"))
        .arg("--data-dir")
        .arg(dir)
        .args(arguments)
        .output()
        .unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8(said).unwrap())
}

#[test]
fn a_program_started_on_a_full_disk_arms_in_the_space_kept_aside_and_one_without_writes_is_2() {
    let test = "odd::a_program_started_on_a_full_disk_arms_in_the_space_kept_aside_and_one_without_writes_is_2";
    on_a_small_disk(test, arms_and_is_refused);
}

fn arms_and_is_refused(dir: &Path) {
    let (code, said) = program(dir, &ARM_MORE);
    assert_eq!(code, Some(0), "{said}");
    // The rest of the disk is taken by something else, to its last byte.
    let mut filling = fs::File::create(dir.join("filling")).unwrap();
    while std::io::Write::write_all(&mut filling, &[b'x'; 512]).is_ok() {}
    drop(filling);
    let (code, said) = program(dir, &ARM);
    assert_eq!(code, Some(0), "{said}");
    assert!(
        said.contains("is given back: some events can still be written"),
        "{said}"
    );
    let (_, list) = program(dir, &["promise", "list", "--json"]);
    assert!(list.contains("\"kind\":\"no-cross\""), "{list}");
    assert_eq!(program(dir, &["verify"]).0, Some(0));
    // Nothing is kept aside any more: a disk that takes no writes is 2, for whoever writes.
    let mut filling = fs::File::options()
        .append(true)
        .open(dir.join("filling"))
        .unwrap();
    while std::io::Write::write_all(&mut filling, &[b'x'; 512]).is_ok() {}
    drop(filling);
    let (code, said) = program(dir, &ARM);
    assert_eq!(code, Some(2), "{said}");
    assert!(said.contains("can be read but not written"), "{said}");
    fs::remove_file(dir.join("filling")).unwrap();
    remount(dir, "ro");
    for arguments in [&ARM[..], &["backup"]] {
        let (code, said) = program(dir, arguments);
        assert_eq!(code, Some(2), "{arguments:?}: {said}");
    }
    assert_eq!(program(dir, &["verify"]).0, Some(0));
}

/// What a terminal obeys, what turns what is read, what nobody sees: of each kind one.
const HIDDEN: &str = "\u{1b}]0;title\u{7}\u{9b}31m\u{85}\u{202e}\u{2028}\u{200b}\u{feff}\u{e0041}";

#[test]
fn nothing_that_a_terminal_obeys_or_nobody_sees_leaves_by_any_command() {
    use crate::common::{account, begin, decide, done, with_answers, with_ticket};
    use impulse_audit::app::Command as Asked;
    use impulse_audit::audit::Choice;
    use impulse_audit::journal::is_hidden;
    use impulse_audit::promises::{Armed, Holds, Promise, PromiseCommand, Scope};

    let house = House::empty();
    let mut app = house.app(&house.hand());
    let mut set = account("Main", "10000");
    set.venue = format!("Binance{HIDDEN}");
    done(&mut app, Asked::SetAccount(set));
    let mut draft = with_answers(with_ticket(begin(&mut app)));
    draft.answers.wrong.push_str(HIDDEN);
    draft.answers.nothing.insert_str(0, HIDDEN);
    done(&mut app, Asked::Start(Box::new(draft.clone())));
    done(&mut app, Asked::Seal(Box::new(draft)));
    house.clock.advance(std::time::Duration::from_secs(20));
    app.settle();
    done(&mut app, decide(Choice::DoNothing));
    let armed = Armed {
        lock: impulse_audit::market::LockId::fresh(),
        promise: Promise::NoCross,
        scope: Scope::default(),
        holds: Holds::For(3600),
        words: format!("calm{HIDDEN}"),
        flat: false,
        audit: None,
    };
    done(
        &mut app,
        Asked::Promise(Box::new(PromiseCommand::Arm(Box::new(armed)))),
    );
    crate::house::close(app);
    house.append_notes(1, HIDDEN);
    let mut seen = 0;
    for arguments in [
        &["journal", "list"][..],
        &["journal", "list", "--json"],
        &["journal", "show", "3"],
        &["journal", "show", "3", "--json"],
        &["journal", "show", "7", "--json"],
        &["journal", "show", "7"],
        &["promise", "list"],
        &["promise", "list", "--json"],
        &["export", "--format", "csv"],
        &["export", "--format", "csv", "--redact"],
        &["export", "--format", "jsonl"],
        &["export", "--format", "jsonl", "--redact"],
        &["export", "--format", "markdown"],
        &["export", "--format", "markdown", "--redact"],
    ] {
        let ran = house.run(arguments).done();
        let csv = arguments.contains(&"csv");
        let hidden = |c: char| is_hidden(c) && c != '\n' && !(csv && c == '\r');
        assert!(!ran.out.chars().any(hidden), "{arguments:?}: {:?}", ran.out);
        // They are there, as their numbers.
        seen += usize::from(ran.out.contains("200b"));
    }
    assert!(seen >= 8, "{seen}");
}
