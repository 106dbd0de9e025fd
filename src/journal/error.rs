//! What can go wrong, said with the file and what the person can do.

use std::io;
use std::path::{Path, PathBuf};

/// A call to the file system that failed: what was being done, to which path.
#[derive(Debug, thiserror::Error)]
#[error("could not {doing} {path}: {source}")]
pub struct DiskFault {
    /// What was being done, such as `write to`.
    pub doing: &'static str,
    /// The file or folder.
    pub path: PathBuf,
    /// What the system said.
    pub source: io::Error,
}

impl DiskFault {
    /// Whether the disk or the person's share of it is full.
    pub fn is_full(&self) -> bool {
        use io::ErrorKind::{FileTooLarge, QuotaExceeded, StorageFull, WriteZero};
        matches!(
            self.source.kind(),
            StorageFull | QuotaExceeded | FileTooLarge | WriteZero
        )
    }

    /// A fault as good as this one, for those who must be told later.
    pub(super) fn again(&self) -> Self {
        let source = match self.source.raw_os_error() {
            Some(code) => io::Error::from_raw_os_error(code),
            None => io::Error::new(self.source.kind(), self.source.to_string()),
        };
        Self {
            doing: self.doing,
            path: self.path.clone(),
            source,
        }
    }
}

/// Names the path of a failed call.
pub(super) trait DiskContext<T> {
    fn doing(self, doing: &'static str, path: &Path) -> Result<T, DiskFault>;
}

impl<T> DiskContext<T> for io::Result<T> {
    fn doing(self, doing: &'static str, path: &Path) -> Result<T, DiskFault> {
        self.map_err(|source| DiskFault {
            doing,
            path: path.to_owned(),
            source,
        })
    }
}

/// Why a journal could not be opened. Nothing on disk was changed by the refusal.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum OpenError {
    /// A file or folder is not safely yours alone.
    #[error("{path} {why}, so nothing is opened there. {remedy}")]
    Refused {
        /// The file or folder.
        path: PathBuf,
        /// What is wrong with it.
        why: &'static str,
        /// What the person can do.
        remedy: &'static str,
    },
    /// The disk did not do what was asked.
    #[error(
        "{0}. Check that the disk is there, has room and lets you write, then open the journal again"
    )]
    Disk(#[from] DiskFault),
    /// A line has an envelope this version cannot read.
    #[error(
        "{path}, line {line}, was written by a newer version of Impulse Audit. Open the journal with that version or a later one"
    )]
    Newer {
        /// The file of the line.
        path: PathBuf,
        /// The number of the line in the file; the first is 1.
        line: u64,
    },
    /// There is neither a journal nor a head.
    #[error("there is no journal in {path}. Give the folder of one, or open the app to begin one")]
    Nothing {
        /// The folder that was looked in.
        path: PathBuf,
    },
    /// A restore was begun and is not finished.
    #[error(
        "a backup is being restored in {path}, or restoring one was interrupted. Try again in a moment; if it stays so, open the journal with the app, which finishes it"
    )]
    RestoreUnderWay {
        /// The folder of the journal.
        path: PathBuf,
    },
    /// Another copy has put another journal in the place of the one that was read.
    #[error("another running copy of Impulse Audit has restored a backup. Open the journal again")]
    Replaced,
    /// The one who reads asked to stop.
    #[error("opening the journal was cancelled; nothing was changed")]
    Cancelled,
}

/// Why an event was not acknowledged.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AppendError {
    /// The disk did not do what was asked. The event may or may not be on it; it
    /// does not count as saved. Nothing more is written to the same file:
    /// [`Journal::resume`](super::Journal::resume) goes on in the next one.
    #[error("not saved: {0}")]
    NotSaved(#[from] DiskFault),
    /// An earlier event was not saved, and writing was not resumed since.
    #[error(
        "not saved: writing stopped after an earlier error ({0}). Try again to go on in a new file"
    )]
    Stopped(DiskFault),
    /// What is open is not what lies at its path any more: a file was replaced, cut, removed or
    /// given a second name, or the lock was. What is written there nobody would read. Nothing
    /// more is written: the journal is to be opened anew.
    #[error("not saved: {0}. The journal must be opened again")]
    Stale(DiskFault),
    /// Another running copy of the app writes this journal.
    #[error(
        "not saved: another running copy of Impulse Audit writes this journal. Use that one, or close it and open this one again"
    )]
    AnotherWrites,
    /// Events are missing or were changed, and going on was not yet chosen.
    #[error(
        "not saved: the journal is not what it was when it was last written. Restore a backup, or choose to go on without what is missing"
    )]
    LossNotAccepted,
    /// The line would be longer than a journal line may be.
    #[error(
        "not saved: the event would take {bytes} bytes and a journal line holds at most {limit}. Shorten the text"
    )]
    TooLong {
        /// The length of the line, in bytes.
        bytes: usize,
        /// The longest a line may be, in bytes.
        limit: usize,
    },
}

/// Why one event could not be read again.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// There is no event at that place.
    #[error("the journal has no event number {seq}")]
    Missing {
        /// The place that was asked for.
        seq: u64,
    },
    /// The line is no longer what it was when the journal was opened.
    #[error(
        "event number {seq} in {path} is no longer what it was when the journal was opened. Close the app and open it again to see what changed"
    )]
    Changed {
        /// The place that was asked for.
        seq: u64,
        /// The file of the line.
        path: PathBuf,
    },
    /// The disk did not do what was asked.
    #[error(transparent)]
    Disk(#[from] DiskFault),
}
