//! From arguments to a window or one command.

use std::path::Path;
use std::process::ExitCode;

use clap::Parser as _;

use super::answer::{CommandResult, Exit, Failure, cannot_run};
use super::arguments::{Arguments, Command, Journal};
use super::{
    account, audit, backup, export, follow, list, loss, paths, promise, shell, show, verify,
};
use crate::journal::Folders;
use crate::wording::text::sentence;

/// What opens the window over the journal in these folders, where this program has one.
pub type Window = fn(&Folders) -> ExitCode;

/// Reads the arguments and does what they ask for. Exit code 0 when it was done, 1 when it was
/// refused, 2 when it could not be tried.
pub fn start(window: Option<Window>) -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            let asked_for_help = !error.use_stderr();
            let printed = error.print().map_err(Failure::from);
            return match printed {
                Ok(()) | Err(Failure::Quiet) if asked_for_help => Exit::Done.into(),
                _ => Exit::CannotRun.into(),
            };
        }
    };
    let ended = match (arguments.command, window) {
        (Some(command), _) => run(command, arguments.data_dir.as_deref()),
        (None, Some(open)) => match folders(arguments.data_dir.as_deref()) {
            Ok(folders) => return open(&folders),
            Err(failure) => Err(failure),
        },
        (None, None) => Err(cannot_run(
            "This program has no window. Name a command; --help lists them",
        )),
    };
    match ended {
        Ok(exit) => exit.into(),
        Err(Failure::Quiet) => Exit::Done.into(),
        Err(Failure::Said(exit, words)) => {
            super::print::aside(&sentence(&words));
            exit.into()
        }
    }
}

fn folders(data_dir: Option<&Path>) -> Result<Folders, Failure> {
    match data_dir {
        Some(dir) => std::path::absolute(dir)
            .map(Folders::under)
            .map_err(|error| {
                cannot_run(format!(
                    "The folder after --data-dir cannot be used: {error}"
                ))
            }),
        None => Folders::system().ok_or_else(|| {
            cannot_run(
                "Your home folder could not be found, so there is no place for the journal. Name \
                 one with --data-dir DIR",
            )
        }),
    }
}

fn run(command: Command, data_dir: Option<&Path>) -> CommandResult {
    let folders = || folders(data_dir);
    match command {
        Command::Audit => audit::run(folders()?),
        Command::Follow => follow::run(folders()?),
        Command::Account { what } => account::run(folders()?, what),
        Command::Journal {
            what: Journal::List { limit, kind, json },
        } => list::run(&folders()?, limit, kind.as_deref(), json),
        Command::Journal {
            what: Journal::Show { seq, json },
        } => show::run(&folders()?, seq, json),
        Command::Promise { what } => promise::run(folders()?, what),
        Command::Verify { expect, json } => verify::run(&folders()?, expect.as_deref(), json),
        Command::Export {
            format,
            redact,
            out,
        } => export::run(&folders()?, format, redact, out.as_deref()),
        Command::Backup { json } => backup::back_up_now(&folders()?, json),
        Command::Restore { file, yes, json } => backup::restore(&folders()?, &file, yes, json),
        Command::AcceptLoss { yes } => loss::accept(folders()?, yes),
        Command::Seal { json } => verify::seal(&folders()?, json),
        Command::Paths { json } => paths::run(&folders()?, json),
        Command::Completions { shell } => shell::completions(shell),
        Command::Man => shell::man(),
    }
}
