//! The thread that opens the journal and writes to it: no disk is ever waited for by what
//! draws.

use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use uuid::Uuid;

use super::exporting::{Export, Exported, export_into};
use crate::audit::Draft;
use crate::journal::{
    AppendError, Appended, Clock, Draft as DraftFile, Entry, FileSystem, Finding, Folders,
    HeadLock, Journal, Receipt, Record, read_copy, save_copy,
};
use crate::record::Book;

/// Called from the writing thread whenever there is something new.
pub type Wake = Box<dyn Fn() + Send>;

/// The largest file that is read for an import.
const LARGEST_IMPORT: usize = 10 << 20;
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
}

/// What the thread has to say.
pub(super) enum Report {
    Opening {
        read: u64,
        total: u64,
    },
    Opened(Box<Opened>),
    CannotOpen(String),
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
        let say = Say { tell, wake };
        let thread = std::thread::Builder::new()
            .name("journal".to_owned())
            .spawn(move || {
                run(&folders, &files, clock, &work, &say);
            });
        Self {
            jobs: Some(jobs),
            reports,
            thread: thread.ok(),
        }
    }

    /// Whether the thread is there to take it: it ends only when the journal cannot be
    /// opened, which it has said then.
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

fn run(
    folders: &Folders,
    files: &Arc<dyn FileSystem>,
    clock: Arc<dyn Clock>,
    work: &Receiver<Job>,
    say: &Say,
) {
    let mut book = Book::default();
    let mut told = Instant::now();
    let opened = Journal::open(
        folders,
        Arc::clone(files),
        clock,
        &mut |record, progress| {
            book.apply(record);
            if told.elapsed() > PROGRESS {
                told = Instant::now();
                say.say(Report::Opening {
                    read: progress.bytes,
                    total: progress.of,
                });
            }
            ControlFlow::Continue(())
        },
    );
    let (mut journal, opening) = match opened {
        Ok(opened) => opened,
        Err(error) => {
            say.say(Report::CannotOpen(error.to_string()));
            return;
        }
    };
    let kept = DraftFile::new(folders, Arc::clone(files));
    // A second window must not take up what the first one is writing.
    let draft = if journal.is_writable() {
        load(&kept)
    } else {
        None
    };
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
    loop {
        let job = if journal.another_writes() {
            match work.recv_timeout(FOLLOW) {
                Ok(job) => job,
                Err(RecvTimeoutError::Timeout) => {
                    follow(&mut journal, say);
                    continue;
                }
                Err(RecvTimeoutError::Disconnected) => return,
            }
        } else {
            match work.recv() {
                Ok(job) => job,
                Err(_) => return,
            }
        };
        // Read afresh from the files, so that what is written out is what lies there.
        if let Job::Export(export, path) = job {
            let exported = export_into(folders, files.as_ref(), export, &path);
            say.say(Report::Exported(exported.map_err(|error| sentence(&error))));
            continue;
        }
        carry_out(&mut journal, files.as_ref(), &kept, job, say);
    }
}

/// A draft that cannot be read is as good as none: it decides nothing.
fn load(kept: &DraftFile) -> Option<Draft> {
    let text = kept.load().ok().flatten()?;
    serde_json::from_str(&text).ok()
}

fn follow(journal: &mut Journal, say: &Say) {
    let mut records = Vec::new();
    // What cannot be read now is looked at again in half a second.
    let _ = journal.follow(&mut |record, _| {
        records.push(record.clone());
        ControlFlow::Continue(())
    });
    if !records.is_empty() {
        say.say(Report::Followed {
            records,
            seal: journal.seal(),
        });
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
        // Carried out where the folders are known.
        Job::Export(..) => {}
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

/// A file that is imported: text, and not larger than any export is.
fn imported(files: &dyn FileSystem, path: &Path) -> Result<String, String> {
    let bytes = read_copy(files, path, LARGEST_IMPORT).map_err(|fault| sentence(&fault))?;
    if bytes.len() > LARGEST_IMPORT {
        return Err(format!(
            "{} is larger than 10 MiB: this is no account snapshot.",
            path.display()
        ));
    }
    String::from_utf8(bytes).map_err(|_| {
        format!(
            "{} is no text. An account snapshot is a JSON file.",
            path.display()
        )
    })
}

fn elsewhere(files: &dyn FileSystem, path: &Path, text: &str) -> Result<String, String> {
    match save_copy(files, path, text.as_bytes()) {
        Ok(()) => Ok(path.display().to_string()),
        Err(fault) => Err(sentence(&fault)),
    }
}

/// An error as a sentence: a capital letter and a full stop.
fn sentence(error: &impl std::fmt::Display) -> String {
    let text = error.to_string();
    let mut letters = text.chars();
    let first: String = letters
        .next()
        .map(|c| c.to_uppercase().collect())
        .unwrap_or_default();
    let stop = if text.ends_with('.') { "" } else { "." };
    format!("{first}{}{stop}", letters.as_str())
}
