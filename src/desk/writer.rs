//! The thread that opens the journal and writes to it: no disk is ever waited for by what
//! draws.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use uuid::Uuid;

use super::copies::{Ask, Copies, Told};
use super::exporting::{Export, Exported, export_into};
use super::outside::{elsewhere, imported, sentence};
use crate::audit::Draft;
use crate::journal::{
    AppendError, Appended, Clock, Draft as DraftFile, Entry, FileSystem, Finding, Folders,
    HeadLock, Journal, OpenError, Receipt, Record,
};
use crate::record::Book;

/// Called from the writing thread whenever there is something new.
pub type Wake = Box<dyn Fn() + Send>;

/// How often a journal that another window writes is looked at.
const FOLLOW: Duration = Duration::from_millis(500);
/// How often the opening says how far it is.
const PROGRESS: Duration = Duration::from_millis(100);

enum Job {
    Append(Entry, Option<Vec<HeadLock>>),
    SetLocks(Vec<HeadLock>),
    Resume,
    AcceptLoss,
    SaveDraft(Box<Draft>),
    RemoveDraft,
    SaveElsewhere(PathBuf, String),
    SayWhenDone,
    Read(PathBuf),
    Export(Export, PathBuf),
    Copies(Ask),
    OpenAgain,
}

/// Why the thread has let go of the journal.
enum Over {
    /// It is to be opened anew.
    OpenAgain,
    /// Nobody asks for anything any more.
    Gone,
}

/// What the thread has to say.
pub(super) enum Report {
    Opening {
        read: u64,
        total: u64,
    },
    Opened(Box<Opened>),
    CannotOpen(String),
    /// Opening was cancelled; nothing was changed.
    Cancelled,
    Followed {
        records: Vec<Record>,
        seal: String,
    },
    Appended {
        event: Uuid,
        records: Vec<Record>,
        receipt: Receipt,
        seal: String,
    },
    Failed {
        event: Uuid,
        why: String,
    },
    SavedElsewhere(Result<String, String>),
    FileRead(Result<String, String>),
    Exported(Result<Exported, String>),
    LossAccepted {
        records: Vec<Record>,
        seal: String,
        draft: Option<Box<Draft>>,
    },
    LossNotAccepted(String),
    Copies(Told),
    /// Everything that was given before [`Writer::ask_when_done`] is done.
    Done,
}

/// A journal that was opened.
pub(super) struct Opened {
    pub(super) book: Book,
    pub(super) findings: Vec<Finding>,
    pub(super) read_only: bool,
    pub(super) seal: String,
    pub(super) draft: Option<Draft>,
    /// The locks that the head held.
    pub(super) locks: Vec<(Uuid, String)>,
    pub(super) unlisted_locks: u32,
}

/// The line to the thread. Dropping it lets the thread finish what it was given.
pub(super) struct Writer {
    jobs: Option<Sender<Job>>,
    reports: Receiver<Report>,
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
        let say = Say { tell, wake };
        let thread = std::thread::Builder::new()
            .name("journal".to_owned())
            .spawn(move || {
                while let Over::OpenAgain = run(&folders, &files, &clock, &work, &stops, &say) {}
            });
        Self {
            jobs: Some(jobs),
            reports,
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

    pub(super) fn accept_loss(&self) {
        let _ = self.give(Job::AcceptLoss);
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

    pub(super) fn export(&self, export: Export, path: PathBuf) {
        self.give(Job::Export(export, path));
    }

    pub(super) fn about_copies(&self, ask: Ask) {
        let _ = self.give(Job::Copies(ask));
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
        self.reports.try_recv().ok()
    }

    /// The next report, waited for.
    pub(super) fn wait(&self, patience: Duration) -> Option<Report> {
        self.reports.recv_timeout(patience).ok()
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

struct Say {
    tell: Sender<Report>,
    wake: Wake,
}

impl Say {
    fn say(&self, report: Report) {
        if self.tell.send(report).is_ok() {
            (self.wake)();
        }
    }
}

/// Opens the journal and does what is asked for until it is to be opened anew.
fn run(
    folders: &Folders,
    files: &Arc<dyn FileSystem>,
    clock: &Arc<dyn Clock>,
    work: &Receiver<Job>,
    stop: &AtomicBool,
    say: &Say,
) -> Over {
    let mut book = Book::default();
    let mut told = Instant::now();
    let opened = Journal::open(
        folders,
        Arc::clone(files),
        Arc::clone(clock),
        &mut |record, progress| {
            book.apply(record);
            if told.elapsed() > PROGRESS {
                told = Instant::now();
                say.say(Report::Opening {
                    read: progress.bytes,
                    total: progress.of,
                });
            }
            if stop.load(Ordering::Relaxed) {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        },
    );
    let copies = Copies {
        folders,
        files,
        clock: clock.as_ref(),
    };
    let (mut journal, opening) = match opened {
        Ok(opened) => opened,
        Err(error) => {
            say.say(match error {
                OpenError::Cancelled => Report::Cancelled,
                error => Report::CannotOpen(error.to_string()),
            });
            return closed(folders, files.as_ref(), work, &copies, say);
        }
    };
    let kept = DraftFile::new(folders, Arc::clone(files));
    // A second window must not take up what the first one is writing.
    let draft = if journal.is_writable() {
        load(&kept)
    } else {
        None
    };
    let due = copies.is_due(&journal, &opening);
    say.say(Report::Opened(Box::new(Opened {
        book,
        findings: opening.findings,
        read_only: !journal.is_writable(),
        seal: journal.seal(),
        draft,
        locks: opening
            .locks
            .into_iter()
            .map(|lock| (lock.id, lock.text))
            .collect(),
        unlisted_locks: opening.unlisted_locks,
    })));
    say.say(Report::Copies(copies.listed()));
    if due {
        say.say(Report::Copies(copies.make(true)));
    }
    loop {
        let job = if journal.another_writes() {
            match work.recv_timeout(FOLLOW) {
                Ok(job) => job,
                Err(RecvTimeoutError::Timeout) => match follow(&mut journal, say) {
                    ControlFlow::Continue(()) => continue,
                    ControlFlow::Break(()) => return Over::OpenAgain,
                },
                Err(RecvTimeoutError::Disconnected) => return Over::Gone,
            }
        } else {
            match work.recv() {
                Ok(job) => job,
                Err(_) => return Over::Gone,
            }
        };
        match job {
            Job::OpenAgain => return Over::OpenAgain,
            Job::Copies(Ask::Restore(path)) if !journal.another_writes() => {
                // It takes the lock itself, and leaves another journal behind.
                drop(journal);
                say.say(Report::Copies(copies.restore(&path)));
                return Over::OpenAgain;
            }
            Job::Export(export, path) => write_out(folders, files.as_ref(), export, &path, say),
            Job::Copies(ask) => say.say(Report::Copies(copies.answer(ask))),
            job => carry_out(&mut journal, files.as_ref(), &kept, job, say),
        }
    }
}

/// Writes the journal out: read afresh from the files, so that it is what lies there.
fn write_out(folders: &Folders, files: &dyn FileSystem, export: Export, path: &Path, say: &Say) {
    let exported = export_into(folders, files, export, path);
    say.say(Report::Exported(exported.map_err(|error| sentence(&error))));
}

/// While the journal is not open: nothing can be written, and it can be opened again.
fn closed(
    folders: &Folders,
    files: &dyn FileSystem,
    work: &Receiver<Job>,
    copies: &Copies<'_>,
    say: &Say,
) -> Over {
    while let Ok(job) = work.recv() {
        match job {
            Job::OpenAgain => return Over::OpenAgain,
            Job::SayWhenDone => say.say(Report::Done),
            Job::Copies(ask) => say.say(Report::Copies(copies.answer(ask))),
            Job::Export(export, path) => write_out(folders, files, export, &path, say),
            Job::Append(entry, _) => say.say(Report::Failed {
                event: entry.id(),
                why: "The journal is not open. Open it again.".to_owned(),
            }),
            Job::SetLocks(_)
            | Job::Resume
            | Job::AcceptLoss
            | Job::SaveDraft(_)
            | Job::RemoveDraft
            | Job::SaveElsewhere(..)
            | Job::Read(_) => {}
        }
    }
    Over::Gone
}

/// A draft that cannot be read is as good as none: it decides nothing.
fn load(kept: &DraftFile) -> Option<Draft> {
    let text = kept.load().ok().flatten()?;
    serde_json::from_str(&text).ok()
}

/// Breaks where the journal was replaced under the one who reads it.
fn follow(journal: &mut Journal, say: &Say) -> ControlFlow<()> {
    let mut records = Vec::new();
    // What cannot be read now is looked at again in half a second.
    let followed = journal.follow(&mut |record, _| {
        records.push(record.clone());
        ControlFlow::Continue(())
    });
    if !records.is_empty() {
        say.say(Report::Followed {
            records,
            seal: journal.seal(),
        });
    }
    match followed {
        Err(OpenError::Replaced) => ControlFlow::Break(()),
        Ok(_) | Err(_) => ControlFlow::Continue(()),
    }
}

fn carry_out(journal: &mut Journal, files: &dyn FileSystem, kept: &DraftFile, job: Job, say: &Say) {
    match job {
        Job::Append(entry, locks) => match append(journal, &entry, locks) {
            Ok(appended) => {
                let mut records = appended.before;
                // An entry that was there already was folded when it was read or written.
                if !appended.already {
                    records.push(appended.record);
                }
                say.say(Report::Appended {
                    event: entry.id(),
                    records,
                    receipt: appended.receipt,
                    seal: journal.seal(),
                });
            }
            Err(error) => say.say(Report::Failed {
                event: entry.id(),
                why: sentence(&error),
            }),
        },
        // They are kept with the next event where this fails.
        Job::SetLocks(locks) => {
            let _ = journal.set_locks(locks);
        }
        // Where it fails, the append that follows says so.
        Job::Resume => {
            if let Ok(records) = journal.resume()
                && !records.is_empty()
            {
                say.say(Report::Followed {
                    records,
                    seal: journal.seal(),
                });
            }
        }
        Job::AcceptLoss => match journal.accept_loss() {
            Ok(records) => say.say(Report::LossAccepted {
                records,
                seal: journal.seal(),
                draft: load(kept).map(Box::new),
            }),
            Err(error) => say.say(Report::LossNotAccepted(sentence(&error))),
        },
        // A draft that cannot be kept costs nothing that was promised to be kept: the words
        // are on the screen, and the seal says loudly when the disk refuses.
        Job::SaveDraft(draft) => {
            if let Ok(text) = serde_json::to_string(&draft) {
                let _ = kept.save(&text);
            }
        }
        Job::RemoveDraft => {
            let _ = kept.remove();
        }
        Job::SaveElsewhere(path, text) => {
            say.say(Report::SavedElsewhere(elsewhere(files, &path, &text)));
        }
        Job::Read(path) => say.say(Report::FileRead(imported(files, &path))),
        Job::SayWhenDone => say.say(Report::Done),
        // Taken before they come here.
        Job::Copies(_) | Job::OpenAgain | Job::Export(..) => {}
    }
}

fn append(
    journal: &mut Journal,
    entry: &Entry,
    locks: Option<Vec<HeadLock>>,
) -> Result<Appended, AppendError> {
    match locks {
        Some(locks) => journal.append_with_locks(entry, locks),
        None => journal.append(entry),
    }
}
