//! What has changed outside an audit: a position that is closed, that is another one now, or that
//! is not known here yet.

use super::{close, position};
use crate::app::close_form::CloseForm;
use crate::app::position_form::PositionForm;
use crate::cli::prompt::{Chosen, PromptResult, Prompter, Quit, one_of};
use crate::market::{AccountId, PositionId};
use crate::wording::{position as wording, ticket};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Change {
    Nothing,
    Closed(PositionId),
    Another(PositionId),
    New(AccountId),
}

/// Asks, until nothing has changed any more.
pub(super) fn ask(prompter: &mut Prompter) -> PromptResult<()> {
    while !prompter.app.state().accounts().is_empty() {
        prompter.pause()?;
        stands(prompter)?;
        prompter.say("Has anything changed outside an audit?")?;
        let options = options(prompter);
        let change = match one_of(prompter, Quit::Leaves, &options, Some(Change::Nothing))? {
            Chosen::This(Change::Nothing) | Chosen::Back => return Ok(()),
            Chosen::This(change) => change,
        };
        let state = prompter.app.state();
        match change {
            Change::Nothing => {}
            Change::Closed(id) => {
                close::ask(prompter, CloseForm::of(id))?;
            }
            Change::Another(id) => {
                if let Some(form) = state.position(id).map(|(_, open)| PositionForm::of(open)) {
                    position::ask(prompter, form)?;
                }
            }
            Change::New(account) => {
                position::ask(prompter, PositionForm::by_hand(account))?;
            }
        }
    }
    prompter.say("There is no account yet. `impulse-audit audit` makes the first one.")?;
    Ok(())
}

/// What is known: each account with what is open in it.
fn stands(prompter: &Prompter) -> PromptResult<()> {
    let now = prompter.app.now().wall;
    for account in prompter.app.state().accounts() {
        let wallet = ticket::wallet(account, now);
        prompter.say(&format!("{}: {wallet}", account.set.name))?;
        for open in &account.positions {
            let stands = ticket::stands(open, &account.set.collateral);
            prompter.note(&format!("{}: {stands}", wording::name(open)))?;
        }
    }
    Ok(())
}

fn options(prompter: &Prompter) -> Vec<(Change, String)> {
    let accounts = prompter.app.state().accounts();
    let mut options = vec![(Change::Nothing, "Nothing".to_owned())];
    for account in accounts {
        let of = |words: String| match accounts {
            [_] => words,
            _ => format!("{words} ({})", account.set.name),
        };
        for open in &account.positions {
            options.push((Change::Closed(open.id()), of(wording::closed(open))));
            options.push((Change::Another(open.id()), of(wording::update(open))));
        }
        options.push((
            Change::New(account.set.account),
            of(wording::ADD.to_owned()),
        ));
    }
    options
}
