//! `follow`: what became of decisions to trade, and of positions that are open. Facts are taken
//! as they are: nothing here is refused, asked for reasons or made to wait.
//!
//! | file | what it is for |
//! | --- | --- |
//! | `decision` | what became of one decision |
//! | `position` | a position as it stands, question by question |
//! | `pair` | a market that would be held twice, and what joins it |
//! | `close` | the end of one |
//! | `afterwards` | the audit of what is done already |
//! | `funds` | what was paid into a pool, and what a higher wallet is |
//! | `changes` | what has changed outside an audit |
//! | `stop` | whether the stop stands, once it was opened |
//! | `silent` | a position that a lock holds for and of which nothing was heard |
//! | `offer` | the lock that is offered behind an isolated open |

mod afterwards;
mod changes;
mod close;
mod decision;
pub(super) mod funds;
mod offer;
mod pair;
mod position;
mod silent;
mod stop;

use super::answer::{CommandResult, Exit, done};
use super::prompt::{Answer, NoAnswer, PromptResult, Prompter, Quit, until_saved};
use crate::app::{Command, Stage};
use crate::journal::Folders;
use crate::market::AuditId;
use crate::record::Story;
use crate::wording::audit_end;

/// How many decisions are asked about before an audit: the newest.
const BEFORE_AN_AUDIT: usize = 3;

/// Where it can be said later.
const PLACE: &str = "with `impulse-audit follow`, or in the window under Home,";

/// Asks what became of everything that waits for a word.
pub(super) fn run(folders: Folders) -> CommandResult {
    let mut prompter = Prompter::over(folders, "What became of a trade is yours to say")?;
    let mut sitting = Session::default();
    let asked = until_saved(&mut prompter, |prompter| {
        if !std::mem::replace(&mut sitting.begun, true) {
            prompter
                .say("< goes back; q leaves the rest for later. What you have said is saved.")?;
        }
        pair::ask(prompter)?;
        silent::ask(prompter)?;
        stop::ask_all(prompter)?;
        sitting.decisions(prompter, usize::MAX)?;
        changes::ask(prompter)?;
        afterwards::ask(prompter)
    });
    match asked {
        Err(NoAnswer::Failed(failure)) => Err(failure),
        Err(NoAnswer::Unheard(error)) => match prompter.not_saved() {
            Some(failure) => Err(failure),
            None => Ok(done(Exit::Done, Err(error))),
        },
        Ok(()) | Err(NoAnswer::Quit | NoAnswer::Left | NoAnswer::Turned) => Ok(Exit::Done),
    }
}

/// What was asked already, so that nothing is asked twice in one sitting.
#[derive(Debug, Default)]
pub(super) struct Session {
    begun: bool,
    asked: Vec<AuditId>,
    offered: bool,
}

impl Session {
    /// Before an audit begins: what became of the last ones.
    pub(super) fn before(&mut self, prompter: &mut Prompter) -> PromptResult<()> {
        let asked = pair::ask(prompter);
        match asked.and_then(|()| self.decisions(prompter, BEFORE_AN_AUDIT)) {
            // The rest is for later.
            Err(NoAnswer::Quit) => Ok(()),
            done => done,
        }
    }

    /// Right after a decision to trade: the lock that is offered, and what became of it.
    pub(super) fn afterwards(&mut self, prompter: &mut Prompter) -> PromptResult<()> {
        let Stage::Ended(ended) = prompter.app.stage() else {
            return Ok(());
        };
        let audit = ended.audit;
        if !std::mem::replace(&mut self.offered, true) {
            offer::ask(prompter, audit)?;
        }
        let waits = |prompter: &Prompter| {
            let story = prompter.app.state().story(audit);
            story.is_some_and(Story::is_unfollowed)
        };
        if waits(prompter) {
            match decision::ask(prompter, audit) {
                Ok(()) | Err(NoAnswer::Quit) => {}
                stop => return stop,
            }
        }
        if waits(prompter) {
            prompter.say(&audit_end::follow(PLACE))?;
        }
        Ok(())
    }

    /// Asks about decisions, the newest first, each once.
    fn decisions(&mut self, prompter: &mut Prompter, most: usize) -> PromptResult<()> {
        let waiting: Vec<AuditId> = prompter
            .app
            .state()
            .unfollowed()
            .map(|story| story.audit)
            .filter(|audit| !self.asked.contains(audit))
            .take(most)
            .collect();
        for audit in waiting {
            decision::ask(prompter, audit)?;
            self.asked.push(audit);
        }
        Ok(())
    }
}

/// Whether what was said is written down, or one question more is looked at.
fn is_to_be_written(prompter: &mut Prompter, _: &Command) -> PromptResult<bool> {
    loop {
        prompter.note("Enter: write it down.   <: go back.")?;
        match prompter.ask(Quit::Leaves)? {
            Answer::Nothing => return Ok(true),
            Answer::Back => return Ok(false),
            Answer::Words(_) => {}
        }
    }
}
