//! What is found when a journal is not what it was, and how it goes on.

use std::io;
use std::ops::ControlFlow;
use std::sync::Arc;

use crate::support::{
    HEAD, LINES, SECOND, check, folders, note, open, open_at, open_with, picture, sample,
};
use impulse_audit::journal::{
    AppendError, BadLineReason, Entry, Fault, FaultyFs, Finding, Folders, HandClock, HeadLock,
    LineHash, Loss, OpenError, Record, seal_code, verify,
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

/// Begun, cut by the power, begun again and cut again: nothing in them was ever acknowledged.
#[test]
fn files_that_never_held_a_whole_line_are_no_damage() {
    for third in [&b"{\"j\":1,\"seq\""[..], b""] {
        let (fs, receipts) = sample(2);
        fs.put(SECOND, b"{\"j\":1,\0\0\0\0");
        fs.put("/h/data/journal-0003.jsonl", third);
        let verdict = check(&fs).unwrap();
        let bad = verdict.first_bad.unwrap();
        assert_eq!((bad.segment, bad.line), (2, 1));
        let opened = open(&fs).unwrap();
        let told = &opened.opening.findings;
        assert!(
            !told
                .iter()
                .any(|found| matches!(found, Finding::Damaged { .. })),
            "{told:?}"
        );
        assert!(receipts.iter().all(|receipt| opened.has(receipt)));
        drop(opened);
        assert!(check(&fs).unwrap().is_sound());
        assert!(open(&fs).unwrap().opening.is_sound());
    }
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
        verify(&folders(), fs, &HandClock::new(), Some(code), &mut each)
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
