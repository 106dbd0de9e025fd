//! Why no backup was made.

use std::path::PathBuf;

use super::super::error::{DiskFault, OpenError};
use super::super::loss::Loss;

/// Why no backup was made. The journal and the earlier backups are as they were.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum BackupError {
    /// It is not known how far the journal reaches.
    #[error(
        "no backup was made: the head {path} is missing or cannot be read, so it is not known how far the journal reaches. Open the journal once with the app, then back it up"
    )]
    NoHead {
        /// The file of the head.
        path: PathBuf,
    },
    /// Acknowledged events are missing or were changed.
    #[error("no backup was made, since the earlier ones hold more than the journal does. {0}")]
    NotWhole(Loss),
    /// The copy is not what was copied.
    #[error(
        "no backup was made: the copy did not read back from {path} as it was written. Check that disk"
    )]
    Unlike {
        /// The folder of the backups.
        path: PathBuf,
    },
    /// Another running copy of the app makes one.
    #[error("no backup was made: another running copy of Impulse Audit is making one")]
    UnderWay,
    /// The one who watched asked to stop.
    #[error("no backup was made: it was cancelled, and nothing is left of it")]
    Cancelled,
    /// A folder or file is not safely one's own, or the disk failed.
    #[error("no backup was made: {0}")]
    Disk(#[source] OpenError),
}

impl From<OpenError> for BackupError {
    fn from(error: OpenError) -> Self {
        match error {
            OpenError::Cancelled => Self::Cancelled,
            error => Self::Disk(error),
        }
    }
}

impl From<DiskFault> for BackupError {
    fn from(fault: DiskFault) -> Self {
        Self::Disk(OpenError::Disk(fault))
    }
}
