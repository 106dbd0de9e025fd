//! The audit of a close or a reduce that was logged without one: offered, never asked for.

use super::is_to_be_written;
use crate::app::Command;
use crate::app::afterwards::{AfterwardsForm, offered};
use crate::audit::Question;
use crate::audit::question::QuestionVariant;
use crate::cli::prompt::{
    Chosen, NumberQuestion, PromptResult, Prompter, Quit, number_or_none, one_of, words,
};
use crate::record::Unaudited;
use crate::wording::{afterwards as wording, audit_end};

/// Offers it for each of the newest.
pub(super) fn ask(prompter: &mut Prompter) -> PromptResult<()> {
    let now = prompter.app.now().wall;
    let all: Vec<Unaudited> = offered(prompter.app.state(), now).cloned().collect();
    for of in all {
        prompter.pause()?;
        prompter.say(&wording::done(&of))?;
        let options = [
            (true, wording::WRITE.to_owned()),
            (false, "Later".to_owned()),
        ];
        let chosen = one_of(prompter, Quit::Leaves, &options, Some(false))?;
        if chosen == Chosen::This(true) {
            write(prompter, &of)?;
        }
    }
    Ok(())
}

fn write(prompter: &mut Prompter, of: &Unaudited) -> PromptResult<()> {
    let mut form = AfterwardsForm::of(prompter.app.state(), of);
    prompter.note(wording::MARKED)?;
    loop {
        for question in Question::ALL {
            if one(prompter, of, &mut form, question)? == Chosen::Back {
                return Ok(());
            }
        }
        match form.read(prompter.app.state()) {
            Err(problem) => prompter.say(&problem.problem)?,
            Ok(written) => {
                if is_to_be_written(prompter)? {
                    let audit = written.audit;
                    if prompter.send(Command::WriteAfterwards(Box::new(written)))? {
                        let story = prompter.app.state().story(audit);
                        let seq = story.and_then(|story| story.ending.as_ref());
                        let seq = seq.map(crate::record::Ending::seq).unwrap_or_default();
                        prompter.say(&audit_end::saved(seq))?;
                    }
                    return Ok(());
                }
            }
        }
    }
}

fn one(
    prompter: &mut Prompter,
    of: &Unaudited,
    form: &mut AfterwardsForm,
    question: Question,
) -> PromptResult<Chosen<()>> {
    let asked = QuestionVariant::for_audit(form.wording).words_for(of.ticket.intent, question);
    prompter.say(asked.heading)?;
    prompter.note(asked.help)?;
    let answers = &mut form.answers;
    let text = match question {
        Question::Wrong => &mut answers.wrong,
        Question::Nothing => &mut answers.nothing,
        Question::Invalidation => &mut answers.invalidation,
        Question::AcceptedLoss => &mut answers.accepted,
    };
    let kept = text.clone();
    let typed = match prompter.app.number_asked(question, &of.ticket) {
        None => words(prompter, Quit::Leaves, &kept)?,
        Some(asks) => number_or_none(prompter, Quit::Leaves, NumberQuestion::of(asks, &kept))?,
    };
    Ok(typed.put(text))
}
