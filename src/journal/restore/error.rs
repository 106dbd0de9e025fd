//! Why a backup was not looked at or not restored.

use std::path::PathBuf;

use super::super::error::{DiskFault, OpenError};
use super::super::finding::BadLineReason;

/// Why a backup cannot be looked at or restored. The present journal is as it was, or the
/// next opening finishes what was begun.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RestoreError {
    /// There is no such file.
    #[error("there is no file {path}. Check its name and folder")]
    Missing {
        /// The file that was named.
        path: PathBuf,
    },
    /// The file is no whole journal.
    #[error(
        "{path} is no backup that can be restored: its line {line} {reason}. Choose another one"
    )]
    NoBackup {
        /// The file that was named.
        path: PathBuf,
        /// The number of the line; the first is 1.
        line: u64,
        /// What is wrong with it.
        reason: BadLineReason,
    },
    /// The file belongs to another journal than the one that is here.
    #[error(
        "{path} is a backup of another journal than the one in {data}. Nothing was changed. Restore it into a folder of its own, with --data-dir"
    )]
    OtherJournal {
        /// The file that was named.
        path: PathBuf,
        /// The folder of the present journal.
        data: PathBuf,
    },
    /// Another running copy of the app writes the journal.
    #[error(
        "another running copy of Impulse Audit writes this journal, so nothing was restored. Close it and try again"
    )]
    AnotherWrites,
    /// The locks in force are not known without the head.
    #[error(
        "the head {path} is missing or cannot be read, so nothing was restored: it holds the locks in force. Open the journal once with the app, then restore"
    )]
    NoHead {
        /// The file of the head.
        path: PathBuf,
    },
    /// The journal holds events that the head does not know of, which may have set locks.
    #[error(
        "the journal holds events that the head {path} does not know of yet, so nothing was restored: they may be locks in force. Open the journal once with the app, go on without what is missing if it says so, then restore"
    )]
    Behind {
        /// The file of the head.
        path: PathBuf,
    },
    /// The one who watched asked to stop looking.
    #[error("looking at the backup was cancelled; nothing was changed")]
    Cancelled,
    /// A folder or file is not safely one's own, cannot be read, or the disk failed.
    #[error(transparent)]
    Disk(OpenError),
}

impl From<OpenError> for RestoreError {
    fn from(error: OpenError) -> Self {
        match error {
            OpenError::Cancelled => Self::Cancelled,
            error => Self::Disk(error),
        }
    }
}

impl From<DiskFault> for RestoreError {
    fn from(fault: DiskFault) -> Self {
        Self::Disk(OpenError::Disk(fault))
    }
}
