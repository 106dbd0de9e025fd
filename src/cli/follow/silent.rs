//! A position that a lock holds for and of which nothing was logged for seven days.

use crate::app::Command;
use crate::cli::prompt::{Answer, Chosen, PromptResult, Prompter, Quit, one_of};
use crate::input::day::{beginning_of, read_day};
use crate::market::LockId;
use crate::promises::{Lock, PromiseCommand};
use crate::record::seen;
use crate::wording::{promise, when};

/// What can be said about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Word {
    Open,
    Closed,
    Later,
}

/// Asks about each of them once.
pub(super) fn ask(prompter: &mut Prompter) -> PromptResult<()> {
    let now = seen(&prompter.app.now());
    let promises = prompter.app.state().promises();
    let silent: Vec<LockId> = promises.to_ask(&now).map(Lock::id).collect();
    for lock in silent {
        one(prompter, lock)?;
    }
    Ok(())
}

fn one(prompter: &mut Prompter, id: LockId) -> PromptResult<()> {
    loop {
        let state = prompter.app.state();
        let Some(question) = state
            .promises()
            .lock(id)
            .map(|l| promise::still_open(state, l))
        else {
            return Ok(());
        };
        prompter.pause()?;
        prompter.say(&question)?;
        prompter.note(promise::WHY_STILL_OPEN)?;
        let options = [
            (Word::Open, promise::STILL_OPEN.to_owned()),
            (Word::Closed, format!("{}…", promise::CLOSED_ON)),
            (Word::Later, "Later".to_owned()),
        ];
        let said = match one_of(prompter, Quit::Leaves, &options, Some(Word::Later))? {
            Chosen::This(Word::Open) => Some(PromiseCommand::StillOpen(id)),
            Chosen::This(Word::Closed) => closed_on(prompter, id)?,
            Chosen::This(Word::Later) => return Ok(()),
            Chosen::Back => None,
        };
        if let Some(ask) = said
            && prompter.send(Command::Promise(Box::new(ask)))?
        {
            return Ok(());
        }
    }
}

/// The day on which it was closed; none where she goes back.
fn closed_on(prompter: &mut Prompter, lock: LockId) -> PromptResult<Option<PromiseCommand>> {
    prompter.say(&format!(
        "{}, like 14 Nov or 2026-11-14",
        promise::CLOSED_ON
    ))?;
    prompter.note(&format!("{}.", promise::UNVERIFIED))?;
    loop {
        let typed = match prompter.ask(Quit::Leaves)? {
            Answer::Back => return Ok(None),
            Answer::Nothing => String::new(),
            Answer::Words(words) => words,
        };
        let day = read_day(&typed, when::day(prompter.app.now().wall));
        match day.map(beginning_of) {
            Ok(Some(on)) => return Ok(Some(PromiseCommand::ClosedOn { lock, on })),
            Ok(None) => {}
            Err(problem) => prompter.say(&problem.to_string())?,
        }
    }
}
