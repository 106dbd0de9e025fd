//! The ticket, field by field. Which fields are asked depends on what is to be done; what they
//! must be is checked by the app.
//!
//! | file | what it is for |
//! | --- | --- |
//! | `rules` | the market's rules, where they are not known |
//! | `figures` | what the numbers rest on, and a way to bring it up to date |

mod figures;
mod rules;

use crate::app::Refusal;
use crate::app::form::{Form as _, HandedIn};
use crate::audit::{Draft, SIZES, Step};
use crate::cli::prompt::{Chosen, PromptResult, Prompter, Quit, form, in_turn};
use crate::input::{Field, FieldError};

/// One thing to be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Prompt {
    /// A field of the ticket.
    Field(Field),
    /// The figures that its numbers will rest on.
    Figures,
}

/// Asks for the ticket, and hands it in until it stands.
pub(super) fn ask(prompter: &mut Prompter, mut draft: Draft) -> PromptResult<()> {
    prompter.pause()?;
    if let Some(above) = draft.heading(&prompter.app) {
        prompter.say(&above.heading)?;
    }
    prompter.note("Numbers as you write them; each is said back as it was understood.")?;
    if !in_turn(prompter, &mut draft, None, prompts, one)? {
        draft.step = Step::State;
        return prompter.keep(&draft);
    }
    loop {
        let Ok(HandedIn::Send(start)) = draft.hand_in(&prompter.app) else {
            return Ok(());
        };
        let problems = match prompter.try_send(*start)? {
            Ok(()) => return Ok(()),
            Err(Refusal::Fields(problems)) => problems,
            Err(refusal) => {
                prompter.say(&refusal.to_string())?;
                draft.step = Step::Ticket;
                prompter.keep(&draft)?;
                prompter.note("Enter: change the ticket.")?;
                prompter.ask(Quit::WalksAway(&draft))?;
                return Ok(());
            }
        };
        draft.step = Step::Ticket;
        prompter.keep(&draft)?;
        mend(prompter, &mut draft, &problems)?;
    }
}

/// Says what is wrong and asks those fields again.
fn mend(prompter: &mut Prompter, draft: &mut Draft, problems: &[FieldError]) -> PromptResult<()> {
    for problem in problems {
        prompter.say(&problem.problem)?;
    }
    let mut again: Vec<Prompt> = Vec::new();
    for problem in problems {
        let mut of_field = prompts(prompter, draft);
        if SIZES.contains(&problem.field) {
            of_field.retain(|prompt| SIZES.map(Prompt::Field).contains(prompt));
        } else if of_field.contains(&Prompt::Field(problem.field)) {
            of_field = vec![Prompt::Field(problem.field)];
        }
        for prompt in of_field {
            if !again.contains(&prompt) {
                again.push(prompt);
            }
        }
    }
    prompter.note("A line with - alone empties a field.")?;
    for prompt in again {
        if one(prompter, draft, prompt)? == Chosen::Back {
            break;
        }
    }
    Ok(())
}

fn prompts(prompter: &Prompter, draft: &Draft) -> Vec<Prompt> {
    let fields = form::asked(prompter, draft).into_iter();
    fields.map(Prompt::Field).chain([Prompt::Figures]).collect()
}

/// Asks one thing, and keeps what was answered.
fn one(prompter: &mut Prompter, draft: &mut Draft, prompt: Prompt) -> PromptResult<Chosen<()>> {
    let chosen = match prompt {
        Prompt::Field(Field::Symbol) => market(prompter, draft),
        Prompt::Field(field) => one_field(prompter, draft, field),
        Prompt::Figures => figures::look(prompter, draft),
    }?;
    if chosen == Chosen::This(()) {
        prompter.keep(draft)?;
    }
    Ok(chosen)
}

fn one_field(prompter: &mut Prompter, draft: &mut Draft, field: Field) -> PromptResult<Chosen<()>> {
    let before = draft.clone();
    form::one_of_form(prompter, Quit::WalksAway(&before), draft, field)
}

/// The market, and its rules where they are not known.
fn market(prompter: &mut Prompter, draft: &mut Draft) -> PromptResult<Chosen<()>> {
    loop {
        let chosen = one_field(prompter, draft, Field::Symbol)?;
        if chosen == Chosen::Back || rules::unknown(prompter, draft)? == Chosen::This(()) {
            return Ok(chosen);
        }
    }
}
