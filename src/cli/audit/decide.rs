//! What is done about the numbers. Doing nothing comes first and is possible at once.

use super::reveal::{can_isolate, revealed};
use super::{change, more, reveal};
use crate::app::{Command, Refusal};
use crate::audit::{Choice, Permission};
use crate::cli::prompt::{Answer, PromptResult, Prompter, Quit};
use crate::engine::{Intent, Mode};
use crate::promises::PlanLine;
use crate::wording::sizes::Fit;
use crate::wording::{audit_end, promise, reveal_notes, when};

/// Tells the numbers and asks what is done, until something is.
pub(super) fn decide(prompter: &mut Prompter) -> PromptResult<()> {
    // What was typed before the numbers is no answer to them.
    prompter.forget_lines();
    let fits = reveal::tell(prompter)?;
    prompter.pause()?;
    loop {
        offer(prompter, &fits)?;
        let Answer::Words(words) = prompter.ask(Quit::DoesNothing)? else {
            continue;
        };
        let done = match words.to_lowercase().as_str() {
            "p" => proceed(prompter)?,
            "s" => change::smaller(prompter)?,
            "i" => change::isolated(prompter)?,
            "w" => wait(prompter)?,
            "m" => more::more(prompter)?,
            "a" => prompter.send(Command::AsSealed)?,
            "x" => extend(prompter)?,
            number => change::take(prompter, &fits, number)?,
        };
        if done {
            return Ok(());
        }
    }
}

fn offer(prompter: &Prompter, fits: &[Fit]) -> PromptResult<()> {
    let Some(revealed) = revealed(prompter) else {
        return Ok(());
    };
    let now = prompter.app.now();
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
    prompter.say("What do you do?")?;
    for line in lines {
        prompter.note(&line)?;
    }
    Ok(())
}

/// Sends a decision; `true` where it was taken.
fn decided(
    prompter: &mut Prompter,
    choice: Choice,
    sentence: Option<String>,
) -> PromptResult<bool> {
    prompter.send(Command::Decide { choice, sentence })
}

/// Proceeds, with a sentence of her own where one is asked for.
fn proceed(prompter: &mut Prompter) -> PromptResult<bool> {
    let Some(revealed) = revealed(prompter) else {
        return Ok(true);
    };
    if revealed.proceed_wakes_in(&prompter.app.now()).is_zero() {
        trigger(prompter)?;
    }
    let Some(revealed) = reveal::revealed(prompter) else {
        return Ok(true);
    };
    let Some(why) = reveal_notes::why(revealed) else {
        return decided(prompter, Choice::Proceed, None);
    };
    if let Err(why) = prompter.app.plan_allows(revealed) {
        prompter.say(&why.to_string())?;
        return Ok(false);
    }
    if !revealed.proceed_wakes_in(&prompter.app.now()).is_zero() {
        // Asked for nothing: the app says why it is too early.
        return decided(prompter, Choice::Proceed, None);
    }
    prompter.say(&why.asked)?;
    prompter.note(why.note)?;
    prompter.note("Enter: back to the choices.   q: do nothing.")?;
    loop {
        let Answer::Words(sentence) = prompter.ask(Quit::DoesNothing)? else {
            return Ok(false);
        };
        let command = Command::Decide {
            choice: Choice::Proceed,
            sentence: Some(sentence),
        };
        match prompter.try_send(command)? {
            Ok(()) => return Ok(true),
            Err(refusal @ Refusal::NotDecided(_)) => prompter.say(&refusal.to_string())?,
            Err(refusal) => {
                prompter.say(&refusal.to_string())?;
                return Ok(false);
            }
        }
    }
}

/// Asks word for word whether the trigger of the plan has happened, where one is what allows it and
/// nobody has said so.
fn trigger(prompter: &mut Prompter) -> PromptResult<()> {
    let asked = revealed(prompter).and_then(|revealed| {
        let (plan, lines) = prompter.app.plan_of(revealed)?;
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
    prompter.say(&words)?;
    prompter.note(&format!("y  {}", promise::HAS_HAPPENED))?;
    prompter.note(&format!("n  {}", promise::HAS_NOT_HAPPENED))?;
    prompter.note("Enter: back to the choices.   q: do nothing.")?;
    let Answer::Words(answer) = prompter.ask(Quit::DoesNothing)? else {
        return Ok(());
    };
    let happened = match answer.to_lowercase().as_str() {
        "y" | "yes" => true,
        "n" | "no" => false,
        _ => return Ok(()),
    };
    prompter.send(Command::AnswerTrigger { plan, happened })?;
    Ok(())
}

fn extend(prompter: &mut Prompter) -> PromptResult<bool> {
    prompter.send(Command::Extend)?;
    if let Some(Permission::Holds { left, .. }) =
        revealed(prompter).map(|revealed| revealed.permission(&prompter.app.now()))
    {
        let until = when::time(when::end_of(prompter.app.now().wall, left));
        prompter.say(&format!("These numbers hold until {until}."))?;
    }
    Ok(false)
}

fn wait(prompter: &mut Prompter) -> PromptResult<bool> {
    let waits = audit_end::waits(prompter.app.now().wall);
    prompter.say(&format!("Until when? {}", audit_end::WAITING))?;
    for (number, (words, until)) in (1_u32..).zip(&waits) {
        prompter.note(&format!("{number}  {words}, {}", when::time(*until)))?;
    }
    prompter.note("Enter: back to the choices.")?;
    let Answer::Words(chosen) = prompter.ask(Quit::DoesNothing)? else {
        return Ok(false);
    };
    let until = chosen
        .parse::<usize>()
        .ok()
        .and_then(|number| waits.get(number.checked_sub(1)?));
    match until {
        Some((_, until)) => decided(prompter, Choice::Wait { until: *until }, None),
        None => Ok(false),
    }
}
