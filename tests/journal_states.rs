//! What is found when a journal is not what it was, and how it goes on.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::naive_bytecount,
    reason = "a test may stop at the first thing that is not as it says"
)]

mod journal_support;

use std::io;
use std::ops::ControlFlow;
use std::sync::Arc;
use std::time::Duration;

use chrono::TimeDelta;
use impulse_audit::journal::{
    AppendError, BadLineReason, Clock as _, Entry, Fault, FaultyFs, Finding, Folders, HandClock,
    HeadLock, LineHash, Loss, OpenError, PowerCut, ReadError, Record, seal_code, verify,
};
use journal_support::{
    HEAD, LINES, SECOND, check, folders, note, open, open_at, open_with, picture, sample,
};
use uuid::Uuid;

fn lines_of(fs: &FaultyFs) -> Vec<String> {
    let text = String::from_utf8(fs.content(LINES).unwrap()).unwrap();
    text.split_inclusive('\n').map(str::to_owned).collect()
}

/// The line with another text in it and a hash that matches again.
fn forged(line: &str, from: &str, to: &str) -> String {
    let changed = line.replacen(from, to, 1);
    assert_ne!(changed, line);
    let part = changed.rsplit_once(",\"h\":\"").unwrap().0;
    format!("{part},\"h\":\"{}\"}}\n", LineHash::of(part.as_bytes()))
}

fn kinds(records: &[Record]) -> Vec<&str> {
    records.iter().map(|record| record.kind.as_str()).collect()
}

#[test]
fn an_older_copy_put_back_is_lost_and_changes_nothing_until_accepted() {
    let (fs, receipts) = sample(5);
    let text = lines_of(&fs);
    fs.put(LINES, text[..3].concat().as_bytes());
    let before = picture(&fs);
    let clock = HandClock::new();
    let mut opened = open_with(&fs, &clock).unwrap();
    let loss = opened.opening.loss().unwrap().clone();
    assert!(matches!(
        loss,
        Loss::Lost {
            acknowledged: 6,
            present: 3,
            ..
        }
    ));
    assert_eq!(loss.word(), "LOST");
    assert!(loss.to_string().contains("3 of 6"), "{loss}");
    assert!(matches!(
        opened.journal.append(&note("x")),
        Err(AppendError::LossNotAccepted)
    ));
    assert_eq!(picture(&fs), before);
    let own = opened.journal.accept_loss().unwrap();
    assert_eq!(kinds(&own), ["journal.loss_accepted"]);
    let receipt = opened.journal.append(&note("going on")).unwrap().receipt;
    assert_eq!(receipt.seq(), 4);
    drop(opened);
    let again = open_with(&fs, &clock).unwrap();
    assert!(again.opening.is_sound(), "{:?}", again.opening);
    assert!(
        receipts[..3]
            .iter()
            .chain([&receipt])
            .all(|receipt| again.has(receipt))
    );
    assert_eq!(fs.content(LINES).unwrap(), text[..3].concat().as_bytes());
    assert!(check(&fs).unwrap().is_sound());
}

#[test]
fn a_deleted_journal_is_told_and_its_locks_stay_in_force() {
    let (fs, _) = sample(2);
    let lock = HeadLock {
        id: Uuid::from_u128(5),
        ends_at: None,
        text: "no cross".to_owned(),
    };
    let mut opened = open(&fs).unwrap();
    opened
        .journal
        .append_with_locks(&note("armed"), vec![lock.clone()])
        .unwrap();
    drop(opened);
    fs.delete(LINES);
    assert_eq!(
        check(&fs).unwrap().first_bad.unwrap().reason,
        BadLineReason::Missing
    );
    let mut opened = open(&fs).unwrap();
    assert!(matches!(
        opened.opening.loss(),
        Some(Loss::Deleted {
            acknowledged: 4,
            ..
        })
    ));
    assert_eq!(opened.opening.locks, std::slice::from_ref(&lock));
    let own = opened.journal.accept_loss().unwrap();
    assert_eq!(kinds(&own), ["journal.created", "journal.loss_accepted"]);
    drop(opened);
    let again = open(&fs).unwrap();
    assert!(again.opening.is_sound());
    assert_eq!(again.opening.locks, [lock]);
    assert_eq!(again.opening.count, 2);
}

#[test]
fn a_rewritten_journal_and_another_journal_are_told() {
    let (fs, _) = sample(2);
    let text = lines_of(&fs);
    let last = forged(&text[2], "note 1", "note 9");
    fs.put(
        LINES,
        [&text[0], &text[1], &last]
            .map(String::as_str)
            .concat()
            .as_bytes(),
    );
    let opened = open(&fs).unwrap();
    assert!(matches!(
        opened.opening.loss(),
        Some(Loss::Rewritten { seq: 2, .. })
    ));
    let bad = check(&fs).unwrap().first_bad.unwrap();
    assert_eq!((bad.line, bad.reason), (3, BadLineReason::Changed));

    let (other, _) = sample(2);
    fs.put(LINES, &other.content(LINES).unwrap());
    let opened = open(&fs).unwrap();
    assert!(matches!(
        opened.opening.loss(),
        Some(Loss::Rewritten { found: None, .. })
    ));
    assert!(!check(&fs).unwrap().is_sound());
}

#[test]
fn both_gone_is_a_clean_start() {
    let (fs, _) = sample(2);
    fs.delete(LINES);
    fs.delete(HEAD);
    assert!(matches!(check(&fs), Err(OpenError::Nothing { .. })));
    let opened = open(&fs).unwrap();
    assert!(matches!(opened.opening.findings[..], [Finding::Created]));
    assert_eq!(opened.kinds(), ["journal.created"]);
}

#[test]
fn damage_in_the_middle_is_never_mended_and_the_log_goes_on_in_the_next_file() {
    let (fs, receipts) = sample(4);
    let mut text = lines_of(&fs);
    text[2] = text[2].replacen("note 1", "nota 1", 1);
    fs.put(LINES, text.concat().as_bytes());
    let clock = HandClock::new();
    for round in 0..3 {
        let mut opened = open_with(&fs, &clock).unwrap();
        let [Finding::Damaged { lines: 1, first }] = &opened.opening.findings[..] else {
            panic!("{:?}", opened.opening)
        };
        assert_eq!(
            (first.segment, first.line, first.reason),
            (1, 3, BadLineReason::Changed)
        );
        assert!(!opened.has(&receipts[2]));
        for receipt in [&receipts[0], &receipts[1], &receipts[3], &receipts[4]] {
            assert!(opened.has(receipt));
        }
        assert_eq!(
            opened
                .kinds()
                .iter()
                .filter(|kind| **kind == "journal.continued")
                .count(),
            1
        );
        let receipt = opened
            .journal
            .append(&note(&format!("round {round}")))
            .unwrap()
            .receipt;
        assert_eq!(receipt.seq(), 6 + round);
    }
    assert_eq!(fs.content(LINES).unwrap(), text.concat().as_bytes());
    assert_eq!(
        fs.content(SECOND)
            .unwrap()
            .iter()
            .filter(|byte| **byte == b'\n')
            .count(),
        4
    );
    assert!(
        !check(&fs).unwrap().is_sound(),
        "damage stays told for ever"
    );
}

#[test]
fn removed_swapped_and_repeated_lines_are_named() {
    let (fs, _) = sample(4);
    let text = lines_of(&fs);
    let named = |order: &[usize]| {
        let lines: String = order.iter().map(|line| text[*line].as_str()).collect();
        fs.put(LINES, lines.as_bytes());
        let verdict = check(&fs).unwrap();
        assert!(!verdict.is_sound());
        let bad = verdict.first_bad.unwrap();
        (bad.line, bad.reason)
    };
    assert_eq!(named(&[0, 1, 3, 4]), (3, BadLineReason::Gap { missing: 1 }));
    assert_eq!(named(&[1, 2, 3, 4]), (1, BadLineReason::Gap { missing: 1 }));
    assert_eq!(
        named(&[0, 1, 3, 2, 4]),
        (3, BadLineReason::Gap { missing: 1 })
    );
    assert_eq!(named(&[0, 1, 2, 2, 3, 4]), (4, BadLineReason::OutOfOrder));
    assert_eq!(named(&[0, 1, 2, 3]), (5, BadLineReason::Missing));
}

#[test]
fn a_changed_line_with_a_matching_hash_breaks_the_chain_behind_it() {
    let (fs, _) = sample(4);
    let mut text = lines_of(&fs);
    text[2] = forged(&text[2], "note 1", "note 9");
    fs.put(LINES, text.concat().as_bytes());
    let bad = check(&fs).unwrap().first_bad.unwrap();
    assert_eq!((bad.line, bad.reason), (4, BadLineReason::Unchained));
}

#[test]
fn a_forged_tail_is_told() {
    // Chained rightly, by someone who has the file but not the head.
    let (longer, _) = sample(2);
    let head = longer.content(HEAD).unwrap();
    let mut opened = open(&longer).unwrap();
    for text in ["one", "two", "three"] {
        opened.journal.append(&note(text)).unwrap();
    }
    drop(opened);
    longer.put(HEAD, &head);
    let verdict = check(&longer).unwrap();
    let bad = verdict.first_bad.unwrap();
    assert_eq!((bad.line, bad.reason), (5, BadLineReason::Unsealed));
    assert!(!verdict.is_sound());
    let opened = open(&longer).unwrap();
    assert!(matches!(
        opened.opening.findings[..],
        [Finding::BeyondHead { events: 3 }]
    ));

    // Chained wrongly: it is no part of the journal and is set aside.
    let (fs, receipts) = sample(2);
    let mut text = lines_of(&fs);
    let wrong = receipts[0].hash().to_string();
    let last = forged(&text[2], "\"seq\":2", "\"seq\":3");
    text.push(forged(&last, &receipts[1].hash().to_string(), &wrong));
    fs.put(LINES, text.concat().as_bytes());
    assert_eq!(
        check(&fs).unwrap().first_bad.unwrap().reason,
        BadLineReason::Unchained
    );
    let opened = open(&fs).unwrap();
    assert!(matches!(
        opened.opening.findings[..],
        [Finding::Torn { copy: Some(_), .. }]
    ));
    assert_eq!(opened.records.len(), 4, "three events and `journal.torn`");
}

#[test]
fn a_code_kept_elsewhere_tells_a_journal_that_was_put_back_with_its_head() {
    let (fs, receipts) = sample(2);
    let code = seal_code(3, receipts[2].hash());
    let (older, _) = sample(1);
    let expected = |fs: &FaultyFs, code: &str| {
        let mut each = |_| ControlFlow::Continue(());
        verify(&folders(), fs, Some(code), &mut each)
            .unwrap()
            .expected
    };
    assert_eq!(expected(&fs, &code), Some(true));
    drop(open(&fs).unwrap().journal.append(&note("later")).unwrap());
    assert_eq!(
        expected(&fs, &code),
        Some(true),
        "a longer journal still holds it"
    );
    assert_eq!(expected(&older, &code), Some(false));
    assert_eq!(expected(&fs, "no code"), Some(false));
}

#[test]
fn verify_never_writes() {
    let (sound, _) = sample(3);
    let text = lines_of(&sound).concat();
    for bytes in [text.as_bytes(), &text.as_bytes()[..700], b"", b"\n\n"] {
        sound.put(LINES, bytes);
        let before = picture(&sound);
        sound.refuse_from_now(io::ErrorKind::ReadOnlyFilesystem);
        drop(check(&sound).unwrap());
        sound.heal();
        assert_eq!(picture(&sound), before);
    }
}

#[test]
fn a_failed_save_stops_writing_and_resuming_goes_on_in_the_next_file() {
    let (fs, receipts) = sample(1);
    let mut opened = open(&fs).unwrap();
    // An append writes the line, saves it, writes the head, saves it.
    for call in 0..4 {
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
    assert_eq!(again.opening.count, 10);
    assert_eq!(
        kinds(&again.records)
            .iter()
            .filter(|kind| **kind == "note.sample")
            .count(),
        5
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
    fs.fail_after(2, Fault::Error(io::ErrorKind::Other));
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
fn kinds_nobody_knows_are_kept_and_a_newer_envelope_is_not_opened() {
    let (fs, _) = sample(0);
    let strange = Entry::new(
        "tomorrow.invented",
        9,
        &serde_json::json!({"deep": [1, null]}),
    )
    .unwrap();
    open(&fs).unwrap().journal.append(&strange).unwrap();
    let opened = open(&fs).unwrap();
    let record = &opened.records[1];
    assert_eq!((record.kind.as_str(), record.v), ("tomorrow.invented", 9));
    assert_eq!(record.data.get(), r#"{"deep":[1,null]}"#);
    drop(opened);
    let mut text = lines_of(&fs);
    text[1] = forged(&text[1], "{\"j\":1,", "{\"j\":2,");
    fs.put(LINES, text.concat().as_bytes());
    let before = picture(&fs);
    assert!(matches!(open(&fs), Err(OpenError::Newer { line: 2, .. })));
    assert_eq!(picture(&fs), before);
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
fn a_second_instance_reads_follows_and_repairs_nothing() {
    let (fs, _) = sample(2);
    let clock = HandClock::new();
    let mut first = open_with(&fs, &clock).unwrap();
    let mut second = open_with(&fs, &clock).unwrap();
    assert!(matches!(
        second.opening.findings[..],
        [Finding::AnotherWrites]
    ));
    assert!(matches!(
        second.journal.append(&note("x")),
        Err(AppendError::AnotherWrites)
    ));
    let mut told = Vec::new();
    let mut written = vec![first.journal.append(&note("one")).unwrap().receipt];
    fs.fail_after(1, Fault::Error(io::ErrorKind::Other));
    assert!(first.journal.append(&note("lost")).is_err());
    written.extend(first.journal.resume().unwrap().iter().map(Record::receipt));
    written.push(first.journal.append(&note("two")).unwrap().receipt);
    // The unacknowledged line stands in the first file and is passed by.
    let followed = second.journal.follow(&mut |record, _| {
        told.push(record.receipt());
        ControlFlow::Continue(())
    });
    assert_eq!(followed.unwrap(), 3);
    assert_eq!(told, written);
    drop(first);
    drop(second);
    let third = open_with(&fs, &clock).unwrap();
    assert!(third.journal.is_writable());
    assert!(written.iter().all(|receipt| third.has(receipt)));
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
fn a_synced_folder_is_told() {
    let fs = Arc::new(FaultyFs::new());
    let folders = Folders::under("/home/a/Dropbox/audit");
    let opened = open_at(fs, Arc::new(HandClock::new()), &folders).unwrap();
    let told = opened.opening.findings.iter().filter(|finding| {
        matches!(
            finding,
            Finding::SyncedFolder {
                service: "Dropbox",
                ..
            }
        )
    });
    assert_eq!(told.count(), 2);
}

#[test]
fn reading_can_be_cancelled_and_changes_nothing() {
    let (fs, _) = sample(5);
    let before = picture(&fs);
    let mut seen = 0;
    let opened = impulse_audit::journal::Journal::open(
        &folders(),
        Arc::new(fs.clone()),
        Arc::new(HandClock::new()),
        &mut |_, progress| {
            seen += 1;
            assert!(progress.bytes <= progress.of);
            if seen == 3 {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        },
    );
    assert!(matches!(opened, Err(OpenError::Cancelled)));
    assert_eq!(picture(&fs), before);
}

/// A journal as version 0.1.0 wrote it, to be opened by every later version. The
/// hash of its last line was taken with `sed` and `sha256sum`.
#[test]
fn the_journal_of_version_0_1_0_is_read_for_ever() {
    let lines = include_bytes!("journal_golden/v0.1.0.jsonl");
    let fs = FaultyFs::new();
    drop(open(&fs).unwrap());
    fs.put(LINES, lines);
    fs.put(HEAD, include_bytes!("journal_golden/v0.1.0.head"));
    let verdict = check(&fs).unwrap();
    assert!(verdict.is_sound(), "{:?}", verdict.findings);
    let last = "ab0f9d12d86c74648aa5eafae3f845c9914413dbd51aa2d8c9198da71c6d0535";
    assert_eq!(
        (verdict.count, verdict.hash.to_string().as_str()),
        (5, last)
    );
    assert_eq!(verdict.seal(), "0005-AB0F-9D12");
    let opened = open(&fs).unwrap();
    assert_eq!(
        opened.kinds()[..5],
        [
            "journal.created",
            "note.sample",
            "note.sample",
            "clock.jump",
            "note.sample"
        ],
    );
    let texts: Vec<serde_json::Value> = opened
        .records
        .iter()
        .map(|record| serde_json::from_str(record.data.get()).unwrap())
        .collect();
    assert_eq!(
        texts[2]["text"],
        "\u{202e}deceiving\u{7f} \u{2028}\u{feff} \"quoted\" \\ \n"
    );
    assert_eq!(opened.records[1].zone, "America/New_York");
    assert_eq!(
        opened.records[1].at.to_rfc3339(),
        "2026-03-01T14:31:01.234+00:00"
    );
}
