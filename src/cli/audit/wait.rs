//! Between the seal and the numbers: the wait, what the engine refuses; and before the seal, a
//! promise in the way.

use crate::app::{Command, Stage};
use crate::cli::prompt::{DO_NOTHING, InputLine, PromptResult, Prompter};
use crate::promises::STAYS_POSSIBLE;
use crate::wording::{reveal_notes, violation, wait, when, words};

/// Waits for the numbers; doing nothing is possible at once.
pub(super) fn numbers(talk: &mut Prompter) -> PromptResult<()> {
    let Stage::Sealed(sealed) = talk.desk.stage() else {
        return Ok(());
    };
    let closing = "You can end this with Ctrl+C; the wait goes on.";
    let lines: Vec<String> = [wait::numbers_follow(sealed, &talk.desk.now())]
        .into_iter()
        .chain(wait::looks_away(sealed))
        .chain(wait::beside(sealed, closing))
        .collect();
    let answers = reveal_notes::answers(sealed.pause().ticket(), sealed.answers());
    talk.pause()?;
    talk.say("Sealed.")?;
    for line in lines {
        talk.say(&line)?;
    }
    for (name, answer) in answers {
        talk.note(&format!("{name} {answer}"))?;
    }
    talk.note("q: do nothing, now.")?;
    loop {
        if talk.hear()? == InputLine::Quit {
            talk.send(DO_NOTHING)?;
            return Ok(());
        }
        if let Stage::Sealed(sealed) = talk.desk.stage() {
            talk.say(&wait::numbers_follow(sealed, &talk.desk.now()))?;
        }
    }
}

/// The engine cannot assess this ticket: said, and walking away is left.
pub(super) fn stuck(talk: &mut Prompter) -> PromptResult<()> {
    let Stage::Stuck { why, .. } = talk.desk.stage() else {
        return Ok(());
    };
    let why = why.clone();
    talk.pause()?;
    talk.say("There are no numbers for this ticket.")?;
    talk.say(&why)?;
    talk.say("Your answers are sealed in the journal. With other figures it is a new audit.")?;
    talk.note("q: do nothing.")?;
    while talk.hear()? != InputLine::Quit {
        talk.note("q: do nothing.")?;
    }
    talk.send(DO_NOTHING)?;
    Ok(())
}

/// A promise stands against the ticket: what was promised, in the words written when calm.
pub(super) fn met(talk: &mut Prompter) -> PromptResult<()> {
    let Stage::Met(met) = talk.desk.stage() else {
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
    talk.pause()?;
    for line in lines {
        talk.say(&line)?;
    }
    talk.note("Enter: back to the ticket.   q: do nothing.")?;
    let command = match talk.hear()? {
        InputLine::Quit => Command::LeaveAudit,
        InputLine::Answer(_) => Command::BackToTicket,
    };
    talk.send(command)?;
    Ok(())
}
