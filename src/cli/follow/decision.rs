//! What became of one decision to trade.

use super::{close, funds, position, stop};
use crate::app::Command;
use crate::app::follow_up::{FollowUpForm, became};
use crate::cli::prompt::{Chosen, PromptResult, Prompter, Quit, one_of};
use crate::market::AuditId;
use crate::record::{AuditFollowed, Ending, Outcome};
use crate::wording::{position as wording, when, words};

/// What can be said about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Word {
    Done,
    Nothing(Outcome),
    Later,
}

/// Asks, until it is said or left for later.
pub(super) fn ask(prompter: &mut Prompter, audit: AuditId) -> PromptResult<()> {
    loop {
        let story = prompter.app.state().story(audit);
        let Some((story, ticket)) = story.and_then(|story| Some((story, story.last_ticket()?)))
        else {
            return Ok(());
        };
        let form = became(prompter.app.state(), audit, ticket);
        let at = story.ending.as_ref().map(Ending::at);
        let (line, intent) = (words::ticket_line(ticket), ticket.intent);
        prompter.pause()?;
        prompter.say(&wording::what_became(intent))?;
        let at = at.map(when::day_and_time).unwrap_or_default();
        prompter.note(&format!("{line}, {at}"))?;
        let mut options = Vec::new();
        if form.is_some() {
            options.push((Word::Done, words::it_is_done(intent).to_owned()));
        }
        for outcome in [Outcome::NotFilled, Outcome::ChangedMind] {
            options.push((Word::Nothing(outcome), outcome.words().to_owned()));
        }
        options.push((Word::Later, "Later".to_owned()));
        let chosen = one_of(prompter, Quit::Leaves, &options, Some(Word::Later))?;
        let written = match (chosen, form) {
            (Chosen::This(Word::Later), _) => true,
            (Chosen::This(Word::Nothing(outcome)), _) => {
                prompter.send(Command::Follow(AuditFollowed { audit, outcome }))?
            }
            (Chosen::This(Word::Done), Some(FollowUpForm::Position(form))) => {
                position::ask(prompter, form)?
            }
            (Chosen::This(Word::Done), Some(FollowUpForm::Closed(form))) => {
                close::ask(prompter, form)?
            }
            (Chosen::This(Word::Done), Some(FollowUpForm::PaidIn(form))) => {
                funds::ask(prompter, form)?
            }
            (Chosen::This(Word::Done), None) | (Chosen::Back, _) => false,
        };
        if written {
            return stop::ask(prompter, audit);
        }
    }
}
