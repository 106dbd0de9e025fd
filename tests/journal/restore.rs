//! Restoring never overwrites: whatever fails and wherever the power goes, the old journal or the
//! restored one is whole, the old lines are somewhere, and the locks hold.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use crate::support::{HEAD, LINES, SECOND, check, folders, note, open, open_with, picture, sample};
use impulse_audit::journal::{
    BadLineReason, Clock as _, Fault, FaultyFs, FileSystem, Finding, HandClock, HeadLock,
    OpenError, PowerCut, Receipt, RestoreError, Restored, back_up, preview_backup, restore,
    unwatched,
};
use proptest::prelude::*;
use serde_json::Value;
use uuid::Uuid;

fn lock() -> HeadLock {
    HeadLock {
        id: Uuid::from_u128(5),
        ends_at: None,
        text: "no cross".to_owned(),
    }
}

/// A journal with a backup of its first four events, and two more and a lock since.
struct Case {
    fs: FaultyFs,
    backup: PathBuf,
    /// Of the events that are in the backup.
    kept: Vec<Receipt>,
    /// Of all of them.
    all: Vec<Receipt>,
    clock: HandClock,
}

fn case() -> Case {
    let (fs, kept) = sample(3);
    let clock = HandClock::new();
    clock.advance(Duration::from_hours(1));
    let backup = back_up(&folders(), &fs, clock.now().wall, 14, &mut unwatched)
        .unwrap()
        .path;
    let mut opened = open_with(&fs, &clock).unwrap();
    let mut all = kept.clone();
    all.push(opened.journal.append(&note("four")).unwrap().receipt);
    clock.advance(Duration::from_hours(1));
    let armed = opened
        .journal
        .append_with_locks(&note("armed"), vec![lock()]);
    all.push(armed.unwrap().receipt);
    drop(opened);
    Case {
        fs: fs.copy(),
        backup,
        kept,
        all,
        clock,
    }
}

fn put_back(fs: &FaultyFs, clock: &HandClock, file: &Path) -> Result<Restored, RestoreError> {
    let fs: Arc<dyn FileSystem> = Arc::new(fs.clone());
    restore(&folders(), &fs, clock, file, &mut |_| {})
}

/// The bytes of every file of this name, wherever it lies now.
fn copies_of(fs: &FaultyFs, name: &str) -> Vec<Vec<u8>> {
    let files = fs.files().into_iter();
    files
        .filter(|path| path.file_name().is_some_and(|it| it == name))
        .map(|path| fs.content(path).unwrap())
        .collect()
}

#[test]
fn a_restored_journal_is_sound_and_the_old_one_lies_beside_it() {
    let Case {
        fs,
        backup,
        kept,
        all,
        clock,
    } = case();
    let (old, old_head) = (fs.content(LINES).unwrap(), fs.content(HEAD).unwrap());
    clock.advance(Duration::from_hours(1));
    let restored = put_back(&fs, &clock, &backup).unwrap();
    assert_eq!(restored.count, 5, "four events and journal.restored");
    assert_eq!(restored.at, clock.now().wall);
    assert_eq!(restored.locks, [lock()]);
    let missing = restored.missing.unwrap();
    assert_eq!(missing.events, 2);
    assert_eq!((missing.first, missing.last), (all[4].at(), all[5].at()));
    let aside = restored.aside.unwrap();
    // The hand clock's start and three hours.
    assert_eq!(aside, Path::new("/h/data/replaced-20260301T173000Z-01"));
    assert_eq!(fs.content(aside.join("journal-0001.jsonl")).unwrap(), old);
    assert_eq!(fs.content(aside.join("head")).unwrap(), old_head);

    let verdict = check(&fs).unwrap();
    assert!(verdict.is_sound(), "{:?}", verdict.findings);
    assert_eq!(verdict.seal(), restored.seal);
    let opened = open_with(&fs, &clock).unwrap();
    assert!(opened.opening.is_sound(), "{:?}", opened.opening);
    assert_eq!(opened.opening.locks, [lock()]);
    assert!(kept.iter().all(|receipt| opened.has(receipt)));
    assert!(!opened.has(&all[4]) && !opened.has(&all[5]));
    let last = opened.records.last().unwrap();
    assert_eq!(last.kind, "journal.restored");
    let data: Value = serde_json::from_str(last.data.get()).unwrap();
    assert_eq!(data["was"]["count"], 6);
    assert_eq!(data["was"]["hash"], all[5].hash().to_string());
    assert_eq!(data["is"]["count"], 4);
    assert_eq!(data["is"]["hash"], kept[3].hash().to_string());
    assert_eq!(data["missing"]["events"], 2);
    assert_eq!(data["aside"], "replaced-20260301T173000Z-01");
    assert_eq!(data["locks"][0]["text"], "no cross");
    assert_eq!(data["locks"].as_array().unwrap().len(), 1);
    assert_eq!(data.get("unlisted"), None);
}

#[test]
fn looking_says_what_would_be_missing_and_writes_nothing() {
    let Case {
        fs,
        backup,
        kept,
        all,
        ..
    } = case();
    let before = picture(&fs);
    fs.refuse_from_now(io::ErrorKind::ReadOnlyFilesystem);
    let seen = preview_backup(&folders(), &fs, &backup, &mut unwatched).unwrap();
    fs.heal();
    assert_eq!(picture(&fs), before);
    assert_eq!(
        (seen.count, seen.is_sound(), seen.other_journal),
        (4, true, false)
    );
    assert_eq!((seen.first, seen.last), (kept[0].at(), kept[3].at()));
    let missing = seen.missing.unwrap();
    assert_eq!((missing.events, missing.first), (2, all[4].at()));
    // Its own newest backup lacks nothing.
    let newest = back_up(&folders(), &fs, all[5].at(), 14, &mut unwatched).unwrap();
    let seen = preview_backup(&folders(), &fs, &newest.path, &mut unwatched).unwrap();
    assert_eq!((seen.missing, seen.seal), (None, newest.seal));
}

#[test]
fn it_can_be_restored_again_and_back() {
    let Case {
        fs,
        backup,
        all,
        clock,
        ..
    } = case();
    let newest = back_up(&folders(), &fs, clock.now().wall, 14, &mut unwatched).unwrap();
    put_back(&fs, &clock, &backup).unwrap();
    let back = put_back(&fs, &clock, &newest.path).unwrap();
    assert_eq!(back.missing.unwrap().events, 1, "journal.restored itself");
    assert_eq!(back.locks, [lock()]);
    let opened = open_with(&fs, &clock).unwrap();
    assert!(opened.opening.is_sound());
    assert!(all.iter().all(|receipt| opened.has(receipt)));
    assert_eq!(copies_of(&fs, "journal-0001.jsonl").len(), 3);
}

#[test]
fn a_copy_that_writes_is_not_disturbed() {
    let Case {
        fs, backup, clock, ..
    } = case();
    let mut opened = open_with(&fs, &clock).unwrap();
    let before = picture(&fs);
    let refused = put_back(&fs, &clock, &backup).unwrap_err();
    assert!(matches!(refused, RestoreError::AnotherWrites), "{refused}");
    assert_eq!(picture(&fs), before);
    opened.journal.append(&note("on")).unwrap();
}

#[test]
fn a_copy_that_only_reads_is_told_that_another_journal_lies_there() {
    use std::ops::ControlFlow;
    for more in [0, 5] {
        let Case {
            fs, backup, clock, ..
        } = case();
        let first = open_with(&fs, &clock).unwrap();
        let mut second = open_with(&fs, &clock).unwrap();
        let mut each = |_: &_, _| ControlFlow::Continue(());
        assert_eq!(second.journal.follow(&mut each).unwrap(), 0);
        drop(first);
        put_back(&fs, &clock, &backup).unwrap();
        // Also when it has grown beyond what was read.
        let mut first = open_with(&fs, &clock).unwrap();
        for _ in 0..more {
            first.journal.append(&note("on")).unwrap();
        }
        let told = second.journal.follow(&mut each).unwrap_err();
        assert!(matches!(told, OpenError::Replaced), "{told}");
    }
}

#[test]
fn what_is_no_whole_backup_of_this_journal_is_refused_and_nothing_changes() {
    let Case {
        fs, backup, clock, ..
    } = case();
    let good = fs.content(&backup).unwrap();
    let (other, _) = sample(3);
    let mut torn = good.clone();
    torn.truncate(good.len() - 40);
    fs.put("/h/other", &other.content(LINES).unwrap());
    fs.put("/h/torn", &torn);
    fs.put("/h/empty", b"");
    fs.put("/h/words", b"Not a journal at all\n");
    let from_second_line = good.iter().position(|b| *b == b'\n').unwrap() + 1;
    fs.put("/h/headless", &good[from_second_line..]);
    fs.put("/h/twice", &good);
    fs.set_facts("/h/twice", 1000, 0o600, 2);
    fs.put_link("/h/link");
    let before = picture(&fs);
    let refused = |file: &str| {
        let error = put_back(&fs, &clock, Path::new(file)).unwrap_err();
        assert_eq!(picture(&fs), before, "{file}");
        assert!(error.to_string().contains(file), "{error}");
        error
    };
    assert!(matches!(
        refused("/h/other"),
        RestoreError::OtherJournal { .. }
    ));
    assert!(matches!(
        refused("/h/nowhere"),
        RestoreError::Missing { .. }
    ));
    let RestoreError::NoBackup {
        line: 4,
        reason: BadLineReason::NotALine,
        ..
    } = refused("/h/torn")
    else {
        panic!("a torn file names its last line")
    };
    for file in ["/h/empty", "/h/words", "/h/headless"] {
        assert!(
            matches!(refused(file), RestoreError::NoBackup { line: 1, .. }),
            "{file}"
        );
    }
    assert!(refused("/h/link").to_string().contains("symbolic link"));
    assert!(
        refused("/h/twice")
            .to_string()
            .contains("more than one name")
    );
    // A stick belongs to whom it belongs: every line is checked.
    fs.put("/h/stick", &good);
    fs.set_facts("/h/stick", 0, 0o666, 1);
    put_back(&fs, &clock, Path::new("/h/stick")).unwrap();
}

#[test]
fn without_a_head_the_locks_are_not_known_and_the_journal_is_opened_first() {
    let Case {
        fs, backup, clock, ..
    } = case();
    fs.delete(HEAD);
    let before = picture(&fs);
    let refused = put_back(&fs, &clock, &backup).unwrap_err();
    assert!(matches!(refused, RestoreError::NoHead { .. }), "{refused}");
    assert_eq!(picture(&fs), before);
    drop(open_with(&fs, &clock).unwrap());
    put_back(&fs, &clock, &backup).unwrap();
}

#[test]
fn it_comes_to_a_new_machine_and_to_one_where_nothing_was_written_yet() {
    let Case {
        fs: old,
        backup,
        kept,
        clock,
        ..
    } = case();
    let lines = old.content(&backup).unwrap();
    for begun in [false, true] {
        let fs = FaultyFs::new();
        fs.create_folder(Path::new("/stick")).unwrap();
        if begun {
            drop(open_with(&fs, &clock).unwrap());
        }
        fs.put("/stick/backup.jsonl", &lines);
        let restored = put_back(&fs, &clock, Path::new("/stick/backup.jsonl")).unwrap();
        assert_eq!(restored.aside.is_some(), begun);
        let opened = open_with(&fs, &clock).unwrap();
        assert!(opened.opening.is_sound(), "{:?}", opened.opening);
        assert!(kept.iter().all(|receipt| opened.has(receipt)));
    }
}

#[test]
fn after_a_loss_and_after_going_on_without_it_the_backup_still_fits() {
    for accepted in [false, true] {
        let Case {
            fs,
            backup,
            kept,
            clock,
            ..
        } = case();
        fs.delete(LINES);
        let mut opened = open_with(&fs, &clock).unwrap();
        if accepted {
            opened.journal.accept_loss().unwrap();
            opened.journal.append(&note("of the new journal")).unwrap();
        }
        drop(opened);
        let restored = put_back(&fs, &clock, &backup).unwrap();
        assert_eq!(restored.locks, [lock()]);
        let opened = open_with(&fs, &clock).unwrap();
        assert!(opened.opening.is_sound(), "{:?}", opened.opening);
        assert!(kept.iter().all(|receipt| opened.has(receipt)));
        assert_eq!(opened.opening.locks, [lock()]);
    }
}

#[test]
fn damage_within_a_backup_is_told_and_stays_told() {
    let Case {
        fs,
        backup,
        kept,
        clock,
        ..
    } = case();
    let text = String::from_utf8(fs.content(&backup).unwrap()).unwrap();
    fs.put(&backup, text.replacen("note 1", "nota 1", 1).as_bytes());
    let seen = preview_backup(&folders(), &fs, &backup, &mut unwatched).unwrap();
    assert_eq!(seen.first_bad, Some((3, BadLineReason::Changed)));
    assert_eq!(seen.missing.unwrap().events, 3);
    put_back(&fs, &clock, &backup).unwrap();
    let opened = open_with(&fs, &clock).unwrap();
    assert!(matches!(
        opened.opening.findings[..],
        [Finding::Damaged { lines: 1, .. }]
    ));
    assert!(opened.has(&kept[1]) && !opened.has(&kept[2]) && opened.has(&kept[3]));
    assert_eq!(opened.opening.locks, [lock()]);
    assert!(fs.content(SECOND).is_some());
}

#[test]
fn a_clock_set_back_before_restoring_is_noticed_by_the_next_opening() {
    let Case {
        fs,
        backup,
        all,
        clock,
        ..
    } = case();
    clock.reboot();
    clock.advance_wall(chrono::TimeDelta::days(-9));
    let restored = put_back(&fs, &clock, &backup).unwrap();
    assert_eq!(restored.at, all[5].at(), "never before the last event");
    let opened = open_with(&fs, &clock).unwrap();
    assert_eq!(opened.kinds().last(), Some(&"clock.rollback"));
}

const CUTS: [PowerCut; 6] = [
    PowerCut::Lost,
    PowerCut::Kept,
    PowerCut::Prefix(0),
    PowerCut::Prefix(200),
    PowerCut::Zeroed,
    PowerCut::Holed(0x5555_5555_5555_5555),
];

/// One of the two is whole and can be written; nothing of the old one is gone; the locks hold.
/// Answers whether it is the restored one.
fn one_is_whole(case: &Case, old: &[(PathBuf, Vec<u8>)], fs: &FaultyFs, what: &str) -> bool {
    let opened = open_with(fs, &case.clock).unwrap_or_else(|error| panic!("{what}: {error}"));
    assert!(opened.opening.is_sound(), "{what}: {:?}", opened.opening);
    assert!(opened.journal.is_writable(), "{what}");
    assert_eq!(opened.opening.locks, [lock()], "{what}");
    let restored = opened.kinds().contains(&"journal.restored");
    let whole = if restored { &case.kept } else { &case.all };
    assert!(whole.iter().all(|receipt| opened.has(receipt)), "{what}");
    assert_eq!(
        opened.records.len(),
        whole.len() + usize::from(restored),
        "{what}"
    );
    drop(opened);
    assert!(check(fs).unwrap().is_sound(), "{what}");
    for (path, bytes) in old.iter().filter(|(path, _)| path.extension().is_some()) {
        let name = path.file_name().unwrap().to_str().unwrap();
        assert!(
            copies_of(fs, name).contains(bytes),
            "{what}: {name} is gone"
        );
    }
    restored
}

/// The same journal, over two files.
fn in_two_files(mut case: Case) -> Case {
    let mut opened = open_with(&case.fs, &case.clock).unwrap();
    case.fs.fail_after(1, Fault::Error(io::ErrorKind::Other));
    let entry = note("five");
    opened.journal.append(&entry).unwrap_err();
    let own = opened.journal.resume().unwrap();
    case.all
        .extend(own.iter().map(impulse_audit::journal::Record::receipt));
    case.all
        .push(opened.journal.append(&entry).unwrap().receipt);
    drop(opened);
    case.fs = case.fs.copy();
    case
}

#[test]
fn wherever_it_stops_one_of_the_two_is_whole() {
    let case = in_two_files(case());
    let old = picture(&case.fs);
    let smooth = case.fs.copy();
    put_back(&smooth, &case.clock, &case.backup).unwrap();
    let (mut images, mut forward) = (0, 0);
    for call in 0..smooth.calls() {
        let fs = case.fs.copy();
        fs.fail_after(call, Fault::Off);
        let result = put_back(&fs, &case.clock, &case.backup);
        for cut in CUTS {
            let left = fs.after_power_cut(cut);
            let what = format!("power off at call {call} of {}, {cut:?}", smooth.calls());
            let restored = one_is_whole(&case, &old, &left, &what);
            assert!(
                restored || result.is_err(),
                "{what}: said to be restored, and is not"
            );
            forward += u32::from(restored);
            images += 1;
        }
    }
    assert!(
        forward > 50 && forward < images - 50,
        "{forward} of {images}"
    );
    println!("{images} power-cut images while restoring, {forward} of them restored: one is whole");
}

/// Everything in the journal's folders, by name, with its bytes.
fn everything(fs: &FaultyFs) -> (Vec<String>, Vec<(PathBuf, Vec<u8>)>) {
    let mut names = Vec::new();
    for folder in [folders().data, folders().head, folders().backups()] {
        names.extend(fs.names(&folder).unwrap());
    }
    names.retain(|name| name != "journal.lock" && name != "reserve.bin");
    names.sort();
    (names, picture(fs))
}

#[test]
fn a_restore_that_fails_leaves_nothing_behind() {
    let case = in_two_files(case());
    let before = everything(&case.fs);
    let smooth = case.fs.copy();
    put_back(&smooth, &case.clock, &case.backup).unwrap();
    let (mut failed, mut under_way) = (0, 0);
    for call in 0..smooth.calls() {
        let fs = case.fs.copy();
        fs.fail_after(call, Fault::Error(io::ErrorKind::StorageFull));
        if put_back(&fs, &case.clock, &case.backup).is_ok() {
            continue;
        }
        failed += 1;
        if fs.content("/h/data/restoring.json").is_some() {
            // Its plan stands: the next opening finishes it.
            under_way += 1;
            continue;
        }
        let after = everything(&fs);
        if after.0.iter().any(|name| name.starts_with("replaced-")) {
            // All was done but for the last save of a name.
            assert!(call >= smooth.calls() - 2, "call {call}");
            assert!(check(&fs).unwrap().is_sound());
            continue;
        }
        assert_eq!(after.0, before.0, "call {call}");
        assert_eq!(after.1, before.1, "call {call}");
    }
    assert!(
        failed > under_way + 30 && under_way > 10,
        "{failed} {under_way}"
    );
}

#[test]
fn whichever_call_fails_one_of_the_two_is_whole_and_it_can_be_tried_again() {
    let case = in_two_files(case());
    let old = picture(&case.fs);
    let smooth = case.fs.copy();
    put_back(&smooth, &case.clock, &case.backup).unwrap();
    let (mut faults, mut told) = (0, 0);
    for fault in [
        Fault::Error(io::ErrorKind::Other),
        Fault::Error(io::ErrorKind::StorageFull),
        Fault::Short,
        Fault::Interrupted,
    ] {
        for call in 0..smooth.calls() {
            let fs = case.fs.copy();
            fs.fail_after(call, fault);
            let result = put_back(&fs, &case.clock, &case.backup);
            told += u32::from(result.is_err());
            let what = format!("{fault:?} at call {call}");
            for cut in [PowerCut::Lost, PowerCut::Kept] {
                let left = fs.after_power_cut(cut);
                let restored = one_is_whole(&case, &old, &left, &format!("{what}, {cut:?}"));
                assert!(restored || result.is_err(), "{what}");
            }
            fs.heal();
            put_back(&fs, &case.clock, &case.backup).unwrap();
            assert!(one_is_whole(&case, &old, &fs, &format!("{what}, again")));
            faults += 1;
        }
    }
    assert!(told > 100, "{told} of {faults}");
    println!("{faults} single faults while restoring, {told} told: one is whole");
}

#[test]
fn two_crashes_in_a_row_leave_one_whole_as_well() {
    let case = case();
    let old = picture(&case.fs);
    let smooth = case.fs.copy();
    put_back(&smooth, &case.clock, &case.backup).unwrap();
    let mut images = 0;
    for call in 0..smooth.calls() {
        let fs = case.fs.copy();
        fs.fail_after(call, Fault::Off);
        drop(put_back(&fs, &case.clock, &case.backup));
        let left = fs.after_power_cut(PowerCut::Lost);
        // The opening that would finish it is cut off as well.
        for second in (0..40).step_by(3) {
            let again = left.copy();
            again.fail_after(second, Fault::Off);
            drop(open_with(&again, &case.clock));
            for cut in [PowerCut::Lost, PowerCut::Kept] {
                let what = format!("off at {call}, then at {second} of the opening, {cut:?}");
                one_is_whole(&case, &old, &again.after_power_cut(cut), &what);
                images += 1;
            }
        }
    }
    println!("{images} images after two crashes while restoring: one is whole");
}

#[test]
fn verify_says_that_a_restore_is_unfinished_and_changes_nothing() {
    let case = case();
    let smooth = case.fs.copy();
    put_back(&smooth, &case.clock, &case.backup).unwrap();
    let mut seen = 0;
    for call in 0..smooth.calls() {
        let fs = case.fs.copy();
        fs.fail_after(call, Fault::Off);
        drop(put_back(&fs, &case.clock, &case.backup));
        let left = fs.copy();
        let before = picture(&left);
        let verdict = check(&left);
        assert_eq!(picture(&left), before);
        let unfinished = before
            .iter()
            .any(|(path, _)| path.ends_with("restoring.json"));
        let told = matches!(verdict, Err(OpenError::RestoreUnderWay { .. }));
        assert_eq!(told, unfinished, "call {call}");
        seen += usize::from(told);
    }
    assert!(seen > 5, "{seen}");
}

#[test]
fn a_plan_that_cannot_be_read_is_named_and_nothing_is_done() {
    let Case { fs, .. } = case();
    for bytes in [b"".as_slice(), b"{}\n", &[b'x'; 9000]] {
        fs.put("/h/data/restoring.json", bytes);
        let before = picture(&fs);
        let error = open(&fs).map(|_| ()).unwrap_err();
        assert!(error.to_string().contains("restoring.json"), "{error}");
        assert_eq!(picture(&fs), before);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn bytes_that_are_no_backup_are_refused_without_a_panic(
        bytes in prop::collection::vec(any::<u8>(), 0..3000),
    ) {
        let (fs, _) = sample(0);
        fs.put("/h/file", &bytes);
        let before = picture(&fs);
        prop_assert!(preview_backup(&folders(), &fs, Path::new("/h/file"), &mut unwatched).is_err());
        prop_assert!(put_back(&fs, &HandClock::new(), Path::new("/h/file")).is_err());
        prop_assert_eq!(picture(&fs), before);
    }
}
