//! The commands about backups and about opening the journal, and what is known of backups.

use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

use super::messages::{BackgroundTask, BackupReport, CancelFlag};
use thiserror::Error;

use super::exporting::ProgramError;
use super::saving::Saving;
use super::{App, Phase, Refusal, Stage};
use crate::journal::{
    Backup, BackupError, BackupFile, BackupPreview, Finding, OpenError, Progress, RestoreError,
    Restored,
};

const NOT_OPEN: Refusal = Refusal::NotNow("The journal is not open.");

/// What is being done about backups.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BackupWork {
    /// One is being made.
    Making,
    /// This file is being looked at.
    LookingAt(PathBuf),
    /// This file is being restored.
    Restoring(PathBuf),
}

/// Why there is no backup.
#[derive(Debug, Error)]
pub enum BackUpError {
    #[error(transparent)]
    Journal(#[from] BackupError),
    #[error(transparent)]
    Program(#[from] ProgramError),
}

/// Something that is being done.
#[derive(Debug)]
struct Doing {
    work: BackupWork,
    progress: Progress,
    /// What stops it; nothing stops a restore.
    stop: Option<CancelFlag>,
}

#[derive(Debug, Default)]
pub struct Backups {
    list: Vec<BackupFile>,
    unlisted: Option<OpenError>,
    doing: Option<Doing>,
    made: Option<Result<Backup, BackUpError>>,
    seen: Option<(PathBuf, Result<BackupPreview, RestoreError>)>,
    restored: Option<Result<Restored, RestoreError>>,
}

impl Backups {
    /// Those that are there, the newest first, by their names.
    pub fn list(&self) -> &[BackupFile] {
        &self.list
    }

    /// Why they cannot be listed.
    pub fn unlisted(&self) -> Option<&OpenError> {
        self.unlisted.as_ref()
    }

    /// What is being done.
    pub fn work(&self) -> Option<&BackupWork> {
        self.doing.as_ref().map(|doing| &doing.work)
    }

    /// How far it is with that.
    pub fn progress(&self) -> Option<Progress> {
        self.doing.as_ref().map(|doing| doing.progress)
    }

    /// The last one that was asked for, or why it was not made.
    pub fn made(&self) -> Option<&Result<Backup, BackUpError>> {
        self.made.as_ref()
    }

    /// What is in this file, if it was looked at last.
    pub fn seen(&self, file: &Path) -> Option<&Result<BackupPreview, RestoreError>> {
        let seen = self.seen.as_ref().filter(|(path, _)| path == file);
        seen.map(|(_, seen)| seen)
    }

    /// What was restored last, or why it was not.
    pub fn restored(&self) -> Option<&Result<Restored, RestoreError>> {
        self.restored.as_ref()
    }

    pub(super) fn begin(&mut self, work: BackupWork, stop: Option<CancelFlag>) {
        self.doing = Some(Doing {
            work,
            progress: Progress::default(),
            stop,
        });
    }

    /// Whatever was being done is not done any more.
    pub(super) fn stopped(&mut self) {
        self.doing = None;
    }

    fn take_list(&mut self, list: Result<Vec<BackupFile>, OpenError>) {
        match list {
            Ok(list) => {
                self.list = list;
                self.unlisted = None;
            }
            Err(why) => {
                self.list.clear();
                self.unlisted = Some(why);
            }
        }
    }
}

impl App {
    pub fn backups(&self) -> &Backups {
        &self.backups
    }

    pub(super) fn cancel_opening(&mut self) -> Result<(), Refusal> {
        match self.phase {
            Phase::Opening(_) => {
                self.writer.cancel_opening();
                Ok(())
            }
            Phase::Ready | Phase::Refused(_) | Phase::Cancelled => {
                Err(Refusal::NotNow("The journal is not being opened."))
            }
        }
    }

    pub(super) fn open_again(&mut self) -> Result<(), Refusal> {
        match self.phase {
            Phase::Refused(_) | Phase::Cancelled => {
                self.phase = Phase::Opening(Progress::default());
                self.writer.open_again();
                if self.pending.is_empty() {
                    // Nothing waits to be tried again first.
                    self.writer.resume();
                }
                Ok(())
            }
            Phase::Opening(_) | Phase::Ready => {
                Err(Refusal::NotNow("The journal is open, or is being opened."))
            }
        }
    }

    fn may_begin(&self) -> Result<(), Refusal> {
        if !matches!(self.phase, Phase::Ready) {
            return Err(NOT_OPEN);
        }
        if self.backups.doing.is_some() {
            return Err(Refusal::NotNow("A backup is being worked on. Wait for it."));
        }
        Ok(())
    }

    pub(super) fn back_up(&mut self) -> Result<(), Refusal> {
        self.may_begin()?;
        let stop = self
            .writer
            .in_background(BackgroundTask::Make { daily: false });
        self.backups.begin(BackupWork::Making, Some(stop));
        self.backups.made = None;
        Ok(())
    }

    pub(super) fn look_at_backup(&mut self, path: PathBuf) -> Result<(), Refusal> {
        self.may_begin()?;
        let stop = self
            .writer
            .in_background(BackgroundTask::LookAt(path.clone()));
        self.backups.begin(BackupWork::LookingAt(path), Some(stop));
        self.backups.seen = None;
        Ok(())
    }

    /// Gives up making or looking at a backup: nothing is left of it.
    pub(super) fn cancel_backup(&self) -> Result<(), Refusal> {
        let Some(doing) = &self.backups.doing else {
            return Err(Refusal::NotNow("No backup is being worked on."));
        };
        let Some(stop) = &doing.stop else {
            return Err(Refusal::NotNow(
                "A restore is not given up half way. Wait for it.",
            ));
        };
        stop.store(true, Ordering::Relaxed);
        Ok(())
    }

    /// Restores a backup that was looked at: what would be missing was on the screen.
    pub(super) fn restore(&mut self, path: PathBuf) -> Result<(), Refusal> {
        self.may_begin()?;
        if !matches!(self.backups.seen(&path), Some(Ok(_))) {
            return Err(Refusal::NotNow("Look at this backup first."));
        }
        let idle = matches!(self.stage, Stage::Idle | Stage::Ended(_)) && self.draft.is_none();
        if !idle {
            return Err(Refusal::NotNow(
                "An audit is in hand. End it first: it would not be in the restored journal.",
            ));
        }
        if !matches!(self.saving, Saving::Quiet) || !self.pending.is_empty() {
            return Err(Refusal::NotNow(
                "Something is not saved yet. Save it or copy it first.",
            ));
        }
        // Every promise in force is in the head before its line may go.
        if !self.read_only {
            self.writer.set_locks(self.head_locks());
        }
        self.writer.restore(path.clone());
        self.backups.begin(BackupWork::Restoring(path), None);
        self.backups.restored = None;
        Ok(())
    }

    pub(super) fn told_about_copies(&mut self, told: BackupReport) {
        match told {
            BackupReport::Listed(list) => self.backups.take_list(list),
            BackupReport::SoFar(progress) => {
                if let Some(doing) = &mut self.backups.doing {
                    doing.progress = progress;
                }
            }
            BackupReport::Made {
                daily,
                result,
                list,
            } => {
                self.backups.take_list(list);
                self.backups.doing = None;
                match result {
                    // All is as it was before: there is nothing to say.
                    Err(BackupError::Cancelled) => {}
                    Err(error) if daily => self.findings.push(Finding::NoBackup(error)),
                    Ok(_) if daily => {}
                    result => self.backups.made = Some(result.map_err(BackUpError::from)),
                }
            }
            BackupReport::Failed(why) => {
                self.backups.doing = None;
                self.backups.made = Some(Err(why.into()));
            }
            BackupReport::LookedAt(path, seen) => {
                self.backups.doing = None;
                self.backups.seen = match seen {
                    Err(RestoreError::Cancelled) => None,
                    seen => Some((path, seen)),
                };
            }
            BackupReport::Restored(result) => {
                self.backups.doing = None;
                self.backups.seen = None;
                if result.is_ok() {
                    self.backups.made = None;
                    self.stage = Stage::Idle;
                    self.begun = None;
                }
                self.backups.restored = Some(result);
                // It is opened and folded anew, restored or not.
                if !self.another_writes() {
                    self.phase = Phase::Opening(Progress::default());
                }
            }
        }
    }

    fn another_writes(&self) -> bool {
        let found = |finding: &Finding| matches!(finding, Finding::AnotherWrites);
        self.findings.iter().any(found)
    }
}
