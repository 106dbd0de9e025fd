//! Reading on while another copy writes.

use std::ops::ControlFlow;

use super::super::error::{Doing as _, OpenError};
use super::super::files::Access;
use super::super::guard;
use super::super::index::Place;
use super::super::line;
use super::super::scan::Pieces;
use super::super::segment;
use super::super::walk::{Each, Progress};
use super::Journal;

impl Journal {
    /// Hands on the events that another running copy wrote since, and says how many.
    /// A line that is still being written is left for the next time. Does nothing in
    /// a copy that writes itself.
    ///
    /// # Errors
    /// When the files cannot be read, or `each` asks to stop.
    pub fn follow(&mut self, each: &mut Each<'_>) -> Result<u64, OpenError> {
        if !self.another_writes() {
            return Ok(0);
        }
        let before = self.end.count;
        loop {
            self.follow_file(each)?;
            if !self.step_to_next_file()? {
                return Ok(self.end.count.saturating_sub(before));
            }
        }
    }

    fn follow_file(&mut self, each: &mut Each<'_>) -> Result<(), OpenError> {
        let number = self.end.segment.max(1);
        let path = self.folders.data.join(segment::name(number));
        let Some(mut file) = guard::open(self.fs.as_ref(), &path, Access::Read)? else {
            return Ok(());
        };
        let of = file.facts().doing("look at", &path)?.bytes;
        let mut pieces = Pieces::new(file.as_mut(), self.end.bytes, of);
        while let Some(piece) = pieces.next().doing("read from", &path)? {
            let bytes = piece.offset.saturating_add(piece.length);
            if !piece.ended {
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
                Place {
                    segment: number,
                    byte: piece.offset,
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

    /// Moves to the file that goes on where this one ends, if there is one.
    fn step_to_next_file(&mut self) -> Result<bool, OpenError> {
        let folder = &self.folders.data;
        let later = segment::numbers(self.fs.as_ref(), folder)?
            .into_iter()
            .filter(|number| *number > self.end.segment);
        for number in later {
            let path = folder.join(segment::name(number));
            let Some(mut file) = guard::open(self.fs.as_ref(), &path, Access::Read)? else {
                continue;
            };
            let end = file.facts().doing("look at", &path)?.bytes;
            let from = segment::continuation(file.as_mut(), &path, end)?;
            if from.is_some_and(|from| {
                from.segment == self.end.segment && from.bytes == self.end.bytes
            }) {
                self.end.segment = number;
                self.end.bytes = 0;
                return Ok(true);
            }
        }
        Ok(false)
    }
}
