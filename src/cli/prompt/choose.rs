//! One of a few, a market, a number as it was understood; and one question after the other.

use super::{Answer, PromptResult, Prompter, Quit};
use crate::app::form;
use crate::app::ticket_context::NumberAsked;
use crate::input::figures;
use crate::input::number::{Number, NumberReading, Suffix, Unit, format_unmistakably, read};
use crate::input::{NumberBounds, Reads};

/// What came of a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::cli) enum Chosen<T> {
    /// An answer.
    This(T),
    /// One question back.
    Back,
}

impl<T> Chosen<T> {
    /// Puts an answer in its place.
    pub(in crate::cli) fn put(self, place: &mut T) -> Chosen<()> {
        match self {
            Self::This(answer) => {
                *place = answer;
                Chosen::This(())
            }
            Self::Back => Chosen::Back,
        }
    }
}

/// Asks one thing after the other, from the `first` one on; what is asked may depend on what was
/// answered. Answers `false` where she goes back behind the first.
pub(in crate::cli) fn in_turn<P: Copy + PartialEq, F>(
    prompter: &mut Prompter,
    form: &mut F,
    first: Option<P>,
    asked: impl Fn(&Prompter, &F) -> Vec<P>,
    mut one: impl FnMut(&mut Prompter, &mut F, P) -> PromptResult<Chosen<()>>,
) -> PromptResult<bool> {
    let place = |asked: &[P], of: P| asked.iter().position(|other| *other == of);
    let begins = first.and_then(|first| place(&asked(prompter, form), first));
    let mut at = begins.unwrap_or(0);
    loop {
        let Some(prompt) = asked(prompter, form).get(at).copied() else {
            return Ok(true);
        };
        match one(prompter, form, prompt)? {
            Chosen::This(()) => {
                // An answer may change what is asked before it: the place is looked for anew.
                let here = place(&asked(prompter, form), prompt);
                at = here.unwrap_or(at).saturating_add(1);
            }
            Chosen::Back => match at.checked_sub(1) {
                Some(before) => at = before,
                None => return Ok(false),
            },
        }
    }
}

/// Says what an empty line keeps.
pub(in crate::cli) fn keeps(prompter: &Prompter, kept: &str) -> PromptResult<()> {
    if !kept.is_empty() {
        prompter.note(&format!("Enter keeps: {kept}"))?;
    }
    Ok(())
}

/// Says what it means to leave a field empty: "the entry, if left empty".
pub(in crate::cli) fn left_empty(prompter: &Prompter, hint: &str) -> PromptResult<()> {
    if !hint.is_empty() {
        let what = hint.trim_end_matches(", if left empty");
        prompter.note(&format!("Enter: {what}."))?;
    }
    Ok(())
}

/// Shows a few things by number and asks for one. An empty line takes `kept`, if there is one.
pub(in crate::cli) fn one_of<T: Copy + PartialEq>(
    prompter: &mut Prompter,
    quit: Quit<'_>,
    options: &[(T, String)],
    kept: Option<T>,
) -> PromptResult<Chosen<T>> {
    for (number, (_, name)) in (1_u32..).zip(options) {
        prompter.note(&format!("{number}  {name}"))?;
    }
    let kept = options.iter().find(|(option, _)| Some(*option) == kept);
    if let Some((_, name)) = kept {
        prompter.note(&format!("Enter takes: {name}"))?;
    }
    loop {
        match prompter.ask(quit)? {
            Answer::Back => return Ok(Chosen::Back),
            Answer::Nothing => {
                if let Some((option, _)) = kept {
                    return Ok(Chosen::This(*option));
                }
            }
            Answer::Words(words) => {
                let at = words.parse::<usize>().ok().and_then(|n| n.checked_sub(1));
                if let Some((option, _)) = at.and_then(|at| options.get(at)) {
                    return Ok(Chosen::This(*option));
                }
            }
        }
        prompter.say(&format!("Write a number from 1 to {}.", options.len()))?;
    }
}

/// Asks for words; an empty line keeps what stands there.
pub(in crate::cli) fn words(
    prompter: &mut Prompter,
    quit: Quit<'_>,
    kept: &str,
) -> PromptResult<Chosen<String>> {
    Ok(match prompter.ask(quit)? {
        Answer::Back => Chosen::Back,
        Answer::Words(words) => Chosen::This(words),
        Answer::Nothing => Chosen::This(kept.to_owned()),
    })
}

/// Asks for a text until it is understood, and echoes it.
pub(in crate::cli) fn until_understood(
    prompter: &mut Prompter,
    quit: Quit<'_>,
    kept: &str,
    reads: &Reads,
    may_be_empty: bool,
) -> PromptResult<Chosen<String>> {
    keeps(prompter, kept)?;
    loop {
        let Chosen::This(typed) = words(prompter, quit, kept)? else {
            return Ok(Chosen::Back);
        };
        match form::understood(reads, &typed) {
            _ if may_be_empty && typed.is_empty() => return Ok(Chosen::This(typed)),
            Ok(read) => {
                prompter.note(&format!("= {read}"))?;
                return Ok(Chosen::This(typed));
            }
            Err(problem) => prompter.say(&problem)?,
        }
    }
}

/// A number that is asked for.
#[derive(Clone, Copy, Debug)]
pub(in crate::cli) struct NumberQuestion<'a> {
    /// What it is a number of.
    pub(in crate::cli) unit: Unit,
    /// The word after it, as it is understood.
    pub(in crate::cli) suffix: &'a str,
    /// What settles which of two readings is meant.
    pub(in crate::cli) within: NumberBounds,
    /// What was typed before.
    pub(in crate::cli) kept: &'a str,
}

impl<'a> NumberQuestion<'a> {
    /// The number that a question of the audit asks for.
    pub(in crate::cli) fn of(asks: NumberAsked<'a>, kept: &'a str) -> Self {
        let NumberAsked {
            unit,
            currency: suffix,
            within,
        } = asks;
        Self {
            unit,
            suffix,
            within,
            kept,
        }
    }

    fn understood(&self, number: Number) -> String {
        figures::understood(number.value, number.suffix, self.suffix)
    }
}

/// Asks for a number, echoes it as it was understood, and asks which one is meant where both of
/// two readings could stand. Answers the text as typed, or so that it reads in one way; an empty
/// line keeps what was typed before, and `-` alone empties it.
pub(in crate::cli) fn number(
    prompter: &mut Prompter,
    quit: Quit<'_>,
    wanted: NumberQuestion<'_>,
) -> PromptResult<Chosen<String>> {
    loop {
        let typed = match words(prompter, quit, wanted.kept)? {
            Chosen::Back => return Ok(Chosen::Back),
            Chosen::This(words) if words == "-" => return Ok(Chosen::This(String::new())),
            Chosen::This(words) => words,
        };
        if let Some(text) = understood(prompter, quit, &typed, wanted)? {
            return Ok(Chosen::This(text));
        }
    }
}

/// The same for a number that may be left out: what is no number is left out, and said to be.
pub(in crate::cli) fn number_or_none(
    prompter: &mut Prompter,
    quit: Quit<'_>,
    wanted: NumberQuestion<'_>,
) -> PromptResult<Chosen<String>> {
    let Chosen::This(typed) = words(prompter, quit, wanted.kept)? else {
        return Ok(Chosen::Back);
    };
    if let NumberReading::Refused(_) = read(&typed, wanted.unit) {
        prompter.note("No number; left out.")?;
        return Ok(Chosen::This(String::new()));
    }
    Ok(match understood(prompter, quit, &typed, wanted)? {
        Some(text) => Chosen::This(text),
        None => Chosen::Back,
    })
}

fn understood(
    prompter: &mut Prompter,
    quit: Quit<'_>,
    typed: &str,
    wanted: NumberQuestion<'_>,
) -> PromptResult<Option<String>> {
    let alone = read(typed, wanted.unit);
    let settled = matches!(alone, NumberReading::TwoWays(..));
    let reading = alone.within(wanted.within);
    let question = reading.question();
    match reading {
        NumberReading::Empty => Ok(Some(String::new())),
        NumberReading::Exact(number) => {
            prompter.note(&format!("= {}", wanted.understood(number)))?;
            // What settled it may be another one later: it is kept as it was said back.
            Ok(Some(if settled {
                unmistakable(number)
            } else {
                typed.to_owned()
            }))
        }
        NumberReading::TwoWays(first, second) => {
            prompter.say(&question.unwrap_or_default())?;
            let two = [first, second].map(|number| (number, wanted.understood(number)));
            let Chosen::This(number) = one_of(prompter, quit, &two, None)? else {
                return Ok(None);
            };
            prompter.note(&format!("= {}", wanted.understood(number)))?;
            Ok(Some(unmistakable(number)))
        }
        NumberReading::Refused(error) => {
            prompter.say(&error.to_string())?;
            Ok(None)
        }
    }
}

/// So that it reads in one way only.
fn unmistakable(number: Number) -> String {
    let mark = match number.suffix {
        Some(Suffix::Percent) => "%",
        Some(Suffix::Times) => "x",
        None => "",
    };
    format!("{}{mark}", format_unmistakably(number.value))
}
