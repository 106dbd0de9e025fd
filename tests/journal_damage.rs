//! What the journal survives, in memory: cuts, flipped bits, power cuts, failing
//! calls, and bytes that are no journal at all.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::arithmetic_side_effects,
    clippy::naive_bytecount,
    clippy::print_stdout,
    reason = "a test may stop at the first thing that is not as it says"
)]

mod journal_support;

use std::io;
use std::time::Duration;

use chrono::TimeDelta;
use impulse_audit::journal::{
    AppendError, Fault, FaultyFs, Finding, HandClock, Loss, PowerCut, Receipt,
};
use journal_support::{HEAD, LINES, Opened, check, note, open, open_with, picture, sample};
use proptest::prelude::*;

#[test]
fn cut_at_every_byte_against_its_head_nothing_goes_unnoticed() {
    let (sound, receipts) = sample(5);
    let lines = sound.content(LINES).unwrap();
    let mut noticed = 0;
    for cut in 0..lines.len() {
        let fs = sound.copy();
        fs.put(LINES, &lines[..cut]);
        let before = picture(&fs);
        assert!(
            !check(&fs).unwrap().is_sound(),
            "cut at {cut} passed as sound"
        );
        assert_eq!(picture(&fs), before, "verify changed the disk");
        let opened = open(&fs).unwrap();
        // A naive count: whole lines, and one more when only its line feed is gone.
        let mut whole = lines[..cut].iter().filter(|byte| **byte == b'\n').count();
        if lines[cut] == b'\n' {
            whole += 1;
        }
        if cut == lines.len() - 1 {
            assert!(matches!(
                opened.opening.findings[..],
                [Finding::AddedLineFeed]
            ));
            assert_eq!(fs.content(LINES).unwrap(), lines);
            assert!(check(&fs).unwrap().is_sound());
        } else {
            let Some(Loss::Lost {
                acknowledged: 6,
                present,
                ..
            }) = opened.opening.loss()
            else {
                panic!("cut at {cut}: {:?}", opened.opening)
            };
            assert_eq!(*present, whole as u64, "cut at {cut}");
            assert_eq!(picture(&fs), before, "a loss changed the disk");
        }
        assert!(
            receipts
                .iter()
                .take(whole)
                .all(|receipt| opened.has(receipt)),
            "cut at {cut}"
        );
        noticed += 1;
    }
    println!(
        "cut at {noticed} places of {} bytes: all noticed",
        lines.len()
    );
}

#[test]
fn cut_at_every_byte_of_an_unacknowledged_line_loses_nothing_and_keeps_a_copy() {
    let (older, _) = sample(3);
    let acknowledged = older.content(LINES).unwrap();
    let mut opened = open(&older).unwrap();
    let receipts: Vec<Receipt> = opened
        .records
        .iter()
        .map(impulse_audit::journal::Record::receipt)
        .collect();
    let head = older.content(HEAD).unwrap();
    opened.journal.append(&note("never acknowledged")).unwrap();
    let lines = older.content(LINES).unwrap();
    let mut recovered = 0;
    for cut in acknowledged.len()..=lines.len() {
        let fs = older.copy();
        fs.put(LINES, &lines[..cut]);
        fs.put(HEAD, &head);
        let opened = open(&fs).unwrap();
        assert!(
            receipts.iter().all(|receipt| opened.has(receipt)),
            "cut at {cut}"
        );
        assert!(opened.journal.is_writable());
        let torn = cut - acknowledged.len();
        if torn == 0 || cut == lines.len() {
            assert!(opened.opening.is_sound(), "{:?}", opened.opening);
        } else if cut == lines.len() - 1 {
            assert!(matches!(
                opened.opening.findings[..],
                [Finding::AddedLineFeed]
            ));
        } else {
            let [
                Finding::Torn {
                    copy: Some(copy),
                    bytes,
                },
            ] = &opened.opening.findings[..]
            else {
                panic!("cut at {cut}: {:?}", opened.opening)
            };
            assert_eq!(*bytes, torn as u64);
            assert_eq!(fs.content(copy).unwrap(), lines[acknowledged.len()..cut]);
            assert_eq!(opened.kinds().last(), Some(&"journal.torn"));
        }
        assert!(check(&fs).unwrap().is_sound(), "cut at {cut}");
        recovered += 1;
    }
    println!("cut at {recovered} places of an unacknowledged line: nothing acknowledged lost");
}

#[test]
fn cut_at_every_byte_without_a_head_keeps_every_whole_line_and_says_so() {
    let (sound, receipts) = sample(3);
    let lines = sound.content(LINES).unwrap();
    for cut in 0..=lines.len() {
        let fs = sound.copy();
        fs.put(LINES, &lines[..cut]);
        fs.delete(HEAD);
        let opened = open(&fs).unwrap();
        let mut whole = lines[..cut].iter().filter(|byte| **byte == b'\n').count();
        if lines.get(cut) == Some(&b'\n') {
            whole += 1;
        }
        assert!(
            receipts
                .iter()
                .take(whole)
                .all(|receipt| opened.has(receipt)),
            "cut at {cut}"
        );
        let says_so = opened
            .opening
            .findings
            .iter()
            .any(|finding| matches!(finding, Finding::HeadMissing { damaged: false }));
        assert_eq!(says_so, whole > 0, "cut at {cut}");
        assert_eq!(opened.kinds().contains(&"seal.missing"), whole > 0);
        assert!(check(&fs).unwrap().is_sound(), "cut at {cut}");
    }
}

#[test]
fn every_flipped_bit_of_the_lines_is_noticed_and_no_changed_event_is_handed_on() {
    let (sound, receipts) = sample(3);
    let lines = sound.content(LINES).unwrap();
    for bit in 0..lines.len() * 8 {
        let mut flipped = lines.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        sound.put(LINES, &flipped);
        let verdict = check(&sound).unwrap();
        assert!(!verdict.is_sound(), "bit {bit} passed as sound");
        let bad = verdict.first_bad.expect("the first bad line is named");
        let line = 1 + lines[..bit / 8]
            .iter()
            .filter(|byte| **byte == b'\n')
            .count();
        assert_eq!(
            (bad.segment, bad.line),
            (1, line as u64),
            "bit {bit}: {bad}"
        );
        // Opening writes much more than verifying: one bit of each byte, in turn.
        if bit % 8 != (bit / 8) % 8 {
            continue;
        }
        let fs = sound.copy();
        let opened = open(&fs).unwrap();
        assert!(!opened.opening.is_sound(), "bit {bit} was opened as sound");
        let known = |opened: &Opened| {
            opened
                .records
                .iter()
                .filter(|record| !record.kind.starts_with("journal.cont"))
                .all(|record| receipts.iter().any(|receipt| *receipt == record.receipt()))
        };
        assert!(known(&opened), "bit {bit}: a changed event was handed on");
        assert_eq!(
            fs.content(LINES).unwrap(),
            flipped,
            "bit {bit}: a bad line was mended"
        );
    }
    println!("{} bits of the lines flipped: all noticed", lines.len() * 8);
}

#[test]
fn every_flipped_bit_of_the_head_is_noticed() {
    let (sound, receipts) = sample(1);
    let head = sound.content(HEAD).unwrap();
    // Of the spaces that fill a slot up, one bit of each, in turn; a slot's own test
    // flips every one.
    let mut bits = 0;
    for bit in 0..head.len() * 8 {
        if head[bit / 8] == b' ' && bit % 8 != (bit / 8) % 8 {
            continue;
        }
        bits += 1;
        let mut flipped = head.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        sound.put(HEAD, &flipped);
        assert!(
            !check(&sound).unwrap().is_sound(),
            "bit {bit} passed as sound"
        );
    }
    // Opening tells it, loses nothing and makes the head whole again.
    for byte in (0..head.len()).step_by(401) {
        let mut flipped = head.clone();
        flipped[byte] ^= 1;
        let fs = sound.copy();
        fs.put(HEAD, &flipped);
        let opened = open(&fs).unwrap();
        assert!(matches!(
            opened.opening.findings[..],
            [Finding::HeadSlotDamaged { .. }]
        ));
        assert!(receipts.iter().all(|receipt| opened.has(receipt)));
        assert!(check(&fs).unwrap().is_sound());
    }
    println!("{bits} bits of the head flipped: all noticed");
}

/// What is done after an error.
#[derive(Clone, Copy, Debug)]
enum After {
    /// Going on in the next file.
    Resume,
    /// Closing the journal and opening it again, with the same memory of the system.
    Reopen,
}

/// A day at the desk: some appends, a restart, a clock that is moved. Goes on after
/// an error as the app does. Answers what was acknowledged.
fn a_day(fs: &FaultyFs, after: After) -> (Vec<Receipt>, u32) {
    let clock = HandClock::new();
    let mut acknowledged = Vec::new();
    let mut errors = 0;
    for part in 0..2 {
        let mut opened = match open_with(fs, &clock) {
            Ok(opened) => opened,
            Err(_) => match open_with(fs, &clock) {
                Ok(opened) => {
                    errors += 1;
                    opened
                }
                Err(_) => return (acknowledged, errors + 2),
            },
        };
        errors += u32::from(opened.journal.fault().is_some());
        for number in 0..2 {
            clock.advance(Duration::from_secs(5));
            if number == 1 && part == 1 {
                clock.advance_wall(TimeDelta::hours(1));
            }
            let entry = note(&format!("part {part}, note {number}"));
            for _ in 0..3 {
                match opened.journal.append(&entry) {
                    Ok(appended) => {
                        acknowledged.extend(
                            appended
                                .before
                                .iter()
                                .map(impulse_audit::journal::Record::receipt),
                        );
                        acknowledged.push(appended.receipt);
                        break;
                    }
                    Err(AppendError::NotSaved(_) | AppendError::Stopped(_)) => {
                        errors += 1;
                        match after {
                            After::Resume => drop(opened.journal.resume()),
                            After::Reopen => {
                                drop(opened);
                                opened = match open_with(fs, &clock) {
                                    Ok(opened) => opened,
                                    Err(_) => return (acknowledged, errors + 1),
                                };
                            }
                        }
                    }
                    Err(other) => panic!("{other}"),
                }
            }
        }
    }
    (acknowledged, errors)
}

const CUTS: [PowerCut; 8] = [
    PowerCut::Lost,
    PowerCut::Kept,
    PowerCut::Prefix(0),
    PowerCut::Prefix(1),
    PowerCut::Prefix(200),
    PowerCut::Zeroed,
    PowerCut::Holed(0x5555_5555_5555_5555),
    PowerCut::Holed(0xAAAA_AAAA_AAAA_AAAA),
];

/// Every acknowledged event must be there, and no loss be told.
fn all_there(fs: &FaultyFs, acknowledged: &[Receipt], what: &str) {
    let opened = open(fs).unwrap_or_else(|error| panic!("{what}: {error}"));
    for receipt in acknowledged {
        assert!(
            opened.has(receipt),
            "{what}: lost {receipt:?} of {:?}",
            opened.opening
        );
    }
    for finding in &opened.opening.findings {
        let false_alarm = matches!(
            finding,
            Finding::Loss(_)
                | Finding::HeadMissing { .. }
                | Finding::BeyondHead { .. }
                | Finding::Damaged { .. }
        );
        assert!(!false_alarm, "{what}: {finding:?}");
    }
    assert!(opened.journal.is_writable(), "{what}");
    drop(opened);
    let again = check(fs).unwrap();
    assert!(again.is_sound(), "{what}: {:?}", again.findings);
}

#[test]
fn whichever_call_fails_nothing_acknowledged_is_lost_and_nothing_panics() {
    let whole = FaultyFs::new();
    let (all, errors) = a_day(&whole, After::Resume);
    assert_eq!(
        (all.len(), errors),
        (5, 0),
        "four notes and a clock that was moved"
    );
    let (mut faults, mut images, mut told) = (0, 0, 0);
    for fault in [
        Fault::Error(io::ErrorKind::Other),
        Fault::Error(io::ErrorKind::StorageFull),
        Fault::Short,
        Fault::Interrupted,
    ] {
        for (call, after) in
            (0..whole.calls()).flat_map(|call| [(call, After::Resume), (call, After::Reopen)])
        {
            let fs = FaultyFs::new();
            fs.fail_after(call, fault);
            let (acknowledged, errors) = a_day(&fs, after);
            told += u32::from(errors > 0);
            faults += 1;
            let what = format!("{fault:?} at call {call}, {after:?}");
            // One failing call never keeps a note from being saved in the end.
            let notes = acknowledged.len();
            assert!(
                notes >= 4 || matches!(after, After::Reopen),
                "{what}: only {notes} acknowledged"
            );
            for cut in CUTS {
                all_there(
                    &fs.after_power_cut(cut),
                    &acknowledged,
                    &format!("{what}, then {cut:?}"),
                );
                images += 1;
            }
        }
    }
    println!("{faults} single faults, {told} of them told, {images} images: nothing lost");
}

#[test]
fn wherever_the_power_goes_nothing_acknowledged_is_lost() {
    let whole = FaultyFs::new();
    a_day(&whole, After::Resume);
    let mut images = 0;
    for call in 0..whole.calls() {
        let fs = FaultyFs::new();
        fs.fail_after(call, Fault::Off);
        let (acknowledged, _) = a_day(&fs, After::Resume);
        for cut in CUTS {
            let what = format!("power off at call {call}, {cut:?}");
            all_there(&fs.after_power_cut(cut), &acknowledged, &what);
            images += 1;
        }
    }
    println!("{images} power-cut images: nothing acknowledged lost");
}

#[test]
fn two_faults_in_a_row_lose_nothing_either() {
    let whole = FaultyFs::new();
    a_day(&whole, After::Resume);
    let mut pairs = 0;
    for call in 0..whole.calls() {
        for second in 1..6 {
            let fs = FaultyFs::new();
            fs.fail_after(call, Fault::Error(io::ErrorKind::Other));
            fs.fail_after(call + second, Fault::Error(io::ErrorKind::Other));
            let (acknowledged, _) = a_day(
                &fs,
                if call % 2 == 0 {
                    After::Resume
                } else {
                    After::Reopen
                },
            );
            for cut in [PowerCut::Lost, PowerCut::Kept] {
                let what = format!("faults at {call} and {second} later, {cut:?}");
                all_there(&fs.after_power_cut(cut), &acknowledged, &what);
            }
            pairs += 1;
        }
    }
    println!("{pairs} pairs of faults: nothing acknowledged lost");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn bytes_that_are_no_journal_are_opened_without_a_panic(
        lines in prop::collection::vec(any::<u8>(), 0..4000),
        head in prop::collection::vec(any::<u8>(), 0..9000),
        with_head in any::<bool>(),
    ) {
        let (fs, _) = sample(0);
        fs.put(LINES, &lines);
        if with_head { fs.put(HEAD, &head) } else { fs.delete(HEAD) }
        drop(check(&fs));
        drop(open(&fs));
    }

    #[test]
    fn a_journal_with_any_bytes_changed_is_opened_without_a_panic_and_noticed(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
        inserted in prop::collection::vec(any::<u8>(), 0..40),
        at in any::<prop::sample::Index>(),
    ) {
        let (fs, receipts) = sample(3);
        let before = fs.content(LINES).unwrap();
        let mut lines = before.clone();
        for (index, byte) in changes {
            let index = index.index(lines.len());
            lines[index] = byte;
        }
        let at = at.index(lines.len());
        lines.splice(at..at, inserted);
        fs.put(LINES, &lines);
        prop_assert_eq!(check(&fs).unwrap().is_sound(), lines == before);
        let opened = open(&fs).unwrap();
        for record in opened.records.iter().filter(|record| record.kind.starts_with("note")) {
            prop_assert!(receipts.contains(&record.receipt()));
        }
        // A second opening finds a journal it can read, and panics as little.
        drop(opened);
        drop(open(&fs).unwrap());
    }
}
