//! The end of a position: at which price, what the wallet holds now, and who closed it.

use super::{is_to_be_written, offer};
use crate::app::Command;
use crate::app::close_form::{CloseForm, at_worst_its_margin};
use crate::cli::prompt::{
    Chosen, PromptResult, Prompter, Quit, amount, in_turn, left_empty, one_of,
};
use crate::input::Field;
use crate::input::number::Unit;
use crate::record::PositionClosed;
use crate::wording::{figures, position as wording};

/// One thing to be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Prompt {
    Price,
    Wallet,
    Who,
}

const PROMPTS: [Prompt; 3] = [Prompt::Price, Prompt::Wallet, Prompt::Who];

/// Asks, and hands it in until it stands; `false` where she goes back behind the first question.
pub(super) fn ask(prompter: &mut Prompter, mut form: CloseForm) -> PromptResult<bool> {
    let Some((_, open)) = prompter.app.state().position(form.position) else {
        return Ok(true);
    };
    prompter.say(&format!("{}: {}", wording::IS_CLOSED, wording::name(open)))?;
    let mut from = None;
    loop {
        if !in_turn(prompter, &mut form, from, |_, _| PROMPTS.to_vec(), one)? {
            return Ok(false);
        }
        let closed = match form.read(prompter.app.state()) {
            Ok(closed) => closed,
            Err(problem) => {
                prompter.say(&problem.problem)?;
                let price = problem.field == Field::Entry;
                from = Some(if price { Prompt::Price } else { Prompt::Wallet });
                continue;
            }
        };
        if !is_to_be_written(prompter)? {
            from = Some(Prompt::Who);
            continue;
        }
        let told = told(prompter, &closed);
        return offer::behind_a_loss(prompter, |prompter| {
            let saved = prompter.send(Command::ClosePosition(closed))?;
            if saved {
                prompter.say(&told)?;
            }
            Ok(saved)
        });
    }
}

/// What is said once it is saved: "Saved. BTC/USDT long is closed, +200.00 USDT at 101,000.
/// Wallet 10,190.00 USDT, estimated."
fn told(prompter: &Prompter, closed: &PositionClosed) -> String {
    let Some((account, open)) = prompter.app.state().position(closed.position) else {
        return "Saved.".to_owned();
    };
    let collateral = &account.set.collateral;
    let profit = open.profit_at(closed.price);
    let profit = profit.map(|profit| {
        let profit = at_worst_its_margin(open, profit);
        format!(", {} {collateral}", figures::signed_money(profit))
    });
    format!(
        "Saved. {} is closed{} at {}. Wallet {} {collateral}{}.",
        wording::name(open),
        profit.unwrap_or_default(),
        figures::typed_price(closed.price),
        figures::money(closed.wallet_balance),
        if closed.estimated { ", estimated" } else { "" }
    )
}

fn one(prompter: &mut Prompter, form: &mut CloseForm, prompt: Prompt) -> PromptResult<Chosen<()>> {
    let known = prompter.app.state().position(form.position);
    let collateral = known.map_or_else(String::new, |(a, _)| a.set.collateral.clone());
    let quote = known.map_or_else(String::new, |(_, open)| {
        open.position.symbol.quote().to_owned()
    });
    match prompt {
        Prompt::Price => {
            prompter.say(&format!("{} ({quote})", wording::AT))?;
            let within = form.price_within(prompter.app.state());
            amount(prompter, Unit::Price, &quote, within, &mut form.price)
        }
        Prompt::Wallet => {
            prompter.say(&format!("{} ({collateral})", wording::WALLET))?;
            prompter.note(wording::ESTIMATE)?;
            if form.wallet.is_empty() {
                left_empty(prompter, wording::ESTIMATED)?;
            }
            let within = form.wallet_within(prompter.app.state());
            amount(prompter, Unit::Money, &collateral, within, &mut form.wallet)
        }
        Prompt::Who => {
            prompter.say(wording::WHO)?;
            let options = wording::CLOSED_BY
                .map(|(by_the_venue, words)| (Some(by_the_venue), words.to_owned()));
            let chosen = one_of(prompter, Quit::Leaves, &options, Some(form.by_the_venue))?;
            Ok(chosen.put(&mut form.by_the_venue))
        }
    }
}
