//! The audit of a close or a reduce that was logged without one: offered, never asked for.

use super::is_to_be_written;
use crate::app::Command;
use crate::app::afterwards::{AfterwardsForm, offered};
use crate::cli::prompt::{Chosen, PromptResult, Prompter, Quit, form, one_of};
use crate::record::Unaudited;
use crate::wording::{afterwards as wording, audit_end};

/// Offers it for each of the newest.
pub(super) fn ask(prompter: &mut Prompter) -> PromptResult<()> {
    let now = prompter.app.now().wall;
    let all: Vec<Unaudited> = offered(prompter.app.state(), now).cloned().collect();
    for of in all {
        prompter.pause()?;
        prompter.say(&wording::done(&of))?;
        let options = [
            (true, wording::WRITE.to_owned()),
            (false, "Later".to_owned()),
        ];
        let chosen = one_of(prompter, Quit::Leaves, &options, Some(false))?;
        if chosen == Chosen::This(true) {
            write(prompter, &of)?;
        }
    }
    Ok(())
}

fn write(prompter: &mut Prompter, of: &Unaudited) -> PromptResult<()> {
    let mut form = AfterwardsForm::of(prompter.app.state(), of);
    prompter.note(wording::MARKED)?;
    let Some(Command::WriteAfterwards(written)) =
        form::filled_in(prompter, &mut form, form::one, is_to_be_written)?
    else {
        return Ok(());
    };
    let audit = written.audit;
    if prompter.send(Command::WriteAfterwards(written))? {
        let story = prompter.app.state().story(audit);
        let seq = story.and_then(|story| story.ending.as_ref());
        let seq = seq.map(crate::record::Ending::seq).unwrap_or_default();
        prompter.say(&audit_end::saved(seq))?;
    }
    Ok(())
}
