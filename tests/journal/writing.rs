//! What the open journal does when the disk fails it, when the clock moves, and when it is asked
//! for what it cannot write.

use std::io;
use std::time::Duration;

use crate::support::{LINES, SECOND, check, note, open, open_with, sample};
use chrono::TimeDelta;
use impulse_audit::journal::{
    AppendError, Clock as _, Fault, FaultyFs, Finding, HandClock, HeadLock, PowerCut, ReadError,
    Record,
};
use uuid::Uuid;

/// What an append asks of the disk, and the place of its write to the head.
const CALLS: u64 = 13;
const HEAD_CALL: u64 = 8;

fn lines_of(fs: &FaultyFs) -> Vec<String> {
    let text = String::from_utf8(fs.content(LINES).unwrap()).unwrap();
    text.split_inclusive('\n').map(str::to_owned).collect()
}

fn kinds(records: &[Record]) -> Vec<&str> {
    records.iter().map(|record| record.kind.as_str()).collect()
}

#[test]
fn a_failed_save_stops_writing_and_resuming_goes_on_in_the_next_file() {
    let (fs, receipts) = sample(1);
    let mut opened = open(&fs).unwrap();
    // An append looks whether lock, head and lines are in their places, writes the line, saves it,
    // looks again, writes the head, saves it, and looks once more.
    for call in 0..CALLS {
        let entry = note(&format!("in the way of call {call}"));
        fs.fail_after(call, Fault::Error(io::ErrorKind::Other));
        let error = opened.journal.append(&entry).unwrap_err();
        assert!(matches!(error, AppendError::NotSaved(_)), "{error}");
        assert!(
            error.to_string().starts_with("not saved: could not"),
            "{error}"
        );
        assert!(matches!(
            opened.journal.append(&entry),
            Err(AppendError::Stopped(_))
        ));
        assert!(opened.journal.fault().is_some());
        let own = opened.journal.resume().unwrap();
        assert_eq!(kinds(&own), ["journal.continued"]);
        let receipt = opened.journal.append(&entry).unwrap().receipt;
        assert_eq!(receipt.seq(), 3 + 2 * call);
        // What was saved survives the loss of everything that was not.
        let left = open(&fs.after_power_cut(PowerCut::Lost)).unwrap();
        assert!(
            receipts
                .iter()
                .chain([&receipt])
                .all(|receipt| left.has(receipt))
        );
    }
    drop(opened);
    let again = open(&fs).unwrap();
    assert!(again.opening.is_sound(), "{:?}", again.opening);
    assert_eq!(again.opening.count, 2 + 2 * CALLS);
    assert_eq!(
        kinds(&again.records)
            .iter()
            .filter(|kind| **kind == "note.sample")
            .count() as u64,
        1 + CALLS
    );
}

#[test]
fn a_disk_that_refuses_keeps_refusing_until_it_heals() {
    let (fs, _) = sample(1);
    let mut opened = open(&fs).unwrap();
    fs.refuse_from_now(io::ErrorKind::ReadOnlyFilesystem);
    let entry = note("typed");
    assert!(opened.journal.append(&entry).is_err());
    for _ in 0..3 {
        assert!(opened.journal.resume().is_err());
        assert!(opened.journal.append(&entry).is_err());
    }
    fs.heal();
    opened.journal.resume().unwrap();
    opened.journal.append(&entry).unwrap();
    drop(opened);
    assert!(check(&fs).unwrap().is_sound());
}

#[test]
fn a_journal_that_cannot_be_written_can_still_be_read() {
    let (fs, receipts) = sample(2);
    fs.refuse_from_now(io::ErrorKind::ReadOnlyFilesystem);
    let mut opened = open(&fs).unwrap();
    assert!(matches!(
        opened.opening.findings[..],
        [Finding::CannotWrite(_)]
    ));
    assert!(receipts.iter().all(|receipt| opened.has(receipt)));
    assert!(opened.journal.append(&note("x")).is_err());
    fs.heal();
    opened.journal.resume().unwrap();
    opened.journal.append(&note("x")).unwrap();
}

#[test]
fn on_a_full_disk_the_space_kept_aside_lets_an_outcome_still_be_written() {
    let (fs, _) = sample(1);
    let mut opened = open(&fs).unwrap();
    let used: usize = fs
        .files()
        .iter()
        .map(|path| fs.content(path).unwrap().len())
        .sum();
    fs.limit_space(used as u64 + 100);
    let entry = note("the outcome");
    assert!(opened.journal.append(&entry).is_err());
    assert!(fs.content("/h/data/reserve.bin").is_some());
    opened.journal.resume().unwrap();
    let receipt = opened.journal.append(&entry).unwrap().receipt;
    assert!(fs.content("/h/data/reserve.bin").is_none());
    drop(opened);
    let again = open(&fs).unwrap();
    assert!(
        matches!(again.opening.findings[..], [Finding::NoReserve]),
        "{:?}",
        again.opening
    );
    assert!(again.has(&receipt));
}

#[test]
fn the_same_entry_is_one_event_also_after_a_restart_and_a_failed_save() {
    let (fs, _) = sample(0);
    let entry = note("once");
    let mut opened = open(&fs).unwrap();
    // The line reaches the disk, the head does not: not acknowledged, but there.
    fs.fail_after(HEAD_CALL, Fault::Error(io::ErrorKind::Other));
    assert!(opened.journal.append(&entry).is_err());
    drop(opened);
    let mut opened = open(&fs).unwrap();
    let appended = opened.journal.append(&entry).unwrap();
    assert!(appended.already);
    assert_eq!(appended.receipt.id(), entry.id());
    assert_eq!(
        opened.journal.append(&entry).unwrap().receipt,
        appended.receipt
    );
    assert_eq!(opened.journal.count(), 2);
    assert_eq!(opened.journal.read(1).unwrap().receipt(), appended.receipt);
}

#[test]
fn a_line_that_would_be_too_long_is_refused_and_stops_nothing() {
    let (fs, _) = sample(0);
    let mut opened = open(&fs).unwrap();
    let long = note(&"x".repeat(1 << 20));
    assert!(matches!(
        opened.journal.append(&long),
        Err(AppendError::TooLong { .. })
    ));
    // Ten bytes on the line for each of these.
    let wide = note(&"\u{202e}".repeat(1 << 18));
    assert!(matches!(
        opened.journal.append(&wide),
        Err(AppendError::TooLong { .. })
    ));
    let just = note(&"x".repeat((1 << 20) - 500));
    opened.journal.append(&just).unwrap();
    assert_eq!(
        opened.journal.read(1).unwrap().data.get(),
        just.data().get()
    );
    drop(opened);
    assert!(open(&fs).unwrap().opening.is_sound());
}

#[test]
fn an_event_that_changed_on_disk_is_not_read_as_if_it_had_not() {
    let (fs, _) = sample(2);
    let opened = open(&fs).unwrap();
    let text = lines_of(&fs).concat().replacen("note 0", "note 7", 1);
    fs.put(LINES, text.as_bytes());
    assert!(matches!(
        opened.journal.read(1),
        Err(ReadError::Changed { seq: 1, .. })
    ));
    assert!(matches!(
        opened.journal.read(9),
        Err(ReadError::Missing { seq: 9 })
    ));
    assert!(opened.journal.read(2).is_ok());
}

#[test]
fn a_moved_clock_is_logged_before_the_event_and_time_goes_on() {
    let fs = FaultyFs::new();
    let clock = HandClock::new();
    let mut opened = open_with(&fs, &clock).unwrap();
    clock.advance(Duration::from_mins(1));
    clock.advance_wall(TimeDelta::days(30));
    let appended = opened.journal.append(&note("after the jump")).unwrap();
    assert_eq!(kinds(&appended.before), ["clock.jump"]);
    let expected = opened.records[0].at + TimeDelta::seconds(60);
    assert_eq!(appended.receipt.at(), expected);
    assert_eq!(opened.journal.now().wall, expected);
    clock.advance_wall(TimeDelta::days(-31));
    assert_eq!(
        kinds(&opened.journal.check_clock().unwrap()),
        ["clock.rollback"]
    );
    assert!(opened.journal.check_clock().unwrap().is_empty());
    drop(opened);
    // A restart in the same boot tells nothing twice; a reboot with the clock still
    // a day behind tells it once more.
    assert_eq!(kinds(&open_with(&fs, &clock).unwrap().records).len(), 4);
    clock.reboot();
    let opened = open_with(&fs, &clock).unwrap();
    assert_eq!(opened.kinds().last(), Some(&"clock.rollback"));
    let times: Vec<_> = opened.records.iter().map(|record| record.at).collect();
    assert!(times.is_sorted());
}

#[test]
fn now_is_never_earlier_than_the_head_even_when_the_lines_are_gone() {
    let (fs, receipts) = sample(2);
    fs.delete(LINES);
    let clock = HandClock::new();
    clock.advance_wall(TimeDelta::days(-5));
    clock.reboot();
    let mut opened = open_with(&fs, &clock).unwrap();
    assert!(opened.journal.now().wall >= receipts[2].at());
    let own = opened.journal.accept_loss().unwrap();
    assert!(own.iter().all(|record| record.at >= receipts[2].at()));
    assert!(clock.now().wall < receipts[2].at());
}

#[test]
fn locks_in_the_head_survive_appends_restarts_and_new_files() {
    let (fs, _) = sample(0);
    let lock = |n| HeadLock {
        id: Uuid::from_u128(n),
        ends_at: None,
        text: format!("lock {n}"),
    };
    let mut opened = open(&fs).unwrap();
    opened.journal.set_locks(vec![lock(1)]).unwrap();
    drop(opened);
    let mut opened = open(&fs).unwrap();
    assert_eq!(opened.opening.locks, [lock(1)]);
    fs.fail_after(0, Fault::Error(io::ErrorKind::Other));
    assert!(
        opened
            .journal
            .append_with_locks(&note("x"), vec![lock(1), lock(2)])
            .is_err()
    );
    opened.journal.resume().unwrap();
    drop(opened);
    let opened = open(&fs).unwrap();
    assert_eq!(opened.opening.locks.len(), 2, "in doubt the stricter");
}

#[test]
fn one_that_is_opened_on_a_full_disk_gives_back_the_space_kept_aside_and_writes() {
    // In the last there is room to set aside what was torn, and none for the line that tells it.
    for (torn, room, cuts) in [(false, 10, false), (true, 10, false), (true, 40, true)] {
        let (fs, receipts) = sample(3);
        if torn {
            let lines = fs.content(LINES).unwrap();
            fs.put(LINES, &[&lines[..], b"{\"j\":1,\"seq\":4,"].concat());
        }
        let used: usize = fs
            .files()
            .iter()
            .map(|path| fs.content(path).unwrap().len())
            .sum();
        fs.limit_space(used as u64 + room);
        let mut opened = open(&fs).unwrap();
        let told = opened.opening.findings.iter();
        assert!(
            told.clone()
                .any(|found| matches!(found, Finding::ReserveFreed)),
            "{:?}",
            opened.opening
        );
        assert!(
            told.clone()
                .all(|found| !matches!(found, Finding::NoReserve))
        );
        let cut = told
            .clone()
            .any(|found| matches!(found, Finding::Torn { .. }));
        assert_eq!(cut, cuts, "{:?}", opened.opening);
        let receipt = opened.journal.append(&note("the outcome")).unwrap().receipt;
        assert!(fs.content("/h/data/reserve.bin").is_none());
        drop(opened);
        let again = open(&fs).unwrap();
        assert!(
            receipts
                .iter()
                .chain([&receipt])
                .all(|receipt| again.has(receipt))
        );
        assert!(again.journal.is_writable() && again.opening.loss().is_none());
        drop(again);
        assert!(check(&fs).unwrap().is_sound());
        // With room it is kept aside anew.
        fs.heal();
        drop(open(&fs).unwrap());
        assert!(fs.content("/h/data/reserve.bin").is_some());
    }
}

#[test]
fn a_next_file_that_cannot_be_looked_at_is_taken_away_again() {
    let mut looked_at = 0;
    for calls in 0.. {
        let (fs, _) = sample(1);
        let mut opened = open(&fs).unwrap();
        fs.fail_after(0, Fault::Error(io::ErrorKind::Other));
        assert!(opened.journal.append(&note("x")).is_err());
        fs.fail_after(calls, Fault::Error(io::ErrorKind::Other));
        let told = match opened.journal.resume() {
            Ok(_) => break,
            Err(error) => error.to_string(),
        };
        if !told.contains("look at") || !told.contains("journal-0002") {
            continue;
        }
        looked_at += 1;
        if looked_at == 1 {
            assert_eq!(fs.content(SECOND), None, "{told}");
        }
    }
    assert!(looked_at > 0);
}

#[test]
fn one_that_is_opened_on_a_disk_without_any_room_is_still_read() {
    let (fs, receipts) = sample(3);
    fs.delete("/h/data/reserve.bin");
    let used: usize = fs
        .files()
        .iter()
        .map(|path| fs.content(path).unwrap().len())
        .sum();
    fs.limit_space(used as u64);
    let opened = open(&fs).unwrap();
    assert!(matches!(
        opened.opening.findings[..],
        [Finding::CannotWrite(_)]
    ));
    assert!(receipts.iter().all(|receipt| opened.has(receipt)));
}

/// Unfinished bytes are set aside before they are cut. An opening that fails leaves them in their
/// place or in one copy, however often it is tried.
#[test]
fn openings_that_fail_pile_up_no_copies_of_a_torn_tail() {
    let (sound, _) = sample(1);
    let lines = sound.content(LINES).unwrap();
    let torn = b"{\"j\":1,\"seq\":2,\"id\":\"zz";
    sound.put(LINES, &[&lines[..], torn].concat());
    let copies = |fs: &FaultyFs| {
        let copies = fs.files().into_iter().filter(|path| {
            let name = path.file_name().unwrap().to_str().unwrap();
            name.starts_with("torn-")
        });
        copies.collect::<Vec<_>>()
    };
    let smooth = sound.copy();
    drop(open(&smooth).unwrap());
    for call in 0..smooth.calls() {
        let fs = sound.copy();
        for _ in 0..3 {
            fs.fail_after(call, Fault::Error(io::ErrorKind::StorageFull));
            drop(open(&fs));
            fs.heal();
            let tail = fs.content(LINES).unwrap()[lines.len()..].starts_with(torn);
            let there = copies(&fs);
            assert!(there.len() <= usize::from(!tail), "call {call}: {there:?}");
        }
        drop(open(&fs).unwrap());
        let there = copies(&fs);
        // Where the space kept aside was given back, the next file leaves the bytes where they are.
        assert!(there.len() <= 1, "call {call}: {there:?}");
        for copy in there {
            assert_eq!(fs.content(copy).unwrap(), torn, "call {call}");
        }
    }
}
