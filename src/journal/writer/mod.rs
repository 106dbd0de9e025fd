//! The open journal: the only thing that writes lines.
//!
//! - `append`: from an entry to an acknowledged record.
//! - `place`: whether what is written to is still what will be read.
//! - `own`: the events the journal writes itself.
//! - `next_file`: going on in the next file, after a fault, damage or an accepted loss.
//! - `follow`: reading on while another copy writes.

mod append;
mod follow;
mod next_file;
pub(super) mod own;
mod place;

use std::path::PathBuf;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::anchor::Anchor;
use super::clock::journal_time::{JournalTime, advance};
use super::clock::{Clock, Moment};
use super::entry::Record;
use super::error::{AppendError, DiskFault, ReadError};
use super::files::{FileSystem, OpenFile};
use super::folders::Folders;
use super::hash::LineHash;
use super::head::{HeadLock, HeadStore, Slot};
use super::index::Index;
use super::lock::Lock;
use super::loss::Loss;

pub use append::Appended;
pub(super) use next_file::NextFileReason;
pub use place::LastKnown;

/// Whether, and why not, lines are written.
#[derive(Debug)]
pub(super) enum WriterState {
    Writable,
    AnotherWrites,
    LossNotAccepted(Loss),
    Stopped(DiskFault),
    /// What is open is not what lies at its path any more.
    Stale(DiskFault),
}

/// The file that is written to.
#[derive(Debug)]
pub(super) struct Current {
    pub(super) number: u32,
    pub(super) path: PathBuf,
    pub(super) file: Box<dyn OpenFile>,
    pub(super) anchor: Anchor,
    /// How many of its bytes are acknowledged.
    pub(super) bytes: u64,
}

/// Where the acknowledged journal ends.
#[derive(Debug, Clone, Copy)]
pub(super) struct JournalEnd {
    pub(super) count: u64,
    pub(super) hash: LineHash,
    /// The file of the last acknowledged line; 0 when there is none.
    pub(super) segment: u32,
    /// Where in that file the last acknowledged line ends.
    pub(super) bytes: u64,
}

/// The open journal.
///
/// It is not for the window's thread: each append waits for the disk twice.
///
/// ```
/// use std::ops::ControlFlow;
/// use std::sync::Arc;
/// use impulse_audit::journal::{Entry, FaultyFs, Folders, HandClock, Journal};
///
/// let folders = Folders::under("/home/trader");
/// let (fs, clock) = (Arc::new(FaultyFs::new()), Arc::new(HandClock::new()));
/// let mut each = |_: &_, _| ControlFlow::Continue(());
/// let (mut journal, opening) = Journal::open(&folders, fs, clock, &mut each)?;
/// assert_eq!(opening.count, 1); // `journal.created`
///
/// let entry = Entry::new("note.written", 1, &"stop first, then size")?;
/// let receipt = journal.append(&entry)?.receipt;
/// assert_eq!(receipt.seq(), 1);
/// // The same entry again is the same event.
/// assert_eq!(journal.append(&entry)?.receipt, receipt);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug)]
pub struct Journal {
    pub(super) fs: Arc<dyn FileSystem>,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) folders: Folders,
    /// None where another copy has it.
    pub(super) lock: Option<Lock>,
    pub(super) state: WriterState,
    pub(super) id: Uuid,
    /// The journal that the head knew, where it is another one.
    pub(super) succeeds: Option<Uuid>,
    pub(super) index: Index,
    pub(super) end: JournalEnd,
    pub(super) time: Option<JournalTime>,
    pub(super) current: Option<Current>,
    pub(super) head: HeadStore,
    pub(super) locks: Vec<HeadLock>,
    pub(super) unlisted: u32,
    /// Locks that lines set and the head did not know: it keeps them until it is told all that hold.
    pub(super) from_lines: Vec<HeadLock>,
    /// Events the journal wrote itself and did not hand out yet.
    pub(super) own: Vec<Record>,
}

impl Journal {
    /// How many events the journal holds, counted by the place of the last one.
    pub const fn count(&self) -> u64 {
        self.end.count
    }

    /// The hash of the last event's line.
    pub const fn head_hash(&self) -> LineHash {
        self.end.hash
    }

    /// The journal's own random id.
    pub const fn id(&self) -> Uuid {
        self.id
    }

    /// A short code of count and head hash that can be kept elsewhere.
    pub fn seal(&self) -> String {
        super::seal::seal_code(self.end.count, self.end.hash)
    }

    /// Whether events can be appended now.
    pub const fn is_writable(&self) -> bool {
        matches!(self.state, WriterState::Writable)
    }

    /// Whether another running copy writes this journal and this one only reads.
    pub const fn another_writes(&self) -> bool {
        matches!(self.state, WriterState::AnotherWrites)
    }

    /// The fault that stopped writing, until [`Journal::resume`] succeeds.
    pub const fn fault(&self) -> Option<&DiskFault> {
        match &self.state {
            WriterState::Stopped(fault) => Some(fault),
            WriterState::Writable
            | WriterState::AnotherWrites
            | WriterState::LossNotAccepted(_)
            | WriterState::Stale(_) => None,
        }
    }

    /// What was swapped, cut or removed under this journal: nothing is written until it is opened
    /// anew.
    pub fn swapped(&self) -> Option<DiskFault> {
        match &self.state {
            WriterState::Stale(fault) => Some(fault.again()),
            WriterState::Writable
            | WriterState::AnotherWrites
            | WriterState::LossNotAccepted(_)
            | WriterState::Stopped(_) => None,
        }
    }

    /// The loss that keeps the journal from being written, until it is accepted.
    pub const fn loss(&self) -> Option<&Loss> {
        match &self.state {
            WriterState::LossNotAccepted(loss) => Some(loss),
            WriterState::Writable
            | WriterState::AnotherWrites
            | WriterState::Stopped(_)
            | WriterState::Stale(_) => None,
        }
    }

    /// The journal's present time: the machine's, but never earlier than the last
    /// event, and by the boot clock where the wall clock was set within one boot.
    pub fn now(&self) -> Moment {
        let moment = self.clock.now();
        let told = advance(self.time.as_ref(), &moment);
        Moment {
            wall: told.known.at,
            ..moment
        }
    }

    /// The journal's time of the last event.
    pub fn last_at(&self) -> Option<DateTime<Utc>> {
        self.time.as_ref().map(|time| time.at)
    }

    /// The numbers of all readable events, rising.
    pub fn seqs(&self) -> impl DoubleEndedIterator<Item = u64> + '_ {
        self.index.seqs()
    }

    /// Reads event `seq` from the disk and checks its hash again.
    ///
    /// # Errors
    /// When there is no such event, the disk fails, or the line was changed since.
    pub fn read(&self, seq: u64) -> Result<Record, ReadError> {
        let place = self.index.place(seq).ok_or(ReadError::Missing { seq })?;
        place::record_at(self.fs.as_ref(), &self.folders, seq, place)
    }

    /// Keeps `locks` in the head from now on, so that they hold even when the lines
    /// are gone. [`Journal::append_with_locks`] does it together with an event.
    ///
    /// # Errors
    /// As [`Journal::append`]; the locks are then kept with the next event.
    pub fn set_locks(&mut self, locks: Vec<HeadLock>) -> Result<(), AppendError> {
        self.may_write()?;
        self.knows_all(locks);
        let Some(time) = self.time.clone() else {
            return Ok(());
        };
        // Not in place: that would be over the word of the last acknowledged event.
        self.in_place(self.end.bytes)
            .and_then(|()| Ok(self.renew_head(self.end, &time)?))
            .and_then(|()| self.in_place(self.end.bytes))
            .map_err(|error| self.halt(error))
    }

    /// These are all the locks that hold.
    pub(super) fn knows_all(&mut self, locks: Vec<HeadLock>) {
        self.locks = locks;
        self.unlisted = 0;
        self.from_lines.clear();
    }

    /// The head keeps these as well from its next word on: what lines say that it did not know of.
    /// They stand in it together with the count of those lines, wherever a crash comes.
    pub(in crate::journal) fn keep_from_lines(&mut self, locks: Vec<HeadLock>) {
        self.from_lines = locks;
    }

    /// The locks the head keeps.
    pub fn locks(&self) -> &[HeadLock] {
        &self.locks
    }

    /// The locks as they go into an event that crosses a break in history.
    pub(super) fn held(&self) -> own::LocksInForce<'_> {
        own::LocksInForce {
            locks: &self.locks,
            unlisted: self.unlisted,
        }
    }

    /// The head's slot for a journal that ends at `end`.
    pub(super) fn slot(&self, end: JournalEnd, time: JournalTime) -> Slot {
        Slot {
            count: end.count,
            hash: end.hash,
            segment: end.segment,
            bytes: end.bytes,
            time,
            journal: self.id,
            locks: self.with_those_of_lines(),
            unlisted: self.unlisted,
        }
    }

    /// What lines say of a lock is newer than what the head said.
    fn with_those_of_lines(&self) -> Vec<HeadLock> {
        let lines = &self.from_lines;
        let is_newer = |lock: &&HeadLock| lines.iter().all(|newer| newer.id != lock.id);
        let older = self.locks.iter().filter(is_newer);
        older.chain(lines).cloned().collect()
    }

    /// Stops writing after a fault.
    pub(super) fn stop(&mut self, fault: DiskFault) -> AppendError {
        self.halt(AppendError::NotSaved(fault))
    }

    /// Stops writing where it failed; what was only refused stops nothing.
    pub(super) fn halt(&mut self, error: AppendError) -> AppendError {
        self.state = match &error {
            AppendError::NotSaved(fault) => WriterState::Stopped(fault.again()),
            AppendError::Stale(fault) => WriterState::Stale(fault.again()),
            AppendError::Stopped(_)
            | AppendError::AnotherWrites
            | AppendError::LossNotAccepted
            | AppendError::TooLong { .. } => return error,
        };
        self.current = None;
        error
    }

    pub(super) fn may_write(&self) -> Result<(), AppendError> {
        match &self.state {
            WriterState::Writable => Ok(()),
            WriterState::AnotherWrites => Err(AppendError::AnotherWrites),
            WriterState::LossNotAccepted(_) => Err(AppendError::LossNotAccepted),
            WriterState::Stopped(fault) => Err(AppendError::Stopped(fault.again())),
            WriterState::Stale(fault) => Err(AppendError::Stale(fault.again())),
        }
    }
}
