//! `audit`: the whole protocol, one question at a time, in plain lines. The rules are the
//! app's; here is only what is asked and how it is said.
//!
//! | file | what it is for |
//! | --- | --- |
//! | `state` | arousal and tags |
//! | `ticket` | the ticket, field by field |
//! | `question` | the four questions |
//! | `together` | all four answers, before they are sealed |
//! | `wait` | the answers on their way, the wait, a promise in the way |
//! | `reveal` | the numbers as text |
//! | `decide` | what is done about them |
//! | `change` | less risk after the reveal |
//! | `saved` | the end, with its number |

mod change;
mod decide;
mod more;
mod question;
mod reveal;
mod saved;
mod state;
mod ticket;
mod together;
mod wait;

use super::account;
use super::answer::{CommandResult, Exit, done, refused};
use super::follow::Session;
use super::prompt::{NoAnswer, PromptResult, Prompter, unheard, until_saved};
use crate::app::{Command, Stage};
use crate::audit::{Draft, Step};
use crate::journal::Folders;
use crate::wording::audit_end;

/// Writes an audit, or goes on with the one in hand.
pub(super) fn run(folders: Folders) -> CommandResult {
    let mut prompter = Prompter::over(folders, "The answers of an audit are yours to write")?;
    let mut sitting = Session::default();
    let begun = prompter
        .say("At every question: q does nothing with this trade, < goes back, Ctrl+C leaves it lying; what you have answered is kept for 30 minutes.")
        .map_err(NoAnswer::from)
        .and_then(|()| until_saved(&mut prompter, |prompter| begin(prompter, &mut sitting)));
    match begun.and_then(|()| until_saved(&mut prompter, go_on)) {
        Ok(()) => {}
        Err(NoAnswer::Failed(failure)) => return Err(failure),
        // It has ended and is saved: only its last words were not heard.
        Err(NoAnswer::Unheard(error)) if prompter.is_at_its_end() => {
            return Ok(done(Exit::Done, Err(error)));
        }
        Err(NoAnswer::Unheard(error)) => {
            return Err(prompter
                .not_saved()
                .unwrap_or_else(|| unheard(&error, &where_it_stands(&prompter))));
        }
        Err(NoAnswer::Left | NoAnswer::Turned | NoAnswer::Quit) => {
            return Err(refused(where_it_stands(&prompter)));
        }
    }
    match until_saved(&mut prompter, |prompter| sitting.afterwards(prompter)) {
        Err(NoAnswer::Failed(failure)) => Err(failure),
        Err(NoAnswer::Unheard(error)) => match prompter.not_saved() {
            Some(failure) => Err(failure),
            None => Ok(done(Exit::Done, Err(error))),
        },
        // The audit is saved, whether she says now or later what became of it.
        Ok(()) | Err(NoAnswer::Left | NoAnswer::Turned | NoAnswer::Quit) => Ok(Exit::Done),
    }
}

/// Which audit it is. A new one begins only once it is known what became of those before it, or
/// that is left for later.
fn begin(prompter: &mut Prompter, sitting: &mut Session) -> PromptResult<()> {
    if prompter.app.state().accounts().is_empty() {
        account::first(prompter)?;
    }
    if matches!(prompter.app.stage(), Stage::Ended(_)) {
        prompter.say("An audit from before was left lying; it has ended.")?;
        prompter.send(Command::LeaveAudit)?;
    }
    let in_hand = prompter.app.draft().cloned();
    match (in_hand, prompter.app.stage()) {
        (Some(mut draft), Stage::Idle | Stage::Pausing(_)) => {
            prompter.say("You go on with the audit that is in hand.")?;
            draft.looks.resume();
            prompter.keep(&draft)
        }
        (None, Stage::Idle) => {
            sitting.before(prompter)?;
            prompter
                .try_send(Command::BeginAudit)?
                .map_err(|refusal| NoAnswer::Failed(refused(refusal.to_string())))
        }
        _ => prompter
            .say("You go on with the audit that is in hand.")
            .map_err(NoAnswer::from),
    }
}

/// One view after the other, wherever the app stands.
fn go_on(prompter: &mut Prompter) -> PromptResult<()> {
    loop {
        match prompter.app.stage() {
            Stage::Ended(_) => return saved::ended(prompter),
            Stage::Idle if prompter.app.draft().is_none() => return Ok(()),
            Stage::Idle | Stage::Pausing(_) => write(prompter)?,
            Stage::Sealing(_) => {
                prompter.app.settle();
                return Err(NoAnswer::Turned);
            }
            Stage::Sealed(_) => wait::numbers(prompter)?,
            Stage::Stuck { .. } => wait::stuck(prompter)?,
            Stage::Blocked(_) => wait::met(prompter)?,
            Stage::Revealed(_) => decide::decide(prompter)?,
        }
    }
}

/// The step that the draft stands at.
fn write(prompter: &mut Prompter) -> PromptResult<()> {
    let Some(mut draft) = prompter.app.draft().cloned() else {
        return Ok(());
    };
    let idle = matches!(prompter.app.stage(), Stage::Idle);
    if idle && draft.step > Step::Ticket {
        draft.step = Step::Ticket;
    }
    if !idle {
        is_here(prompter, &mut draft)?;
    }
    match draft.step {
        Step::State => state::ask(prompter, draft),
        Step::Ticket => ticket::ask(prompter, draft),
        Step::Wrong | Step::Invalidation | Step::Nothing | Step::Accepted => {
            question::ask(prompter, draft)
        }
        Step::Together | Step::Reveal => together::ask(prompter, draft),
    }
}

/// A terminal does not say when it loses the focus; that it is left in the middle of an answer
/// is seen when it is come back to, as in a window that is closed.
fn is_here(prompter: &mut Prompter, draft: &mut Draft) -> PromptResult<()> {
    let before = draft.looks.clone();
    draft.looks.focus_changed(true, prompter.app.now().up);
    if draft.looks == before {
        return Ok(());
    }
    prompter.keep(draft)
}

/// Nobody answers any more: what was answered is kept, as in a window that is closed.
fn where_it_stands(prompter: &Prompter) -> String {
    let now = prompter.app.now();
    match (prompter.app.draft(), prompter.app.stage()) {
        (Some(draft), Stage::Idle | Stage::Pausing(_)) => {
            format!("The audit is left lying. {}", audit_end::kept(draft, &now))
        }
        (None, Stage::Idle) => "No audit was begun".to_owned(),
        _ => "The audit is left lying where it stands; `impulse-audit audit` or the window goes on with it".to_owned(),
    }
}
