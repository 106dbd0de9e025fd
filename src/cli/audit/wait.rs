//! Between the seal and the numbers: the wait, what the engine refuses; and before the seal, a
//! promise in the way.

use crate::app::{Command, Stage};
use crate::cli::prompt::{DO_NOTHING, InputLine, PromptResult, Prompter};
use crate::promises::STAYS_POSSIBLE;
use crate::wording::{reveal_notes, violation, wait, when, words};

/// Waits for the numbers; doing nothing is possible at once.
pub(super) fn numbers(prompter: &mut Prompter) -> PromptResult<()> {
    let Stage::Sealed(sealed) = prompter.app.stage() else {
        return Ok(());
    };
    let closing = "You can end this with Ctrl+C; the wait goes on.";
    let lines: Vec<String> = [wait::numbers_follow(sealed, &prompter.app.now())]
        .into_iter()
        .chain(wait::looks_away(sealed))
        .chain(wait::beside(sealed, closing))
        .collect();
    let answers = reveal_notes::answers(sealed.pause().ticket(), sealed.answers());
    prompter.pause()?;
    prompter.say("Sealed.")?;
    for line in lines {
        prompter.say(&line)?;
    }
    for (name, answer) in answers {
        prompter.note(&format!("{name} {answer}"))?;
    }
    prompter.note("q: do nothing, now.")?;
    loop {
        if prompter.hear()? == InputLine::Quit {
            prompter.send(DO_NOTHING)?;
            return Ok(());
        }
        if let Stage::Sealed(sealed) = prompter.app.stage() {
            prompter.say(&wait::numbers_follow(sealed, &prompter.app.now()))?;
        }
    }
}

/// The engine cannot assess this ticket: said, and walking away is left.
pub(super) fn stuck(prompter: &mut Prompter) -> PromptResult<()> {
    let Stage::Stuck { why, .. } = prompter.app.stage() else {
        return Ok(());
    };
    let why = why.clone();
    prompter.pause()?;
    prompter.say("There are no numbers for this ticket.")?;
    prompter.say(&why)?;
    prompter
        .say("Your answers are sealed in the journal. With other figures it is a new audit.")?;
    prompter.note("q: do nothing.")?;
    while prompter.hear()? != InputLine::Quit {
        prompter.note("q: do nothing.")?;
    }
    prompter.send(DO_NOTHING)?;
    Ok(())
}

/// A promise stands against the ticket: what was promised, in the words written when calm.
pub(super) fn met(prompter: &mut Prompter) -> PromptResult<()> {
    let Stage::Blocked(met) = prompter.app.stage() else {
        return Ok(());
    };
    let mut lines = vec![
        words::ticket_line(&met.ticket),
        violation::stands(&met.against).to_owned(),
    ];
    for against in &met.against {
        if !against.words.is_empty() {
            let flat = if against.flat { ", while flat" } else { "" };
            let on = against.armed_on.map(when::day_and_time);
            lines.extend(on.map(|on| format!("You wrote on {on}{flat}:")));
            lines.push(format!("“{}”", against.words));
        }
        lines.push(format!("{}.", violation::against(against)));
        lines.extend(
            violation::since(against).map(|since| format!("{}.", since.trim_end_matches('.'))),
        );
    }
    lines.push(STAYS_POSSIBLE.to_owned());
    if let Some(seq) = met.seq {
        lines.push(format!("This try is in the journal as entry {seq}."));
    }
    prompter.pause()?;
    for line in lines {
        prompter.say(&line)?;
    }
    prompter.note("Enter: back to the ticket.   q: do nothing.")?;
    let command = match prompter.hear()? {
        InputLine::Quit => Command::LeaveAudit,
        InputLine::Answer(_) => Command::BackToTicket,
    };
    prompter.send(command)?;
    Ok(())
}
