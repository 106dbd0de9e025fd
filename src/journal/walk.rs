//! The way along the chain: every line read, checked and handed on, nothing changed.

use std::ops::ControlFlow;

use chrono::TimeDelta;
use serde::Deserialize;
use uuid::Uuid;

use super::clock::keeper::Known;
use super::entry::Record;
use super::error::OpenError;
use super::finding::{BadLine, BadLineReason};
use super::hash::LineHash;
use super::head::{Head, Slot};
use super::index::{Index, Place};
use super::line::{self, Line, Unread};
use super::pipeline::{self, WORTH_A_THREAD};
use super::progress::Progress;
use super::scan::Piece;
use super::segment::Segment;

/// The kind of the first event.
pub(super) const CREATED: &str = "journal.created";

/// Takes each verified event in order; may ask to stop.
pub type Each<'a> = dyn FnMut(&Record, Progress) -> ControlFlow<()> + 'a;

/// The last good line.
#[derive(Debug, Clone)]
pub(super) struct Last {
    pub(super) seq: u64,
    pub(super) hash: LineHash,
    pub(super) time: Known,
    /// The file it stands in.
    pub(super) segment: u32,
    /// Where in that file it ends.
    pub(super) end: u64,
}

/// Bad lines: how many, and the first.
#[derive(Debug, Clone, Default)]
pub(super) struct Bad {
    pub(super) lines: u64,
    pub(super) first: Option<BadLine>,
}

impl Bad {
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
    /// Good lines in this file.
    pub(super) good_lines: u64,
    /// Whether bad lines stand before a good one in this file.
    pub(super) damaged: bool,
}

/// Everything that was seen on the way.
#[derive(Debug)]
pub(super) struct Walk {
    pub(super) last: Option<Last>,
    /// The id the journal gave itself, where that line is good.
    pub(super) journal: Option<Uuid>,
    pub(super) index: Index,
    /// Bad lines among good ones.
    pub(super) damage: Bad,
    /// Bad lines at the end of earlier files, with nothing good behind them yet.
    before: Bad,
    /// Bad lines at the end, behind the last good one.
    pub(super) tail: Bad,
    /// Bytes of earlier files behind the last good line.
    pub(super) bytes_before: u64,
    pub(super) at_head: AtHead,
    pub(super) segment: Option<LastSegment>,
    /// The second line behind the head: one interruption explains only the first.
    pub(super) second_beyond: Option<BadLine>,
}

impl Walk {
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

#[derive(Deserialize)]
struct Created {
    journal: Uuid,
}

/// Reads these files, in order, as one chain, handing on each good line.
pub(super) fn walk(
    segments: Vec<Segment>,
    head: &Head,
    each: &mut Each<'_>,
) -> Result<Walk, OpenError> {
    let of = segments
        .iter()
        .map(|segment| segment.end)
        .fold(0, u64::saturating_add);
    let mut walker = Walker {
        walk: Walk {
            last: None,
            journal: None,
            index: Index::default(),
            damage: Bad::default(),
            before: Bad::default(),
            tail: Bad::default(),
            bytes_before: 0,
            at_head: AtHead::Nothing,
            segment: None,
            second_beyond: None,
        },
        head: head.newest(),
        progress: Progress { bytes: 0, of },
    };
    for segment in segments {
        walker.segment(segment, each)?;
    }
    let Walker { mut walk, .. } = walker;
    // Files that were begun one after the other and never held a good line are one tail.
    walk.before.take_over(&mut walk.tail);
    walk.tail = std::mem::take(&mut walk.before);
    Ok(walk)
}

struct Walker<'h> {
    walk: Walk,
    head: Option<&'h Slot>,
    progress: Progress,
}

/// Whether a line is in its place.
enum Fit {
    /// It follows from the last good line.
    Follows,
    /// It is good, but something before it is not.
    After(Option<BadLineReason>),
    /// It is not part of the chain.
    Not(BadLineReason),
}

impl Walker<'_> {
    fn segment(&mut self, segment: Segment, each: &mut Each<'_>) -> Result<(), OpenError> {
        // What an earlier file ends with is damage once a good line stands behind it.
        let Self { walk, .. } = self;
        walk.before.take_over(&mut walk.tail);
        if let Some(earlier) = &walk.segment {
            let bytes = earlier.length.saturating_sub(earlier.good_end);
            walk.bytes_before = walk.bytes_before.saturating_add(bytes);
        }
        let Segment {
            number,
            path,
            mut file,
            end,
            closed: _,
        } = segment;
        walk.segment = Some(LastSegment {
            number,
            good_end: 0,
            length: end,
            lacks_line_feed: false,
            lines: 0,
            good_lines: 0,
            damaged: false,
        });
        let start = self.progress.bytes;
        let mut count = 0_u64;
        pipeline::read(
            file.as_mut(),
            &path,
            end,
            WORTH_A_THREAD,
            &mut |piece, hash| {
                count = count.saturating_add(1);
                if let Some(last) = &mut self.walk.segment {
                    last.lines = count;
                }
                let read = piece.offset.saturating_add(piece.length);
                self.progress.bytes = start.saturating_add(read);
                let at = BadLine {
                    segment: number,
                    line: count,
                    byte: piece.offset,
                    reason: BadLineReason::NotALine,
                };
                match hash.and_then(|hash| line::read_checked(piece.bytes, hash)) {
                    Ok(line) => self.line(&line, piece, at, each),
                    Err(Unread::Newer) => Err(OpenError::Newer {
                        path: path.clone(),
                        line: count,
                    }),
                    Err(unread) => {
                        self.walk.tail.add(BadLine {
                            reason: reason(unread, piece),
                            ..at
                        });
                        Ok(())
                    }
                }
            },
        )
    }

    fn line(
        &mut self,
        line: &Line<'_>,
        piece: &Piece<'_>,
        at: BadLine,
        each: &mut Each<'_>,
    ) -> Result<(), OpenError> {
        match self.fit(line) {
            Fit::Not(reason) => {
                self.walk.tail.add(BadLine { reason, ..at });
                Ok(())
            }
            Fit::Follows => self.accept(line, piece, &at, each),
            Fit::After(reason) => {
                if let Some(reason) = reason {
                    self.walk.tail.add(BadLine { reason, ..at });
                }
                self.accept(line, piece, &at, each)
            }
        }
    }

    fn fit(&self, line: &Line<'_>) -> Fit {
        let Walk { last, tail, .. } = &self.walk;
        let expected = self.walk.count();
        let prev = last.as_ref().map_or(LineHash::NONE, |last| last.hash);
        if line.seq < expected {
            return Fit::Not(BadLineReason::OutOfOrder);
        }
        if line.seq == expected && line.prev == prev {
            return Fit::Follows;
        }
        if tail.lines > 0 {
            return Fit::After(None);
        }
        let missing = line.seq.saturating_sub(expected);
        let reason = if missing == 0 {
            BadLineReason::Unchained
        } else {
            BadLineReason::Gap { missing }
        };
        match self.head {
            // Behind everything acknowledged, what does not follow is no part of the chain.
            Some(head) if line.seq >= head.count => Fit::Not(reason),
            _ => Fit::After(Some(reason)),
        }
    }

    fn accept(
        &mut self,
        line: &Line<'_>,
        piece: &Piece<'_>,
        at: &BadLine,
        each: &mut Each<'_>,
    ) -> Result<(), OpenError> {
        let Self {
            walk,
            head,
            progress,
        } = self;
        if let Some(segment) = &mut walk.segment {
            segment.damaged |= walk.tail.lines > 0;
            segment.good_end = piece.offset.saturating_add(piece.length);
            segment.lacks_line_feed = !piece.ended;
            segment.good_lines = segment.good_lines.saturating_add(1);
        }
        walk.damage.take_over(&mut walk.before);
        walk.damage.take_over(&mut walk.tail);
        walk.bytes_before = 0;
        if head.is_some_and(|head| line.seq.checked_add(1) == Some(head.count)) {
            let same = head.is_some_and(|head| head.hash == line.hash);
            walk.at_head = if same {
                AtHead::Same
            } else {
                AtHead::Other(
                    line.hash,
                    BadLine {
                        reason: BadLineReason::Changed,
                        ..*at
                    },
                )
            };
        }
        if head.is_some_and(|head| line.seq == head.count.saturating_add(1)) {
            walk.second_beyond = Some(BadLine {
                reason: BadLineReason::Unsealed,
                ..*at
            });
        }
        if line.kind == CREATED {
            let created = serde_json::from_str::<Created>(line.data.get());
            walk.journal = created.ok().map(|created| created.journal).or(walk.journal);
        }
        walk.index.add(
            line.seq,
            line.id,
            Place {
                segment: at.segment,
                byte: piece.offset,
            },
        );
        walk.last = Some(Last {
            seq: line.seq,
            hash: line.hash,
            time: known(line),
            segment: at.segment,
            end: piece.offset.saturating_add(piece.length),
        });
        match each(&line.record(), *progress) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(OpenError::Cancelled),
        }
    }
}

fn reason(unread: Unread, piece: &Piece<'_>) -> BadLineReason {
    match unread {
        Unread::Hash => BadLineReason::Changed,
        Unread::Form if piece.too_long => BadLineReason::TooLong,
        Unread::Form | Unread::Newer => BadLineReason::NotALine,
    }
}

/// What a line alone says of time: when no head tells more.
fn known(line: &Line<'_>) -> Known {
    let zero = TimeDelta::from_std(line.up)
        .ok()
        .and_then(|up| line.at.checked_sub_signed(up))
        .unwrap_or(line.at);
    Known {
        at: line.at,
        boot: line.boot.clone().into_owned(),
        up: line.up,
        zero,
    }
}
