//! What was found when a journal was opened or verified.

use std::fmt;
use std::path::PathBuf;

use super::backup::BackupError;
use super::error::DiskFault;
use super::head::HeadLock;
use super::loss::Loss;

/// Why a line is not what a journal line must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BadLineReason {
    /// It has no end, or not the form of a journal line.
    NotALine,
    /// It is longer than a journal line may be.
    TooLong,
    /// Its bytes are not those its hash was made of.
    Changed,
    /// It does not follow from the line before it: its `prev` is another line's hash.
    Unchained,
    /// Lines are missing before it: so many places.
    Gap {
        /// How many places are missing.
        missing: u64,
    },
    /// It stands at a place that was already taken by an earlier line.
    OutOfOrder,
    /// It should be there and is not.
    Missing,
    /// It stands behind everything that is known to be saved.
    Unsealed,
}

/// A bad line, and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BadLine {
    /// The number of the journal file; the first is 1.
    pub segment: u32,
    /// The number of the line in that file; the first is 1.
    pub line: u64,
    /// Where the line begins in the file, in bytes.
    pub byte: u64,
    /// What is wrong with it.
    pub reason: BadLineReason,
}

impl fmt::Display for BadLine {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            segment,
            line,
            byte,
            reason,
        } = self;
        write!(f, "journal-{segment:04}.jsonl, line {line} (byte {byte}) ")?;
        reason.fmt(f)
    }
}

impl fmt::Display for BadLineReason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotALine => f.write_str("is not a whole journal line"),
            Self::TooLong => f.write_str("is longer than a journal line may be"),
            Self::Changed => f.write_str("is not what was written: its hash does not match"),
            Self::Unchained => f.write_str("does not follow from the line before it"),
            Self::Gap { missing: 1 } => f.write_str("comes after a missing line"),
            Self::Gap { missing } => write!(f, "comes after {missing} missing lines"),
            Self::OutOfOrder => f.write_str("stands at a place that was already taken"),
            Self::Missing => f.write_str("is missing"),
            Self::Unsealed => f.write_str("stands behind the last line that is known to be saved"),
        }
    }
}

/// One thing that was found. Its `Display` is a sentence for the person.
#[derive(Debug)]
#[non_exhaustive]
pub enum Finding {
    /// There was neither a journal nor a head: a clean start. History begins here.
    Created,
    /// The last line was complete but for its line feed, which was added.
    AddedLineFeed,
    /// The last line is complete but for its line feed; nothing was changed.
    LacksLineFeed,
    /// Unfinished bytes behind the last acknowledged event were set aside.
    Torn {
        /// Where they were copied to; `None` when nothing was changed.
        copy: Option<PathBuf>,
        /// How many bytes.
        bytes: u64,
    },
    /// There was a journal but no readable head; a new one was written.
    HeadMissing {
        /// Whether a head was there but could not be read.
        damaged: bool,
    },
    /// One of the head's two slots was unreadable; the other one was used.
    HeadSlotDamaged {
        /// Which one, 0 or 1.
        slot: u8,
    },
    /// There are events behind the head that no interruption of this app explains: more than one,
    /// or by other clocks than it wrote by.
    BeyondHead {
        /// How many events are beyond it.
        events: u64,
    },
    /// Bad lines among good ones. They stay as they are and are passed over.
    Damaged {
        /// How many bad lines in all.
        lines: u64,
        /// The first of them.
        first: BadLine,
    },
    /// The journal is not what its head says. Nothing was changed and nothing is
    /// written until the loss is accepted.
    Loss(Loss),
    /// Another running copy writes this journal; this one only reads.
    AnotherWrites,
    /// The folder seems to be copied to other machines as files change.
    SyncedFolder {
        /// The folder.
        path: PathBuf,
        /// The service it seems to belong to.
        service: &'static str,
    },
    /// The space kept free for a full disk could not be set aside.
    NoReserve,
    /// A file was swapped, cut or removed under the running app, which opened the journal anew.
    Swapped(DiskFault),
    /// The disk is full, and the space kept aside for that was given back.
    ReserveFreed,
    /// The journal can be read, but writing to it failed.
    CannotWrite(DiskFault),
    /// The backup of the day was not made.
    NoBackup(BackupError),
}

impl Finding {
    /// Whether it tells what was changed about the last line.
    pub(super) const fn was_mended(&self) -> bool {
        matches!(self, Self::Torn { .. } | Self::AddedLineFeed)
    }

    /// Whether the lines alone do not say which promises hold: some are missing or cannot be
    /// read, or some are not the app's own.
    pub const fn leaves_doubt(&self) -> bool {
        matches!(
            self,
            Self::Loss(_)
                | Self::Damaged { .. }
                | Self::BeyondHead { .. }
                | Self::HeadMissing { .. }
        )
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Created => f.write_str("A new journal: history begins here."),
            Self::AddedLineFeed => {
                f.write_str("The last line had no line end; it was added. Nothing is missing.")
            }
            Self::LacksLineFeed => f.write_str(
                "The last line has no line end. Nothing is missing; opening the journal adds it.",
            ),
            Self::Torn { copy: Some(copy), bytes } => write!(
                f,
                "{bytes} bytes of an event that was never saved stood at the end. They were moved to {}.",
                copy.display(),
            ),
            Self::Torn { copy: None, bytes } => {
                write!(f, "{bytes} bytes of an event that was never saved stand at the end.")
            }
            Self::HeadMissing { damaged: false } => f.write_str(
                "The head, which knows how far the journal reaches, is missing. If you did not remove it, compare with a backup.",
            ),
            Self::HeadMissing { damaged: true } => f.write_str(
                "The head, which knows how far the journal reaches, cannot be read. Compare with a backup.",
            ),
            Self::HeadSlotDamaged { slot } => {
                write!(f, "Slot {slot} of the head cannot be read; the other slot was used.")
            }
            Self::BeyondHead { events: 1 } => f.write_str(
                "1 event stands behind the last one that is known to be saved, and this app did not write it in this run or the last one. If you did not put back an older head, someone else wrote it.",
            ),
            Self::BeyondHead { events } => write!(
                f,
                "{events} events stand behind the last one that is known to be saved. If you did not put back an older head, someone else wrote them.",
            ),
            Self::Damaged { lines: 1, first } => write!(f, "One line is damaged: {first}."),
            Self::Damaged { lines, first } => {
                write!(f, "{lines} lines are damaged; the first: {first}.")
            }
            Self::Loss(loss) => write!(f, "{loss}. Restore a backup, or choose to go on without."),
            Self::AnotherWrites => f.write_str(
                "Another running copy of Impulse Audit writes this journal; this one only reads.",
            ),
            Self::SyncedFolder { path, service } => write!(
                f,
                "{} seems to be synced by {service}, which can mix up a journal. Keep it in a folder of this machine alone.",
                path.display(),
            ),
            Self::NoReserve => f.write_str(
                "There is no room to keep 1 MiB aside for the day the disk is full.",
            ),
            Self::ReserveFreed => f.write_str(
                "The disk, or your share of it, is full. The 1 MiB that was kept aside for that is given back: some events can still be written. Make room on it.",
            ),
            Self::NoBackup(error) => write!(
                f,
                "Today's backup is missing: {error}. The journal itself is not touched by this.",
            ),
            Self::Swapped(fault) => write!(f, "The app {fault}. It has opened the journal again."),
            Self::CannotWrite(fault) => write!(f, "The journal can be read but not written: {fault}."),
        }
    }
}

/// What was found when a journal was opened.
#[derive(Debug)]
pub struct Opening {
    /// Everything worth saying, in the order it was found; empty when all is sound.
    pub findings: Vec<Finding>,
    /// Events in the journal after opening.
    pub count: u64,
    /// The locks the head held, which stay in force whatever the lines say.
    pub locks: Vec<HeadLock>,
    /// Locks in force that found no room in the head: their owner must be strict.
    pub unlisted_locks: u32,
}

impl Opening {
    /// Whether nothing at all was out of the ordinary.
    pub fn is_sound(&self) -> bool {
        self.findings.is_empty()
    }

    /// The loss that keeps the journal from being written, if there is one.
    pub fn loss(&self) -> Option<&Loss> {
        self.findings.iter().find_map(|finding| match finding {
            Finding::Loss(loss) => Some(loss),
            _ => None,
        })
    }
}
