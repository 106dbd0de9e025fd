//! What takes long and holds up nothing: backups are made and looked at, and the journal is
//! written out, beside the thread that writes it. Each on a short-lived thread of its own.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::{Builder, JoinHandle};

use super::exporting::{ProgramError, Source, export_into};
use super::messages::{BackgroundTask, BackupReport, CancelFlag, JournalLocation, Report};

/// At most one backup is made or looked at, and at most one export written.
#[derive(Debug, Default)]
pub(super) struct Background {
    copying: Option<(JoinHandle<()>, CancelFlag)>,
    exporting: Option<JoinHandle<()>>,
}

impl Background {
    /// Begins a task; one of its sort that still runs is waited for.
    pub(super) fn begin(
        &mut self,
        place: &JournalLocation,
        task: BackgroundTask,
        stop: CancelFlag,
    ) {
        if matches!(task, BackgroundTask::Export(..)) {
            wait_for(self.exporting.take());
            self.exporting = start(place, task, &stop);
        } else {
            wait_for(self.copying.take().map(|(thread, _)| thread));
            self.copying = start(place, task, &stop).map(|thread| (thread, stop));
        }
    }

    /// Returns when all that was begun is done.
    pub(super) fn finish(&mut self) {
        wait_for(self.copying.take().map(|(thread, _)| thread));
        wait_for(self.exporting.take());
    }

    /// Nobody is there any more. A backup is not waited for: its unfinished file decides
    /// nothing, and is removed by itself or by the next one. An export is: its file has the name
    /// that was asked for.
    pub(super) fn leave(self) {
        let Self { copying, exporting } = self;
        if let Some((_, stop)) = copying {
            stop.store(true, Ordering::Relaxed);
        }
        wait_for(exporting);
    }
}

fn wait_for(thread: Option<JoinHandle<()>>) {
    if let Some(thread) = thread {
        let _ = thread.join();
    }
}

/// Where no thread can be had it is done on this one: slower for what comes behind it.
fn start(
    place: &JournalLocation,
    task: BackgroundTask,
    stop: &CancelFlag,
) -> Option<JoinHandle<()>> {
    let (there, here) = (place.clone(), task.clone());
    let stops = Arc::clone(stop);
    let thread = Builder::new()
        .name("journal copies".to_owned())
        .spawn(move || {
            let failed = failed(&task);
            let done = catch_unwind(AssertUnwindSafe(|| carry_out(&there, task, &stops)));
            if done.is_err() {
                there.say.say(failed);
            }
        });
    if thread.is_err() {
        carry_out(place, here, stop);
    }
    thread.ok()
}

/// What is told where the program itself fails at it.
fn failed(task: &BackgroundTask) -> Report {
    match task {
        BackgroundTask::Make { .. } | BackgroundTask::LookAt(_) => {
            Report::Copies(BackupReport::Failed(ProgramError))
        }
        BackgroundTask::Export(..) => Report::Exported(Err(ProgramError.into())),
    }
}

fn carry_out(place: &JournalLocation, task: BackgroundTask, stop: &AtomicBool) {
    let JournalLocation {
        folders,
        files,
        clock,
        say,
    } = place;
    match task {
        BackgroundTask::Make { daily } => say.say(Report::Copies(place.make(daily, stop))),
        BackgroundTask::LookAt(path) => say.say(Report::Copies(place.look_at(path, stop))),
        BackgroundTask::Export(export, path) => {
            // Read afresh from the files, so that it is what lies there.
            let source = Source {
                folders,
                files: files.as_ref(),
                clock: clock.as_ref(),
            };
            let exported = export_into(&source, export, &path);
            say.say(Report::Exported(exported));
        }
    }
}
