//! What the journal survives, in memory: failing calls, and power that goes at any of them.

use std::io;
use std::time::Duration;

use crate::support::{HEAD, SECOND, chance::Chance, check, note, open, open_with, sample};
use chrono::TimeDelta;
use impulse_audit::journal::{
    AppendError, Entry, Fault, FaultyFs, Finding, HandClock, PowerCut, Receipt,
};

/// What is done after an error.
#[derive(Clone, Copy, Debug)]
enum After {
    /// Going on in the next file.
    Resume,
    /// Closing the journal and opening it again, with the same memory of the system.
    Reopen,
}

/// A day at the app: some appends, a restart, a clock that is moved. Goes on after
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

/// The clock of the machine once its power is back: another boot, a month later.
fn after_the_cut() -> HandClock {
    let clock = HandClock::new();
    clock.advance_wall(TimeDelta::days(30));
    for _ in 0..20 {
        clock.reboot();
    }
    clock
}

/// Every acknowledged event must be there, and no loss be told.
/// Answers how many torn tails were set aside.
fn all_there(fs: &FaultyFs, acknowledged: &[Receipt], what: &str) -> usize {
    let opened = open_with(fs, &after_the_cut()).unwrap_or_else(|error| panic!("{what}: {error}"));
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
    let torn = |finding: &&Finding| matches!(finding, Finding::Torn { .. });
    let torn = opened.opening.findings.iter().filter(torn).count();
    drop(opened);
    let again = check(fs).unwrap();
    assert!(again.is_sound(), "{what}: {:?}", again.findings);
    torn
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
    println!("{faults} single faults, {told} of them told, {images} images: 0 acknowledged lost");
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
    println!("{images} power-cut images: 0 acknowledged lost");
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
    println!("{pairs} pairs of faults: 0 acknowledged lost");
}

/// One event behind the head, and a next file that was begun and never finished: what a fault and
/// a power cut leave. Then the power goes again, at any call of the opening that mends it.
#[test]
fn wherever_the_power_goes_again_while_a_journal_is_opened_nothing_is_lost() {
    let (found, receipts) = sample(2);
    let head = found.content(HEAD).unwrap();
    let clock = HandClock::new();
    clock.advance(Duration::from_secs(30));
    let mut opened = open_with(&found, &clock).unwrap();
    opened.journal.append(&note("behind the head")).unwrap();
    drop(opened);
    found.put(HEAD, &head);
    found.put(SECOND, b"{\"j\":1,\"seq\":4,\0\0\0\0");
    let whole = found.copy();
    let before = whole.calls();
    drop(open(&whole).unwrap());
    let mut images = 0;
    for call in 0..whole.calls() - before {
        for cut in CUTS {
            let fs = found.copy();
            fs.fail_after(call, Fault::Off);
            drop(open(&fs));
            let what = format!("off at call {call} of an opening, {cut:?}");
            all_there(&fs.after_power_cut(cut), &receipts, &what);
            images += 1;
        }
    }
    println!("{images} power-cut images of an opening: 0 acknowledged lost");
}

/// The newest slot of the head is never written over in place: when the power goes while a sound
/// journal is opened, or while its locks change, the head still knows the last event.
#[test]
fn the_word_of_the_last_event_survives_openings_and_locks() {
    let (found, receipts) = sample(2);
    let mut images = 0;
    for call in 0.. {
        let fs = found.copy();
        fs.fail_after(call, Fault::Off);
        let done = open(&fs).map(|mut opened| opened.journal.set_locks(Vec::new()).is_ok());
        for cut in CUTS {
            let left = fs.after_power_cut(cut);
            let told = check(&left).unwrap();
            assert!(
                told.is_sound(),
                "off at call {call}, {cut:?}: {:?}",
                told.findings
            );
            all_there(&left, &receipts, &format!("off at call {call}, {cut:?}"));
            images += 1;
        }
        if matches!(done, Ok(true)) {
            break;
        }
    }
    println!("{images} power-cut images of openings and locks: 0 acknowledged lost, nothing amiss");
}

/// A day of notes of any length, each in sectors of its own, until the disk goes off.
/// Answers what was acknowledged.
fn a_long_day(fs: &FaultyFs, entries: &[Entry]) -> Vec<Receipt> {
    let clock = HandClock::new();
    let mut acknowledged = Vec::new();
    for part in entries.chunks(8) {
        let Ok(mut opened) = open_with(fs, &clock) else {
            return acknowledged;
        };
        for entry in part {
            clock.advance(Duration::from_secs(5));
            match opened.journal.append(entry) {
                Ok(appended) => acknowledged.push(appended.receipt),
                Err(_) => drop(opened.journal.resume()),
            }
        }
        clock.reboot();
    }
    acknowledged
}

fn any_entries(chance: &mut Chance) -> Vec<Entry> {
    (0..6 + chance.below(14))
        .map(|_| note(&"a word ".repeat(usize::try_from(chance.below(400)).unwrap())))
        .collect()
}

fn any_cut(chance: &mut Chance) -> PowerCut {
    match chance.below(8) {
        0 => PowerCut::Lost,
        1 => PowerCut::Zeroed,
        2..5 => PowerCut::Prefix(usize::try_from(chance.below(4000)).unwrap()),
        _ => PowerCut::Holed(chance.next()),
    }
}

/// Days with notes of any length; the power goes at any call, perhaps after a fault, and what is
/// left is any part of the unsaved bytes. From every second image on it goes again while the
/// journal is being opened and mended.
fn images(count: u64) {
    let mut chance = Chance::new(count);
    let (mut images, mut acknowledged, mut torn) = (0, 0, 0);
    while images < count {
        let entries = any_entries(&mut chance);
        let whole = FaultyFs::new();
        assert_eq!(a_long_day(&whole, &entries).len(), entries.len());
        let calls = whole.calls();
        for _ in 0..4 {
            let off = chance.below(calls);
            let fs = FaultyFs::new();
            fs.fail_after(off, Fault::Off);
            let fault = chance.below(2) == 0;
            if fault {
                let kind = [io::ErrorKind::Other, io::ErrorKind::StorageFull];
                let kind = kind[usize::try_from(chance.below(2)).unwrap()];
                fs.fail_after(chance.below(off.max(1)), Fault::Error(kind));
            }
            let saved = a_long_day(&fs, &entries);
            for _ in 0..4 {
                let cut = any_cut(&mut chance);
                let what = format!("image {images}: off at call {off}, {cut:?}");
                let left = fs.after_power_cut(cut);
                acknowledged += saved.len();
                if chance.below(2) == 0 {
                    let again = chance.below(60);
                    left.fail_after(again, Fault::Off);
                    drop(open(&left));
                    let cut = any_cut(&mut chance);
                    let what = format!("{what}, off again at call {again}, {cut:?}");
                    torn += all_there(&left.after_power_cut(cut), &saved, &what);
                } else {
                    torn += all_there(&left, &saved, &what);
                }
                images += 1;
            }
        }
    }
    assert!(
        torn > 0 && acknowledged as u64 > images,
        "too little was at stake"
    );
    println!(
        "{images} power-cut images, {acknowledged} acknowledged events in them, {torn} torn tails set aside, 0 acknowledged lost"
    );
}

#[test]
fn a_thousand_images_of_any_power_cut_lose_nothing_acknowledged() {
    images(1_000);
}

#[test]
#[ignore = "the long run for the published figures: minutes"]
fn a_hundred_thousand_images_of_any_power_cut_lose_nothing_acknowledged() {
    images(100_000);
}
