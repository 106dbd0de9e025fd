//! Real processes on a real disk: killed, out of space, beside each other.

use std::collections::HashMap;
use std::fs;
use std::io::{BufRead as _, BufReader, Read as _};
use std::ops::ControlFlow;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

use crate::support::process::{acks, append, appending};
use crate::support::{Opened, is_sound, note, open_real};
use impulse_audit::journal::{Finding, Folders, OpenError};

fn all_there(dir: &Path, acks: &HashMap<u64, String>, what: &str) -> Opened {
    let opened = open_real(dir).unwrap_or_else(|error| panic!("{what}: {error}"));
    let there: HashMap<u64, String> = opened
        .records
        .iter()
        .map(|record| (record.seq, record.hash().to_string()))
        .collect();
    for (seq, hash) in acks {
        assert_eq!(
            there.get(seq),
            Some(hash),
            "{what}: event {seq} was acknowledged"
        );
    }
    for finding in &opened.opening.findings {
        assert!(
            matches!(
                finding,
                Finding::Created | Finding::Torn { .. } | Finding::AddedLineFeed
            ),
            "{what}: {finding:?}",
        );
    }
    opened
}

/// A small, seeded sequence of delays, so that kills fall everywhere.
fn delays(seed: u64) -> impl Iterator<Item = u64> {
    let mut state = seed;
    std::iter::repeat_with(move || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        state >> 33
    })
}

fn kill_many(kills: u64) {
    let append = append();
    let began = Instant::now();
    let (mut acknowledged, mut torn) = (0_usize, 0_usize);
    let mut dir = tempfile::tempdir().unwrap();
    let mut known = HashMap::new();
    for (kill, delay) in (0..kills).zip(delays(kills)) {
        if kill % 25 == 0 {
            dir = tempfile::tempdir().unwrap();
            known.clear();
        }
        let mut child = Command::new(&append)
            .arg(dir.path())
            .arg("1000000")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut said = String::new();
        // Half are killed by the clock, from before the first line on; half right
        // after an acknowledgement, when the next event is under way.
        if kill % 2 == 0 {
            std::thread::sleep(Duration::from_micros(delay % 12_000));
        } else {
            for _ in 0..=delay % 20 {
                out.read_line(&mut said).unwrap();
            }
            std::thread::sleep(Duration::from_micros(delay % 400));
        }
        child.kill().unwrap();
        child.wait().unwrap();
        out.read_to_string(&mut said).unwrap();
        let new = acks(&said);
        acknowledged += new.len();
        known.extend(new);
        let opened = all_there(dir.path(), &known, &format!("kill {kill}"));
        torn += usize::from(
            opened
                .opening
                .findings
                .iter()
                .any(|found| matches!(found, Finding::Torn { .. })),
        );
        drop(opened);
        assert!(is_sound(dir.path()), "kill {kill}");
    }
    println!(
        "{kills} kills, {acknowledged} acknowledged events, {torn} torn tails, 0 lost, in {:.1} s",
        began.elapsed().as_secs_f64(),
    );
    assert!(
        acknowledged as u64 > kills,
        "the kills came too early to prove anything"
    );
}

#[test]
fn three_hundred_kills_lose_nothing_acknowledged() {
    kill_many(300);
}

#[test]
#[ignore = "the long run for the published figures: minutes"]
fn ten_thousand_kills_lose_nothing_acknowledged() {
    kill_many(10_000);
}

fn run(command: &mut Command) -> (Output, String, String) {
    let output = command.output().unwrap();
    let out = String::from_utf8(output.stdout.clone()).unwrap();
    let err = String::from_utf8(output.stderr.clone()).unwrap();
    (output, out, err)
}

fn said_once_without_panic(err: &str) {
    assert!(err.starts_with("append: "), "{err}");
    assert!(!err.contains("panicked"), "{err}");
}

#[test]
fn a_full_disk_ends_with_one_sentence_and_loses_nothing() {
    // A limit on the size of each file, in blocks of 512 bytes (POSIX `ulimit -f`):
    // the journal runs into it after some events.
    for blocks in [24, 40, 64] {
        let dir = tempfile::tempdir().unwrap();
        let (output, out, err) = run(Command::new("sh")
            .arg("-c")
            .arg(format!(
                "trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$1\" 100000"
            ))
            .arg(append())
            .arg(dir.path()));
        assert_eq!(output.status.code(), Some(1), "{err}");
        said_once_without_panic(&err);
        assert!(err.contains("not saved: could not write to"), "{err}");
        let acks = acks(&out);
        assert!(acks.len() > 10);
        let opened = all_there(dir.path(), &acks, "full disk");
        assert!(opened.journal.is_writable());
        println!("full after {} events: all there", acks.len());
    }
}

#[test]
fn a_closed_standard_output_is_told_and_no_panic() {
    let dir = tempfile::tempdir().unwrap();
    let mut child = appending(dir.path(), "5000");
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    assert!(!err.contains("panicked"), "{err}");
    // Closed before its first line, so that line cannot be said.
    assert_eq!(output.status.code(), Some(1), "{err}");
    assert!(is_sound(dir.path()));
}

#[test]
fn wrong_arguments_are_told_with_what_to_give() {
    for arguments in [&[][..], &["x"], &["x", "many"], &["x", "1", "2"]] {
        let (output, _, err) = run(Command::new(append()).args(arguments));
        assert_eq!(output.status.code(), Some(1));
        said_once_without_panic(&err);
    }
}

#[test]
fn a_read_only_folder_is_told_and_nothing_is_changed() {
    let dir = tempfile::tempdir().unwrap();
    let mut opened = open_real(dir.path()).unwrap();
    opened.journal.append(&note("before")).unwrap();
    drop(opened);
    let folders = Folders::under(dir.path());
    let lines = folders.data.join("journal-0001.jsonl");
    let before = fs::read(&lines).unwrap();
    let set = |mode| {
        for path in [&folders.data, &folders.head] {
            fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
        }
        let mode = if mode == 0o500 { 0o400 } else { 0o600 };
        for path in [
            &lines,
            &folders.head.join("head"),
            &folders.data.join("journal.lock"),
        ] {
            fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
        }
    };
    set(0o500);
    // Permissions do not bind the superuser: there the journal simply opens.
    let binds = fs::write(folders.data.join("probe"), b"").is_err();
    if binds {
        let error = open_real(dir.path()).err().unwrap().to_string();
        assert!(error.contains("journal.lock"), "{error}");
        assert_eq!(fs::read(&lines).unwrap(), before);
        assert!(is_sound(dir.path()), "verify needs no permission to write");
    } else {
        fs::remove_file(folders.data.join("probe")).unwrap();
        assert!(open_real(dir.path()).is_ok());
        println!("run as the superuser: permissions do not bind, the refusal was not seen");
    }
    set(0o700);
    assert!(open_real(dir.path()).unwrap().journal.is_writable());
}

#[test]
fn files_and_folders_are_private_and_unsafe_ones_are_refused() {
    let dir = tempfile::tempdir().unwrap();
    drop(open_real(dir.path()).unwrap());
    let folders = Folders::under(dir.path());
    let mode = |path: &Path| fs::symlink_metadata(path).unwrap().permissions().mode() & 0o777;
    for folder in [&folders.data, &folders.head] {
        assert_eq!(mode(folder), 0o700);
        for entry in fs::read_dir(folder).unwrap() {
            assert_eq!(mode(&entry.unwrap().path()), 0o600);
        }
    }
    let lines = folders.data.join("journal-0001.jsonl");
    let refused = |what: &str| match open_real(dir.path()) {
        Err(OpenError::Refused { why, .. }) => assert!(why.contains(what), "{why}"),
        other => panic!("{what}: {:?}", other.map(|opened| opened.opening)),
    };
    let other = dir.path().join("other");
    fs::hard_link(&lines, &other).unwrap();
    refused("more than one name");
    fs::remove_file(&lines).unwrap();
    symlink(&other, &lines).unwrap();
    refused("symbolic link");
    fs::remove_file(&lines).unwrap();
    fs::rename(&other, &lines).unwrap();
    fs::set_permissions(&folders.data, fs::Permissions::from_mode(0o770)).unwrap();
    refused("written by other users");
    fs::set_permissions(&folders.data, fs::Permissions::from_mode(0o700)).unwrap();
    assert!(open_real(dir.path()).unwrap().opening.is_sound());
}

#[test]
fn a_second_process_only_reads_and_follows_the_first() {
    let dir = tempfile::tempdir().unwrap();
    let mut child = Command::new(append())
        .arg(dir.path())
        .arg("1000000")
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut out = BufReader::new(child.stdout.take().unwrap());
    let mut said = String::new();
    for _ in 0..20 {
        out.read_line(&mut said).unwrap();
    }
    let mut opened = open_real(dir.path()).unwrap();
    assert!(opened.journal.another_writes());
    assert!(opened.journal.append(&note("a second writer")).is_err());
    let at_first = opened.journal.count();
    for _ in 0..20 {
        out.read_line(&mut said).unwrap();
    }
    // The first process is not waited for: verifying beside it finds nothing amiss.
    assert!(is_sound(dir.path()));
    let mut hashes: HashMap<u64, String> = opened
        .records
        .iter()
        .map(|record| (record.seq, record.hash().to_string()))
        .collect();
    let followed = opened
        .journal
        .follow(&mut |record, _| {
            hashes.insert(record.seq, record.hash().to_string());
            ControlFlow::Continue(())
        })
        .unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    for (seq, hash) in acks(&said) {
        assert_eq!(hashes.get(&seq), Some(&hash));
    }
    assert!(at_first > 20 && followed > 0, "{at_first} {followed}");
    println!("followed {followed} events of another process");
    drop(opened);
    assert!(open_real(dir.path()).unwrap().journal.is_writable());
}

#[test]
fn two_processes_that_both_want_to_write_lose_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let children: Vec<_> = (0..2).map(|_| appending(dir.path(), "50")).collect();
    let mut known = HashMap::new();
    for child in children {
        let output = child.wait_with_output().unwrap();
        let err = String::from_utf8(output.stderr).unwrap();
        assert!(!err.contains("panicked"), "{err}");
        let new = acks(&String::from_utf8(output.stdout).unwrap());
        assert!(
            output.status.success() || err.contains("another running copy"),
            "{err}"
        );
        known.extend(new);
    }
    assert!(known.len() >= 50);
    drop(all_there(dir.path(), &known, "two writers"));
    assert!(is_sound(dir.path()));
}
