//! The numbers as text: what the trade can take, both modes in equal form, and what stands
//! beside them.

use crate::app::Stage;
use crate::audit::{Permission, Revealed};
use crate::cli::prompt::{PromptResult, Prompter};
use crate::engine::{Intent, Mode};
use crate::interchange::venues::line_about;
use crate::review::mirror;
use crate::wording::plain::{PlainReveal, plain};
use crate::wording::sizes::Fit;
use crate::wording::{promise, reveal_notes, when};

/// Says everything, and answers the sizes that can be taken.
pub(super) fn tell(prompter: &Prompter) -> PromptResult<Vec<Fit>> {
    let Stage::Revealed(revealed) = prompter.app.stage() else {
        return Ok(Vec::new());
    };
    let PlainReveal {
        sentences,
        table,
        picture,
        findings,
        sizes,
        notes,
    } = plain(revealed, line_about(revealed));
    prompter.pause()?;
    for sentence in &sentences {
        prompter.say(sentence)?;
    }
    if let Some((heading, rows)) = table.split_first() {
        prompter.pause()?;
        prompter.say(heading)?;
        for row in rows {
            prompter.note(row)?;
        }
        prompter.pause()?;
    }
    if let Some(words) = &picture {
        prompter.say(words)?;
    }
    at_the_entry(prompter, revealed)?;
    for finding in &findings {
        prompter.say(finding)?;
    }
    for size in &sizes {
        prompter.say(&size.words)?;
    }
    for note in &notes {
        prompter.note(note)?;
    }
    planned(prompter, revealed)?;
    here_before(prompter, revealed)?;
    holds(prompter, revealed)?;
    Ok(sizes.into_iter().filter(|fit| fit.take.is_some()).collect())
}

/// The numbers on the table.
pub(super) fn revealed(prompter: &Prompter) -> Option<&Revealed> {
    match prompter.app.stage() {
        Stage::Revealed(revealed) => Some(revealed),
        _ => None,
    }
}

pub(super) fn can_isolate(revealed: &Revealed) -> bool {
    let sealed = revealed.sealed().pause().ticket();
    sealed.intent == Intent::Open
        && sealed.mode == Mode::Cross
        && revealed.ticket().mode == Mode::Cross
}

fn at_the_entry(prompter: &Prompter, revealed: &Revealed) -> PromptResult<()> {
    let Some(entrance) = prompter.app.state().entrance(revealed.ticket()) else {
        return Ok(());
    };
    prompter.say(reveal_notes::THESIS_OR_FEAR)?;
    match entrance.sealed {
        Some(sealed) => {
            let (when, words) = reveal_notes::written_then(sealed);
            prompter.note(&format!("{when}: {words}"))?;
        }
        None => prompter.note(reveal_notes::NOTHING_AT_THE_ENTRY)?,
    }
    Ok(())
}

fn planned(prompter: &Prompter, revealed: &Revealed) -> PromptResult<()> {
    let Some((_, lines)) = prompter.app.plan_of(revealed) else {
        return Ok(());
    };
    prompter.say("Your plan, line by line:")?;
    for line in &lines {
        let (planned, now) = promise::plan_line(line);
        let met = promise::met(line);
        let now = if now.is_empty() {
            now
        } else {
            format!(": {now}")
        };
        prompter.note(&format!("{planned}{now} — {met}"))?;
    }
    Ok(())
}

fn here_before(prompter: &Prompter, revealed: &Revealed) -> PromptResult<()> {
    let pause = revealed.sealed().pause();
    let alike = mirror(prompter.app.state(), pause.ticket(), pause.state());
    let told: Vec<(String, String)> = alike
        .into_iter()
        .filter_map(reveal_notes::earlier)
        .collect();
    if told.is_empty() {
        return Ok(());
    }
    prompter.say(&format!("{}:", reveal_notes::HERE_BEFORE))?;
    for (words, line) in told {
        prompter.note(&words)?;
        prompter.note(&line)?;
    }
    Ok(())
}

fn holds(prompter: &Prompter, revealed: &Revealed) -> PromptResult<()> {
    let now = prompter.app.now();
    let Permission::Holds { left, .. } = revealed.permission(&now) else {
        return Ok(());
    };
    let until = when::end_of(now.wall, left);
    if let Some(words) = reveal_notes::hold(prompter.app.state(), revealed, until, now.wall) {
        prompter.say(&words)?;
    }
    Ok(())
}
