//! Reading on while another copy writes.

use std::ops::ControlFlow;

use super::super::error::{DiskContext as _, OpenError, ReadError};
use super::super::files::Access;
use super::super::head::Head;
use super::super::index::LineStart;
use super::super::line;
use super::super::ownership;
use super::super::progress::Progress;
use super::super::raw_lines::Pieces;
use super::super::scan::EachRecord;
use super::super::segment;
use super::Journal;

impl Journal {
    /// Hands on the events that another running copy wrote since, and says how many.
    /// What its head does not acknowledge yet is left for the next time. Does nothing in
    /// a copy that writes itself.
    ///
    /// # Errors
    /// When the files cannot be read, another journal was put in their place, or `each` asks
    /// to stop.
    pub fn follow(&mut self, each: &mut EachRecord<'_>) -> Result<u64, OpenError> {
        if !self.another_writes() {
            return Ok(0);
        }
        let head = Head::load(self.fs.as_ref(), &self.folders.head_file())?;
        let Some(acknowledged) = head.newest().map(|slot| slot.count) else {
            return Ok(0);
        };
        self.is_still_there()?;
        let before = self.end.count;
        loop {
            let next = self.next_file_of_the_other()?;
            let counts = next.map_or(u64::MAX, |(_, bytes)| bytes);
            self.follow_file(acknowledged, counts, each)?;
            let Some((number, _)) = next else { break };
            self.end.segment = number;
            self.end.bytes = 0;
        }
        Ok(self.end.count.saturating_sub(before))
    }

    /// Whether the last event stands where it stood: not so where a backup was restored.
    fn is_still_there(&self) -> Result<(), OpenError> {
        let Some(seq) = self.index.seqs().next_back() else {
            return Ok(());
        };
        match self.read(seq) {
            Ok(record) if record.hash() == self.end.hash => Ok(()),
            Ok(_) | Err(ReadError::Changed { .. } | ReadError::Missing { .. }) => {
                Err(OpenError::Replaced)
            }
            Err(ReadError::Disk(fault)) => Err(fault.into()),
        }
    }

    /// Reads on in the present file, of which `counts` bytes count.
    fn follow_file(
        &mut self,
        acknowledged: u64,
        counts: u64,
        each: &mut EachRecord<'_>,
    ) -> Result<(), OpenError> {
        let number = self.end.segment.max(1);
        let path = self.folders.data.join(segment::name(number));
        let Some(mut file) = ownership::open(self.fs.as_ref(), &path, Access::Read)? else {
            return Ok(());
        };
        let of = file.facts().doing("look at", &path)?.bytes.min(counts);
        let mut pieces = Pieces::new(file.as_mut(), self.end.bytes, of);
        while let Some(piece) = pieces.next().doing("read from", &path)? {
            let bytes = piece.facts.offset.saturating_add(piece.facts.length);
            if !piece.facts.ended || self.end.count >= acknowledged {
                break;
            }
            if piece.bytes.is_empty() {
                // The line feed of a line that was read before it had one.
                self.end.bytes = bytes;
                continue;
            }
            let Ok(line) = line::read(piece.bytes) else {
                break;
            };
            if line.seq != self.end.count || line.prev != self.end.hash {
                break;
            }
            self.index.add(
                line.seq,
                line.id,
                LineStart {
                    segment: number,
                    byte: piece.facts.offset,
                },
            );
            self.end.count = line.seq.saturating_add(1);
            self.end.hash = line.hash;
            self.end.segment = number;
            self.end.bytes = bytes;
            if each(&line.record(), Progress { bytes, of }) == ControlFlow::Break(()) {
                return Err(OpenError::Cancelled);
            }
        }
        Ok(())
    }

    /// The number of the file that goes on behind the present one, and how many bytes
    /// of the present one count.
    fn next_file_of_the_other(&self) -> Result<Option<(u32, u64)>, OpenError> {
        let folder = &self.folders.data;
        let mut next = None;
        for number in segment::numbers(self.fs.as_ref(), folder)? {
            if number <= self.end.segment {
                continue;
            }
            let path = folder.join(segment::name(number));
            let Some(mut file) = ownership::open(self.fs.as_ref(), &path, Access::Read)? else {
                continue;
            };
            let end = file.facts().doing("look at", &path)?.bytes;
            let from = segment::continuation(file.as_mut(), &path, end)?;
            // Of two that claim the same place the later one is right: the earlier
            // one was never acknowledged.
            if let Some(from) = from.filter(|from| from.segment == self.end.segment) {
                next = Some((number, from.bytes));
            }
        }
        Ok(next)
    }
}
