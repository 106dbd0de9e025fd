//! Reading a journal without opening it: no lock is taken and nothing is written, so it may
//! run beside a copy that is writing.

use super::clock::Clock;
use super::diagnose;
use super::error::OpenError;
use super::files::FileSystem;
use super::finding::Finding;
use super::folders::Folders;
use super::hash::LineHash;
use super::head::HeadLock;
use super::line;
use super::pipeline::{self, WORTH_A_THREAD};
use super::scan::{EachRecord, scan};
use super::view::View;

/// What was read.
#[derive(Debug)]
pub struct ScanSummary {
    /// Events in the journal, as far as it can be read.
    pub count: u64,
    /// The hash of the last event's line.
    pub hash: LineHash,
    /// What is wrong with it as far as one look can tell: a head that is missing or damaged, lines
    /// behind it that this app did not write, damage among good lines, a loss.
    /// [`verify`](super::verify) tells the rest.
    pub findings: Vec<Finding>,
    /// The locks that the head holds.
    pub locks: Vec<HeadLock>,
    /// Locks that found no room in the head.
    pub unlisted_locks: u32,
}

/// Reads the whole journal and hands each good event to `each`, in order. Lines behind the head
/// are held against the clocks of this machine.
///
/// It takes no lock and never writes. What is being written meanwhile is read as far as it is
/// there.
///
/// # Errors
/// When there is no journal, or it cannot be read, or `each` asks to stop.
pub fn read(
    folders: &Folders,
    fs: &dyn FileSystem,
    clock: &dyn Clock,
    each: &mut EachRecord<'_>,
) -> Result<ScanSummary, OpenError> {
    let View { head, segments } = present(folders, fs)?;
    let walk = scan(segments, &head, each)?;
    let mut findings = diagnose::beside_the_lines(&head, &walk, &clock.now());
    findings.extend(diagnose::loss(&head, &walk).map(Finding::Loss));
    Ok(ScanSummary {
        count: walk.count(),
        hash: walk.hash(),
        findings,
        locks: head
            .newest()
            .map(|slot| slot.locks.clone())
            .unwrap_or_default(),
        unlisted_locks: diagnose::unlisted(&head, &walk),
    })
}

/// Takes a line's bytes as they stand in the file, without the line feed.
pub type EachLine<'a> = dyn FnMut(&[u8]) -> Result<(), std::io::Error> + 'a;

/// What was read line by line.
#[derive(Debug)]
pub struct Lines {
    /// Lines that were left out, since their bytes are not those their hash was made of.
    pub bad: u64,
    /// What is wrong with the head.
    pub findings: Vec<Finding>,
}

/// Hands each line whose bytes are those its hash was made of to `take`, in order and as it
/// stands, and answers what others there were. What follows from what is not checked here:
/// the lines carry that themselves.
///
/// It takes no lock and never writes.
///
/// # Errors
/// When there is no journal or it cannot be read; and what `take` answers, as the second one.
pub fn lines(
    folders: &Folders,
    fs: &dyn FileSystem,
    take: &mut EachLine<'_>,
) -> Result<Result<Lines, std::io::Error>, OpenError> {
    let View { head, segments } = present(folders, fs)?;
    let has_lines = segments.iter().any(|segment| segment.end > 0);
    let findings = diagnose::itself(&head, has_lines).into_iter().collect();
    let mut bad = 0_u64;
    let mut failed = None;
    for mut segment in segments {
        let read = pipeline::read(
            segment.file.as_mut(),
            &segment.path,
            segment.end,
            WORTH_A_THREAD,
            &mut |piece, hash| {
                let line = hash.and_then(|hash| line::read_checked(piece.bytes, hash));
                if line.is_err() {
                    bad = bad.saturating_add(1);
                    return Ok(());
                }
                take(piece.bytes).map_err(|error| {
                    failed = Some(error);
                    OpenError::Cancelled
                })
            },
        );
        match (read, failed.take()) {
            (_, Some(error)) => return Ok(Err(error)),
            (read, None) => read?,
        }
    }
    Ok(Ok(Lines { bad, findings }))
}

/// The journal that is there.
pub(super) fn present(folders: &Folders, fs: &dyn FileSystem) -> Result<View, OpenError> {
    let view = View::of(folders, fs)?;
    if view.is_empty() {
        return Err(OpenError::Nothing {
            path: folders.data.clone(),
        });
    }
    Ok(view)
}

#[cfg(test)]
mod tests {
    use std::ops::ControlFlow;
    use std::path::Path;
    use std::sync::Arc;

    use super::super::{Entry, FaultyFs, HandClock, Journal};
    use super::*;

    fn three_notes() -> (FaultyFs, Folders) {
        let (fs, folders) = (FaultyFs::new(), Folders::under("/home/a"));
        let (mut journal, _) = Journal::open(
            &folders,
            Arc::new(fs.clone()),
            Arc::new(HandClock::new()),
            &mut |_, _| ControlFlow::Continue(()),
        )
        .unwrap();
        for text in ["one", "zwei — ü", "three\n\"3\""] {
            let note = serde_json::json!({ "text": text });
            let entry = Entry::new("note.written", 1, &note).unwrap();
            journal.append(&entry).unwrap();
        }
        (fs, folders)
    }

    fn taken(fs: &FaultyFs, folders: &Folders) -> (Vec<u8>, u64) {
        let mut bytes = Vec::new();
        let bad = lines(folders, fs, &mut |line| {
            bytes.extend_from_slice(line);
            bytes.push(b'\n');
            Ok(())
        });
        (bytes, bad.unwrap().unwrap().bad)
    }

    #[test]
    fn the_lines_are_those_of_the_file_byte_for_byte() {
        let (fs, folders) = three_notes();
        let file = fs.content(Path::new("/home/a/data/journal-0001.jsonl"));
        assert_eq!(taken(&fs, &folders), (file.unwrap(), 0));
        let mut seqs = Vec::new();
        let passage = read(&folders, &fs, &HandClock::new(), &mut |record, _| {
            seqs.push(record.seq);
            ControlFlow::Continue(())
        });
        let passage = passage.unwrap();
        assert_eq!((passage.count, seqs), (4, vec![0, 1, 2, 3]));
        assert!(passage.findings.is_empty());
    }

    #[test]
    fn a_changed_line_is_left_out_and_counted_and_reading_says_so() {
        let (fs, folders) = three_notes();
        let path = Path::new("/home/a/data/journal-0001.jsonl");
        let text = String::from_utf8(fs.content(path).unwrap()).unwrap();
        fs.put(path, text.replace("zwei", "vier").as_bytes());
        let (bytes, bad) = taken(&fs, &folders);
        assert_eq!(bad, 1);
        let left = String::from_utf8(bytes).unwrap();
        assert_eq!(left.lines().count(), 3);
        assert!(!left.contains("vier"));
        let passage = read(&folders, &fs, &HandClock::new(), &mut |_, _| {
            ControlFlow::Continue(())
        })
        .unwrap();
        assert!(matches!(passage.findings[..], [Finding::Damaged { .. }]));
    }

    #[test]
    fn a_taker_that_fails_ends_it_with_its_own_error() {
        let (fs, folders) = three_notes();
        let answer = lines(&folders, &fs, &mut |_| {
            Err(std::io::ErrorKind::BrokenPipe.into())
        });
        let error = answer.unwrap().unwrap_err();
        assert_eq!(error.kind(), std::io::ErrorKind::BrokenPipe);
    }

    #[test]
    fn where_there_is_none_nothing_is_made() {
        let fs = FaultyFs::new();
        let folders = Folders::under("/home/a");
        let answer = read(&folders, &fs, &HandClock::new(), &mut |_, _| {
            ControlFlow::Continue(())
        });
        assert!(matches!(answer, Err(OpenError::Nothing { .. })));
        let answer = lines(&folders, &fs, &mut |_| Ok(()));
        assert!(matches!(answer, Err(OpenError::Nothing { .. })));
        assert!(fs.files().is_empty());
        assert!(fs.facts(&folders.data).unwrap().is_none());
    }
}
