//! A position as it stands, question by question: opened by a decision, changed by one, or as it
//! is without one.

use super::{is_to_be_written, offer, pair};
use crate::app::Command;
use crate::app::position_form::PositionForm;
use crate::cli::account::ask_rules;
use crate::cli::prompt::{self, Chosen, PromptResult, Prompter, Quit, form};
use crate::input::Field;
use crate::market::Symbol;
use crate::record::OpenPosition;
use crate::wording::{account as account_telling, position as wording, ticket, words};

/// Asks, and hands it in until it stands; `false` where she goes back behind the first question.
pub(super) fn ask(prompter: &mut Prompter, mut form: PositionForm) -> PromptResult<bool> {
    let heading = wording::heading(form.of.is_some(), form.known.is_some());
    let known = known(prompter, &form);
    let name = known.map_or_else(|| named(&form), wording::name);
    prompter.say(&if name.is_empty() {
        heading.to_owned()
    } else {
        format!("{heading}: {name}")
    })?;
    let Some(command) = form::filled_in(prompter, &mut form, one, is_to_be_written)? else {
        return Ok(false);
    };
    let position = match &command {
        Command::OpenPosition(opened) => opened.id,
        Command::ChangePosition(change) => change.position,
        _ => return Ok(false),
    };
    let sent = offer::behind_a_loss(prompter, |prompter| pair::send(prompter, command))?;
    if !sent {
        return Ok(false);
    }
    if let Some((account, open)) = prompter.app.state().position(position) {
        let stands = ticket::stands(open, &account.set.collateral);
        let line = format!("Saved. {}: {stands}", wording::name(open));
        prompter.say(&line)?;
    }
    Ok(true)
}

/// "BTC/USDT long", as far as that stands before anything is asked.
fn named(form: &PositionForm) -> String {
    let side = form.side().map_or("", words::side);
    format!("{} {side}", form.symbol()).trim().to_owned()
}

fn known<'a>(prompter: &'a Prompter, form: &PositionForm) -> Option<&'a OpenPosition> {
    let (_, open) = prompter.app.state().position(form.known?)?;
    Some(open)
}

fn one(prompter: &mut Prompter, form: &mut PositionForm, field: Field) -> PromptResult<Chosen<()>> {
    match prompt::form::one(prompter, form, field)? {
        Chosen::This(()) if field == Field::Symbol => in_the_coin(prompter, form),
        answered => Ok(answered),
    }
}

/// Where the market is settled in the coin and nobody has said how, its rules are asked first.
fn in_the_coin(prompter: &mut Prompter, form: &PositionForm) -> PromptResult<Chosen<()>> {
    let state = prompter.app.state();
    let collateral = form.collateral(state);
    let symbol = Symbol::read(form.symbol(), collateral);
    let (Some(account), Some(symbol)) = (form.account, symbol) else {
        return Ok(Chosen::This(()));
    };
    if form.terms(state).is_none() {
        prompter.say(&account_telling::settled_in_the_coin(&symbol))?;
        if !ask_rules(prompter, Quit::Leaves, account, symbol.as_str())? {
            return Ok(Chosen::Back);
        }
    }
    Ok(Chosen::This(()))
}
