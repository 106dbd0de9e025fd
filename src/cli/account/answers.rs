//! What a snapshot leaves open, question by question: what it offers, another figure, or nothing
//! of it.

use crate::app::import_form::ImportForm;
use crate::cli::prompt::{Chosen, PromptResult, Prompter, Quit, form, one_of};
use crate::input::FormValue;
use crate::interchange::ccxt::{ImportAnswer, Question};
use crate::record::Account;

/// What a question can come to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reply {
    /// One of what is offered.
    Offered(ImportAnswer),
    /// Another figure.
    Figure,
    /// What it is about is left out.
    LeftOut,
}

/// Asks until no question is open; `false` where she goes back behind the first.
pub(super) fn ask(prompter: &mut Prompter, form: &mut ImportForm) -> PromptResult<bool> {
    while let Some(question) = open(prompter, form) {
        if one(prompter, form, &question)? == Chosen::Back && !form.back() {
            return Ok(false);
        }
    }
    Ok(true)
}

/// The next question that is open.
fn open(prompter: &Prompter, form: &ImportForm) -> Option<Question> {
    let account: &Account = prompter.app.state().account(form.account)?;
    form.preview(account)?.questions.into_iter().next()
}

fn one(
    prompter: &mut Prompter,
    import: &mut ImportForm,
    question: &Question,
) -> PromptResult<Chosen<()>> {
    prompter.pause()?;
    prompter.say(&question.words)?;
    let asked = &question.asked;
    let figure = import.figure(question, prompter.app.state());
    let mut replies: Vec<(Reply, String)> = question
        .offers
        .iter()
        .map(|offer| (Reply::Offered(offer.answer), offer.words.clone()))
        .collect();
    if figure.is_some() {
        replies.push((Reply::Figure, "Write the figure".to_owned()));
    }
    replies.push((Reply::LeftOut, "Leave this out".to_owned()));
    loop {
        match one_of(prompter, Quit::Leaves, &replies, None)? {
            Chosen::Back => return Ok(Chosen::Back),
            Chosen::This(Reply::Offered(answer)) => import.give(asked, answer),
            Chosen::This(Reply::LeftOut) => import.set_aside(asked),
            Chosen::This(Reply::Figure) => {
                let Some(figure) = &figure else {
                    continue;
                };
                let mut value = FormValue::default();
                if form::ask(prompter, Quit::Leaves, &mut value, figure)? == Chosen::Back {
                    continue;
                }
                if let Err(problem) = import.write(question, &value, prompter.app.state()) {
                    prompter.say(&problem.to_string())?;
                    continue;
                }
            }
        }
        return Ok(Chosen::This(()));
    }
}
