//! The app for a command that writes: open, settled, and able to write; and the state for one that
//! only reads.

use std::ops::ControlFlow;
use std::sync::Arc;

use super::answer::{self, Failure, cannot_run, refused};
use super::list::warn;
use super::print;
use crate::app::{App, Command, Phase, Saving};
use crate::journal::{Clock as _, Finding, Folders, OpenError, RealFs, SystemClock, read};
use crate::record::State;

/// Opens it and says on standard error what was found, or why nothing can be written here.
pub(super) fn open_aloud(folders: Folders) -> Result<App, Failure> {
    let app = open(folders)?;
    for finding in app.findings() {
        if !matches!(finding, Finding::Created) {
            print::aside(&finding.to_string());
        }
    }
    Ok(app)
}

/// Opens it, or says why it cannot be read.
pub(super) fn open_as_found(folders: Folders) -> Result<App, Failure> {
    let mut app = App::open(
        folders,
        Arc::new(RealFs),
        Arc::new(SystemClock::new()),
        Box::new(|| {}),
    );
    while matches!(app.phase(), Phase::Opening(_)) {
        app.settle();
    }
    if let Phase::Refused(why) = app.phase() {
        return Err(cannot_run(why.clone()));
    }
    Ok(app)
}

/// Opens it, or says why nothing can be written here.
pub(super) fn open(folders: Folders) -> Result<App, Failure> {
    let app = open_as_found(folders)?;
    let findings = || app.findings().iter();
    if app.is_read_only() {
        let mut why: Vec<String> = findings().map(ToString::to_string).collect();
        why.push("Nothing can be written here now.".to_owned());
        if findings().any(|finding| matches!(finding, Finding::CannotWrite(_))) {
            return Err(cannot_run(why.join("\n")));
        }
        if findings().any(|finding| matches!(finding, Finding::AnotherWrites)) {
            why.push(
                "Do it in the window or terminal that has it open, or close that one first."
                    .to_owned(),
            );
        }
        if is_lost(&app) {
            why.push("`impulse-audit restore FILE` puts a backup in its place; `impulse-audit accept-loss` goes on without what is missing.".to_owned());
        }
        return Err(refused(why.join("\n")));
    }
    Ok(app)
}

/// Whether lines are missing or were changed, and nobody went on without them yet.
pub(super) fn is_lost(app: &App) -> bool {
    let mut findings = app.findings().iter();
    findings.any(|finding| matches!(finding, Finding::Loss(_)))
}

/// Sends a command and waits until what it says is in the journal.
pub(super) fn carry_out(app: &mut App, command: Command) -> Result<(), Failure> {
    app.send(command)
        .map_err(|refusal| refused(refusal.to_string()))?;
    app.settle();
    match app.saving() {
        Saving::Quiet => Ok(()),
        Saving::UnderWay => Err(cannot_run("NOT SAVED: the disk does not answer")),
        Saving::NotSaved(not_saved) => Err(answer::not_saved(not_saved)),
    }
}

/// The state as far as it can be read, with the head's locks where lines are lost. Without a
/// journal it holds what holds from the beginning.
pub(super) fn read_book(folders: &Folders, clock: &SystemClock) -> Result<State, OpenError> {
    let mut state = State::default();
    let passage = read(folders, &RealFs, clock, &mut |record, _| {
        state.apply(record);
        ControlFlow::Continue(())
    });
    match passage {
        Ok(passage) => {
            warn(&passage);
            let unlisted = passage.unlisted_locks;
            state.show_locks(&passage.findings, &passage.locks, unlisted, &clock.now());
            Ok(state)
        }
        Err(OpenError::Nothing { .. }) => Ok(state),
        Err(error) => Err(error),
    }
}
