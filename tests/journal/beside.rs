//! Two copies at once, step by step: whoever reads beside a restore sees the journal before it
//! or after it, never a loss that is none; a backup made beside a copy that writes holds a whole
//! beginning of the journal.

use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use crate::support::between::Between;
use crate::support::{HEAD, LINES, SECOND, folders, note, open_at, open_with, sample};
use impulse_audit::journal::{
    Access, Backup, BackupError, Clock as _, Fault, FaultyFs, FileSystem, Finding, HandClock,
    Journal, OpenError, Progress, RestoreError, back_up, backups, lines, preview_backup, read,
    restore, unwatched, verify,
};

/// A journal in one file or in two, and a backup that has fewer events than the journal, or more.
struct Case {
    fs: FaultyFs,
    clock: HandClock,
    backup: PathBuf,
    /// How many events there are before the backup is restored, and after it.
    counts: [u64; 2],
}

fn case(files: u32, longer: bool) -> Case {
    let (fs, _) = sample(3);
    let clock = HandClock::new();
    clock.advance(Duration::from_hours(1));
    let whole = (fs.content(LINES).unwrap(), fs.content(HEAD).unwrap());
    let mut opened = open_with(&fs, &clock).unwrap().journal;
    opened.append(&note("four")).unwrap();
    if files == 2 {
        fs.fail_after(0, Fault::Error(io::ErrorKind::Other));
        opened.append(&note("in the way")).unwrap_err();
        opened.resume().unwrap();
        opened.append(&note("in the second file")).unwrap();
        assert!(fs.content(SECOND).is_some());
    }
    drop(opened);
    let backup = back_up(&folders(), &fs, clock.now().wall, 14, &mut unwatched).unwrap();
    let mut before = backup.count;
    if longer {
        // An older copy of the lines and of the head was put back.
        fs.delete(SECOND);
        fs.put(LINES, &whole.0);
        fs.put(HEAD, &whole.1);
        before = 4;
    } else {
        let mut opened = open_with(&fs, &clock).unwrap().journal;
        for _ in 0..3 {
            opened.append(&note("after the backup")).unwrap();
        }
        before += 3;
    }
    Case {
        fs: fs.copy(),
        clock,
        backup: backup.path,
        // And `journal.restored`.
        counts: [before, backup.count + 1],
    }
}

fn cases() -> impl Iterator<Item = Case> {
    [(1, false), (2, false), (1, true), (2, true)]
        .into_iter()
        .map(|(files, longer)| case(files, longer))
}

/// Whether nobody has the journal's lock.
fn is_free(fs: &dyn FileSystem) -> bool {
    let lock = fs.open(Path::new("/h/data/journal.lock"), Access::Read);
    lock.is_ok_and(|mut lock| lock.try_lock().unwrap())
}

fn put_back(fs: &Arc<dyn FileSystem>, case: &Case) {
    restore(&folders(), fs, &case.clock, &case.backup, &mut |_| {}).unwrap();
}

/// What each way to read without the lock answers: the number of events, where it says nothing
/// against the journal. `None`: a restore is under way.
fn seen(fs: &Arc<dyn FileSystem>, what: &str) -> Vec<Option<u64>> {
    let under_way = |error: &OpenError| match error {
        OpenError::RestoreUnderWay { .. } => None,
        other => panic!("{what}: {other}"),
    };
    let sound = |findings: &[Finding]| {
        let only = |finding: &Finding| matches!(finding, Finding::AnotherWrites);
        assert!(findings.iter().all(only), "{what}: {findings:?}");
    };
    let mut all = Vec::new();
    let clock = Arc::new(HandClock::new());
    all.push(match open_at(Arc::clone(fs), clock, &folders()) {
        Ok(opened) => {
            sound(&opened.opening.findings);
            assert_eq!(opened.records.len() as u64, opened.opening.count, "{what}");
            Some(opened.opening.count)
        }
        Err(error) => under_way(&error),
    });
    let mut each = |_: &_, _| ControlFlow::Continue(());
    all.push(
        match read(&folders(), fs.as_ref(), &HandClock::new(), &mut each) {
            Ok(passage) => {
                sound(&passage.findings);
                Some(passage.count)
            }
            Err(error) => under_way(&error),
        },
    );
    let verdict = verify(
        &folders(),
        fs.as_ref(),
        &HandClock::new(),
        None,
        &mut unwatched,
    );
    all.push(match verdict {
        Ok(verdict) => {
            sound(&verdict.findings);
            Some(verdict.count)
        }
        Err(error) => under_way(&error),
    });
    let mut count = 0;
    let written = lines(&folders(), fs.as_ref(), &mut |_| {
        count += 1;
        Ok(())
    });
    all.push(match written {
        Ok(bad) => {
            assert_eq!(bad.unwrap().bad, 0, "{what}");
            Some(count)
        }
        Err(error) => under_way(&error),
    });
    all
}

/// A second copy that opens between any two steps of a restore sees all that was there, all that
/// is there now, or is told that a restore is under way.
#[test]
fn between_two_steps_of_a_restore_nothing_is_taken_for_lost() {
    let (mut told, mut looks) = (0, 0);
    for case in cases() {
        let fs = case.fs.copy();
        let raw: Arc<dyn FileSystem> = Arc::new(fs.clone());
        let answers = Arc::new(Mutex::new(Vec::new()));
        let taken = Arc::clone(&answers);
        let door = Between::new(&fs, move |call| {
            // Before the restore has the lock there is nothing that only it may do.
            if !is_free(raw.as_ref()) {
                taken
                    .lock()
                    .unwrap()
                    .push(seen(&raw, &format!("before call {call}")));
            }
        });
        let door: Arc<dyn FileSystem> = Arc::new(door);
        put_back(&door, &case);
        let answers = answers.lock().unwrap();
        for answer in answers.iter().flatten() {
            looks += 1;
            match answer {
                Some(count) => assert!(case.counts.contains(count), "{count}: {:?}", case.counts),
                None => told += 1,
            }
        }
    }
    assert!(told > 40, "{told}");
    println!("{looks} looks between two steps of a restore, {told} told that it is under way");
}

/// The same the other way around: a whole restore between any two steps of one who reads.
#[test]
fn a_restore_between_two_steps_of_a_reader_is_not_taken_for_a_loss() {
    let mut runs = 0;
    for case in cases() {
        for way in 0..3 {
            let mut call = 0;
            loop {
                let fs = case.fs.copy();
                let Some(count) = reading_meanwhile(&fs, &case, way, call) else {
                    break;
                };
                runs += 1;
                assert!(case.counts.contains(&count), "{count}: {:?}", case.counts);
                call += 1;
            }
        }
    }
    println!("{runs} restores between two steps of a reader");
}

/// Reads in one of three ways while a backup is restored before this call; `None` once there are
/// no so many calls.
fn reading_meanwhile(fs: &FaultyFs, case: &Case, way: u32, call: u64) -> Option<u64> {
    let raw: Arc<dyn FileSystem> = Arc::new(fs.clone());
    let (clock, backup) = (case.clock.clone(), case.backup.clone());
    let door = Between::new(fs, move |at| {
        if at == call {
            restore(&folders(), &raw, &clock, &backup, &mut |_| {}).unwrap();
        }
    });
    let what = format!("way {way}, call {call}");
    let mut count = 0;
    let answer = match way {
        0 => read(&folders(), &door, &HandClock::new(), &mut |_, _| {
            count += 1;
            ControlFlow::Continue(())
        })
        .map(|passage| {
            assert!(
                passage.findings.is_empty(),
                "{what}: {:?}",
                passage.findings
            );
            assert_eq!(passage.count, count, "{what}");
        }),
        1 => verify(&folders(), &door, &HandClock::new(), None, &mut unwatched).map(|verdict| {
            assert!(verdict.is_sound(), "{what}: {:?}", verdict.findings);
            count = verdict.count;
        }),
        _ => lines(&folders(), &door, &mut |_| {
            count += 1;
            Ok(())
        })
        .map(|bad| assert_eq!(bad.unwrap().bad, 0, "{what}")),
    };
    answer.unwrap_or_else(|error| panic!("{what}: {error}"));
    (door.calls() > call).then_some(count)
}

/// What is appended between any two steps of a backup is not in it, or all of it is up to some
/// place: it ends with an event that was acknowledged, and with the code in its name.
#[test]
fn a_backup_made_while_lines_are_appended_is_a_whole_beginning_of_them() {
    let mut runs = 0;
    for every in [1, 2, 3, 7, 1_000] {
        for first in 0..40 {
            let (fs, _) = sample(5);
            let clock = HandClock::new();
            let journal = Arc::new(Mutex::new(open_with(&fs, &clock).unwrap().journal));
            let begun = journal.lock().unwrap().count();
            let (writer, disk) = (Arc::clone(&journal), fs.clone());
            let door = Between::new(&fs, move |call| {
                if call >= first && (call - first) % every == 0 {
                    append(&mut writer.lock().unwrap(), &disk, call);
                }
            });
            let made = back_up(&folders(), &door, clock.now().wall, 14, &mut unwatched).unwrap();
            let journal = journal.lock().unwrap();
            is_a_beginning(&fs, &made, &journal);
            assert!(made.count >= begun, "{} < {begun}", made.count);
            runs += 1;
        }
    }
    println!("{runs} backups beside a copy that writes: each a whole beginning");
}

/// Appends; now and then its disk fails, and it goes on in the next file.
fn append(journal: &mut Journal, fs: &FaultyFs, call: u64) {
    if call % 5 == 4 {
        fs.fail_after(call % 3, Fault::Error(io::ErrorKind::Other));
        drop(journal.append(&note("perhaps")));
        fs.heal();
        journal.resume().unwrap();
    }
    journal.append(&note("meanwhile")).unwrap();
}

fn is_a_beginning(fs: &FaultyFs, made: &Backup, journal: &Journal) {
    let named = backups(&folders(), fs).unwrap();
    assert!(
        named
            .iter()
            .any(|file| file.path == made.path && file.seal == made.seal)
    );
    let seen = preview_backup(&folders(), fs, &made.path, &mut unwatched).unwrap();
    assert_eq!((seen.count, &seen.seal), (made.count, &made.seal));
    assert_eq!((seen.bad_lines, made.bad_lines), (0, 0));
    let last = journal.read(made.count - 1).unwrap();
    let code = impulse_audit::journal::seal_code(made.count, last.hash());
    assert_eq!(code, made.seal);
    assert_eq!(
        seen.missing.map_or(0, |missing| missing.events),
        journal.count() - made.count
    );
    // Byte for byte what stands in the journal's files, with nothing between.
    let copy = fs.content(&made.path).unwrap();
    assert!(copy.ends_with(b"\n"));
    let lines = copy
        .split(|byte| *byte == b'\n')
        .filter(|line| !line.is_empty());
    assert_eq!(lines.count() as u64, made.count);
}

/// It can be given up at any of its steps: nothing is left but what was there, and its lock.
#[test]
fn a_backup_that_is_given_up_leaves_nothing() {
    let (fs, _) = sample(5);
    let clock = HandClock::new();
    let first = back_up(&folders(), &fs, clock.now().wall, 14, &mut unwatched).unwrap();
    open_with(&fs, &clock)
        .unwrap()
        .journal
        .append(&note("on"))
        .unwrap();
    clock.advance(Duration::from_hours(24));
    let mut steps = 0;
    loop {
        let mut left = steps;
        let mut told: Vec<Progress> = Vec::new();
        let made = back_up(&folders(), &fs, clock.now().wall, 14, &mut |progress| {
            told.push(progress);
            if left == 0 {
                return ControlFlow::Break(());
            }
            left -= 1;
            ControlFlow::Continue(())
        });
        assert!(told.is_sorted_by_key(|progress| progress.bytes), "{told:?}");
        if let Ok(made) = made {
            assert!(!made.already);
            assert_eq!(told.last().map(|it| it.percent()), Some(100), "{told:?}");
            break;
        }
        assert!(matches!(made, Err(BackupError::Cancelled)), "{made:?}");
        let there = backups(&folders(), &fs).unwrap();
        assert_eq!(there.len(), 1);
        assert_eq!(there[0].path, first.path);
        assert_eq!(fs.content("/h/data/backups/backup.new"), None);
        steps += 1;
    }
    // Once for the copy, once for each of its events as it is read back.
    assert_eq!(steps, 1 + 7);
    // And so does looking at one.
    let before = fs.files();
    let looked = preview_backup(
        &folders(),
        &fs,
        &first.path,
        &mut |_| ControlFlow::Break(()),
    );
    assert!(matches!(looked, Err(RestoreError::Cancelled)), "{looked:?}");
    let again = back_up(&folders(), &fs, clock.now().wall, 14, &mut |_| {
        ControlFlow::Break(())
    });
    assert!(matches!(again, Err(BackupError::Cancelled)), "{again:?}");
    assert_eq!(fs.files(), before);
}

#[test]
fn a_restore_says_how_far_it_is_from_its_beginning_to_its_end() {
    let case = case(2, false);
    let fs: Arc<dyn FileSystem> = Arc::new(case.fs.copy());
    let mut told: Vec<Progress> = Vec::new();
    restore(
        &folders(),
        &fs,
        &case.clock,
        &case.backup,
        &mut |progress| told.push(progress),
    )
    .unwrap();
    assert!(told.is_sorted_by_key(|progress| progress.bytes), "{told:?}");
    let bytes = |path: &Path| case.fs.content(path).unwrap().len() as u64;
    let journal = bytes(Path::new(LINES)) + bytes(Path::new(SECOND));
    let last = told.last().unwrap();
    // The backup is read, copied and read back, and the journal is read. The bytes that a fault
    // left in its first file do not count.
    assert!(last.of <= 3 * bytes(&case.backup) + journal, "{last:?}");
    assert_eq!(last.percent(), 100);
}
