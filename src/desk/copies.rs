//! Making, looking at and restoring backups, on the thread that writes.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::Local;

use crate::journal::{
    Backup, BackupError, BackupFile, BackupPreview, Clock, FileSystem, Finding, Folders, Journal,
    Opening, Restored, back_up, backups, look_at_backup, restore,
};
use crate::telling::words::sentence;

/// How many backups are kept.
pub const KEPT: usize = 14;

/// What is asked for.
pub(super) enum Ask {
    Make,
    LookAt(PathBuf),
    Restore(PathBuf),
}

/// What the thread has to say of it.
pub(super) enum Told {
    Listed(Result<Vec<BackupFile>, String>),
    Made {
        daily: bool,
        result: Result<Backup, BackupError>,
        list: Result<Vec<BackupFile>, String>,
    },
    LookedAt(PathBuf, Result<BackupPreview, String>),
    Restored(Result<Restored, String>),
}

/// Where the backups are, and by which clock they are made.
pub(super) struct Copies<'a> {
    pub(super) folders: &'a Folders,
    pub(super) files: &'a Arc<dyn FileSystem>,
    pub(super) clock: &'a dyn Clock,
}

impl Copies<'_> {
    /// Whether the backup of the day is to be made: the journal is whole and can be written,
    /// holds more than its beginning, and the newest backup is of another day.
    pub(super) fn is_due(
        journal: &Journal,
        opening: &Opening,
        list: &Result<Vec<BackupFile>, String>,
    ) -> bool {
        let stands_against = |finding: &Finding| {
            !matches!(
                finding,
                Finding::AddedLineFeed
                    | Finding::Torn { .. }
                    | Finding::SyncedFolder { .. }
                    | Finding::NoReserve
            )
        };
        if !journal.is_writable() || opening.findings.iter().any(stands_against) {
            return false;
        }
        let today = journal.now().wall.with_timezone(&Local).date_naive();
        // Where they cannot be listed none can be made either, and that is said.
        let newest = list.as_ref().ok().and_then(|list| list.first());
        newest.is_none_or(|newest| newest.at.with_timezone(&Local).date_naive() != today)
    }

    pub(super) fn list(&self) -> Result<Vec<BackupFile>, String> {
        backups(self.folders, self.files.as_ref()).map_err(|error| sentence(&error))
    }

    pub(super) fn make(&self, daily: bool) -> Told {
        let now = self.clock.now().wall;
        let result = back_up(self.folders, self.files.as_ref(), now, KEPT);
        Told::Made {
            daily,
            result,
            list: self.list(),
        }
    }

    /// The caller has let go of the journal.
    pub(super) fn restore(&self, path: &Path) -> Told {
        let restored = restore(self.folders, self.files, self.clock, path);
        Told::Restored(restored.map_err(|error| sentence(&error)))
    }

    pub(super) fn answer(&self, ask: Ask) -> Told {
        match ask {
            Ask::Make => self.make(false),
            Ask::LookAt(path) => {
                let seen = look_at_backup(self.folders, self.files.as_ref(), &path);
                Told::LookedAt(path, seen.map_err(|error| sentence(&error)))
            }
            Ask::Restore(path) => self.restore(&path),
        }
    }
}
