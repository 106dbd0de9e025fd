//! What the journal survives, in memory: cuts, flipped bits, and bytes that are no journal
//! at all.

use crate::support::{HEAD, LINES, Opened, check, note, open, picture, sample};
use impulse_audit::journal::{Finding, Loss, Receipt};
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
        "cut at {noticed} places of {} bytes: all noticed, 0 acknowledged lost unsaid",
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
    println!("cut at {recovered} places of an unacknowledged line: 0 acknowledged lost");
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
    println!(
        "cut at {} places without a head: every whole line kept, 0 acknowledged lost",
        lines.len() + 1
    );
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

/// Every bit of a journal of 150 notes and of its whole head, by verifying; of every byte one bit,
/// by opening.
#[test]
#[ignore = "the long run for the published figures: minutes"]
fn every_flipped_bit_of_a_longer_journal_is_noticed() {
    let (sound, receipts) = sample(150);
    let mut bits = 0_u64;
    let mut opened_times = 0_u64;
    for path in [LINES, HEAD] {
        let bytes = sound.content(path).unwrap();
        for bit in 0..bytes.len() * 8 {
            let mut flipped = bytes.clone();
            flipped[bit / 8] ^= 1 << (bit % 8);
            sound.put(path, &flipped);
            assert!(
                !check(&sound).unwrap().is_sound(),
                "bit {bit} of {path} passed as sound"
            );
            bits += 1;
            if bit % 8 != (bit / 8) % 8 || bit / 8 % 16 != 0 {
                continue;
            }
            let opened = open(&sound.copy()).unwrap();
            assert!(
                !opened.opening.is_sound(),
                "bit {bit} of {path} was opened as sound"
            );
            let notes = opened
                .records
                .iter()
                .filter(|record| record.kind == "note.sample");
            let mut known = notes.map(|record| receipts.contains(&record.receipt()));
            assert!(
                known.all(|known| known),
                "bit {bit}: a changed event was handed on"
            );
            opened_times += 1;
        }
        sound.put(path, &bytes);
    }
    assert!(check(&sound).unwrap().is_sound());
    println!(
        "{bits} bits flipped: all noticed; {opened_times} of them opened: 0 changed events handed on"
    );
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
