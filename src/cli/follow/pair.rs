//! Two positions of one market, side and mode: joined, where she says so.

use crate::app::join::Join;
use crate::app::{Command, Refusal};
use crate::cli::prompt::{Answer, PromptResult, Prompter, Quit};
use crate::wording::join as wording;

/// Writes a position down; where the same stands already, offers to join them.
pub(super) fn send(prompter: &mut Prompter, command: Command) -> PromptResult<bool> {
    match prompter.try_send(command)? {
        Ok(()) => Ok(true),
        Err(Refusal::HeldAlready(join)) => {
            prompter.say(&join.stands)?;
            offer(prompter, *join)
        }
        Err(refusal) => {
            prompter.say(&refusal.to_string())?;
            Ok(false)
        }
    }
}

/// Offers to join what stands twice in an account.
pub(super) fn ask(prompter: &mut Prompter) -> PromptResult<()> {
    while let Some(join) = Join::offered(prompter.app.state()) {
        prompter.pause()?;
        prompter.say(&join.stands)?;
        prompter.say(wording::WHY)?;
        if !offer(prompter, join)? {
            break;
        }
    }
    Ok(())
}

fn offer(prompter: &mut Prompter, join: Join) -> PromptResult<bool> {
    if join.together.is_empty() {
        prompter.say(wording::APART)?;
        return Ok(false);
    }
    for words in &join.together {
        prompter.note(words)?;
    }
    loop {
        prompter.note("j: join them.   Enter: leave it as it is.")?;
        match prompter.ask(Quit::Leaves)? {
            Answer::Words(words) if words.eq_ignore_ascii_case("j") => {
                return prompter.send(Command::Join(join.joining));
            }
            Answer::Nothing | Answer::Back => return Ok(false),
            Answer::Words(_) => {}
        }
    }
}
