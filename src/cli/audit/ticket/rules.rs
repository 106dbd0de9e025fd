//! The rules of the ticket's market, where they are not known: they are written here rather than
//! being the end of it.

use crate::audit::Draft;
use crate::cli::account::ask_rules;
use crate::cli::prompt::{Chosen, PromptResult, Prompter, Quit, one_of};
use crate::input::Field;
use crate::market::Symbol;
use crate::wording::account as wording;

/// What can be done about them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unknown {
    Write,
    RateAlone,
}

/// Asks for them where nothing is known.
pub(super) fn unknown(prompter: &mut Prompter, draft: &mut Draft) -> PromptResult<Chosen<()>> {
    let Some(account) = prompter.app.account_of(&draft.ticket) else {
        return Ok(Chosen::This(()));
    };
    let collateral = account.set.collateral.as_str();
    let Some(symbol) = Symbol::read(draft.ticket.value.text(Field::Symbol), collateral) else {
        return Ok(Chosen::This(()));
    };
    let rules = account.rules(&symbol);
    let (id, venue) = (account.set.account, account.set.venue.clone());
    let write = if account.terms(&symbol).is_none() {
        prompter.say(&wording::settled_in_the_coin(&symbol))?;
        true
    } else if rules.is_some() {
        return Ok(Chosen::This(()));
    } else {
        prompter.say(&wording::nothing_known(&symbol, &venue))?;
        let options = [
            (Unknown::RateAlone, wording::RATE_ALONE.to_owned()),
            (Unknown::Write, wording::WRITE_RULES.to_owned()),
        ];
        let kept = Some(Unknown::RateAlone);
        match one_of(prompter, Quit::WalksAway(draft), &options, kept)? {
            Chosen::Back => return Ok(Chosen::Back),
            Chosen::This(chosen) => chosen == Unknown::Write,
        }
    };
    if write && !ask_rules(prompter, Quit::WalksAway(draft), id, symbol.as_str())? {
        return Ok(Chosen::Back);
    }
    Ok(Chosen::This(()))
}
