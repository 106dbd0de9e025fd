//! The numbers as text: what the trade can take, both modes in equal form, and what stands
//! beside them.

use crate::audit::{Permission, Revealed};
use crate::cli::talk::{Heard, Talk};
use crate::desk::Stage;
use crate::review::mirror;
use crate::telling::fits::{self, Fit};
use crate::telling::table::{self, MODES, Part};
use crate::telling::{beside, promise, reveal, when};

/// Says everything, and answers the sizes that can be taken.
pub(super) fn tell(talk: &Talk) -> Heard<Vec<Fit>> {
    let Stage::Revealed(revealed) = talk.desk.stage() else {
        return Ok(Vec::new());
    };
    talk.pause()?;
    sentences(talk, revealed)?;
    talk.pause()?;
    both_modes(talk, revealed)?;
    talk.pause()?;
    let (assessment, ticket, answers) =
        (revealed.assessment(), revealed.ticket(), revealed.answers());
    talk.say(&reveal::picture_sentence(assessment, ticket, answers))?;
    at_the_entry(talk, revealed)?;
    for (lead, rest) in beside::findings(revealed) {
        talk.say(&format!("{lead} {rest}"))?;
    }
    let mut takeable = Vec::new();
    if ticket.adds() {
        for fit in fits::fits(assessment, ticket, answers) {
            talk.say(&fit.words)?;
            if fit.take.is_some() {
                takeable.push(fit);
            }
        }
    }
    talk.say(&beside::costs(revealed))?;
    planned(talk, revealed)?;
    here_before(talk, revealed)?;
    holds(talk, revealed)?;
    Ok(takeable)
}

fn sentences(talk: &Talk, revealed: &Revealed) -> Heard<()> {
    let (assessment, ticket, answers) =
        (revealed.assessment(), revealed.ticket(), revealed.answers());
    let first: String = reveal::first_sentence(assessment, ticket, answers)
        .into_iter()
        .map(|(words, _)| words)
        .collect();
    talk.say(&first)?;
    talk.say(&reveal::second_sentence(assessment, ticket, answers))?;
    if revealed.is_lowered() {
        talk.say(&beside::lowered(revealed))?;
    }
    Ok(())
}

/// Each row names its mode beside each figure, so that it can be read aloud.
fn both_modes(talk: &Talk, revealed: &Revealed) -> Heard<()> {
    let [isolated, cross] = MODES.map(|mode| table::heading(revealed, mode));
    talk.say(&format!("{isolated} / {cross}"))?;
    for row in table::rows(revealed) {
        let [isolated, cross] = &row.cells;
        talk.note(&format!(
            "{}: isolated {}; cross {}",
            row.name,
            cell(isolated),
            cell(cross)
        ))?;
    }
    Ok(())
}

fn cell(parts: &[Part]) -> String {
    let texts: Vec<&str> = parts
        .iter()
        .map(|part| part.text.as_str())
        .filter(|text| !text.is_empty())
        .collect();
    texts.join(" ")
}

fn at_the_entry(talk: &Talk, revealed: &Revealed) -> Heard<()> {
    let Some(story) = beside::at_the_entry(talk.desk.book(), revealed.ticket()) else {
        return Ok(());
    };
    talk.say(beside::THESIS_OR_FEAR)?;
    match story.and_then(|story| story.sealed.as_ref()) {
        Some(sealed) => {
            let (when, words) = beside::written_then(sealed);
            talk.note(&format!("{when}: {words}"))?;
        }
        None => talk.note(beside::NOTHING_AT_THE_ENTRY)?,
    }
    Ok(())
}

fn planned(talk: &Talk, revealed: &Revealed) -> Heard<()> {
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

fn here_before(talk: &Talk, revealed: &Revealed) -> Heard<()> {
    let pause = revealed.sealed().pause();
    let alike = mirror(talk.desk.book(), pause.ticket(), pause.state());
    let told: Vec<(String, String)> = alike.into_iter().filter_map(beside::earlier).collect();
    if told.is_empty() {
        return Ok(());
    }
    talk.say(&format!("{}:", beside::HERE_BEFORE))?;
    for (words, line) in told {
        talk.note(&words)?;
        talk.note(&line)?;
    }
    Ok(())
}

fn holds(talk: &Talk, revealed: &Revealed) -> Heard<()> {
    let now = talk.desk.now();
    let Permission::Holds { left, .. } = revealed.permission(&now) else {
        return Ok(());
    };
    let until = when::end_of(now.wall, left);
    if let Some(words) = beside::hold(talk.desk.book(), revealed, until, now.wall) {
        talk.say(&words)?;
    }
    Ok(())
}
