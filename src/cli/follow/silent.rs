//! A position that a lock holds for and of which nothing was logged for seven days.

use uuid::Uuid;

use crate::app::Command;
use crate::cli::prompt::{Answer, Chosen, PromptResult, Prompter, Quit, one_of};
use crate::promises::{Lock, PromiseCommand};
use crate::record::seen;
use crate::wording::day::{beginning_of, read_day};
use crate::wording::{promise, when};

/// What can be said about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Word {
    Open,
    Closed,
    Later,
}

/// Asks about each of them once.
pub(super) fn ask(talk: &mut Prompter) -> PromptResult<()> {
    let now = seen(&talk.desk.now());
    let ledger = talk.desk.state().promises();
    let silent: Vec<Uuid> = ledger.to_ask(&now).map(Lock::id).collect();
    for lock in silent {
        one(talk, lock)?;
    }
    Ok(())
}

fn one(talk: &mut Prompter, id: Uuid) -> PromptResult<()> {
    loop {
        let book = talk.desk.state();
        let Some(question) = book
            .promises()
            .lock(id)
            .map(|l| promise::still_open(book, l))
        else {
            return Ok(());
        };
        talk.pause()?;
        talk.say(&question)?;
        talk.note(promise::WHY_STILL_OPEN)?;
        let options = [
            (Word::Open, promise::STILL_OPEN.to_owned()),
            (Word::Closed, format!("{}…", promise::CLOSED_ON)),
            (Word::Later, "Later".to_owned()),
        ];
        let said = match one_of(talk, Quit::Leaves, &options, Some(Word::Later))? {
            Chosen::This(Word::Open) => Some(PromiseCommand::StillOpen(id)),
            Chosen::This(Word::Closed) => closed_on(talk, id)?,
            Chosen::This(Word::Later) => return Ok(()),
            Chosen::Back => None,
        };
        if let Some(ask) = said
            && talk.send(Command::Ask(Box::new(ask)))?
        {
            return Ok(());
        }
    }
}

/// The day on which it was closed; none where she goes back.
fn closed_on(talk: &mut Prompter, lock: Uuid) -> PromptResult<Option<PromiseCommand>> {
    talk.say(&format!(
        "{}, like 14 Nov or 2026-11-14",
        promise::CLOSED_ON
    ))?;
    talk.note(&format!("{}.", promise::UNVERIFIED))?;
    loop {
        let typed = match talk.ask(Quit::Leaves)? {
            Answer::Back => return Ok(None),
            Answer::Nothing => String::new(),
            Answer::Words(words) => words,
        };
        let day = read_day(&typed, when::day(talk.desk.now().wall));
        match day.map(beginning_of) {
            Ok(Some(on)) => return Ok(Some(PromiseCommand::ClosedOn { lock, on })),
            Ok(None) => {}
            Err(problem) => talk.say(&problem.to_string())?,
        }
    }
}
