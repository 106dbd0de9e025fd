//! The line to the thread that opens the journal and writes to it: no disk is ever waited for
//! by what draws.

use std::cell::Cell;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, TryRecvError, channel};
use std::thread::JoinHandle;
use std::time::Duration;

use super::messages::{BackgroundTask, CancelFlag, Job, JournalLocation, Report, Reporter, Wake};
use super::thread::go_on;
use crate::audit::Draft;
use crate::journal::{Clock, Entry, FileSystem, Folders, HeadLock};

/// What is said where no thread can be had.
const NO_THREAD: &str = "The journal cannot be opened: the system gives this program no thread. Close other programs and start it again.";

/// The line to the thread. Dropping it lets the thread finish what it was given.
pub(super) struct Writer {
    jobs: Option<Sender<Job>>,
    reports: Receiver<Report>,
    /// Whether it was told that the thread is gone.
    told_gone: Cell<bool>,
    /// Set to cancel an opening.
    stop: Arc<AtomicBool>,
    thread: Option<JoinHandle<()>>,
}

impl std::fmt::Debug for Writer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Writer").finish_non_exhaustive()
    }
}

impl Writer {
    pub(super) fn start(
        folders: Folders,
        files: Arc<dyn FileSystem>,
        clock: Arc<dyn Clock>,
        wake: Wake,
    ) -> Self {
        let (jobs, work) = channel();
        let (tell, reports) = channel();
        let stop = Arc::new(AtomicBool::new(false));
        let stops = Arc::clone(&stop);
        let place = JournalLocation {
            folders,
            files,
            clock,
            say: Arc::new(Reporter { tell, wake }),
        };
        let thread = std::thread::Builder::new()
            .name("journal".to_owned())
            .spawn(move || go_on(&place, &work, &stops));
        Self {
            jobs: Some(jobs),
            reports,
            told_gone: Cell::new(false),
            stop,
            thread: thread.ok(),
        }
    }

    /// Whether the thread is there to take it.
    fn give(&self, job: Job) -> bool {
        self.jobs
            .as_ref()
            .is_some_and(|jobs| jobs.send(job).is_ok())
    }

    /// Asks for [`Report::Done`] behind everything given so far; `false` where nobody answers.
    pub(super) fn ask_when_done(&self) -> bool {
        self.give(Job::SayWhenDone)
    }

    /// Appends; with locks, the head keeps those from then on.
    pub(super) fn append(&self, entry: Entry, locks: Option<Vec<HeadLock>>) {
        let _ = self.give(Job::Append(entry, locks));
    }

    pub(super) fn set_locks(&self, locks: Vec<HeadLock>) {
        let _ = self.give(Job::SetLocks(locks));
    }

    pub(super) fn resume(&self) {
        let _ = self.give(Job::Resume);
    }

    pub(super) fn accept_loss(&self, locks: Vec<HeadLock>) {
        let _ = self.give(Job::AcceptLoss(locks));
    }

    pub(super) fn save_draft(&self, draft: &Draft) {
        let _ = self.give(Job::SaveDraft(Box::new(draft.clone())));
    }

    pub(super) fn remove_draft(&self) {
        let _ = self.give(Job::RemoveDraft);
    }

    pub(super) fn save_elsewhere(&self, path: PathBuf, text: String) {
        let _ = self.give(Job::SaveElsewhere(path, text));
    }

    pub(super) fn read(&self, path: PathBuf) {
        self.give(Job::Read(path));
    }

    /// Begins something beside the thread, and answers what stops it.
    pub(super) fn in_background(&self, task: BackgroundTask) -> CancelFlag {
        let stop = CancelFlag::default();
        let _ = self.give(Job::Beside(task, Arc::clone(&stop)));
        stop
    }

    pub(super) fn restore(&self, path: PathBuf) {
        let _ = self.give(Job::Restore(path));
    }

    /// Stops reading a journal that is being opened; one that is open stays so.
    pub(super) fn cancel_opening(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }

    /// A wish to cancel that came too late is not one for the next opening.
    pub(super) fn forget_cancelling(&self) {
        self.stop.store(false, Ordering::Relaxed);
    }

    pub(super) fn open_again(&self) {
        self.forget_cancelling();
        let _ = self.give(Job::OpenAgain);
    }

    /// The next report, if there is one.
    pub(super) fn report(&self) -> Option<Report> {
        match self.reports.try_recv() {
            Ok(report) => Some(report),
            Err(TryRecvError::Empty) => None,
            Err(TryRecvError::Disconnected) => self.gone(),
        }
    }

    /// Told once: there is no thread, or none any more.
    fn gone(&self) -> Option<Report> {
        let told = self.told_gone.replace(true);
        (!told).then(|| Report::Stopped(NO_THREAD.to_owned()))
    }

    pub(super) fn wait(&self, patience: Duration) -> Option<Report> {
        match self.reports.recv_timeout(patience) {
            Ok(report) => Some(report),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => self.gone(),
        }
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        self.jobs = None;
        // An opening that nobody waits for is not read to its end.
        self.cancel_opening();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}
