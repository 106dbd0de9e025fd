//! What the thread does: opens the journal, writes to it, follows it, and lets go of it.

use std::cell::RefCell;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use super::background::Background;
use super::copies::is_due;
use super::jobs::{carry_out, load};
use super::messages::{
    BackgroundTask, BackupReport, CancelFlag, Job, JournalLocation, Opened, Report, Reporter,
};
use crate::journal::{AtomicText, DiskFault, Finding, Journal, LastKnown, OpenError};
use crate::record::State;
use crate::wording::text::sentence;

/// How often a journal that another window writes is looked at.
const FOLLOW: Duration = Duration::from_millis(500);
/// How often the opening says how far it is.
const PROGRESS: Duration = Duration::from_millis(100);

/// What the journal is opened anew after; none of it where nobody asks for anything any more.
#[derive(Default)]
pub(super) struct Reopening {
    /// What was swapped under the one that was open.
    pub(super) swapped: Option<DiskFault>,
    /// What that one acknowledged last.
    known: Option<LastKnown>,
    /// Whether an event was refused then. Those behind it are refused as well until
    /// [`Job::Resume`] comes, so that none overtakes it.
    pub(super) refused: bool,
}

/// What is said where the program itself fails.
pub(super) const FAILED: &str = "The program has made an error of its own and let go of the journal. What was acknowledged is saved. Open the journal again.";

/// Opens the journal and does what is asked for, as often as it is to be opened anew, until nobody
/// asks any more. An error of the program ends nothing but that: it is told, and the journal can
/// be opened again.
pub(super) fn go_on(place: &JournalLocation, work: &Receiver<Job>, stop: &AtomicBool) {
    let mut beside = Background::default();
    let mut since = Reopening::default();
    loop {
        let one = || run(place, &mut beside, work, stop, since);
        let over = catch_unwind(AssertUnwindSafe(one)).unwrap_or_else(|_| {
            place.say.say(Report::Stopped(FAILED.to_owned()));
            closed(place, &mut beside, work, None, None, true)
        });
        let Some(next) = over else { break };
        since = next;
    }
    beside.leave();
}

/// Opens the journal and does what is asked for until it is to be opened anew.
fn run(
    place: &JournalLocation,
    beside: &mut Background,
    work: &Receiver<Job>,
    stop: &AtomicBool,
    since: Reopening,
) -> Option<Reopening> {
    let Reopening {
        swapped,
        known,
        refused,
    } = since;
    let JournalLocation {
        folders,
        files,
        clock,
        say,
    } = place;
    beside.finish();
    let state = RefCell::new(State::default());
    let mut told = Instant::now();
    let opened = Journal::open_with_locks(
        folders,
        Arc::clone(files),
        Arc::clone(clock),
        &mut |record, progress| {
            state.borrow_mut().apply(record);
            if told.elapsed() > PROGRESS {
                told = Instant::now();
                say.say(Report::Opening(progress));
            }
            if stop.load(Ordering::Relaxed) {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        },
        &mut |findings, now| state.borrow().locks_of_lines(findings, now),
        known.as_ref(),
    );
    let state = state.into_inner();
    let (journal, opening) = match opened {
        Ok(opened) => opened,
        Err(error) => {
            // Another copy restores a backup: that is soon over, and then this one goes on.
            let soon = matches!(error, OpenError::RestoreUnderWay { .. });
            say.say(match error {
                OpenError::Cancelled => Report::Cancelled,
                error => Report::CannotOpen(sentence(&error)),
            });
            return closed(place, beside, work, soon.then_some(FOLLOW), known, refused);
        }
    };
    let mut findings: Vec<Finding> = swapped.map(Finding::Swapped).into_iter().collect();
    let kept = AtomicText::draft(folders, Arc::clone(files));
    // A second window must not take up what the first one is writing.
    let draft = if journal.is_writable() {
        load(&kept)
    } else {
        None
    };
    let list = place.list();
    let daily = is_due(&journal, &opening, &list).then(CancelFlag::default);
    findings.extend(opening.findings);
    say.say(Report::Opened(Box::new(Opened {
        state,
        findings,
        read_only: !journal.is_writable(),
        seal: journal.seal(),
        draft,
        locks: opening.locks,
        unlisted_locks: opening.unlisted_locks,
        daily: daily.clone(),
    })));
    say.say(Report::Copies(BackupReport::Listed(list)));
    if let Some(stop) = daily {
        beside.begin(place, BackgroundTask::Make { daily: true }, stop);
    }
    serve(journal, place, beside, &kept, work, refused)
}

/// Does what is asked for with an open journal.
fn serve(
    mut journal: Journal,
    place: &JournalLocation,
    beside: &mut Background,
    kept: &AtomicText,
    work: &Receiver<Job>,
    mut refused: bool,
) -> Option<Reopening> {
    let say = &place.say;
    loop {
        let patience = journal.another_writes().then_some(FOLLOW);
        match next(work, patience) {
            Err(RecvTimeoutError::Disconnected) => return None,
            Err(RecvTimeoutError::Timeout) => {
                if follow(&mut journal, say).is_break() {
                    return Some(Reopening::default());
                }
            }
            Ok(Job::OpenAgain) => return Some(Reopening::default()),
            // The other copy may be gone by now.
            Ok(Job::Resume) if journal.another_writes() => {
                return Some(Reopening::default());
            }
            Ok(Job::Append(entry, _)) if refused => say.say(Report::Failed {
                event: entry.id(),
                why: "Not saved: an event before it waits to be tried again.".to_owned(),
            }),
            Ok(Job::Restore(path)) if !journal.another_writes() => {
                beside.finish();
                // It takes the lock itself, and leaves another journal behind.
                drop(journal);
                say.say(Report::Copies(place.restore(&path)));
                return Some(Reopening::default());
            }
            Ok(job) => {
                refused &= !matches!(job, Job::Resume);
                let appends = matches!(job, Job::Append(..));
                carry_out(&mut journal, place, beside, kept, job);
                if let Some(fault) = journal.swapped() {
                    return Some(Reopening {
                        swapped: Some(fault),
                        known: journal.last_known(),
                        refused: appends || refused,
                    });
                }
            }
        }
    }
}

/// The next job, waited for as long as it takes, or no longer than this.
fn next(work: &Receiver<Job>, patience: Option<Duration>) -> Result<Job, RecvTimeoutError> {
    match patience {
        Some(patience) => work.recv_timeout(patience),
        None => work.recv().map_err(RecvTimeoutError::from),
    }
}

/// While the journal is not open: nothing can be written, and it can be opened again. With
/// `patience` that is tried by itself once that is over.
fn closed(
    place: &JournalLocation,
    beside: &mut Background,
    work: &Receiver<Job>,
    patience: Option<Duration>,
    mut known: Option<LastKnown>,
    refused: bool,
) -> Option<Reopening> {
    let say = &place.say;
    loop {
        match next(work, patience) {
            Err(RecvTimeoutError::Disconnected) => return None,
            Err(RecvTimeoutError::Timeout) | Ok(Job::OpenAgain) => {
                return Some(Reopening {
                    swapped: None,
                    known,
                    refused,
                });
            }
            Ok(Job::SayWhenDone) => {
                beside.finish();
                say.say(Report::Done);
            }
            Ok(Job::Beside(task, stop)) => beside.begin(place, task, stop),
            Ok(Job::Restore(path)) => {
                beside.finish();
                let report = place.restore(&path);
                if matches!(report, BackupReport::Restored(Ok(_))) {
                    // Another journal lies there by her own will.
                    known = None;
                }
                say.say(Report::Copies(report));
            }
            Ok(Job::Append(entry, _)) => say.say(Report::Failed {
                event: entry.id(),
                why: "The journal is not open. Open it again.".to_owned(),
            }),
            Ok(
                Job::SetLocks(_)
                | Job::Resume
                | Job::AcceptLoss(_)
                | Job::SaveDraft(_)
                | Job::RemoveDraft
                | Job::SaveElsewhere(..)
                | Job::Read(_),
            ) => {}
        }
    }
}

/// Breaks where the journal was replaced under the one who reads it.
fn follow(journal: &mut Journal, say: &Reporter) -> ControlFlow<()> {
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
