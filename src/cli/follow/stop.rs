//! Once a position was opened: whether the stop stands where the idea is wrong.

use crate::app::Command;
use crate::cli::prompt::{Chosen, PromptResult, Prompter, Quit, one_of};
use crate::market::AuditId;
use crate::record::{AuditStop, StopPlacement};
use crate::wording::{position as wording, story, warning};

/// Asks about one decision, where nothing was said yet; an empty line leaves it out.
pub(super) fn ask(prompter: &mut Prompter, audit: AuditId) -> PromptResult<()> {
    let of = prompter.app.state().unstopped().find(|s| s.audit == audit);
    let Some((asked, title)) = of.and_then(|s| Some((wording::stop_asked(s)?, story::title(s))))
    else {
        return Ok(());
    };
    let heed = of.and_then(|s| warning::once_opened(prompter.app.state(), s));
    prompter.pause()?;
    prompter.say(&asked)?;
    prompter.note(&title)?;
    if let Some(words) = heed {
        prompter.note(words)?;
    }
    let mut options = StopPlacement::ASKED
        .map(|stop| (stop, stop.words().to_owned()))
        .to_vec();
    options.push((StopPlacement::LeftOut, wording::LEAVE_OUT.to_owned()));
    let chosen = one_of(
        prompter,
        Quit::Leaves,
        &options,
        Some(StopPlacement::LeftOut),
    )?;
    let Chosen::This(stop) = chosen else {
        return Ok(());
    };
    prompter.send(Command::TellStop(AuditStop { audit, stop }))?;
    Ok(())
}

/// Asks about everything that was opened and of which nothing was said.
pub(super) fn ask_all(prompter: &mut Prompter) -> PromptResult<()> {
    let open: Vec<AuditId> = prompter.app.state().unstopped().map(|s| s.audit).collect();
    for audit in open {
        ask(prompter, audit)?;
    }
    Ok(())
}
