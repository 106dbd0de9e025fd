//! The end, with its number; and what was not saved, which is never lost from here.

use std::path::PathBuf;

use super::talk::{Heard, Said, Stop, Talk};
use crate::cli::answer::cannot_run;
use crate::desk::{Command, Saving, Stage};
use crate::record::Story;
use crate::telling::{passage, words};

/// Says that it is saved, and under which number.
pub(super) fn ended(talk: &mut Talk) -> Heard<()> {
    let Stage::Ended(ended) = talk.desk.stage() else {
        return Ok(());
    };
    let story = talk.desk.book().story(ended.audit);
    let mut lines = vec![format!("{}.", passage::ended(story))];
    lines.extend(story.and_then(Story::last_ticket).map(words::ticket_line));
    lines.push(passage::saved(ended.seq));
    if story.is_some_and(Story::is_unfollowed) {
        lines.push(passage::follow("in the window, under Home,"));
    }
    lines.push(format!("Seal {}", talk.desk.seal()));
    talk.pause()?;
    for line in lines {
        talk.say(&line)?;
    }
    Ok(())
}

/// NOT SAVED: everything is kept, and can be tried again, printed, or put into another file.
pub(super) fn not_saved(talk: &mut Talk) -> Heard<()> {
    let Saving::NotSaved(not_saved) = talk.desk.saving() else {
        return Ok(());
    };
    let (why, text) = (not_saved.why.clone(), not_saved.text.clone());
    talk.pause()?;
    talk.say("NOT SAVED")?;
    talk.say(&why)?;
    talk.say("Everything you wrote is still here.")?;
    talk.note("t  Try again")?;
    talk.note("p  Print it")?;
    talk.note("c PATH  Save a copy into a new file")?;
    talk.note("l  Leave without it")?;
    match talk.ask()? {
        Said::Words(words) => match words.split_once(' ') {
            None if words == "t" => {
                talk.desk.send(Command::TryAgain).ok();
                talk.desk.settle();
            }
            None if words == "p" => {
                for line in text.lines() {
                    talk.say(line)?;
                }
            }
            None if words == "l" => return Err(Stop::Failed(cannot_run(why))),
            Some(("c", path)) => copy(talk, path)?,
            _ => {}
        },
        Said::Nothing | Said::Back | Said::WalkAway => {}
    }
    Ok(())
}

fn copy(talk: &mut Talk, path: &str) -> Heard<()> {
    let path = PathBuf::from(path.trim());
    talk.desk.send(Command::SaveElsewhere(path)).ok();
    talk.desk.settle();
    let Saving::NotSaved(not_saved) = talk.desk.saving() else {
        return Ok(());
    };
    let words = match &not_saved.elsewhere {
        Some(Ok(path)) => format!("A copy lies at {path}. It is not in the journal yet."),
        Some(Err(why)) => why.clone(),
        None => "The copy is still being written.".to_owned(),
    };
    talk.say(&words)?;
    Ok(())
}
