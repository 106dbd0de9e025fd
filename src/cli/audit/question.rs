//! The four questions. What an answer must be is checked by the desk.

use crate::audit::number::Unit;
use crate::audit::wording::{ANNOUNCEMENT, Wording};
use crate::audit::{Draft, Field, Question, Step};
use crate::cli::talk::{Chosen, Heard, Quit, Talk, Wanted, keeps, number, words};
use crate::desk::{Command, Refusal, Stage};
use crate::telling::words::ticket_line;

/// Asks the question that the draft stands at.
pub(super) fn ask(talk: &mut Talk, mut draft: Draft) -> Heard<()> {
    let Stage::Pausing(pause) = talk.desk.stage() else {
        return Ok(());
    };
    let ticket = pause.ticket().clone();
    let question = match draft.step {
        Step::Wrong => Question::Wrong,
        Step::Invalidation => Question::Invalidation,
        Step::Nothing => Question::Nothing,
        Step::State | Step::Ticket | Step::Accepted | Step::Reveal => Question::AcceptedLoss,
    };
    let asked = Wording::for_audit(draft.ordinal).words_for(ticket.intent, question);
    talk.pause()?;
    talk.note(&format!(
        "{} · {}",
        ticket_line(&ticket),
        question.progress()
    ))?;
    talk.say(asked.heading)?;
    talk.note(asked.help)?;
    if draft.ordinal == 1 && question == Question::Wrong {
        talk.note(ANNOUNCEMENT)?;
    }
    let kept = answer(&mut draft, question).clone();
    keeps(talk, &kept)?;
    let number_of = match question {
        Question::Wrong | Question::Nothing => None,
        Question::Invalidation => Some((Unit::Price, ticket.symbol.quote())),
        Question::AcceptedLoss => Some((Unit::MoneyOrPercent, ticket.collateral.as_str())),
    };
    let within = talk.desk.answer_within(question, &ticket);
    loop {
        let typed = match number_of {
            None => words(talk, Quit::WalksAway(&draft), &kept)?,
            Some((unit, suffix)) => number(
                talk,
                Quit::WalksAway(&draft),
                Wanted {
                    unit,
                    suffix,
                    within,
                    kept: &kept,
                },
            )?,
        };
        let Chosen::This(text) = typed else {
            draft.step = draft.step.back().unwrap_or(Step::Ticket);
            return talk.keep(&draft);
        };
        *answer(&mut draft, question) = text;
        match talk.desk.check_answer(&mut draft, question) {
            Ok(()) => break,
            Err(problem) => {
                talk.keep(&draft)?;
                for line in problem.problem.lines() {
                    talk.say(line)?;
                }
            }
        }
    }
    if let Some(next) = draft.step.next() {
        draft.step = next;
        return talk.keep(&draft);
    }
    talk.keep(&draft)?;
    seal(talk, draft)
}

fn answer(draft: &mut Draft, question: Question) -> &mut String {
    let answers = &mut draft.answers;
    match question {
        Question::Wrong => &mut answers.wrong,
        Question::Invalidation => &mut answers.invalidation,
        Question::Nothing => &mut answers.nothing,
        Question::AcceptedLoss => &mut answers.accepted,
    }
}

/// Freezes the answers; where an earlier one does not stand any more, it is asked again.
fn seal(talk: &mut Talk, mut draft: Draft) -> Heard<()> {
    match talk.try_send(Command::Seal(Box::new(draft.clone())))? {
        Ok(()) => Ok(()),
        Err(Refusal::Fields(problems)) => {
            for problem in &problems {
                talk.say(&problem.problem)?;
            }
            let first = problems.iter().map(|problem| match problem.field {
                Field::Wrong => Step::Wrong,
                Field::Invalidation => Step::Invalidation,
                Field::Nothing => Step::Nothing,
                Field::Accepted => Step::Accepted,
                _ => Step::Ticket,
            });
            draft.step = first.min().unwrap_or(Step::Accepted);
            talk.keep(&draft)
        }
        Err(refusal) => {
            talk.say(&refusal.to_string())?;
            draft.step = Step::Ticket;
            talk.keep(&draft)
        }
    }
}
