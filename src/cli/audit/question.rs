//! The four questions. What an answer must be is checked by the desk.

use crate::app::Stage;
use crate::audit::question::{ANNOUNCEMENT, QuestionVariant};
use crate::audit::{Draft, Question, Step};
use crate::cli::prompt::{
    Chosen, NumberQuestion, PromptResult, Prompter, Quit, keeps, left_empty, number,
    number_or_none, words,
};
use crate::wording::audit_end;
use crate::wording::words::ticket_line;

/// Asks the question that the draft stands at.
pub(super) fn ask(talk: &mut Prompter, mut draft: Draft) -> PromptResult<()> {
    let Stage::Pausing(pause) = talk.desk.stage() else {
        return Ok(());
    };
    let ticket = pause.ticket().clone();
    let Some(question) = draft.step.question() else {
        return Ok(());
    };
    let asked = QuestionVariant::for_audit(draft.ordinal).words_for(ticket.intent, question);
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
    let mut kept = answer(&mut draft, question).clone();
    keeps(talk, &kept)?;
    if ticket.intent.takes_off() && kept.is_empty() {
        left_empty(talk, audit_end::MAY_BE_LEFT_OUT)?;
    }
    let number = if ticket.intent.takes_off() {
        number_or_none
    } else {
        number
    };
    let asks = talk.desk.number_asked(question, &ticket);
    loop {
        let typed = match asks {
            None => words(talk, Quit::WalksAway(&draft), &kept)?,
            Some(asks) => number(
                talk,
                Quit::WalksAway(&draft),
                NumberQuestion::of(asks, &kept),
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
                kept = answer(&mut draft, question).clone();
                keeps(talk, &kept)?;
            }
        }
    }
    let next = draft.after(question);
    draft.turn_to(next);
    talk.keep(&draft)
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
