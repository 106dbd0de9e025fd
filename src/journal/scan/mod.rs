//! The way along the chain: every line read, checked and handed on, nothing changed.
//!
//! - `scanner`: one step after the other.

mod scanner;

use std::ops::ControlFlow;

use uuid::Uuid;

use self::scanner::Scanner;
use super::clock::journal_time::JournalTime;
use super::entry::Record;
use super::error::OpenError;
use super::finding::BadLine;
use super::hash::LineHash;
use super::head::Head;
use super::index::Index;
use super::progress::Progress;
use super::segment::Segment;

/// The kind of the first event.
pub(super) const CREATED: &str = "journal.created";

/// Takes each verified event in order; may ask to stop.
pub type EachRecord<'a> = dyn FnMut(&Record, Progress) -> ControlFlow<()> + 'a;

/// The last good line.
#[derive(Debug, Clone)]
pub(super) struct LastLine {
    pub(super) seq: u64,
    pub(super) hash: LineHash,
    pub(super) time: JournalTime,
    /// The file it stands in.
    pub(super) segment: u32,
    /// Where in that file it ends.
    pub(super) end: u64,
}

/// Bad lines: how many, and the first.
#[derive(Debug, Clone, Default)]
pub(super) struct BadLines {
    pub(super) lines: u64,
    pub(super) first: Option<BadLine>,
}

impl BadLines {
    fn add(&mut self, line: BadLine) {
        self.lines = self.lines.saturating_add(1);
        self.first.get_or_insert(line);
    }

    fn take_over(&mut self, other: &mut Self) {
        self.lines = self.lines.saturating_add(other.lines);
        other.lines = 0;
        let first = other.first.take();
        if self.first.is_none() {
            self.first = first;
        }
    }
}

/// A line behind the head's word.
#[derive(Debug, Clone)]
pub(super) struct Behind {
    pub(super) time: JournalTime,
    /// Where it stands.
    pub(super) line: BadLine,
}

/// What stood at the place of the head's last event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum AtHead {
    /// No good line stood there.
    Nothing,
    /// The event the head knows.
    Same,
    /// Another one.
    Other(LineHash, BadLine),
}

/// The last file, and what stands at its end.
#[derive(Debug, Clone)]
pub(super) struct LastSegment {
    pub(super) number: u32,
    /// Where the last good line ends, or would if it had its line feed.
    pub(super) good_end: u64,
    /// The length of the file in bytes.
    pub(super) length: u64,
    /// Whether the last good line lacks its line feed.
    pub(super) lacks_line_feed: bool,
    /// Lines in this file, good and bad.
    pub(super) lines: u64,
    pub(super) good_lines: u64,
    /// Whether bad lines stand before a good one in this file.
    pub(super) damaged: bool,
}

/// Everything that was seen on the way.
#[derive(Debug)]
pub(super) struct Scan {
    pub(super) last: Option<LastLine>,
    /// The id the journal gave itself, where that line is good.
    pub(super) journal: Option<Uuid>,
    pub(super) index: Index,
    /// Bad lines among good ones.
    pub(super) damage: BadLines,
    /// Bad lines at the end of earlier files, with nothing good behind them yet.
    before: BadLines,
    /// Bad lines at the end, behind the last good one.
    pub(super) tail: BadLines,
    /// Bytes of earlier files behind the last good line.
    pub(super) bytes_before: u64,
    pub(super) at_head: AtHead,
    pub(super) segment: Option<LastSegment>,
    /// The first lines behind the head, as many as interruptions can explain, and one more.
    pub(super) behind: Vec<Behind>,
}

impl Scan {
    /// How many events the chain holds, counted by the last one's place.
    pub(super) fn count(&self) -> u64 {
        self.last
            .as_ref()
            .map_or(0, |last| last.seq.saturating_add(1))
    }

    /// The hash of the last good line.
    pub(super) fn hash(&self) -> LineHash {
        self.last.as_ref().map_or(LineHash::NONE, |last| last.hash)
    }
}

/// Reads these files, in order, as one chain, handing on each good line.
pub(super) fn scan(
    segments: Vec<Segment>,
    head: &Head,
    each: &mut EachRecord<'_>,
) -> Result<Scan, OpenError> {
    let of = segments
        .iter()
        .map(|segment| segment.end)
        .fold(0, u64::saturating_add);
    let mut walker = Scanner {
        walk: Scan {
            last: None,
            journal: None,
            index: Index::default(),
            damage: BadLines::default(),
            before: BadLines::default(),
            tail: BadLines::default(),
            bytes_before: 0,
            at_head: AtHead::Nothing,
            segment: None,
            behind: Vec::new(),
        },
        head: head.newest(),
        progress: Progress { bytes: 0, of },
    };
    for segment in segments {
        walker.segment(segment, each)?;
    }
    let Scanner { mut walk, .. } = walker;
    // Files that were begun one after the other and never held a good line are one tail.
    walk.before.take_over(&mut walk.tail);
    walk.tail = std::mem::take(&mut walk.before);
    Ok(walk)
}
