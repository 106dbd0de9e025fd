//! Making, looking at, listing and restoring backups.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};

use chrono::Local;

use super::messages::{BackupReport, JournalLocation, Report, Reporter};
use crate::journal::{
    BackupFile, Finding, Journal, OpenError, Opening, Progress, back_up, backups, preview_backup,
    restore,
};

/// How many backups are kept.
pub const KEPT: usize = 14;

/// Whether the backup of the day is to be made: the journal is whole and can be written, holds
/// more than its beginning, and the newest backup is of another day.
pub(super) fn is_due(
    journal: &Journal,
    opening: &Opening,
    list: &Result<Vec<BackupFile>, OpenError>,
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

/// Says each percent once, and listens to whether it is still wanted.
fn told_percents<'a>(
    say: &'a Reporter,
    stop: &'a AtomicBool,
) -> impl FnMut(Progress) -> ControlFlow<()> + 'a {
    let mut told = None;
    move |progress| {
        if told != Some(progress.percent()) {
            told = Some(progress.percent());
            say.say(Report::Copies(BackupReport::SoFar(progress)));
        }
        if stop.load(Ordering::Relaxed) {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    }
}

impl JournalLocation {
    pub(super) fn list(&self) -> Result<Vec<BackupFile>, OpenError> {
        backups(&self.folders, self.files.as_ref())
    }

    pub(super) fn make(&self, daily: bool, stop: &AtomicBool) -> BackupReport {
        let now = self.clock.now().wall;
        let watch = &mut told_percents(&self.say, stop);
        let result = back_up(&self.folders, self.files.as_ref(), now, KEPT, watch);
        BackupReport::Made {
            daily,
            result,
            list: self.list(),
        }
    }

    pub(super) fn look_at(&self, path: PathBuf, stop: &AtomicBool) -> BackupReport {
        let watch = &mut told_percents(&self.say, stop);
        let seen = preview_backup(&self.folders, self.files.as_ref(), &path, watch);
        BackupReport::LookedAt(path, seen)
    }

    /// The caller has let go of the journal.
    pub(super) fn restore(&self, path: &Path) -> BackupReport {
        let never = AtomicBool::new(false);
        let mut watch = told_percents(&self.say, &never);
        let clock = self.clock.as_ref();
        let restored = restore(&self.folders, &self.files, clock, path, &mut |progress| {
            let _ = watch(progress);
        });
        BackupReport::Restored(restored)
    }
}
