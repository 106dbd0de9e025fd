//! One step after the other: whether a line is in its place, and what it is worth.

use std::ops::ControlFlow;

use chrono::TimeDelta;
use serde::Deserialize;
use uuid::Uuid;

use super::super::clock::journal_time::JournalTime;
use super::super::error::OpenError;
use super::super::finding::{BadLine, BadLineReason};
use super::super::hash::LineHash;
use super::super::head::Slot;
use super::super::index::LineStart;
use super::super::line::{self, HashedLine, LineError};
use super::super::pipeline::{self, WORTH_A_THREAD};
use super::super::progress::Progress;
use super::super::raw_lines::RawLine;
use super::super::segment::Segment;
use super::{AtHead, Behind, CREATED, EachRecord, LastLine, LastSegment, Scan};

/// So many lines behind the head one interruption can leave, where a slot of it is damaged too.
const MOST_EXPLAINED: usize = 2;

#[derive(Deserialize)]
struct Created {
    journal: Uuid,
}

pub(super) struct Scanner<'h> {
    pub(super) walk: Scan,
    pub(super) head: Option<&'h Slot>,
    pub(super) progress: Progress,
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

impl Scanner<'_> {
    /// Walks one file, behind those before it.
    pub(super) fn segment(
        &mut self,
        segment: Segment,
        each: &mut EachRecord<'_>,
    ) -> Result<(), OpenError> {
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
                let read = piece.facts.offset.saturating_add(piece.facts.length);
                self.progress.bytes = start.saturating_add(read);
                let at = BadLine {
                    segment: number,
                    line: count,
                    byte: piece.facts.offset,
                    reason: BadLineReason::NotALine,
                };
                match hash.and_then(|hash| line::read_checked(piece.bytes, hash)) {
                    Ok(line) => self.line(&line, piece, at, each),
                    Err(LineError::Newer) => Err(OpenError::Newer {
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
        line: &HashedLine<'_>,
        piece: &RawLine<'_>,
        at: BadLine,
        each: &mut EachRecord<'_>,
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

    fn fit(&self, line: &HashedLine<'_>) -> Fit {
        let Scan { last, tail, .. } = &self.walk;
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
        line: &HashedLine<'_>,
        piece: &RawLine<'_>,
        at: &BadLine,
        each: &mut EachRecord<'_>,
    ) -> Result<(), OpenError> {
        let Self {
            walk,
            head,
            progress,
        } = self;
        if let Some(segment) = &mut walk.segment {
            segment.damaged |= walk.tail.lines > 0;
            segment.good_end = piece.facts.offset.saturating_add(piece.facts.length);
            segment.lacks_line_feed = !piece.facts.ended;
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
        if head.is_some_and(|head| line.seq >= head.count) && walk.behind.len() <= MOST_EXPLAINED {
            walk.behind.push(Behind {
                time: known(line),
                line: BadLine {
                    reason: BadLineReason::Unsealed,
                    ..*at
                },
            });
        }
        if line.kind == CREATED {
            let created = serde_json::from_str::<Created>(line.data.get());
            walk.journal = created.ok().map(|created| created.journal).or(walk.journal);
        }
        walk.index.add(
            line.seq,
            line.id,
            LineStart {
                segment: at.segment,
                byte: piece.facts.offset,
            },
        );
        walk.last = Some(LastLine {
            seq: line.seq,
            hash: line.hash,
            time: known(line),
            segment: at.segment,
            end: piece.facts.offset.saturating_add(piece.facts.length),
        });
        match each(&line.record(), *progress) {
            ControlFlow::Continue(()) => Ok(()),
            ControlFlow::Break(()) => Err(OpenError::Cancelled),
        }
    }
}

fn reason(unread: LineError, piece: &RawLine<'_>) -> BadLineReason {
    match unread {
        LineError::Hash => BadLineReason::Changed,
        LineError::Form if piece.facts.too_long => BadLineReason::TooLong,
        LineError::Form | LineError::Newer => BadLineReason::NotALine,
    }
}

/// What a line alone says of time: when no head tells more.
fn known(line: &HashedLine<'_>) -> JournalTime {
    let zero = TimeDelta::from_std(line.up)
        .ok()
        .and_then(|up| line.at.checked_sub_signed(up))
        .unwrap_or(line.at);
    JournalTime {
        at: line.at,
        boot: line.boot.clone().into_owned(),
        up: line.up,
        zero,
    }
}
