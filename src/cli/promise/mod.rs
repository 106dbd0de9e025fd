//! `promise`: locks and plans from the terminal. The rules are those of the window: the app
//! is asked, and answers in a sentence.
//!
//! | file | what it is for |
//! | --- | --- |
//! | `list` | `promise list`, which only reads |
//! | `arm` | `promise arm`: what is promised, over what, until when |
//! | `loosen` | `promise loosen`, `confirm`, `cancel`: of one, or of all of a kind |
//! | `plan` | `promise plan`, `renew`, `withdraw`: plans that are written before |

mod arm;
mod list;
mod loosen;
mod plan;

use std::io::{self, BufRead as _, IsTerminal as _, Write as _, stdin, stdout};

use super::answer::{CommandResult, Exit, Failure, cannot_run, done, refused};
use super::arguments::Promise;
use super::open::{self, open_aloud};
use super::print;
use crate::app::{App, Command};
use crate::journal::Folders;
use crate::market::LockId;
use crate::promises::PromiseCommand;
use crate::wording::promise::standing;

/// Does what is asked of promises.
pub(super) fn run(folders: Folders, what: Promise) -> CommandResult {
    match what {
        Promise::List { json } => list::run(&folders, json),
        Promise::Arm(terms) => arm::run(folders, &terms),
        Promise::Undo { id } => {
            let mut app = open_aloud(folders)?;
            let lock = one_of(&app, &id)?;
            carry_out(&mut app, PromiseCommand::Undo(lock))?;
            Ok(done(Exit::Done, say(&app, lock)))
        }
        Promise::Loosen(terms) => loosen::run(folders, &terms),
        Promise::Confirm { id } => loosen::each(folders, &id, PromiseCommand::Confirm),
        Promise::Cancel { id } => loosen::each(folders, &id, PromiseCommand::Cancel),
        Promise::Release { id } => {
            let mut app = open_aloud(folders)?;
            let lock = one_of(&app, &id)?;
            let sentence = sentence().map_err(|error| {
                cannot_run(format!("Your sentence could not be asked for: {error}"))
            })?;
            carry_out(&mut app, PromiseCommand::Release { lock, sentence })?;
            Ok(done(Exit::Done, say(&app, lock)))
        }
        Promise::Plan => plan::write(folders),
        Promise::Renew { id } => plan::change(folders, &id, PromiseCommand::RenewPlan),
        Promise::Withdraw { id } => plan::change(folders, &id, PromiseCommand::WithdrawPlan),
    }
}

/// The promise of this id, or the one whose id ends so.
fn one_of(app: &App, id: &str) -> Result<LockId, Failure> {
    let locks = app.state().promises().locks().iter();
    ending_in("promise or rule", id, locks.map(crate::promises::Lock::id))
}

/// The one of this id, or the one whose id ends so.
fn ending_in<Id: Copy + std::fmt::Display>(
    what: &str,
    id: &str,
    ids: impl Iterator<Item = Id>,
) -> Result<Id, Failure> {
    let wanted = id.trim().to_lowercase();
    let mut found = ids.filter(|id| id.to_string().ends_with(&wanted));
    match (found.next(), found.next()) {
        (Some(one), None) if wanted.len() >= 4 => Ok(one),
        (None, _) => Err(refused(format!(
            "There is no {what} {id}. `impulse-audit promise list` names them"
        ))),
        _ => Err(refused(format!(
            "More than one {what} ends in {id}. Write its whole id"
        ))),
    }
}

/// Sends what is asked for and waits until it is in the journal.
fn carry_out(app: &mut App, ask: PromiseCommand) -> Result<(), Failure> {
    open::carry_out(app, Command::Promise(Box::new(ask)))
}

/// One sentence, typed: a release stays on record.
fn sentence() -> io::Result<String> {
    if stdin().is_terminal() {
        let mut out = stdout().lock();
        print::wrapped(
            &mut out,
            "",
            "It is over 15 minutes from now, and stays on record. One release in seven days.",
        )?;
        write!(out, "Why? One sentence: ")?;
        out.flush()?;
    }
    let mut line = String::new();
    stdin().lock().read_line(&mut line)?;
    Ok(line.trim().to_owned())
}

/// Where a promise stands now.
fn say(app: &App, lock: LockId) -> io::Result<()> {
    let promises = app.state().promises();
    if let Some(lock) = promises.lock(lock) {
        let words = format!(
            "{}: {}",
            lock.sentence(),
            standing(promises, lock, &app.now())
        );
        print::wrapped(&mut stdout().lock(), "", &words)?;
    }
    stdout().lock().flush()
}
