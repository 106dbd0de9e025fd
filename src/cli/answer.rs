//! How a command ends: an exit code, and one sentence where it was not done.

use std::io;
use std::process::ExitCode;

use super::print::aside;
use crate::app::{ExportError, NotSaved};
use crate::journal::OpenError;
use crate::wording::audit_end::why_not_saved;

/// What the exit codes mean: shown by `--help`, in the man page and in the README.
pub(super) const EXIT_CODES: &str = "\
Exit codes:
  0  done; for verify: the journal is sound; for audit: it ended and is saved;
     for follow: what was said is saved, the rest is for later
  1  refused, and why; for verify: damaged, with the first bad line
  2  could not run, or what was written could not be saved
What was done counts as done where the output cannot be written or its reader
is gone; a command that only prints ends with 2 where it cannot, with 0 where
its reader has seen enough.";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Exit {
    Done,
    /// It was refused, or what was looked at is damaged.
    Refused,
    /// It could not be tried.
    CannotRun,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(match exit {
            Exit::Done => 0,
            Exit::Refused => 1,
            Exit::CannotRun => 2,
        })
    }
}

/// Why a command was not done.
#[derive(Debug)]
pub(super) enum Failure {
    /// Whoever reads the output has seen enough: nothing to say.
    Quiet,
    Said(Exit, String),
}

/// The end of something that is done, whatever becomes of the words about it.
pub(super) fn done(exit: Exit, said: io::Result<()>) -> Exit {
    if let Err(error) = said
        && error.kind() != io::ErrorKind::BrokenPipe
    {
        aside(&format!(
            "It is done; what was to be said of it could not be written: {error}."
        ));
    }
    exit
}

/// How a command ends.
pub(super) type CommandResult = Result<Exit, Failure>;

pub(super) fn refused(words: impl Into<String>) -> Failure {
    Failure::Said(Exit::Refused, words.into())
}

/// What could not be tried.
pub(super) fn cannot_run(words: impl Into<String>) -> Failure {
    Failure::Said(Exit::CannotRun, words.into())
}

/// What could not be saved, and why.
pub(super) fn not_saved(not_saved: &NotSaved) -> Failure {
    let why = why_not_saved(&not_saved.why, &[]).unwrap_or_default();
    cannot_run(format!("NOT SAVED. {why}"))
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            Self::Quiet
        } else {
            cannot_run(format!("The output could not be written: {error}"))
        }
    }
}

impl From<OpenError> for Failure {
    fn from(error: OpenError) -> Self {
        cannot_run(error.to_string())
    }
}

impl From<ExportError> for Failure {
    fn from(error: ExportError) -> Self {
        match error {
            ExportError::Stream(error) => error.into(),
            ExportError::Journal(error) => error.into(),
            error @ (ExportError::Folder(_) | ExportError::OwnFolder(_)) => {
                refused(error.to_string())
            }
            ExportError::Disk(ref fault) if fault.source.kind() == io::ErrorKind::AlreadyExists => {
                refused(error.to_string())
            }
            error @ (ExportError::Disk(_) | ExportError::Program(_)) => {
                cannot_run(error.to_string())
            }
        }
    }
}
