//! What has changed outside an audit: a position that is closed, that is another one now, or that
//! is not known here yet.

use super::{close, position};
use crate::app::close_form::CloseForm;
use crate::app::position_form::PositionForm;
use crate::audit::{AccountId, PositionId};
use crate::cli::prompt::{Chosen, PromptResult, Prompter, Quit, one_of};
use crate::wording::{position as wording, ticket};

/// What can have changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Change {
    Nothing,
    Closed(PositionId),
    Another(PositionId),
    New(AccountId),
}

/// Asks, until nothing has changed any more.
pub(super) fn ask(talk: &mut Prompter) -> PromptResult<()> {
    while !talk.desk.state().accounts().is_empty() {
        talk.pause()?;
        stands(talk)?;
        talk.say("Has anything changed outside an audit?")?;
        let options = options(talk);
        let change = match one_of(talk, Quit::Leaves, &options, Some(Change::Nothing))? {
            Chosen::This(Change::Nothing) | Chosen::Back => return Ok(()),
            Chosen::This(change) => change,
        };
        let book = talk.desk.state();
        match change {
            Change::Nothing => {}
            Change::Closed(id) => {
                close::ask(talk, CloseForm::of(id))?;
            }
            Change::Another(id) => {
                if let Some(form) = book.position(id).map(|(_, open)| PositionForm::of(open)) {
                    position::ask(talk, form)?;
                }
            }
            Change::New(account) => {
                position::ask(talk, PositionForm::by_hand(account))?;
            }
        }
    }
    talk.say("There is no account yet. `impulse-audit audit` makes the first one.")?;
    Ok(())
}

/// What is known: each account with what is open in it.
fn stands(talk: &Prompter) -> PromptResult<()> {
    let now = talk.desk.now().wall;
    for account in talk.desk.state().accounts() {
        let wallet = ticket::wallet(account, now);
        talk.say(&format!("{}: {wallet}", account.set.name))?;
        for open in &account.positions {
            let stands = ticket::stands(open, &account.set.collateral);
            talk.note(&format!("{}: {stands}", wording::name(open)))?;
        }
    }
    Ok(())
}

fn options(talk: &Prompter) -> Vec<(Change, String)> {
    let accounts = talk.desk.state().accounts();
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
