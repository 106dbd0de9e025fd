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
pub(super) fn ask(talk: &mut Prompter) -> PromptResult<()> {
    let now = talk.desk.now().wall;
    let all: Vec<Unaudited> = offered(talk.desk.state(), now).cloned().collect();
    for of in all {
        talk.pause()?;
        talk.say(&wording::done(&of))?;
        let options = [
            (true, wording::WRITE.to_owned()),
            (false, "Later".to_owned()),
        ];
        let chosen = one_of(talk, Quit::Leaves, &options, Some(false))?;
        if chosen == Chosen::This(true) {
            write(talk, &of)?;
        }
    }
    Ok(())
}

fn write(talk: &mut Prompter, of: &Unaudited) -> PromptResult<()> {
    let mut form = AfterwardsForm::of(talk.desk.state(), of);
    talk.note(wording::MARKED)?;
    loop {
        for question in Question::ALL {
            if one(talk, of, &mut form, question)? == Chosen::Back {
                return Ok(());
            }
        }
        match form.read(talk.desk.state()) {
            Err(problem) => talk.say(&problem.problem)?,
            Ok(written) => {
                if is_to_be_written(talk)? {
                    let audit = written.audit;
                    if talk.send(Command::WriteAfterwards(Box::new(written)))? {
                        let story = talk.desk.state().story(audit);
                        let seq = story.and_then(|story| story.ending.as_ref());
                        let seq = seq.map(crate::record::Ending::seq).unwrap_or_default();
                        talk.say(&audit_end::saved(seq))?;
                    }
                    return Ok(());
                }
            }
        }
    }
}

fn one(
    talk: &mut Prompter,
    of: &Unaudited,
    form: &mut AfterwardsForm,
    question: Question,
) -> PromptResult<Chosen<()>> {
    let asked = QuestionVariant::for_audit(form.wording).words_for(of.ticket.intent, question);
    talk.say(asked.heading)?;
    talk.note(asked.help)?;
    let answers = &mut form.answers;
    let text = match question {
        Question::Wrong => &mut answers.wrong,
        Question::Nothing => &mut answers.nothing,
        Question::Invalidation => &mut answers.invalidation,
        Question::AcceptedLoss => &mut answers.accepted,
    };
    let kept = text.clone();
    let typed = match talk.desk.number_asked(question, &of.ticket) {
        None => words(talk, Quit::Leaves, &kept)?,
        Some(asks) => number_or_none(talk, Quit::Leaves, NumberQuestion::of(asks, &kept))?,
    };
    Ok(typed.put(text))
}
