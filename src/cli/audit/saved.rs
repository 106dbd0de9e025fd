//! The end, with its number.

use crate::app::Stage;
use crate::cli::prompt::{PromptResult, Prompter};
use crate::record::Story;
use crate::wording::{audit_end, words};

/// Says that it is saved, and under which number.
pub(super) fn ended(prompter: &mut Prompter) -> PromptResult<()> {
    let Stage::Ended(ended) = prompter.app.stage() else {
        return Ok(());
    };
    let story = prompter.app.state().story(ended.audit);
    let mut lines = vec![format!("{}.", audit_end::ended(story))];
    lines.extend(story.and_then(Story::last_ticket).map(words::ticket_line));
    lines.push(audit_end::saved(ended.seq));
    lines.push(format!("Seal {}", prompter.app.seal()));
    prompter.pause()?;
    for line in lines {
        prompter.say(&line)?;
    }
    Ok(())
}
