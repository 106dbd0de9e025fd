//! A journal on a real disk that is full, that takes no more changes, or that was put back to an
//! older copy.

use std::fs;
use std::path::{Path, PathBuf};

use crate::small_disk::{on_a_small_disk, remount};
use crate::support::{is_sound, note, open_real};
use impulse_audit::journal::{AppendError, Finding, Folders, Loss, Receipt};

#[test]
fn a_small_disk_that_fills_up_or_takes_no_changes_loses_nothing() {
    let test = "disk::a_small_disk_that_fills_up_or_takes_no_changes_loses_nothing";
    // The mebibyte kept aside, and room for a few hundred events.
    on_a_small_disk(test, |dir| {
        let saved = fill_up(dir);
        take_no_changes(dir, &saved);
    });
}

fn fill_up(dir: &Path) -> Vec<Receipt> {
    let mut opened = open_real(dir).unwrap();
    let mut saved = Vec::new();
    let refused = loop {
        let entry = note(&"a word ".repeat(60));
        match opened.journal.append(&entry) {
            Ok(appended) => saved.push(appended.receipt),
            Err(error) => break (entry, error),
        }
        assert!(saved.len() < 100_000, "the disk never fills up");
    };
    let (entry, error) = refused;
    assert!(matches!(error, AppendError::NotSaved(_)), "{error}");
    assert!(opened.journal.append(&entry).is_err(), "and stays refused");
    let before = saved.len();
    // The space kept aside is given back, and what was refused can be saved.
    opened.journal.resume().unwrap();
    saved.push(opened.journal.append(&entry).unwrap().receipt);
    assert!(!Folders::under(dir).data.join("reserve.bin").exists());
    drop(opened);
    let again = open_real(dir).unwrap();
    assert!(saved.iter().all(|receipt| again.has(receipt)));
    assert!(again.journal.is_writable());
    drop(again);
    assert!(is_sound(dir));
    println!(
        "a full tmpfs after {before} events: 0 acknowledged lost, one more saved in the space kept aside"
    );
    saved
}

fn take_no_changes(dir: &Path, saved: &[Receipt]) {
    remount(dir, "ro");
    assert!(is_sound(dir), "verifying needs no permission to write");
    let error = open_real(dir).err().unwrap().to_string();
    assert!(error.contains("journal.lock"), "{error}");
    remount(dir, "rw");
    let again = open_real(dir).unwrap();
    assert!(again.journal.is_writable() && saved.iter().all(|receipt| again.has(receipt)));
    println!(
        "a tmpfs that takes no changes: told, {} acknowledged, 0 lost",
        saved.len()
    );
}

/// Ten notes, then the files as they are put back from, then ten more.
fn kept_copy(dir: &Path) -> (PathBuf, Vec<u8>, Vec<Receipt>) {
    let lines = Folders::under(dir).data.join("journal-0001.jsonl");
    let mut opened = open_real(dir).unwrap();
    let mut receipts: Vec<Receipt> = opened
        .records
        .iter()
        .map(impulse_audit::journal::Record::receipt)
        .collect();
    let mut older = Vec::new();
    for number in 0..20 {
        if number == 10 {
            older = fs::read(&lines).unwrap();
        }
        let entry = note(&format!("note {number}"));
        receipts.push(opened.journal.append(&entry).unwrap().receipt);
    }
    (lines, older, receipts)
}

#[test]
fn an_older_copy_that_is_put_back_is_told_and_changes_nothing() {
    let dir = tempfile::tempdir().unwrap();
    let (lines, older, receipts) = kept_copy(dir.path());
    fs::write(&lines, &older).unwrap();
    assert!(!is_sound(dir.path()));
    let mut opened = open_real(dir.path()).unwrap();
    let Some(Loss::Lost {
        acknowledged: 21,
        present: 11,
        ..
    }) = opened.opening.loss()
    else {
        panic!("{:?}", opened.opening)
    };
    assert!(matches!(
        opened.journal.append(&note("x")),
        Err(AppendError::LossNotAccepted)
    ));
    assert_eq!(fs::read(&lines).unwrap(), older);
    let (there, gone) = receipts.split_at(11);
    assert!(there.iter().all(|receipt| opened.has(receipt)));
    assert!(!gone.iter().any(|receipt| opened.has(receipt)));
    println!(
        "an older copy put back: {} of {} missing, all told",
        gone.len(),
        receipts.len()
    );
}

#[test]
fn deleted_lines_are_told_and_a_clean_start_only_without_a_head() {
    let dir = tempfile::tempdir().unwrap();
    let (lines, _, receipts) = kept_copy(dir.path());
    fs::remove_file(&lines).unwrap();
    let opened = open_real(dir.path()).unwrap();
    let Some(Loss::Deleted { acknowledged, .. }) = opened.opening.loss() else {
        panic!("{:?}", opened.opening)
    };
    assert_eq!(*acknowledged, receipts.len() as u64);
    drop(opened);
    assert!(
        !lines.exists(),
        "a deleted journal is not made anew unasked"
    );
    fs::remove_file(Folders::under(dir.path()).head.join("head")).unwrap();
    let opened = open_real(dir.path()).unwrap();
    assert!(matches!(
        opened.opening.findings.as_slice(),
        [Finding::Created]
    ));
    println!("lines deleted: {} missing, all told", receipts.len());
}
