//! What was not saved: everything is kept, and can be tried again, printed, or put into another
//! file.

use std::path::PathBuf;

use super::{Answer, InputLine, NoAnswer, PromptResult, Prompter};
use crate::app::{Command, Saving, Stage};
use crate::cli::answer::{self, Failure, cannot_run};
use crate::journal::Finding;
use crate::wording::audit_end;

/// Goes on with something until it is done. What was not saved comes first: nothing else is
/// asked before that is dealt with.
pub(in crate::cli) fn until_saved(
    talk: &mut Prompter,
    mut go_on: impl FnMut(&mut Prompter) -> PromptResult<()>,
) -> PromptResult<()> {
    loop {
        if let Saving::NotSaved(_) = talk.desk.saving() {
            match not_saved(talk) {
                Ok(()) | Err(NoAnswer::Turned) => continue,
                Err(stop) => return Err(stop),
            }
        }
        match go_on(talk) {
            Err(NoAnswer::Turned) => {}
            done => return done,
        }
    }
}

impl Prompter {
    /// Why what is in hand is not saved, where something is not.
    pub(in crate::cli) fn not_saved(&self) -> Option<Failure> {
        match self.desk.saving() {
            Saving::NotSaved(not_saved) => Some(answer::not_saved(not_saved)),
            Saving::Quiet | Saving::UnderWay => None,
        }
    }

    /// Whether the audit in hand has ended and is saved.
    pub(in crate::cli) fn is_at_its_end(&self) -> bool {
        matches!(self.desk.stage(), Stage::Ended(_)) && self.not_saved().is_none()
    }
}

fn not_saved(talk: &mut Prompter) -> PromptResult<()> {
    let Saving::NotSaved(not_saved) = talk.desk.saving() else {
        return Ok(());
    };
    let (why, text) = (not_saved.why.clone(), not_saved.text.clone());
    talk.pause()?;
    talk.say("NOT SAVED")?;
    let findings: Vec<&Finding> = talk.desk.findings().iter().collect();
    let swapped = findings.iter().any(|f| matches!(f, Finding::Swapped(_)));
    let shown = if swapped { findings } else { Vec::new() };
    if let Some(why) = audit_end::why_not_saved(&why, &shown) {
        talk.say(&why)?;
    }
    for finding in shown {
        talk.say(&finding.to_string())?;
    }
    talk.say("Everything you wrote is still here.")?;
    talk.note("t  Try again")?;
    talk.note("p  Print it")?;
    talk.note("c PATH  Save a copy into a new file")?;
    talk.note("l  Leave without it")?;
    let InputLine::Answer(Answer::Words(words)) = talk.hear()? else {
        return Ok(());
    };
    match words.split_once(' ') {
        None if words == "t" => {
            talk.desk.send(Command::TryAgain).ok();
            talk.desk.settle();
            if !matches!(talk.desk.saving(), Saving::NotSaved(_)) {
                talk.say("It is saved now.")?;
            }
        }
        None if words == "p" => {
            for line in text.lines() {
                talk.say(line)?;
            }
        }
        None if words == "l" => {
            let now = talk.desk.now();
            let kept = talk.desk.draft().map(|draft| audit_end::kept(draft, &now));
            let words = [Some(why), kept].into_iter().flatten().collect::<Vec<_>>();
            return Err(NoAnswer::Failed(cannot_run(words.join(" "))));
        }
        Some(("c", path)) => copy(talk, path)?,
        _ => {}
    }
    Ok(())
}

fn copy(talk: &mut Prompter, path: &str) -> PromptResult<()> {
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
