//! What was not saved: everything is kept, and can be tried again, printed, or put into another
//! file.

use std::path::PathBuf;

use super::{Answer, InputLine, NoAnswer, PromptResult, Prompter};
use crate::app::{Command, Saving, Stage};
use crate::cli::answer::{self, Failure, cannot_run};
use crate::cli::open::is_lost;
use crate::journal::Finding;
use crate::wording::audit_end;
use crate::wording::text::sentence;

/// Goes on with something until it is done. What was not saved comes first: nothing else is
/// asked before that is dealt with.
pub(in crate::cli) fn until_saved(
    prompter: &mut Prompter,
    mut go_on: impl FnMut(&mut Prompter) -> PromptResult<()>,
) -> PromptResult<()> {
    loop {
        if let Saving::NotSaved(_) = prompter.app.saving() {
            match not_saved(prompter) {
                Ok(()) | Err(NoAnswer::Turned) => continue,
                Err(stop) => return Err(stop),
            }
        }
        match go_on(prompter) {
            Err(NoAnswer::Turned) => {}
            done => return done,
        }
    }
}

impl Prompter {
    /// Why what is in hand is not saved, where something is not.
    pub(in crate::cli) fn not_saved(&self) -> Option<Failure> {
        match self.app.saving() {
            Saving::NotSaved(not_saved) => Some(answer::not_saved(not_saved)),
            Saving::Quiet | Saving::UnderWay => None,
        }
    }

    /// Whether the audit in hand has ended and is saved.
    pub(in crate::cli) fn is_at_its_end(&self) -> bool {
        matches!(self.app.stage(), Stage::Ended(_)) && self.not_saved().is_none()
    }
}

fn not_saved(prompter: &mut Prompter) -> PromptResult<()> {
    let Saving::NotSaved(not_saved) = prompter.app.saving() else {
        return Ok(());
    };
    let (why, text) = (not_saved.why.clone(), not_saved.text.clone());
    prompter.pause()?;
    prompter.say("NOT SAVED")?;
    let findings: Vec<&Finding> = prompter.app.findings().iter().collect();
    let swapped = findings.iter().any(|f| matches!(f, Finding::Swapped(_)));
    let shown = if swapped { findings } else { Vec::new() };
    if let Some(why) = audit_end::why_not_saved(&why, &shown) {
        prompter.say(&why)?;
    }
    for finding in shown {
        prompter.say(&finding.to_string())?;
    }
    prompter.say("Everything you wrote is still here.")?;
    prompter.note("t  Try again")?;
    prompter.note("p  Print it")?;
    prompter.note("c PATH  Save a copy into a new file")?;
    let is_lost = is_lost(&prompter.app);
    if is_lost {
        prompter.note("g  Go on without what is missing of the journal")?;
    }
    prompter.note("l  Leave without it")?;
    let InputLine::Answer(Answer::Words(words)) = prompter.hear()? else {
        return Ok(());
    };
    match words.split_once(' ') {
        None if words == "t" => {
            prompter.app.send(Command::TryAgain).ok();
            prompter.app.settle();
            if !matches!(prompter.app.saving(), Saving::NotSaved(_)) {
                prompter.say("It is saved now.")?;
            }
        }
        None if words == "g" && is_lost => {
            prompter.app.send(Command::AcceptLoss).ok();
            prompter.app.settle();
            prompter.app.send(Command::TryAgain).ok();
            prompter.app.settle();
        }
        None if words == "p" => {
            for line in text.lines() {
                prompter.say(line)?;
            }
        }
        None if words == "l" => {
            let now = prompter.app.now();
            let kept = prompter
                .app
                .draft()
                .map(|draft| audit_end::kept(draft, &now));
            let words = [Some(why), kept].into_iter().flatten().collect::<Vec<_>>();
            return Err(NoAnswer::Failed(cannot_run(words.join(" "))));
        }
        Some(("c", path)) => copy(prompter, path)?,
        _ => {}
    }
    Ok(())
}

fn copy(prompter: &mut Prompter, path: &str) -> PromptResult<()> {
    let path = PathBuf::from(path.trim());
    prompter.app.send(Command::SaveElsewhere(path)).ok();
    prompter.app.settle();
    let Saving::NotSaved(not_saved) = prompter.app.saving() else {
        return Ok(());
    };
    let words = match &not_saved.elsewhere {
        Some(Ok(path)) => format!(
            "A copy lies at {}. It is not in the journal yet.",
            path.display()
        ),
        Some(Err(why)) => sentence(why),
        None => "The copy is still being written.".to_owned(),
    };
    prompter.say(&words)?;
    Ok(())
}
