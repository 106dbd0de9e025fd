//! Whether what is written to is still what will be read.

use super::super::error::AppendError;
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
}
