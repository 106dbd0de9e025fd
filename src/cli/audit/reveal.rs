//! The numbers as text: what the trade can take, both modes in equal form, and what stands
//! beside them.

use crate::app::Stage;
use crate::audit::{Permission, Revealed};
use crate::cli::prompt::{PromptResult, Prompter};
use crate::interchange::venues::line_about;
use crate::review::mirror;
use crate::wording::plain::{PlainReveal, plain};
use crate::wording::sizes::Fit;
use crate::wording::{promise, reveal_notes, when};

/// Says everything, and answers the sizes that can be taken.
pub(super) fn tell(talk: &Prompter) -> PromptResult<Vec<Fit>> {
    let Stage::Revealed(revealed) = talk.desk.stage() else {
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
    talk.pause()?;
    for sentence in &sentences {
        talk.say(sentence)?;
    }
    if let Some((heading, rows)) = table.split_first() {
        talk.pause()?;
        talk.say(heading)?;
        for row in rows {
            talk.note(row)?;
        }
        talk.pause()?;
    }
    if let Some(words) = &picture {
        talk.say(words)?;
    }
    at_the_entry(talk, revealed)?;
    for finding in &findings {
        talk.say(finding)?;
    }
    for size in &sizes {
        talk.say(&size.words)?;
    }
    for note in &notes {
        talk.note(note)?;
    }
    planned(talk, revealed)?;
    here_before(talk, revealed)?;
    holds(talk, revealed)?;
    Ok(sizes.into_iter().filter(|fit| fit.take.is_some()).collect())
}

fn at_the_entry(talk: &Prompter, revealed: &Revealed) -> PromptResult<()> {
    let Some(entrance) = talk.desk.state().entrance(revealed.ticket()) else {
        return Ok(());
    };
    talk.say(reveal_notes::THESIS_OR_FEAR)?;
    match entrance.sealed {
        Some(sealed) => {
            let (when, words) = reveal_notes::written_then(sealed);
            talk.note(&format!("{when}: {words}"))?;
        }
        None => talk.note(reveal_notes::NOTHING_AT_THE_ENTRY)?,
    }
    Ok(())
}

fn planned(talk: &Prompter, revealed: &Revealed) -> PromptResult<()> {
    let Some((_, lines)) = talk.desk.plan_of(revealed) else {
        return Ok(());
    };
    talk.say("Your plan, line by line:")?;
    for line in &lines {
        let (planned, now) = promise::plan_line(line);
        let met = promise::met(line);
        let now = if now.is_empty() {
            now
        } else {
            format!(": {now}")
        };
        talk.note(&format!("{planned}{now} — {met}"))?;
    }
    Ok(())
}

fn here_before(talk: &Prompter, revealed: &Revealed) -> PromptResult<()> {
    let pause = revealed.sealed().pause();
    let alike = mirror(talk.desk.state(), pause.ticket(), pause.state());
    let told: Vec<(String, String)> = alike
        .into_iter()
        .filter_map(reveal_notes::earlier)
        .collect();
    if told.is_empty() {
        return Ok(());
    }
    talk.say(&format!("{}:", reveal_notes::HERE_BEFORE))?;
    for (words, line) in told {
        talk.note(&words)?;
        talk.note(&line)?;
    }
    Ok(())
}

fn holds(talk: &Prompter, revealed: &Revealed) -> PromptResult<()> {
    let now = talk.desk.now();
    let Permission::Holds { left, .. } = revealed.permission(&now) else {
        return Ok(());
    };
    let until = when::end_of(now.wall, left);
    if let Some(words) = reveal_notes::hold(talk.desk.state(), revealed, until, now.wall) {
        talk.say(&words)?;
    }
    Ok(())
}
