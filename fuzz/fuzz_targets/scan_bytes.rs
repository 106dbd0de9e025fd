//! Any bytes as a journal's files, with or without a head.
//!
//! The first byte chooses, bit by bit: 1 makes each line's hash match, 2 chains each line to the
//! one before, 4 takes the head of the journal that these lines make when they are chained, 8 of
//! its first half. Behind it stand, divided by bytes of 255, the first file, the second, the head.
#![no_main]

mod disk;

use std::ops::ControlFlow;
use std::path::PathBuf;

use impulse_audit::journal::{
    Entry, FaultyFs, Finding, HandClock, LineHash, OpenError, Record, verify,
};
use libfuzzer_sys::fuzz_target;

use disk::{HEAD, LINES, SECOND, closed, empty, folders, open};

const HASHES: u8 = 1;
const CHAIN: u8 = 2;
const OWN_HEAD: u8 = 4;
const HALF_HEAD: u8 = 8;

fuzz_target!(|bytes: &[u8]| {
    let Some((choices, bytes)) = bytes.split_first() else {
        return;
    };
    let mut parts = bytes.split(|byte| *byte == u8::MAX);
    let first = parts.next().unwrap_or_default();
    let second = parts.next().unwrap_or_default();
    let head = parts.next().unwrap_or_default();
    let fs = empty();
    let mut last = LineHash::NONE;
    fs.put(LINES, &mended(first, *choices, &mut last));
    if !second.is_empty() {
        fs.put(SECOND, &mended(second, *choices, &mut last));
    }
    if choices & (OWN_HEAD | HALF_HEAD) != 0 {
        if let Some(own) = head_of(first, choices & HALF_HEAD != 0) {
            fs.put(HEAD, &own);
        }
    } else if !head.is_empty() {
        fs.put(HEAD, head);
    }
    check(&fs);
});

/// The lines with hashes that match, and chained, as was chosen.
fn mended(bytes: &[u8], choices: u8, last: &mut LineHash) -> Vec<u8> {
    if choices & (HASHES | CHAIN) == 0 {
        return bytes.to_vec();
    }
    let mut mended = Vec::new();
    for line in bytes.split_inclusive(|byte| *byte == b'\n') {
        let Some(part) = part_of(line) else {
            mended.extend_from_slice(line);
            continue;
        };
        let mut part = part.to_vec();
        if choices & CHAIN != 0
            && let Some(at) = part.len().checked_sub(65)
        {
            part.truncate(at);
            part.extend_from_slice(format!("{last}\"").as_bytes());
        }
        *last = LineHash::of(&part);
        mended.extend_from_slice(&closed(&part));
    }
    mended
}

/// What a line's hash is made of.
fn part_of(line: &[u8]) -> Option<&[u8]> {
    let before = br#","h":""#;
    let at = line
        .windows(before.len())
        .rposition(|window| window == before)?;
    line.get(..at)
}

/// The head that is written when these lines, chained, are opened.
fn head_of(lines: &[u8], half: bool) -> Option<Vec<u8>> {
    let lines = if half {
        let end = lines.len() / 2;
        let end = lines.get(..end)?.iter().rposition(|byte| *byte == b'\n')?;
        lines.get(..=end)?
    } else {
        lines
    };
    let fs = empty();
    fs.put(LINES, &mended(lines, CHAIN, &mut LineHash::NONE.clone()));
    drop(open(&fs).ok()?);
    fs.content(HEAD)
}

fn picture(fs: &FaultyFs) -> Vec<(PathBuf, Option<Vec<u8>>)> {
    let files = fs.files().into_iter();
    files
        .map(|path| {
            let bytes = fs.content(&path);
            (path, bytes)
        })
        .collect()
}

fn check(fs: &FaultyFs) {
    let before = picture(fs);
    let verdict = verify(&folders(), fs, &HandClock::new(), None, &mut |_| {
        ControlFlow::Continue(())
    });
    assert_eq!(picture(fs), before, "verifying never writes");
    let opened = open(fs);
    let (mut journal, opening, records) = match (opened, &verdict) {
        (Ok(opened), _) => opened,
        // A newer journal is opened by neither; a disk may be full.
        (Err(OpenError::Newer { .. }), Err(OpenError::Newer { .. })) => return,
        (Err(OpenError::Disk(fault)), _) => {
            assert!(!fault.to_string().is_empty());
            return;
        }
        (Err(error), _) => panic!("not opened: {error}"),
    };
    if let Ok(verdict) = &verdict {
        for finding in &verdict.findings {
            assert!(!finding.to_string().is_empty());
        }
        if let Some(bad) = verdict.first_bad {
            assert!(bad.line > 0 && bad.segment > 0);
        }
        let told = opening.findings.iter().any(|finding| {
            !matches!(
                finding,
                Finding::Created | Finding::NoReserve | Finding::CannotWrite(_)
            )
        });
        assert_eq!(
            verdict.is_sound(),
            !told,
            "verify {verdict:?}, open {opening:?}"
        );
    }
    all_stand_in_a_file(fs, &records);
    assert!(
        records.is_sorted_by(|one, next| one.seq < next.seq),
        "numbers rise"
    );
    let kept = if journal.is_writable() {
        let entry = Entry::new("note.sample", 1, &"one more").expect("a note is an entry");
        journal.append(&entry).ok().map(|appended| appended.receipt)
    } else {
        None
    };
    let writable = journal.is_writable();
    drop(journal);
    match open(fs) {
        Ok((_, found, again)) => {
            // Among damage, lines behind the head can claim each other's places: which of them are
            // passed over changes with the head, and none of them was acknowledged.
            let damaged = opening
                .findings
                .iter()
                .any(|finding| matches!(finding, Finding::Damaged { .. }));
            for record in records.iter().filter(|_| !damaged) {
                let there = again
                    .iter()
                    .any(|other| other.receipt() == record.receipt());
                assert!(
                    there,
                    "event {} is gone after opening, which found {:?}",
                    record.seq, opening.findings
                );
            }
            if let Some(receipt) = kept {
                // A line that was passed over behind the head can claim the place of what is
                // written next: then that is told, as a journal that was rewritten.
                let there = again.iter().any(|record| record.receipt() == receipt);
                let told = damaged && found.loss().is_some();
                assert!(
                    there || told,
                    "an acknowledged event is gone, and nothing is said"
                );
            }
        }
        // A disk with no room left is told.
        Err(error) => assert!(!writable, "opened once, and then: {error}"),
    }
}

/// Every event handed on stands in a file, with the hash of its bytes.
fn all_stand_in_a_file(fs: &FaultyFs, records: &[Record]) {
    let mut hashes = Vec::new();
    for path in fs.files() {
        let bytes = fs.content(&path).unwrap_or_default();
        for line in bytes.split(|byte| *byte == b'\n') {
            if let Some(part) = part_of(line) {
                hashes.push(LineHash::of(part));
            }
        }
    }
    for record in records {
        assert!(
            hashes.contains(&record.hash()),
            "event {} stands nowhere",
            record.seq
        );
    }
}
