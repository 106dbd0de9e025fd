//! Whether what is written to is still what will be read.

use std::io;
use std::path::PathBuf;

use super::super::error::{AppendError, DiskContext as _, DiskFault, OpenError, ReadError};
use super::super::head::Head;
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
        let Some(last) = self.end.count.checked_sub(1) else {
            return Ok(());
        };
        let path = self.folders.data.join(segment::name(self.end.segment));
        let changed = || stale(path.clone(), "it does not hold the last event any more");
        let facts = self.fs.facts(&path).doing("look at", &path)?;
        if facts.is_none_or(|facts| facts.bytes < self.end.bytes) {
            return Err(changed());
        }
        match self.read(last) {
            Ok(record) if record.hash() == self.end.hash => Ok(()),
            Ok(_) | Err(ReadError::Missing { .. } | ReadError::Changed { .. }) => Err(changed()),
            Err(ReadError::Disk(fault)) => Err(fault.into()),
        }
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

fn stale(path: PathBuf, why: &str) -> AppendError {
    AppendError::Stale(DiskFault {
        doing: "go on behind",
        path,
        source: io::Error::new(io::ErrorKind::StaleNetworkFileHandle, why),
    })
}
