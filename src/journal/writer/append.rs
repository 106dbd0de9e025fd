//! From an entry to an acknowledged record.

use super::super::clock::journal_time::{TimeReading, advance};
use super::super::entry::{Entry, Receipt, Record};
use super::super::error::{AppendError, DiskContext as _, DiskFault};
use super::super::files::whole::write_all;
use super::super::head::{HeadLock, Slot};
use super::super::index::LineStart;
use super::super::line::{self, EncodedLine, LineStamp};
use super::own::clock_event;
use super::{Journal, JournalEnd};

/// An acknowledged event.
#[derive(Debug, Clone)]
pub struct Appended {
    /// The proof that it is on disk.
    pub receipt: Receipt,
    /// The event as it stands in the journal.
    pub record: Record,
    /// Events the journal wrote itself before it and did not hand out yet, such as
    /// a clock that was moved; to be folded first.
    pub before: Vec<Record>,
    /// Whether it was in the journal already: the entry was appended before.
    pub already: bool,
}

impl Journal {
    /// Appends `entry`, waits until it is on the disk, and acknowledges it.
    ///
    /// The line is written whole, synced, then the head is written and synced, and
    /// only then does this return. After a crash at any point the journal holds
    /// either everything acknowledged, or that and this entry. An entry whose id is
    /// already in the journal is answered with the event that is there.
    ///
    /// # Errors
    /// When the disk fails, the event does not count as saved, and nothing more is
    /// written until [`Journal::resume`] went on in the next file. A line that
    /// would be too long is refused and stops nothing.
    pub fn append(&mut self, entry: &Entry) -> Result<Appended, AppendError> {
        self.append_and(entry, None)
    }

    /// Appends `entry` as [`Journal::append`] does, and keeps `locks` in the head
    /// from this event on.
    ///
    /// # Errors
    /// As [`Journal::append`].
    pub fn append_with_locks(
        &mut self,
        entry: &Entry,
        locks: Vec<HeadLock>,
    ) -> Result<Appended, AppendError> {
        self.append_and(entry, Some(locks))
    }

    /// Looks at the clocks and logs it if the wall clock was moved.
    ///
    /// # Errors
    /// As [`Journal::append`].
    pub fn check_clock(&mut self) -> Result<Vec<Record>, AppendError> {
        self.may_write()?;
        self.log_shift()?;
        Ok(std::mem::take(&mut self.own))
    }

    fn append_and(
        &mut self,
        entry: &Entry,
        locks: Option<Vec<HeadLock>>,
    ) -> Result<Appended, AppendError> {
        if let Some(record) = self.already(entry) {
            if let Some(locks) = locks {
                self.set_locks(locks)?;
            }
            let before = std::mem::take(&mut self.own);
            return Ok(Appended {
                receipt: record.receipt(),
                record,
                before,
                already: true,
            });
        }
        self.may_write()?;
        self.log_shift()?;
        if let Some(locks) = locks {
            self.knows_all(locks);
        }
        let record = self.write(entry)?;
        let before = std::mem::take(&mut self.own);
        Ok(Appended {
            receipt: record.receipt(),
            record,
            before,
            already: false,
        })
    }

    fn already(&self, entry: &Entry) -> Option<Record> {
        let seq = self.index.seq_of(entry.id())?;
        self.read(seq).ok()
    }

    /// Logs a wall clock that was moved since the last event.
    pub(in crate::journal) fn log_shift(&mut self) -> Result<(), AppendError> {
        let told = advance(self.time.as_ref(), &self.clock.now());
        let Some(shift) = &told.shift else {
            return Ok(());
        };
        let entry = clock_event(shift, told.known.at);
        let record = self.write_at(&entry, told)?;
        self.own.push(record);
        Ok(())
    }

    /// Writes one line at the present time.
    pub(in crate::journal) fn write(&mut self, entry: &Entry) -> Result<Record, AppendError> {
        let told = advance(self.time.as_ref(), &self.clock.now());
        self.write_at(entry, told)
    }

    /// As [`Journal::write`], where there is no head: a new one is put in its place.
    pub(in crate::journal) fn write_with_new_head(
        &mut self,
        entry: &Entry,
    ) -> Result<Record, AppendError> {
        let told = advance(self.time.as_ref(), &self.clock.now());
        self.write_by(entry, told, |journal, end, slot| {
            journal.renew_head(end, &slot.time)
        })
    }

    fn write_at(&mut self, entry: &Entry, told: TimeReading) -> Result<Record, AppendError> {
        self.write_by(entry, told, |journal, _, slot| journal.head.write(slot))
    }

    fn write_by(
        &mut self,
        entry: &Entry,
        told: TimeReading,
        write_head: impl FnOnce(&mut Self, JournalEnd, &Slot) -> Result<(), DiskFault>,
    ) -> Result<Record, AppendError> {
        self.may_write()?;
        let (written, record) = self.line_of(entry, &told)?;
        let Some(current) = &self.current else {
            return Err(AppendError::LossNotAccepted);
        };
        let start = current.bytes;
        let end = JournalEnd {
            count: self.end.count.saturating_add(1),
            hash: written.hash,
            segment: current.number,
            bytes: start.saturating_add(written.bytes.len() as u64),
        };
        let slot = self.slot(end, told.known.clone());
        self.put(start, &written.bytes, &slot, |journal| {
            write_head(journal, end, &slot)
        })
        .map_err(|error| self.halt(error))?;
        self.acknowledge(
            &record,
            end,
            told,
            LineStart {
                segment: end.segment,
                byte: start,
            },
        );
        Ok(record)
    }

    /// Puts a line behind the first `start` bytes of the present file, and the head's word behind
    /// the line. The head says nothing of a line that went into a file which is not in its place.
    fn put(
        &mut self,
        start: u64,
        line: &[u8],
        slot: &Slot,
        write_head: impl FnOnce(&mut Self) -> Result<(), DiskFault>,
    ) -> Result<(), AppendError> {
        self.in_place(start)?;
        if let Some(current) = &mut self.current {
            let (path, file) = (&current.path, current.file.as_mut());
            write_all(file, start, line).doing("write to", path)?;
            file.sync_data().doing("save", path)?;
        }
        self.in_place(slot.bytes)?;
        write_head(self)?;
        self.in_place(slot.bytes)
    }

    /// The line of `entry` in the next place, and the record it will be.
    pub(super) fn line_of(
        &self,
        entry: &Entry,
        told: &TimeReading,
    ) -> Result<(EncodedLine, Record), AppendError> {
        let stamp = LineStamp {
            at: told.known.at,
            zone: told.zone.clone(),
            boot: told.known.boot.clone(),
            up: told.known.up,
        };
        let too_long = |bytes| AppendError::TooLong {
            bytes,
            limit: line::LONGEST,
        };
        let written =
            line::write(entry, self.end.count, &stamp, self.end.hash).map_err(too_long)?;
        let bytes = written.bytes.strip_suffix(b"\n").unwrap_or(&written.bytes);
        // What was just written reads back, or it must not be written at all.
        let record = line::read(bytes).map(|line| line.record()).map_err(|_| {
            AppendError::NotSaved(DiskFault {
                doing: "make a readable line for",
                path: self.folders.data.clone(),
                source: std::io::ErrorKind::InvalidData.into(),
            })
        })?;
        Ok((written, record))
    }

    /// The line and the head are on the disk: from here on the event exists.
    pub(super) fn acknowledge(
        &mut self,
        record: &Record,
        end: JournalEnd,
        told: TimeReading,
        place: LineStart,
    ) {
        self.end = end;
        self.time = Some(told.known);
        self.index.add(record.seq, record.id, place);
        if let Some(current) = &mut self.current {
            current.bytes = end.bytes;
        }
    }
}
