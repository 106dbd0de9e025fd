//! The ticket, field by field. Which fields are asked depends on what is to be done; what they
//! must be is checked by the app.
//!
//! | file | what it is for |
//! | --- | --- |
//! | `place` | in which account and market, on which side, in which mode; its tag |
//! | `rules` | the market's rules, where they are not known |
//! | `numbers` | the ticket's numbers |
//! | `figures` | what the numbers rest on, and a way to bring it up to date |

mod figures;
mod numbers;
mod place;
mod rules;

use crate::app::{Command, Refusal};
use crate::audit::{Draft, Step};
use crate::cli::prompt::{Chosen, PromptResult, Prompter, Quit, in_turn};
use crate::engine::Intent;
use crate::input::{Field, FieldError};
use crate::record::{Account, OpenPosition};

/// One thing to be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Prompt {
    Account,
    Intent,
    Position,
    Market,
    Side,
    Mode,
    Experiment,
    Number(Field),
    Rate,
    /// The figures that the numbers will rest on.
    Figures,
}

const SIZES: [Field; 4] = [
    Field::Quantity,
    Field::Notional,
    Field::Leverage,
    Field::Margin,
];

/// Asks for the ticket, and hands it in until it stands.
pub(super) fn ask(prompter: &mut Prompter, mut draft: Draft) -> PromptResult<()> {
    prompter.pause()?;
    prompter.say("What do you want to do?")?;
    prompter.note("Numbers as you write them; each is said back as it was understood.")?;
    if !in_turn(prompter, &mut draft, None, prompts, one)? {
        draft.step = Step::State;
        return prompter.keep(&draft);
    }
    loop {
        draft.step = Step::Wrong;
        let problems = match prompter.try_send(Command::Start(Box::new(draft.clone())))? {
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
        let of_field: Vec<Prompt> = match problem.field {
            Field::Account => vec![Prompt::Account],
            Field::Position => vec![Prompt::Position],
            Field::Symbol => vec![Prompt::Market],
            Field::Side => vec![Prompt::Side],
            Field::Rate => vec![Prompt::Rate],
            Field::Entry | Field::Mark => vec![Prompt::Number(problem.field)],
            size if SIZES.contains(&size) => numbers::asked(prompter, draft)
                .into_iter()
                .filter(|field| SIZES.contains(field))
                .map(Prompt::Number)
                .collect(),
            _ => prompts(prompter, draft),
        };
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

fn account<'a>(prompter: &'a Prompter, draft: &Draft) -> Option<&'a Account> {
    let id = draft.ticket.account?;
    prompter.app.state().account(id)
}

fn position<'a>(prompter: &'a Prompter, draft: &Draft) -> Option<&'a OpenPosition> {
    let id = draft.ticket.position?;
    prompter.app.state().position(id).map(|(_, open)| open)
}

fn prompts(prompter: &Prompter, draft: &Draft) -> Vec<Prompt> {
    let form = &draft.ticket;
    let mut prompts = Vec::new();
    if prompter.app.state().accounts().len() > 1 {
        prompts.push(Prompt::Account);
    }
    let any_position = account(prompter, draft).is_some_and(|a| !a.positions.is_empty());
    if any_position {
        prompts.push(Prompt::Intent);
    }
    if form.intent == Intent::Open {
        prompts.extend([Prompt::Market, Prompt::Side, Prompt::Mode]);
    } else {
        prompts.push(Prompt::Position);
    }
    if adds(draft) && !place::was_entered_as_one(prompter, draft) {
        prompts.push(Prompt::Experiment);
    }
    let numbers = numbers::asked(prompter, draft);
    prompts.extend(numbers.into_iter().map(Prompt::Number));
    if form.intent == Intent::Open {
        prompts.push(Prompt::Rate);
    }
    prompts.push(Prompt::Figures);
    prompts
}

/// Asks one thing, and keeps what was answered.
fn one(prompter: &mut Prompter, draft: &mut Draft, prompt: Prompt) -> PromptResult<Chosen<()>> {
    let chosen = match prompt {
        Prompt::Account => place::account(prompter, draft),
        Prompt::Intent => place::intent(prompter, draft),
        Prompt::Position => place::position(prompter, draft),
        Prompt::Market => place::market(prompter, draft),
        Prompt::Side => place::side(prompter, draft),
        Prompt::Mode => place::mode(prompter, draft),
        Prompt::Experiment => place::experiment(prompter, draft),
        Prompt::Number(field) => numbers::one(prompter, draft, field),
        Prompt::Rate => numbers::rate(prompter, draft),
        Prompt::Figures => figures::look(prompter, draft),
    }?;
    if chosen == Chosen::This(()) {
        prompter.keep(draft)?;
    }
    Ok(chosen)
}

/// Whether it is about a new position or makes one larger.
fn adds(draft: &Draft) -> bool {
    matches!(draft.ticket.intent, Intent::Open | Intent::Increase)
}

/// What the account of the ticket is counted in.
fn collateral(prompter: &Prompter, draft: &Draft) -> String {
    account(prompter, draft).map_or_else(String::new, |account| account.set.collateral.clone())
}
