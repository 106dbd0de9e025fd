//! What is done about the numbers. Doing nothing comes first and is possible at once.

use super::{change, more, reveal};
use crate::app::{Command, Refusal, Stage};
use crate::audit::{Choice, Permission, Revealed};
use crate::cli::prompt::{Answer, PromptResult, Prompter, Quit};
use crate::engine::{Intent, Mode};
use crate::promises::PlanLine;
use crate::wording::sizes::Fit;
use crate::wording::{audit_end, promise, reveal_notes, when};

/// Tells the numbers and asks what is done, until something is.
pub(super) fn decide(talk: &mut Prompter) -> PromptResult<()> {
    // What was typed before the numbers is no answer to them.
    talk.forget_lines();
    let fits = reveal::tell(talk)?;
    talk.pause()?;
    loop {
        offer(talk, &fits)?;
        let Answer::Words(words) = talk.ask(Quit::DoesNothing)? else {
            continue;
        };
        let done = match words.to_lowercase().as_str() {
            "p" => proceed(talk)?,
            "s" => change::smaller(talk)?,
            "i" => change::isolated(talk)?,
            "w" => wait(talk)?,
            "m" => more::more(talk)?,
            "a" => talk.send(Command::AsSealed)?,
            "x" => extend(talk)?,
            number => change::take(talk, &fits, number)?,
        };
        if done {
            return Ok(());
        }
    }
}

/// The numbers on the table.
pub(super) fn revealed(talk: &Prompter) -> Option<&Revealed> {
    match talk.desk.stage() {
        Stage::Revealed(revealed) => Some(revealed),
        _ => None,
    }
}

fn offer(talk: &Prompter, fits: &[Fit]) -> PromptResult<()> {
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
    if ticket.intent != Intent::Close {
        lines.push("m  More numbers…".to_owned());
    }
    let asleep = revealed.proceed_wakes_in(&now);
    let name = match ticket.mode {
        Mode::Isolated if revealed.is_lowered() => "Proceed, isolated",
        Mode::Cross if revealed.is_lowered() => "Proceed, smaller",
        _ if revealed.asks_why() => "Proceed…",
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

pub(super) fn can_isolate(revealed: &Revealed) -> bool {
    let sealed = revealed.sealed().pause().ticket();
    sealed.intent == Intent::Open
        && sealed.mode == Mode::Cross
        && revealed.ticket().mode == Mode::Cross
}

/// Sends a decision; `true` where it was taken.
fn decided(talk: &mut Prompter, choice: Choice, sentence: Option<String>) -> PromptResult<bool> {
    talk.send(Command::Decide { choice, sentence })
}

/// Proceeds, with a sentence of her own where one is asked for.
fn proceed(talk: &mut Prompter) -> PromptResult<bool> {
    let Some(revealed) = revealed(talk) else {
        return Ok(true);
    };
    if revealed.proceed_wakes_in(&talk.desk.now()).is_zero() {
        trigger(talk)?;
    }
    let Some(revealed) = self::revealed(talk) else {
        return Ok(true);
    };
    let Some(why) = reveal_notes::why(revealed) else {
        return decided(talk, Choice::Proceed, None);
    };
    if let Err(why) = talk.desk.plan_allows(revealed) {
        talk.say(&why.to_string())?;
        return Ok(false);
    }
    if !revealed.proceed_wakes_in(&talk.desk.now()).is_zero() {
        // Asked for nothing: the desk says why it is too early.
        return decided(talk, Choice::Proceed, None);
    }
    talk.say(&why.asked)?;
    talk.note(why.note)?;
    talk.note("Enter: back to the choices.   q: do nothing.")?;
    loop {
        let Answer::Words(sentence) = talk.ask(Quit::DoesNothing)? else {
            return Ok(false);
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

/// Asks word for word whether the trigger of the plan has happened, where one is what allows it and
/// nobody has said so.
fn trigger(talk: &mut Prompter) -> PromptResult<()> {
    let asked = revealed(talk).and_then(|revealed| {
        let (plan, lines) = talk.desk.plan_of(revealed)?;
        let open = |line: &PlanLine| match line {
            PlanLine::Trigger { happened, .. } => *happened != Some(true),
            _ => false,
        };
        let terms = plan.terms();
        let asked = (terms.plan, promise::asks_trigger(&terms.trigger));
        lines.iter().any(open).then_some(asked)
    });
    let Some((plan, words)) = asked else {
        return Ok(());
    };
    talk.say(&words)?;
    talk.note(&format!("y  {}", promise::HAS_HAPPENED))?;
    talk.note(&format!("n  {}", promise::HAS_NOT_HAPPENED))?;
    talk.note("Enter: back to the choices.   q: do nothing.")?;
    let Answer::Words(answer) = talk.ask(Quit::DoesNothing)? else {
        return Ok(());
    };
    let happened = match answer.to_lowercase().as_str() {
        "y" | "yes" => true,
        "n" | "no" => false,
        _ => return Ok(()),
    };
    talk.send(Command::AnswerTrigger { plan, happened })?;
    Ok(())
}

fn extend(talk: &mut Prompter) -> PromptResult<bool> {
    talk.send(Command::Extend)?;
    if let Some(Permission::Holds { left, .. }) =
        revealed(talk).map(|revealed| revealed.permission(&talk.desk.now()))
    {
        let until = when::time(when::end_of(talk.desk.now().wall, left));
        talk.say(&format!("These numbers hold until {until}."))?;
    }
    Ok(false)
}

fn wait(talk: &mut Prompter) -> PromptResult<bool> {
    let waits = audit_end::waits(talk.desk.now().wall);
    talk.say(&format!("Until when? {}", audit_end::WAITING))?;
    for (number, (words, until)) in (1_u32..).zip(&waits) {
        talk.note(&format!("{number}  {words}, {}", when::time(*until)))?;
    }
    talk.note("Enter: back to the choices.")?;
    let Answer::Words(chosen) = talk.ask(Quit::DoesNothing)? else {
        return Ok(false);
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
