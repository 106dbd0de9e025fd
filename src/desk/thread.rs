//! What the thread does: opens the journal, writes to it, follows it, and lets go of it.

use std::ops::ControlFlow;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use super::copies::{Ask, Copies, Told};
use super::exporting::{Export, export_into};
use super::writer::{Job, Opened, Report, Wake};
use crate::audit::Draft;
use crate::journal::{
    AppendError, Appended, Clock, Draft as DraftFile, Entry, FileSystem, Folders, HeadLock,
    Journal, OpenError, read_copy, save_copy,
};
use crate::record::Book;
use crate::telling::words::sentence;

/// The largest file that is read for an import.
const LARGEST_IMPORT: usize = 10 << 20;
/// How often a journal that another window writes is looked at.
const FOLLOW: Duration = Duration::from_millis(500);
/// How often the opening says how far it is.
const PROGRESS: Duration = Duration::from_millis(100);

/// Why the thread has let go of the journal.
pub(super) enum Over {
    /// It is to be opened anew.
    OpenAgain,
    /// Nobody asks for anything any more.
    Gone,
}

/// Tells the desk, and wakes what draws.
pub(super) struct Say {
    pub(super) tell: Sender<Report>,
    pub(super) wake: Wake,
}

impl Say {
    fn say(&self, report: Report) {
        if self.tell.send(report).is_ok() {
            (self.wake)();
        }
    }
}

/// Opens the journal and does what is asked for until it is to be opened anew.
pub(super) fn run(
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
    let list = copies.list();
    let due = Copies::is_due(&journal, &opening, &list);
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
    say.say(Report::Copies(Told::Listed(list)));
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
        // Carried out where the folders are known.
        Job::Export(..) | Job::Copies(_) | Job::OpenAgain => {}
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
