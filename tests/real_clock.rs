//! The real program and a clock that lies to it: a lock is armed, the process killed, the clock set
//! forward by two days, the journal deleted, the loss accepted, and the lock still stands. And an
//! audit whose wait and whose permission no such clock ends.
//!
//! `faketime` (Debian's package of that name, which `.ci/run` installs) shifts what the process
//! reads from the wall clock. How long the machine has been on is read from `/proc/uptime`, which
//! it does not touch; `unshare --time` does, and is seen through. Without the one or the other the
//! test says so and passes.
#![cfg(all(target_os = "linux", feature = "window"))]
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::print_stdout,
    reason = "a failed unwrap, index or sum is a failed test here; the count is there to be read"
)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use impulse_audit::app::{App, Command as Asked, Phase, Stage};
use impulse_audit::audit::Arousal;
use impulse_audit::journal::{Folders, RealFs, SystemClock};
use rexpect::session::{PtySession, spawn_command};
use serde_json::{Value, json};

#[path = "common/mod.rs"]
mod common;

use common::{ARM_MORE, account, begin, done, with_answers, with_ticket};

const DAY: u64 = 86_400;

fn program() -> &'static str {
    env!("CARGO_BIN_EXE_impulse-audit")
}

/// The program over this folder; with a shift of the clock under `faketime`.
fn run(shift: Option<&str>, folder: &Path, arguments: &[&str]) -> Command {
    let mut command = match shift {
        Some(shift) => {
            let mut command = Command::new("faketime");
            command.arg("-f").arg(shift).arg(program());
            command
        }
        None => Command::new(program()),
    };
    command.arg("--data-dir").arg(folder).args(arguments);
    command.stdin(Stdio::null());
    command
}

fn output(shift: Option<&str>, folder: &Path, arguments: &[&str]) -> Output {
    run(shift, folder, arguments).output().unwrap()
}

fn said(output: &Output) -> String {
    format!(
        "{}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

/// The state of the lock and what is left of it, as `promise list --json` says it.
fn no_cross(shift: Option<&str>, folder: &Path) -> (String, u64) {
    let output = output(shift, folder, &["promise", "list", "--json"]);
    assert!(output.status.success(), "{}", said(&output));
    let list: Value = serde_json::from_slice(&output.stdout).unwrap();
    let promises = list["promises"].as_array().unwrap();
    let lock = promises.iter().find(|p| p["kind"] == "no-cross");
    let lock = lock.unwrap_or_else(|| panic_with(&list));
    (
        lock["state"].as_str().unwrap().to_owned(),
        lock["remaining_secs"].as_u64().unwrap_or(0),
    )
}

#[allow(clippy::panic, reason = "a lock that is not listed is a failed test")]
fn panic_with(list: &Value) -> ! {
    panic!("the lock is not listed: {list}")
}

fn holds(shift: Option<&str>, folder: &Path, when: &str) {
    let (state, left) = no_cross(shift, folder);
    assert_eq!(state, "in_force", "{when}");
    // A day was promised; the whole test takes minutes at the most.
    assert!((DAY - 600..=DAY).contains(&left), "{when}: {left} s left");
}

fn lines(folder: &Path) -> PathBuf {
    folder.join("data").join("journal-0001.jsonl")
}

fn has_faketime() -> bool {
    let shifted = Command::new("faketime")
        .args(["-f", "+2d", "date", "+%s"])
        .output();
    shifted.is_ok_and(|output| {
        let now = std::time::SystemTime::UNIX_EPOCH
            .elapsed()
            .unwrap()
            .as_secs();
        let said: u64 = String::from_utf8_lossy(&output.stdout)
            .trim()
            .parse()
            .unwrap_or(0);
        said >= now + 2 * DAY - 60
    })
}

/// Arms the lock and kills the process as soon as its line is on the disk.
fn arm_and_kill(folder: &Path) -> bool {
    let arguments = ["promise", "arm", "no-cross", "--for", "24h", "--yes"];
    let mut command = run(None, folder, &arguments);
    command.stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn().unwrap();
    let patience = Instant::now();
    while patience.elapsed() < Duration::from_mins(1) {
        let text = fs::read_to_string(lines(folder)).unwrap_or_default();
        if text.contains("\"promise.armed\"") && text.ends_with('\n') {
            break;
        }
        if child.try_wait().unwrap().is_some() {
            break;
        }
        std::thread::sleep(Duration::from_micros(200));
    }
    // SIGKILL: nothing of the program runs behind it.
    let killed = child.kill().is_ok();
    let status = child.wait().unwrap();
    killed && !status.success()
}

/// A app over this folder, by the machine's own clocks.
fn app(folder: &Path) -> App {
    let mut app = App::open(
        Folders::under(folder),
        Arc::new(RealFs),
        Arc::new(SystemClock::new()),
        Box::new(|| {}),
    );
    while matches!(app.phase(), Phase::Opening(_)) {
        app.settle();
    }
    app
}

/// Goes on although the journal is lost, as the window's button does.
fn accept_loss(folder: &Path) {
    let mut app = app(folder);
    app.send(Asked::AcceptLoss).unwrap();
    app.settle();
    assert!(!app.is_read_only());
}

#[test]
fn a_clock_two_days_ahead_and_a_deleted_journal_end_no_lock_of_the_real_program() {
    if !has_faketime() {
        println!("skipped: `faketime` is not installed, so no clock can be set forward here");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let killed = arm_and_kill(folder);
    holds(None, folder, "after the kill");
    holds(Some("+2d"), folder, "two days ahead");
    holds(Some("-40d"), folder, "forty days back");
    // It does see the other clock: a line written under it says so.
    let armed = output(Some("+2d"), folder, &ARM_MORE);
    assert!(armed.status.success(), "{}", said(&armed));
    let text = fs::read_to_string(lines(folder)).unwrap();
    let jump = text
        .lines()
        .find(|line| line.contains("\"clock.jump\""))
        .unwrap();
    let jump: Value = serde_json::from_str(jump).unwrap();
    let drift = jump["data"]["drift_secs"].as_u64().unwrap();
    assert!((2 * DAY - 60..2 * DAY + 60).contains(&drift), "{drift}");
    holds(Some("+2d"), folder, "two days ahead, and written down");
    holds(None, folder, "back again");

    fs::remove_file(lines(folder)).unwrap();
    holds(None, folder, "with the journal deleted");
    holds(
        Some("+2d"),
        folder,
        "with the journal deleted, two days ahead",
    );
    // Nothing can be asked of promises before the loss is accepted.
    assert_eq!(output(None, folder, &ARM_MORE).status.code(), Some(1));
    accept_loss(folder);
    holds(None, folder, "with the loss accepted");
    holds(
        Some("+2d"),
        folder,
        "with the loss accepted, two days ahead",
    );
    // And it is not new: it cannot be taken back.
    let list = output(None, folder, &["promise", "list", "--json"]);
    let list: Value = serde_json::from_slice(&list.stdout).unwrap();
    let promises = list["promises"].as_array().unwrap();
    let lock = promises.iter().find(|p| p["kind"] == "no-cross").unwrap();
    let undone = output(
        None,
        folder,
        &["promise", "undo", lock["id"].as_str().unwrap()],
    );
    assert_eq!(undone.status.code(), Some(1), "{}", said(&undone));
    holds(Some("+2d"), folder, "after all of it");
    println!("the lock stood 10 times; the arming process was killed in the act: {killed}");
}

/// The audit on a terminal of its own, under this clock.
fn audit_under(shift: &str, folder: &Path) -> PtySession {
    let mut command = Command::new("faketime");
    command.args(["-f", shift, program(), "--data-dir"]);
    command.arg(folder).arg("audit").env("TERM", "dumb");
    spawn_command(command, Some(40_000)).unwrap()
}

fn reads(person: &mut PtySession, words: &str) -> String {
    let read = person.exp_string(words);
    assert!(read.is_ok(), "{words:?} did not come: {read:?}");
    read.unwrap()
}

/// What it waits for is said, and no number comes for as long as one looks.
fn still_waits(shift: &str, folder: &Path) {
    let mut person = audit_under(shift, folder);
    reads(&mut person, "Your state is 4, racing: the numbers");
    // An empty line is answered by the same once more.
    reads(&mut person, "> ");
    person.send_line("").unwrap();
    let said = reads(&mut person, "Your state is 4, racing: the numbers");
    assert!(!said.contains("Worst case"), "{shift}: {said}");
    leaves(person);
}

/// Leaves by Ctrl+C, and waits until the journal is let go of.
fn leaves(mut person: PtySession) {
    person.send_control('c').unwrap();
    person.exp_eof().unwrap();
    person.process().wait().unwrap();
}

#[test]
fn a_clock_two_days_ahead_brings_no_number_sooner_and_ends_no_fresh_permission() {
    if !has_faketime() {
        println!("skipped: `faketime` is not installed, so no clock can be set forward here");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let mut at = app(folder);
    done(&mut at, Asked::SetAccount(account("Main", "10000")));
    let mut draft = with_ticket(begin(&mut at));
    draft.arousal = Some(Arousal::try_from(4).unwrap());
    done(&mut at, Asked::Start(Box::new(draft)));
    drop(at);
    // Two days ago by the draft, and nothing of it counts.
    let path = folder.join("data").join("draft.json");
    let mut draft: Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
    draft["started"]["up"] = json!(1);
    draft["started"]["wall"] = json!("2020-01-01T00:00:00Z");
    draft["arousal"] = json!(0);
    fs::write(&path, draft.to_string()).unwrap();
    let mut at = app(folder);
    let draft = with_answers(at.draft().unwrap().clone());
    done(&mut at, Asked::Seal(Box::new(draft)));
    assert!(matches!(at.stage(), Stage::Sealed(_)));
    drop(at);
    for shift in ["+16m", "+2d", "-40d"] {
        still_waits(shift, folder);
    }

    // A fresh permission of the same boot: ten minutes are ten minutes.
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let mut at = app(folder);
    done(&mut at, Asked::SetAccount(account("Main", "10000")));
    let draft = with_answers(with_ticket(begin(&mut at)));
    done(&mut at, Asked::Start(Box::new(draft.clone())));
    done(&mut at, Asked::Seal(Box::new(draft)));
    let patience = Instant::now();
    while !matches!(at.stage(), Stage::Revealed(_)) && patience.elapsed().as_secs() < 40 {
        std::thread::sleep(Duration::from_millis(200));
        at.settle();
    }
    assert!(patience.elapsed().as_secs() >= 19, "the floor holds");
    drop(at);
    for shift in ["+2d", "-40d"] {
        let mut person = audit_under(shift, folder);
        reads(&mut person, "Worst case: isolated 1,000.00");
        reads(&mut person, "What do you do?");
        leaves(person);
    }
}

/// The program in a time namespace of its own, whose boot clock stands twelve days ahead.
fn moved_ahead(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new("unshare");
    command.args([
        "--user",
        "--map-root-user",
        "--time",
        "--boottime",
        "1036800",
    ]);
    command.arg(program()).arg("--data-dir").arg(folder);
    command
        .args(arguments)
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

#[test]
fn a_boot_clock_that_was_moved_for_one_process_ends_no_lock() {
    let uptime = |moved: bool| {
        let mut cat = Command::new("unshare");
        cat.args(["--user", "--map-root-user", "--time", "--boottime"]);
        cat.arg(if moved { "1036800" } else { "0" });
        let said = cat.args(["cat", "/proc/uptime"]).output().ok()?;
        let said = String::from_utf8(said.stdout).ok()?;
        said.split('.').next()?.parse::<u64>().ok()
    };
    let (Some(here), Some(there)) = (uptime(false), uptime(true)) else {
        println!("skipped: nobody here may start a program in a time namespace");
        return;
    };
    assert!(there >= here + 1_036_800, "{here} {there}");
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let arm = ["promise", "arm", "no-cross", "--for", "24h", "--yes"];
    assert!(output(None, folder, &arm).status.success());
    let list = moved_ahead(folder, &["promise", "list", "--json"]);
    let list: Value = serde_json::from_slice(&list.stdout).unwrap();
    let promises = list["promises"].as_array().unwrap();
    let lock = promises.iter().find(|p| p["kind"] == "no-cross").unwrap();
    assert_eq!(lock["state"], "in_force");
    let left = lock["remaining_secs"].as_u64().unwrap();
    assert!((DAY - 600..=DAY).contains(&left), "{left}");
    // Nor does what is written under it credit anything.
    let armed = moved_ahead(folder, &ARM_MORE);
    assert!(armed.status.success(), "{}", said(&armed));
    holds(
        None,
        folder,
        "behind a line that was written under a moved boot clock",
    );
    assert!(output(None, folder, &["verify"]).status.success());
}
