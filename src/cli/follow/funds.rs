//! What was paid into a pool; and what a wallet balance is that is higher while the pool loses.

use super::is_to_be_written;
use crate::app::Command;
use crate::app::WalletIncrease;
use crate::app::funds::{FundsForm, raised};
use crate::cli::prompt::{Chosen, PromptResult, Prompter, Quit, form, one_of};
use crate::record::{AccountSet, Story};
use crate::wording::funds as wording;

/// Asks how much it was, and hands it in until it stands; `false` where she goes back.
pub(super) fn ask(prompter: &mut Prompter, mut form: FundsForm) -> PromptResult<bool> {
    prompter.say(wording::PAID_IN)?;
    let Some(ticket) = prompter
        .app
        .state()
        .story(form.audit)
        .and_then(Story::last_ticket)
    else {
        return Ok(true);
    };
    let currency = ticket.collateral.clone();
    let Some(Command::PayIn(paid)) =
        form::filled_in(prompter, &mut form, form::one, is_to_be_written)?
    else {
        return Ok(false);
    };
    let told = wording::saved(&paid, &currency);
    let saved = prompter.send(Command::PayIn(paid))?;
    if saved {
        prompter.say(&told)?;
    }
    Ok(saved)
}

/// What is said of a wallet balance that is higher.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Word {
    From(WalletIncrease),
    AuditFirst,
}

/// Sets an account; where its wallet is higher while the pool loses, asks first what that is.
/// `false` where it is a top-up that is to be audited, and nothing was set.
pub(in crate::cli) fn set(
    prompter: &mut Prompter,
    quit: Quit<'_>,
    set: AccountSet,
) -> PromptResult<bool> {
    let Some((more, losing)) = raised(prompter.app.state(), &set) else {
        prompter.send(Command::SetAccount(set))?;
        return Ok(true);
    };
    let asked = wording::asked(&set, more, losing);
    prompter.say(&asked)?;
    prompter.note(wording::WHY)?;
    let options = [
        (Word::From(WalletIncrease::ProfitSettled), wording::SETTLED),
        (Word::AuditFirst, wording::AUDIT_FIRST),
        (Word::From(WalletIncrease::ToppedUp), wording::TOPPED_UP),
    ];
    let options = options.map(|(word, words)| (word, words.to_owned()));
    match one_of(prompter, quit, &options, None)? {
        Chosen::This(Word::From(from)) => {
            prompter.send(Command::RaiseWallet { set, from })?;
            Ok(true)
        }
        Chosen::This(Word::AuditFirst) => Ok(false),
        Chosen::Back => Ok(true),
    }
}
