//! One of a few, and a number as it was understood.

use super::talk::{Heard, Said, Talk};
use crate::audit::Draft;
use crate::audit::number::{Reading, Unit, format_unmistakably, read};
use crate::telling::figures;

/// What came of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Chosen<T> {
    /// An answer.
    This(T),
    /// One question back.
    Back,
}

/// Shows a few things by number and asks for one. An empty line takes `otherwise`, if there is
/// one.
pub(super) fn one_of(
    talk: &mut Talk,
    draft: &Draft,
    names: &[String],
    otherwise: Option<usize>,
) -> Heard<Chosen<usize>> {
    for (number, name) in (1_u32..).zip(names) {
        talk.note(&format!("{number}  {name}"))?;
    }
    if let Some(name) = otherwise.and_then(|at| names.get(at)) {
        talk.note(&format!("Enter takes: {name}"))?;
    }
    loop {
        match talk.ask_writer(draft)? {
            Said::Back => return Ok(Chosen::Back),
            Said::Nothing => {
                if let Some(at) = otherwise {
                    return Ok(Chosen::This(at));
                }
            }
            Said::Words(words) => {
                let at = words.parse::<usize>().ok().and_then(|n| n.checked_sub(1));
                if let Some(at) = at.filter(|at| *at < names.len()) {
                    return Ok(Chosen::This(at));
                }
            }
            Said::WalkAway => {}
        }
        talk.say(&format!("Write a number from 1 to {}.", names.len()))?;
    }
}

/// A number that is asked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Wanted<'a> {
    /// What it is a number of.
    pub(super) unit: Unit,
    /// The word after it, as it is understood.
    pub(super) suffix: &'a str,
    /// What was typed before.
    pub(super) kept: &'a str,
}

/// Asks for a number, echoes it as it was understood, and asks which one is meant where it can
/// be read in two ways. Answers the text as typed; an empty line keeps what was typed before.
pub(super) fn number(talk: &mut Talk, draft: &Draft, wanted: Wanted<'_>) -> Heard<Chosen<String>> {
    loop {
        let typed = match talk.ask_writer(draft)? {
            Said::Back => return Ok(Chosen::Back),
            Said::Words(words) if words == "-" => return Ok(Chosen::This(String::new())),
            Said::Words(words) => words,
            Said::Nothing | Said::WalkAway => wanted.kept.to_owned(),
        };
        if let Some(chosen) = understood(talk, draft, &typed, wanted)? {
            return Ok(chosen);
        }
    }
}

fn understood(
    talk: &mut Talk,
    draft: &Draft,
    typed: &str,
    wanted: Wanted<'_>,
) -> Heard<Option<Chosen<String>>> {
    let reading = read(typed, wanted.unit);
    let question = reading.question();
    match reading {
        Reading::Empty => Ok(Some(Chosen::This(String::new()))),
        Reading::Exact(number) => {
            let words = figures::understood(number.value, number.suffix, wanted.suffix);
            talk.note(&format!("= {words}"))?;
            Ok(Some(Chosen::This(typed.to_owned())))
        }
        Reading::TwoWays(first, second) => {
            talk.say(&question.unwrap_or_default())?;
            let two = [first, second];
            let names = two.map(|n| figures::understood(n.value, n.suffix, wanted.suffix));
            let texts = two.map(|n| {
                let mark = match n.suffix {
                    Some(crate::audit::number::Suffix::Percent) => "%",
                    Some(crate::audit::number::Suffix::Times) => "x",
                    None => "",
                };
                format!("{}{mark}", format_unmistakably(n.value))
            });
            match one_of(talk, draft, &names, None)? {
                Chosen::Back => Ok(None),
                Chosen::This(at) => {
                    let text = texts.get(at).cloned().unwrap_or_default();
                    if let Some(name) = names.get(at) {
                        talk.note(&format!("= {name}"))?;
                    }
                    Ok(Some(Chosen::This(text)))
                }
            }
        }
        Reading::Refused(error) => {
            talk.say(&error.to_string())?;
            Ok(None)
        }
    }
}
