//! The end, with its number.

use crate::cli::talk::{PromptResult, Prompter};
use crate::desk::Stage;
use crate::record::Story;
use crate::telling::{passage, words};

/// Says that it is saved, and under which number.
pub(super) fn ended(talk: &mut Prompter) -> PromptResult<()> {
    let Stage::Ended(ended) = talk.desk.stage() else {
        return Ok(());
    };
    let story = talk.desk.state().story(ended.audit);
    let mut lines = vec![format!("{}.", passage::ended(story))];
    lines.extend(story.and_then(Story::last_ticket).map(words::ticket_line));
    lines.push(passage::saved(ended.seq));
    lines.push(format!("Seal {}", talk.desk.seal()));
    talk.pause()?;
    for line in lines {
        talk.say(&line)?;
    }
    Ok(())
}
