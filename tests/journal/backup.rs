//! Backups hold exactly the acknowledged lines, are whole whenever they have their name, and
//! let nothing go that only they hold.

use std::io;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::Duration;

use crate::support::{HEAD, LINES, SECOND, folders, note, open, open_at, open_with, sample};
use chrono::{DateTime, Utc};
use impulse_audit::journal::{
    Backup, BackupError, Clock as _, Fault, FaultyFs, FileSystem as _, Folders, HandClock, Loss,
    PowerCut, RealFs, back_up, backups, preview_backup, unwatched,
};
use proptest::prelude::*;

/// 2026-03-01T15:00:00Z and so many hours on: half an hour after the hand clock's start.
fn hour(hours: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_772_377_200 + hours * 3_600, 0).unwrap()
}

fn make(fs: &FaultyFs, hours: i64) -> Result<Backup, BackupError> {
    back_up(&folders(), fs, hour(hours), 14, &mut unwatched)
}

/// Every file with a backup's name is whole: it ends with the seal in its name.
fn all_whole(fs: &FaultyFs, what: &str) -> usize {
    let there = backups(&folders(), fs).unwrap();
    for backup in &there {
        let seen = preview_backup(&folders(), fs, &backup.path, &mut unwatched)
            .unwrap_or_else(|error| panic!("{what}: {error}"));
        assert_eq!(seen.seal, backup.seal, "{what}");
        assert_eq!((seen.count, seen.bad_lines), (backup.count, 0), "{what}");
    }
    there.len()
}

#[test]
fn a_backup_is_the_acknowledged_lines_byte_for_byte_under_time_and_seal() {
    let (fs, receipts) = sample(3);
    let seal = open(&fs).unwrap().journal.seal();
    let backup = make(&fs, 0).unwrap();
    assert_eq!(fs.content(&backup.path), fs.content(LINES));
    assert_eq!((backup.count, backup.bad_lines), (receipts.len() as u64, 0));
    assert_eq!(backup.seal, seal);
    assert!(!backup.already && backup.removed.is_empty());
    let name = format!("/h/data/backups/journal-20260301T150000Z-{seal}.jsonl");
    assert_eq!(backup.path.to_str(), Some(name.as_str()));
    let listed = backups(&folders(), &fs).unwrap();
    assert_eq!(listed.len(), 1);
    assert_eq!((listed[0].at, listed[0].count), (hour(0), 4));
}

#[test]
fn a_line_that_the_head_does_not_know_is_left_out() {
    let (fs, _) = sample(2);
    let (lines, head) = (fs.content(LINES).unwrap(), fs.content(HEAD).unwrap());
    open(&fs).unwrap().journal.append(&note("later")).unwrap();
    fs.put(HEAD, &head);
    let backup = make(&fs, 0).unwrap();
    assert_eq!(fs.content(&backup.path).unwrap(), lines);
    // Bytes of a line that is being written now.
    let (fs, _) = sample(2);
    let lines = fs.content(LINES).unwrap();
    let mut torn = lines.clone();
    torn.extend_from_slice(b"{\"j\":1,\"seq\":3,");
    fs.put(LINES, &torn);
    let backup = make(&fs, 0).unwrap();
    assert_eq!(fs.content(&backup.path).unwrap(), lines);
}

#[test]
fn a_journal_of_several_files_becomes_one_sound_file() {
    let (fs, _) = sample(1);
    let mut opened = open(&fs).unwrap();
    for call in 0..4 {
        fs.fail_after(call, Fault::Error(io::ErrorKind::Other));
        opened.journal.append(&note("in the way")).unwrap_err();
        opened.journal.resume().unwrap();
        opened.journal.append(&note("saved")).unwrap();
    }
    let seal = opened.journal.seal();
    // Beside the copy that writes.
    let backup = make(&fs, 0).unwrap();
    assert!(fs.content(SECOND).is_some());
    assert_eq!(backup.seal, seal);
    assert_eq!(all_whole(&fs, "several files"), 1);
}

#[test]
fn the_same_seal_is_not_made_again_unless_the_file_is_damaged() {
    let (fs, _) = sample(2);
    let first = make(&fs, 0).unwrap();
    let before = fs.files();
    let again = make(&fs, 24).unwrap();
    assert!(again.already);
    assert_eq!(again.path, first.path);
    assert_eq!(fs.files(), before);
    let mut bytes = fs.content(&first.path).unwrap();
    bytes[500] ^= 1;
    fs.put(&first.path, &bytes);
    let anew = make(&fs, 24).unwrap();
    assert!(!anew.already);
    assert_ne!(anew.path, first.path);
    assert!(
        preview_backup(&folders(), &fs, &anew.path, &mut unwatched)
            .unwrap()
            .is_sound()
    );
}

#[test]
fn those_beyond_keep_go_once_the_new_one_is_there() {
    let (fs, _) = sample(0);
    let clock = HandClock::new();
    for day in 0..5 {
        let mut opened = open_with(&fs, &clock).unwrap();
        opened.journal.append(&note(&format!("day {day}"))).unwrap();
        let backup = back_up(&folders(), &fs, hour(24 * day), 3, &mut unwatched).unwrap();
        assert_eq!(backup.removed.len(), usize::from(day >= 3), "day {day}");
    }
    let days: Vec<_> = backups(&folders(), &fs).unwrap();
    let at: Vec<_> = days.iter().map(|backup| backup.at).collect();
    assert_eq!(at, [hour(96), hour(72), hour(48)]);
    // Keeping none would be no backup.
    open(&fs).unwrap().journal.append(&note("more")).unwrap();
    let last = back_up(&folders(), &fs, hour(120), 0, &mut unwatched).unwrap();
    assert_eq!(backups(&folders(), &fs).unwrap().len(), 1);
    assert!(fs.content(&last.path).is_some());
}

#[test]
fn a_backup_with_an_event_that_the_new_one_lacks_is_never_removed() {
    let (fs, _) = sample(5);
    let whole = make(&fs, 0).unwrap();
    open(&fs)
        .unwrap()
        .journal
        .append(&note("not in it"))
        .unwrap();
    let text = String::from_utf8(fs.content(LINES).unwrap()).unwrap();
    let kept: String = text.split_inclusive('\n').take(2).collect();
    fs.put(LINES, kept.as_bytes());
    let lost = make(&fs, 1);
    let Err(BackupError::NotWhole(Loss::Lost { present: 2, .. })) = lost else {
        panic!("{lost:?}")
    };
    open(&fs).unwrap().journal.accept_loss().unwrap();
    for day in 1..4 {
        open(&fs).unwrap().journal.append(&note("on")).unwrap();
        back_up(&folders(), &fs, hour(24 * day), 1, &mut unwatched).unwrap();
    }
    let left: Vec<_> = backups(&folders(), &fs).unwrap();
    let at: Vec<_> = left.iter().map(|backup| backup.at).collect();
    assert_eq!(at, [hour(72), hour(0)]);
    assert_eq!(left[1].path, whole.path);
}

#[test]
fn damage_is_copied_as_it_is_and_removes_no_older_backup() {
    let (fs, _) = sample(3);
    make(&fs, 0).unwrap();
    let text = String::from_utf8(fs.content(LINES).unwrap()).unwrap();
    fs.put(LINES, text.replacen("note 1", "nota 1", 1).as_bytes());
    drop(open(&fs).unwrap());
    let backup = back_up(&folders(), &fs, hour(24), 1, &mut unwatched).unwrap();
    assert_eq!((backup.bad_lines, backup.removed.len()), (1, 0));
    let seen = preview_backup(&folders(), &fs, &backup.path, &mut unwatched).unwrap();
    assert_eq!((seen.bad_lines, seen.is_sound()), (1, false));
    assert_eq!(seen.first_bad.unwrap().0, 3);
}

#[test]
fn without_a_head_and_in_a_linked_folder_none_is_made() {
    let (fs, _) = sample(1);
    let head = fs.content(HEAD).unwrap();
    fs.delete(HEAD);
    let error = make(&fs, 0).unwrap_err();
    assert!(matches!(error, BackupError::NoHead { .. }));
    assert!(error.to_string().contains("/h/state/head"), "{error}");
    fs.put(HEAD, &head);
    fs.put_link("/h/data/backups");
    assert!(matches!(make(&fs, 0), Err(BackupError::Disk(_))));
    assert!(backups(&folders(), &fs).is_err());
}

#[test]
fn whichever_call_fails_what_has_a_backups_name_is_whole_and_none_is_lost() {
    let (base, _) = sample(3);
    make(&base, 0).unwrap();
    open(&base).unwrap().journal.append(&note("more")).unwrap();
    let base = base.copy();
    let smooth = base.copy();
    assert!(!make(&smooth, 24).unwrap().already);
    let cuts = [
        PowerCut::Lost,
        PowerCut::Kept,
        PowerCut::Prefix(300),
        PowerCut::Zeroed,
        PowerCut::Holed(0x5555_5555_5555_5555),
    ];
    let (mut told, mut images) = (0, 0);
    for fault in [
        Fault::Error(io::ErrorKind::StorageFull),
        Fault::Short,
        Fault::Interrupted,
        Fault::Off,
    ] {
        for call in 0..smooth.calls() {
            let fs = base.copy();
            fs.fail_after(call, fault);
            let made = make(&fs, 24);
            told += u32::from(made.is_err());
            for cut in cuts {
                let left = fs.after_power_cut(cut);
                let what = format!("{fault:?} at call {call}, {cut:?}");
                let there = all_whole(&left, &what);
                assert_eq!(
                    there,
                    if made.is_ok() { 2 } else { there.clamp(1, 2) },
                    "{what}"
                );
                images += 1;
            }
            fs.heal();
            make(&fs, 25).unwrap();
            assert!(backups(&folders(), &fs).unwrap().len() >= 2);
        }
    }
    assert!(told > 20, "{told}");
    println!(
        "{images} images after faults while backing up, {told} told: every named backup whole"
    );
}

#[test]
fn on_a_real_disk_only_the_owner_can_read_them() {
    let home = tempfile::tempdir().unwrap();
    let folders = Folders::under(home.path());
    let clock = HandClock::new();
    let mut opened = open_at(Arc::new(RealFs), Arc::new(clock.clone()), &folders).unwrap();
    opened.journal.append(&note("one")).unwrap();
    let backup = back_up(&folders, &RealFs, clock.now().wall, 14, &mut unwatched).unwrap();
    let lines = std::fs::read(folders.data.join("journal-0001.jsonl")).unwrap();
    assert_eq!(std::fs::read(&backup.path).unwrap(), lines);
    let mode = |path: &std::path::Path| RealFs.facts(path).unwrap().unwrap().mode;
    if cfg!(unix) {
        assert_eq!(mode(&folders.backups()), Some(0o700));
        assert_eq!(mode(&backup.path), Some(0o600));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever was done before, a backup holds every acknowledged event and ends with the seal.
    #[test]
    fn a_backup_holds_what_was_acknowledged(
        steps in prop::collection::vec((0_u8..4, 0_u64..5), 1..14),
    ) {
        let (fs, _) = sample(0);
        let clock = HandClock::new();
        let mut opened = open_with(&fs, &clock).unwrap();
        for (number, (what, call)) in steps.into_iter().enumerate() {
            clock.advance(Duration::from_mins(1));
            match what {
                0 => {
                    fs.fail_after(call, Fault::Error(io::ErrorKind::Other));
                    drop(opened.journal.append(&note("perhaps")));
                    drop(opened.journal.resume());
                    fs.heal();
                }
                1 => {
                    drop(opened);
                    opened = open_with(&fs, &clock).unwrap();
                }
                _ => drop(opened.journal.append(&note(&format!("note {number}"))).unwrap()),
            }
        }
        drop(opened.journal.resume());
        let records: Vec<_> = opened
            .journal
            .seqs()
            .map(|seq| opened.journal.read(seq).unwrap().receipt())
            .collect();
        let backup = back_up(&folders(), &fs, clock.now().wall, 14, &mut unwatched).unwrap();
        prop_assert_eq!(&backup.seal, &opened.journal.seal());
        // Opened as a journal of its own.
        let other = FaultyFs::new();
        other.create_folder(std::path::Path::new("/h/data")).unwrap();
        other.put(LINES, &fs.content(&backup.path).unwrap());
        let mut found = Vec::new();
        let mut each = |record: &impulse_audit::journal::Record, _| {
            found.push(record.receipt());
            ControlFlow::Continue(())
        };
        let clock = Arc::new(clock);
        impulse_audit::journal::Journal::open(&folders(), Arc::new(other), clock, &mut each).unwrap();
        prop_assert_eq!(&found[..records.len()], &records[..]);
    }
}
