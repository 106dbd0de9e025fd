//! Whether what is written to is still what will be read.

use std::io;
use std::path::PathBuf;

use super::super::entry::Record;
use super::super::error::{AppendError, DiskContext as _, DiskFault, OpenError, ReadError};
use super::super::files::whole::read_full;
use super::super::files::{Access, FileKind, FileSystem};
use super::super::folders::Folders;
use super::super::head::{Head, Slot};
use super::super::index::LineStart;
use super::super::line;
use super::super::segment;
use super::Journal;

impl Journal {
    /// Returns where lock, head and the lines that are written to are the files that lie at their
    /// paths, the lines as long as they were left. Asked before anything is written, so that
    /// nothing goes where it does not belong, and behind it, before it is acknowledged.
    pub(super) fn in_place(&self, length: u64) -> Result<(), AppendError> {
        self.lock_holds()?;
        self.head.holds()?;
        match &self.current {
            Some(current) => current.anchor.holds(self.fs.as_ref(), Some(length)),
            None => Ok(()),
        }
    }

    /// Returns where no other copy can have taken the lock meanwhile.
    pub(super) fn lock_holds(&self) -> Result<(), AppendError> {
        match &self.lock {
            Some(lock) => lock.holds(self.fs.as_ref()),
            None => Ok(()),
        }
    }

    /// Returns where the disk still holds what was acknowledged last. Asked before writing goes on
    /// after a fault, when nothing is open to be compared: an older copy may have been put back
    /// meanwhile, and what it knows stands in no memory.
    pub(super) fn as_left(&self) -> Result<(), AppendError> {
        self.lock_holds()?;
        self.last_line_as_left()?;
        let path = self.folders.head_file();
        let changed = || stale(path.clone(), "it says something else than it did");
        let head = Head::load(self.fs.as_ref(), &path).map_err(|error| match error {
            OpenError::Disk(fault) => AppendError::NotSaved(fault),
            _ => changed(),
        })?;
        if self.acknowledges_the_end(&head) {
            Ok(())
        } else {
            Err(changed())
        }
    }

    fn last_line_as_left(&self) -> Result<(), AppendError> {
        match self.last_known() {
            Some(known) => known.stands(self.fs.as_ref(), &self.folders),
            None => Ok(()),
        }
    }

    /// What was acknowledged last, for one who opens the journal anew; none where nothing was.
    pub fn last_known(&self) -> Option<LastKnown> {
        let last = self.end.count.checked_sub(1)?;
        Some(LastKnown {
            start: self.index.place(last)?,
            slot: self.slot(self.end, self.time.clone()?),
        })
    }

    /// Whether `head` is the one that was left: it knows the last acknowledged event, and beyond it
    /// at most the one whose writing failed.
    fn acknowledges_the_end(&self, head: &Head) -> bool {
        let Head::Known { newest, older, .. } = head else {
            return self.end.count == 0 && *head == Head::Missing;
        };
        let is_end = |count, hash| count == self.end.count && hash == self.end.hash;
        let failed = newest.count == self.end.count.saturating_add(1);
        let before = older.as_ref().map(|slot| (slot.count, slot.hash));
        newest.journal == self.id
            && (is_end(newest.count, newest.hash)
                || failed && before.is_some_and(|(count, hash)| is_end(count, hash)))
    }
}

/// The end of a journal as the program that wrote it knows it, which no file can take from it.
#[derive(Debug, Clone)]
pub struct LastKnown {
    slot: Slot,
    start: LineStart,
}

impl LastKnown {
    /// The head that counts: this one where the last line does not stand where it stood. Lines and
    /// head may have been put back together, so that neither says what is missing.
    pub(in crate::journal) fn or(
        &self,
        head: Head,
        fs: &dyn FileSystem,
        folders: &Folders,
    ) -> Result<Head, DiskFault> {
        match self.stands(fs, folders) {
            Ok(()) => Ok(head),
            Err(AppendError::NotSaved(fault)) => Err(fault),
            Err(_) => Ok(Head::Known {
                newest: Box::new(self.slot.clone()),
                older: None,
                damaged: None,
            }),
        }
    }

    fn stands(&self, fs: &dyn FileSystem, folders: &Folders) -> Result<(), AppendError> {
        let path = folders.data.join(segment::name(self.slot.segment));
        let changed = || stale(path.clone(), "it does not hold the last event any more");
        let facts = fs.facts(&path).doing("look at", &path)?;
        if facts.is_none_or(|it| it.nature != FileKind::File || it.bytes < self.slot.bytes) {
            return Err(changed());
        }
        match record_at(fs, folders, self.slot.count.saturating_sub(1), self.start) {
            Ok(record) if record.hash() == self.slot.hash => Ok(()),
            Ok(_) | Err(ReadError::Missing { .. } | ReadError::Changed { .. }) => Err(changed()),
            Err(ReadError::Disk(fault)) => Err(fault.into()),
        }
    }
}

/// Event `seq` as it stands at `place`.
pub(super) fn record_at(
    fs: &dyn FileSystem,
    folders: &Folders,
    seq: u64,
    place: LineStart,
) -> Result<Record, ReadError> {
    let path = folders.data.join(segment::name(place.segment));
    let mut file = fs.open(&path, Access::Read).doing("open", &path)?;
    let mut bytes = vec![0_u8; 4096];
    let line = loop {
        let read = read_full(file.as_mut(), place.byte, &mut bytes).doing("read from", &path)?;
        let found = bytes.get(..read).unwrap_or_default();
        if let Some(end) = memchr::memchr(b'\n', found) {
            break found.get(..end).unwrap_or_default();
        }
        if read < bytes.len() || bytes.len() >= line::LONGEST {
            break found;
        }
        let longer = bytes.len().saturating_mul(2).min(line::LONGEST);
        bytes.resize(longer, 0);
    };
    match line::read(line) {
        Ok(line) if line.seq == seq => Ok(line.record()),
        Ok(_) | Err(_) => Err(ReadError::Changed { seq, path }),
    }
}

fn stale(path: PathBuf, why: &str) -> AppendError {
    AppendError::Stale(DiskFault {
        doing: "go on behind",
        path,
        source: io::Error::new(io::ErrorKind::StaleNetworkFileHandle, why),
    })
}
