//! `audit`: the whole protocol, one question at a time, in plain lines. The rules are the
//! desk's; here is only what is asked and how it is said.
//!
//! | file | what it is for |
//! | --- | --- |
//! | `talk` | a line out, a line in, and time that goes on meanwhile |
//! | `choose` | one of a few, and a number with its echo |
//! | `state` | arousal and tags |
//! | `ticket` | the ticket, field by field |
//! | `question` | the four questions |
//! | `account` | the first account, where there is none yet |
//! | `wait` | the answers on their way, the wait, a promise in the way |
//! | `reveal` | the numbers as text |
//! | `decide` | what is done about them |
//! | `saved` | the end, and what was not saved |

mod account;
mod choose;
mod decide;
mod question;
mod reveal;
mod saved;
mod state;
mod talk;
mod ticket;
mod wait;

use std::io::{IsTerminal as _, stdin};

use self::talk::{Heard, Stop, Talk};
use super::answer::{Ending, Exit, Failure, refused};
use super::open::open;
use crate::audit::Step;
use crate::desk::{Command, Saving, Stage};
use crate::journal::{Finding, Folders};
use crate::telling::when;

/// Writes an audit, or goes on with the one in hand.
pub(super) fn run(folders: Folders) -> Ending {
    if !stdin().is_terminal() {
        return Err(refused(
            "The answers of an audit are yours to write: standard input must be a terminal",
        ));
    }
    let mut talk = Talk::over(open(folders)?)?;
    let begun = match begin(&mut talk) {
        // What was not saved at the beginning is dealt with like anything later.
        Err(Stop::Turned) => Ok(()),
        begun => begun,
    };
    match begun.and_then(|()| go_on(&mut talk)) {
        Ok(()) => Ok(Exit::Done),
        Err(Stop::Failed(failure)) => Err(failure),
        Err(Stop::Left | Stop::Turned) => Err(left_lying(&talk)),
    }
}

/// What is out of the ordinary, and which audit it is.
fn begin(talk: &mut Talk) -> Heard<()> {
    let findings: Vec<String> = talk
        .desk
        .findings()
        .iter()
        .filter(|finding| !matches!(finding, Finding::Created))
        .map(ToString::to_string)
        .collect();
    for finding in findings {
        talk.say(&finding)?;
    }
    talk.say("At every question: q does nothing with this trade, < goes back, Ctrl+C leaves it lying; what you have answered is kept for 30 minutes.")?;
    if talk.desk.book().accounts().is_empty() {
        account::first(talk)?;
    }
    if matches!(talk.desk.stage(), Stage::Ended(_)) {
        talk.say("An audit from before was left lying; it has ended.")?;
        talk.send(Command::LeaveAudit)?;
    }
    let in_hand = talk.desk.draft().cloned();
    match (in_hand, talk.desk.stage()) {
        (Some(mut draft), Stage::Idle | Stage::Pausing(_)) => {
            talk.say("You go on with the audit that is in hand.")?;
            draft.looks.resume();
            talk.keep(&draft)
        }
        (None, Stage::Idle) => match talk.try_send(Command::BeginAudit)? {
            Ok(()) => Ok(()),
            Err(refusal) => Err(Stop::Failed(refused(refusal.to_string()))),
        },
        _ => talk
            .say("You go on with the audit that is in hand.")
            .map_err(Stop::from),
    }
}

/// One view after the other, wherever the desk stands.
fn go_on(talk: &mut Talk) -> Heard<()> {
    loop {
        let done = if let Saving::NotSaved(_) = talk.desk.saving() {
            saved::not_saved(talk)
        } else {
            match talk.desk.stage() {
                Stage::Ended(_) => return saved::ended(talk),
                Stage::Idle if talk.desk.draft().is_none() => return Ok(()),
                Stage::Idle | Stage::Pausing(_) => write(talk),
                Stage::Sealing(_) => {
                    talk.desk.settle();
                    Ok(())
                }
                Stage::Sealed(_) => wait::numbers(talk),
                Stage::Stuck { .. } => wait::stuck(talk),
                Stage::Met(_) => wait::met(talk),
                Stage::Revealed(_) => decide::decide(talk),
            }
        };
        match done {
            Ok(()) | Err(Stop::Turned) => {}
            Err(stop) => return Err(stop),
        }
    }
}

/// The step that the draft stands at.
fn write(talk: &mut Talk) -> Heard<()> {
    let Some(mut draft) = talk.desk.draft().cloned() else {
        return Ok(());
    };
    let idle = matches!(talk.desk.stage(), Stage::Idle);
    if idle && draft.step > Step::Ticket {
        draft.step = Step::Ticket;
    }
    match draft.step {
        Step::State => state::ask(talk, draft),
        Step::Ticket => ticket::ask(talk, draft),
        Step::Wrong | Step::Invalidation | Step::Nothing | Step::Accepted | Step::Reveal => {
            question::ask(talk, draft)
        }
    }
}

/// Nobody answers any more: what was answered is kept, as in a window that is closed.
fn left_lying(talk: &Talk) -> Failure {
    let now = talk.desk.now();
    refused(match (talk.desk.draft(), talk.desk.stage()) {
        (Some(draft), Stage::Idle | Stage::Pausing(_)) => format!(
            "The audit is left lying. What you answered is kept until {}; `impulse-audit audit` or the window goes on with it",
            when::time(when::end_of(now.wall, draft.kept_for(&now)))
        ),
        _ => "The audit is left lying where it stands; `impulse-audit audit` or the window goes on with it".to_owned(),
    })
}
