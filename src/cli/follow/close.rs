//! The end of a position: at which price, what the wallet holds now, and who closed it.

use super::{is_to_be_written, offer};
use crate::app::Command;
use crate::app::close_form::{CloseForm, at_worst_its_margin};
use crate::cli::prompt::{PromptResult, Prompter, form};
use crate::input::figures;
use crate::record::PositionClosed;
use crate::wording::position as wording;

/// Asks, and hands it in until it stands; `false` where she goes back behind the first question.
pub(super) fn ask(prompter: &mut Prompter, mut form: CloseForm) -> PromptResult<bool> {
    let Some((_, open)) = prompter.app.state().position(form.position) else {
        return Ok(true);
    };
    prompter.say(&format!("{}: {}", wording::IS_CLOSED, wording::name(open)))?;
    let Some(Command::ClosePosition(closed)) =
        form::filled_in(prompter, &mut form, form::one, is_to_be_written)?
    else {
        return Ok(false);
    };
    let told = told(prompter, &closed);
    offer::behind_a_loss(prompter, |prompter| {
        let saved = prompter.send(Command::ClosePosition(closed))?;
        if saved {
            prompter.say(&told)?;
        }
        Ok(saved)
    })
}

/// What is said once it is saved: "Saved. BTC/USDT long is closed, +200.00 USDT at 101,000.
/// Wallet 10,190.00 USDT, estimated."
fn told(prompter: &Prompter, closed: &PositionClosed) -> String {
    let Some((account, open)) = prompter.app.state().position(closed.position) else {
        return "Saved.".to_owned();
    };
    let collateral = &account.set.collateral;
    let profit = open.position.profit_at(closed.price);
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
