//! The ticket, field by field. Which fields are asked depends on what is to be done; what they
//! must be is checked by the desk.
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
use crate::audit::{Draft, Field, FieldProblem, Step};
use crate::cli::prompt::{Chosen, PromptResult, Prompter, Quit, in_turn};
use crate::engine::Intent;
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
pub(super) fn ask(talk: &mut Prompter, mut draft: Draft) -> PromptResult<()> {
    talk.pause()?;
    talk.say("What do you want to do?")?;
    talk.note("Numbers as you write them; each is said back as it was understood.")?;
    if !in_turn(talk, &mut draft, None, prompts, one)? {
        draft.step = Step::State;
        return talk.keep(&draft);
    }
    loop {
        draft.step = Step::Wrong;
        let problems = match talk.try_send(Command::Start(Box::new(draft.clone())))? {
            Ok(()) => return Ok(()),
            Err(Refusal::Fields(problems)) => problems,
            Err(refusal) => {
                talk.say(&refusal.to_string())?;
                draft.step = Step::Ticket;
                talk.keep(&draft)?;
                talk.note("Enter: change the ticket.")?;
                talk.ask(Quit::WalksAway(&draft))?;
                return Ok(());
            }
        };
        draft.step = Step::Ticket;
        talk.keep(&draft)?;
        mend(talk, &mut draft, &problems)?;
    }
}

/// Says what is wrong and asks those fields again.
fn mend(talk: &mut Prompter, draft: &mut Draft, problems: &[FieldProblem]) -> PromptResult<()> {
    for problem in problems {
        talk.say(&problem.problem)?;
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
            size if SIZES.contains(&size) => numbers::asked(talk, draft)
                .into_iter()
                .filter(|field| SIZES.contains(field))
                .map(Prompt::Number)
                .collect(),
            _ => prompts(talk, draft),
        };
        for prompt in of_field {
            if !again.contains(&prompt) {
                again.push(prompt);
            }
        }
    }
    talk.note("A line with - alone empties a field.")?;
    for prompt in again {
        if one(talk, draft, prompt)? == Chosen::Back {
            break;
        }
    }
    Ok(())
}

fn account<'a>(talk: &'a Prompter, draft: &Draft) -> Option<&'a Account> {
    let id = draft.ticket.account?;
    talk.desk.state().account(id)
}

fn position<'a>(talk: &'a Prompter, draft: &Draft) -> Option<&'a OpenPosition> {
    let id = draft.ticket.position?;
    talk.desk.state().position(id).map(|(_, open)| open)
}

fn prompts(talk: &Prompter, draft: &Draft) -> Vec<Prompt> {
    let form = &draft.ticket;
    let mut prompts = Vec::new();
    if talk.desk.state().accounts().len() > 1 {
        prompts.push(Prompt::Account);
    }
    let any_position = account(talk, draft).is_some_and(|a| !a.positions.is_empty());
    if any_position {
        prompts.push(Prompt::Intent);
    }
    if form.intent == Intent::Open {
        prompts.extend([Prompt::Market, Prompt::Side, Prompt::Mode]);
    } else {
        prompts.push(Prompt::Position);
    }
    if adds(draft) && !place::was_entered_as_one(talk, draft) {
        prompts.push(Prompt::Experiment);
    }
    let numbers = numbers::asked(talk, draft);
    prompts.extend(numbers.into_iter().map(Prompt::Number));
    if form.intent == Intent::Open {
        prompts.push(Prompt::Rate);
    }
    prompts.push(Prompt::Figures);
    prompts
}

/// Asks one thing, and keeps what was answered.
fn one(talk: &mut Prompter, draft: &mut Draft, prompt: Prompt) -> PromptResult<Chosen<()>> {
    let chosen = match prompt {
        Prompt::Account => place::account(talk, draft),
        Prompt::Intent => place::intent(talk, draft),
        Prompt::Position => place::position(talk, draft),
        Prompt::Market => place::market(talk, draft),
        Prompt::Side => place::side(talk, draft),
        Prompt::Mode => place::mode(talk, draft),
        Prompt::Experiment => place::experiment(talk, draft),
        Prompt::Number(field) => numbers::one(talk, draft, field),
        Prompt::Rate => numbers::rate(talk, draft),
        Prompt::Figures => figures::look(talk, draft),
    }?;
    if chosen == Chosen::This(()) {
        talk.keep(draft)?;
    }
    Ok(chosen)
}

/// Whether it is about a new position or makes one larger.
fn adds(draft: &Draft) -> bool {
    matches!(draft.ticket.intent, Intent::Open | Intent::Increase)
}

/// What the account of the ticket is counted in.
fn collateral(talk: &Prompter, draft: &Draft) -> String {
    account(talk, draft).map_or_else(String::new, |account| account.set.collateral.clone())
}
