//! What is done about the numbers. Doing nothing comes first and is possible at once.

use rust_decimal::Decimal;

use super::reveal;
use super::talk::{Heard, Said, Stop, Talk};
use crate::audit::number::{Reading, Unit, read};
use crate::audit::{Change, Choice, Permission, Revealed};
use crate::desk::{Command, Refusal, Stage};
use crate::engine::{Intent, Mode, Money, Quantity};
use crate::telling::words::Fit;
use crate::telling::{beside, figures, passage, when};

/// Tells the numbers and asks what is done, until something is.
pub(super) fn decide(talk: &mut Talk) -> Heard<()> {
    // What was typed before the numbers is no answer to them.
    talk.forget_lines();
    let fits = reveal::tell(talk)?;
    talk.pause()?;
    loop {
        offer(talk, &fits)?;
        let words = match talk.ask()? {
            Said::WalkAway => {
                decided(talk, Choice::DoNothing, None)?;
                return Ok(());
            }
            Said::Nothing | Said::Back => continue,
            Said::Words(words) => words.to_lowercase(),
        };
        let done = match words.as_str() {
            "p" => proceed(talk)?,
            "s" => smaller(talk)?,
            "i" => isolated(talk)?,
            "w" => wait(talk)?,
            "a" => talk.send(Command::AsSealed)?,
            "x" => extend(talk)?,
            number => take(talk, &fits, number)?,
        };
        if done {
            return Ok(());
        }
    }
}

/// The numbers on the table.
fn revealed(talk: &Talk) -> Option<&Revealed> {
    match talk.desk.stage() {
        Stage::Revealed(revealed) => Some(revealed),
        _ => None,
    }
}

fn offer(talk: &Talk, fits: &[Fit]) -> Heard<()> {
    let Some(revealed) = revealed(talk) else {
        return Ok(());
    };
    let now = talk.desk.now();
    let ticket = revealed.ticket();
    let mut lines = vec!["q  Do nothing".to_owned()];
    if ticket.adds() {
        lines.push("s  Smaller…".to_owned());
    }
    if can_isolate(revealed) {
        lines.push("i  Isolated instead".to_owned());
    }
    lines.push("w  Wait…".to_owned());
    let asleep = revealed.proceed_wakes_in(&now);
    let name = match ticket.mode {
        Mode::Isolated if revealed.is_lowered() => "Proceed, isolated",
        Mode::Cross if revealed.is_lowered() => "Proceed, smaller",
        _ if revealed.over_accepted() => "Proceed…",
        _ => "Proceed",
    };
    if asleep.is_zero() {
        lines.push(format!("p  {name}"));
    } else {
        let from = when::time_with_seconds(when::end_of(now.wall, asleep));
        lines.push(format!("p  {name}, from {from} on"));
    }
    for (number, fit) in (1_u32..).zip(fits) {
        lines.push(format!("{number}  {}", fit.button));
    }
    if revealed.is_lowered() {
        lines.push("a  Back to what you sealed".to_owned());
    }
    if let Permission::Holds {
        extendable: true, ..
    } = revealed.permission(&now)
    {
        lines.push("x  Hold these numbers longer, once".to_owned());
    }
    talk.say("What do you do?")?;
    for line in lines {
        talk.note(&line)?;
    }
    Ok(())
}

fn can_isolate(revealed: &Revealed) -> bool {
    let sealed = revealed.sealed().pause().ticket();
    sealed.intent == Intent::Open
        && sealed.mode == Mode::Cross
        && revealed.ticket().mode == Mode::Cross
}

/// Sends a decision; `true` where it was taken.
fn decided(talk: &mut Talk, choice: Choice, sentence: Option<String>) -> Heard<bool> {
    talk.send(Command::Decide { choice, sentence })
}

/// Proceeds, with a sentence of her own where more is at stake than she accepted.
fn proceed(talk: &mut Talk) -> Heard<bool> {
    let Some(revealed) = revealed(talk) else {
        return Ok(true);
    };
    if !revealed.over_accepted() {
        return decided(talk, Choice::Proceed, None);
    }
    if !revealed.proceed_wakes_in(&talk.desk.now()).is_zero() {
        // Asked for nothing: the desk says why it is too early.
        return decided(talk, Choice::Proceed, None);
    }
    let words = beside::over_accepted(revealed);
    talk.say(&words)?;
    talk.note(beside::OVER_ACCEPTED_NOTE)?;
    talk.note("Enter: back to the choices.   q: do nothing.")?;
    loop {
        let sentence = match talk.ask()? {
            Said::WalkAway => return decided(talk, Choice::DoNothing, None),
            Said::Nothing | Said::Back => return Ok(false),
            Said::Words(words) => words,
        };
        let command = Command::Decide {
            choice: Choice::Proceed,
            sentence: Some(sentence),
        };
        match talk.try_send(command)? {
            Ok(()) => return Ok(true),
            Err(refusal @ Refusal::NotDecided(_)) => talk.say(&refusal.to_string())?,
            Err(refusal) => {
                talk.say(&refusal.to_string())?;
                return Ok(false);
            }
        }
    }
}

fn lower(talk: &mut Talk, change: Change) -> Heard<bool> {
    talk.send(Command::Lower(change))
}

fn isolated(talk: &mut Talk) -> Heard<bool> {
    let Some(quantity) = revealed(talk)
        .filter(|revealed| can_isolate(revealed))
        .map(|revealed| revealed.ticket().quantity)
    else {
        return Ok(false);
    };
    lower(
        talk,
        Change {
            mode: Mode::Isolated,
            quantity,
            margin: None,
        },
    )
}

fn take(talk: &mut Talk, fits: &[Fit], number: &str) -> Heard<bool> {
    let fit = number
        .parse::<usize>()
        .ok()
        .and_then(|number| fits.get(number.checked_sub(1)?));
    match fit.and_then(|fit| fit.take) {
        Some((mode, quantity, margin)) => lower(
            talk,
            Change {
                mode,
                quantity,
                margin,
            },
        ),
        None => Ok(false),
    }
}

fn extend(talk: &mut Talk) -> Heard<bool> {
    talk.send(Command::Extend)?;
    if let Some(Permission::Holds { left, .. }) =
        revealed(talk).map(|revealed| revealed.permission(&talk.desk.now()))
    {
        let until = when::time(when::end_of(talk.desk.now().wall, left));
        talk.say(&format!("These numbers hold until {until}."))?;
    }
    Ok(false)
}

fn smaller(talk: &mut Talk) -> Heard<bool> {
    let Some(revealed) = revealed(talk).filter(|revealed| revealed.ticket().adds()) else {
        return Ok(false);
    };
    let sealed = revealed.sealed().pause().ticket().clone();
    let mode = revealed.ticket().mode;
    talk.say(&beside::sealed_size(&sealed))?;
    talk.say(&format!("Quantity ({}); Enter as sealed.", sealed.unit()))?;
    let quantity = match size(talk, Unit::Quantity, sealed.unit())? {
        Size::Back => return Ok(false),
        Size::AsSealed => sealed.quantity.get(),
        Size::This(quantity) => quantity,
    };
    talk.say("Leverage; Enter as sealed.")?;
    let leverage = match size(talk, Unit::Leverage, "x")? {
        Size::Back => return Ok(false),
        Size::AsSealed => None,
        Size::This(leverage) => Some(leverage),
    };
    let margin = leverage
        .filter(|leverage| *leverage > Decimal::ZERO)
        .and_then(|leverage| {
            let notional = sealed.terms().notional(quantity, sealed.entry.get())?;
            notional.checked_div(leverage).map(Money::new)
        });
    lower(
        talk,
        Change {
            mode,
            quantity: Quantity::new(quantity),
            margin,
        },
    )
}

/// What a number after the reveal came to.
enum Size {
    /// One question back.
    Back,
    /// As it was sealed.
    AsSealed,
    /// This one.
    This(Decimal),
}

/// Asks for a number after the reveal.
fn size(talk: &mut Talk, unit: Unit, suffix: &str) -> Heard<Size> {
    loop {
        let words = match talk.ask()? {
            Said::Nothing => return Ok(Size::AsSealed),
            Said::Back => return Ok(Size::Back),
            Said::WalkAway => {
                decided(talk, Choice::DoNothing, None)?;
                return Err(Stop::Turned);
            }
            Said::Words(words) => words,
        };
        let reading = read(&words, unit);
        let question = reading.question();
        match reading {
            Reading::Empty => return Ok(Size::AsSealed),
            Reading::Exact(number) => {
                let echo = figures::understood(number.value, number.suffix, suffix);
                talk.note(&format!("= {echo}"))?;
                return Ok(Size::This(number.value));
            }
            Reading::TwoWays(..) => talk.say(&format!(
                "{} Write it in that form.",
                question.unwrap_or_default()
            ))?,
            Reading::Refused(error) => talk.say(&error.to_string())?,
        }
    }
}

fn wait(talk: &mut Talk) -> Heard<bool> {
    let waits = passage::waits(talk.desk.now().wall);
    talk.say(&format!("Until when? {}", passage::WAITING))?;
    for (number, (words, until)) in (1_u32..).zip(&waits) {
        talk.note(&format!("{number}  {words}, {}", when::time(*until)))?;
    }
    talk.note("Enter: back to the choices.")?;
    let chosen = match talk.ask()? {
        Said::WalkAway => return decided(talk, Choice::DoNothing, None),
        Said::Nothing | Said::Back => return Ok(false),
        Said::Words(words) => words,
    };
    let until = chosen
        .parse::<usize>()
        .ok()
        .and_then(|number| waits.get(number.checked_sub(1)?));
    match until {
        Some((_, until)) => decided(talk, Choice::Wait { until: *until }, None),
        None => Ok(false),
    }
}
