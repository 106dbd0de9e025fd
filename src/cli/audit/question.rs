//! The four questions. What an answer must be is checked by the app.

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
pub(super) fn ask(prompter: &mut Prompter, mut draft: Draft) -> PromptResult<()> {
    let Stage::Pausing(pause) = prompter.app.stage() else {
        return Ok(());
    };
    let ticket = pause.ticket().clone();
    let Some(question) = draft.step.question() else {
        return Ok(());
    };
    let asked = QuestionVariant::for_audit(draft.ordinal).words_for(ticket.intent, question);
    prompter.pause()?;
    prompter.note(&format!(
        "{} · {}",
        ticket_line(&ticket),
        question.progress()
    ))?;
    prompter.say(asked.heading)?;
    prompter.note(asked.help)?;
    if draft.ordinal == 1 && question == Question::Wrong {
        prompter.note(ANNOUNCEMENT)?;
    }
    let mut kept = answer(&mut draft, question).clone();
    keeps(prompter, &kept)?;
    if ticket.intent.takes_off() && kept.is_empty() {
        left_empty(prompter, audit_end::MAY_BE_LEFT_OUT)?;
    }
    let number = if ticket.intent.takes_off() {
        number_or_none
    } else {
        number
    };
    let asks = prompter.app.number_asked(question, &ticket);
    loop {
        let typed = match asks {
            None => words(prompter, Quit::WalksAway(&draft), &kept)?,
            Some(asks) => number(
                prompter,
                Quit::WalksAway(&draft),
                NumberQuestion::of(asks, &kept),
            )?,
        };
        let Chosen::This(text) = typed else {
            draft.step = draft.step.back().unwrap_or(Step::Ticket);
            return prompter.keep(&draft);
        };
        *answer(&mut draft, question) = text;
        match prompter.app.check_answer(&mut draft, question) {
            Ok(()) => break,
            Err(problem) => {
                prompter.keep(&draft)?;
                for line in problem.problem.lines() {
                    prompter.say(line)?;
                }
                kept = answer(&mut draft, question).clone();
                keeps(prompter, &kept)?;
            }
        }
    }
    let next = draft.after(question);
    draft.turn_to(next);
    prompter.keep(&draft)
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
