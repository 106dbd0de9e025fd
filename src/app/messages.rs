//! What the app asks of its thread, what that says, and where the journal lies that it is about.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::sync::mpsc::Sender;

use super::exporting::{Export, ExportError, Exported, ProgramError};
use super::import_form::NoSnapshot;
use crate::audit::Draft;
use crate::journal::EventId;
use crate::journal::{
    Backup, BackupError, BackupFile, BackupPreview, Clock, DiskFault, Entry, FileSystem, Finding,
    Folders, HeadLock, OpenError, Progress, Receipt, Record, RestoreError, Restored,
};
use crate::record::State;

/// Called from another thread whenever there is something new.
pub type Wake = Box<dyn Fn() + Send + Sync>;

/// What the thread is asked to do.
pub(super) enum Job {
    Append(Entry, Option<Vec<HeadLock>>),
    SetLocks(Vec<HeadLock>),
    Resume,
    AcceptLoss(Vec<HeadLock>),
    SaveDraft(Box<Draft>),
    RemoveDraft,
    SaveElsewhere(PathBuf, String),
    SayWhenDone,
    Read(PathBuf),
    Beside(BackgroundTask, CancelFlag),
    Restore(PathBuf),
    OpenAgain,
}

/// What the thread has to say.
pub(super) enum Report {
    Opening(Progress),
    Opened(Box<Opened>),
    CannotOpen(String),
    /// The journal is let go of because of an error in the program.
    Stopped(String),
    /// Opening was cancelled; nothing was changed.
    Cancelled,
    Followed {
        records: Vec<Record>,
        seal: String,
    },
    Appended {
        event: EventId,
        records: Vec<Record>,
        receipt: Receipt,
        seal: String,
    },
    Failed {
        event: EventId,
        why: String,
    },
    SavedElsewhere(Result<PathBuf, DiskFault>),
    FileRead(Result<String, NoSnapshot>),
    Exported(Result<Exported, ExportError>),
    LossAccepted {
        records: Vec<Record>,
        seal: String,
        draft: Option<Box<Draft>>,
    },
    LossNotAccepted(String),
    Copies(BackupReport),
    /// Everything that was given before [`Job::SayWhenDone`] is done.
    Done,
}

pub(super) struct Opened {
    pub(super) state: State,
    pub(super) findings: Vec<Finding>,
    pub(super) read_only: bool,
    pub(super) seal: String,
    pub(super) draft: Option<Draft>,
    pub(super) locks: Vec<HeadLock>,
    pub(super) unlisted_locks: u32,
    /// Stops the backup of the day, where one is being made now.
    pub(super) daily: Option<CancelFlag>,
}

/// Set by whoever no longer wants what is being done.
pub(super) type CancelFlag = Arc<AtomicBool>;

/// What is done beside.
#[derive(Debug, Clone)]
pub(super) enum BackgroundTask {
    Make {
        daily: bool,
    },
    LookAt(PathBuf),
    /// Whoever asked for a file gets it whole: it is not stopped.
    Export(Export, PathBuf),
}

/// What there is to say of backups.
pub(super) enum BackupReport {
    Listed(Result<Vec<BackupFile>, OpenError>),
    /// How far it is with what is being done.
    SoFar(Progress),
    Made {
        daily: bool,
        result: Result<Backup, BackupError>,
        list: Result<Vec<BackupFile>, OpenError>,
    },
    Failed(ProgramError),
    LookedAt(PathBuf, Result<BackupPreview, RestoreError>),
    Restored(Result<Restored, RestoreError>),
}

/// Tells the app, and wakes what draws.
pub(super) struct Reporter {
    pub(super) tell: Sender<Report>,
    pub(super) wake: Wake,
}

impl Reporter {
    pub(super) fn say(&self, report: Report) {
        if self.tell.send(report).is_ok() {
            (self.wake)();
        }
    }
}

/// Where the journal lies, by which clock it is written, and who is told of it.
#[derive(Clone)]
pub(super) struct JournalLocation {
    pub(super) folders: Folders,
    pub(super) files: Arc<dyn FileSystem>,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) say: Arc<Reporter>,
}
