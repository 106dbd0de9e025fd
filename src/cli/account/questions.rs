//! An account, question by question; and the first one, where there is none yet: without one no
//! trade can be written down.

use crate::app::account_form::AccountForm;
use crate::app::{Command, Refusal};
use crate::audit::AccountId;
use crate::cli::prompt::{
    Chosen, NoAnswer, PromptResult, Prompter, Quit, amount, in_turn, one_of, text,
};
use crate::input::NumberBounds;
use crate::input::number::Unit;
use crate::interchange::venues::{Venue, venue_named, venues};
use crate::record::{Account, AccountSet};
use crate::wording::{account as wording, figures, venue as told};

/// One thing to be asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Prompt {
    Name,
    Venue,
    Currency,
    Wallet,
    Fee,
    /// Whether to begin with the tiers that the venue has published.
    Tiers,
}

/// Asks for the first account, and hands it in until it stands.
pub(in crate::cli) fn first(prompter: &mut Prompter) -> PromptResult<()> {
    prompter.pause()?;
    prompter.say(
        "There is no account yet. A few answers make one. < goes back; q leaves without it.",
    )?;
    written(prompter, &mut AccountForm::new_account(), &mut None)
}

/// Asks for an account and hands it in until it stands. What was handed in already is not asked
/// again.
pub(super) fn written(
    prompter: &mut Prompter,
    form: &mut AccountForm,
    handed_in: &mut Option<AccountSet>,
) -> PromptResult<()> {
    let state = prompter.app.state();
    let is_there = |set: &AccountSet| state.account(set.account).is_some_and(|a| a.set == *set);
    if handed_in.as_ref().is_some_and(is_there) {
        return Ok(());
    }
    loop {
        in_turn(prompter, form, None, prompts, one)?;
        let problems = match form.read(known(prompter, form)) {
            Ok(set) if form.leaves(known(prompter, form), &set) => return Ok(()),
            Ok(set) => {
                *handed_in = Some(set.clone());
                match prompter.try_send(Command::SetAccount(set))? {
                    Ok(()) => return Ok(()),
                    Err(Refusal::Fields(problems)) => problems,
                    Err(refusal) => {
                        prompter.say(&refusal.to_string())?;
                        return Err(NoAnswer::Left);
                    }
                }
            }
            Err(problems) => problems,
        };
        for problem in problems {
            prompter.say(&problem.problem)?;
        }
    }
}

fn known<'a>(prompter: &'a Prompter, form: &AccountForm) -> Option<&'a Account> {
    let id: AccountId = form.id?;
    prompter.app.state().account(id)
}

fn venue(form: &AccountForm) -> Option<&'static Venue> {
    venue_named(form.venue.trim())
}

fn prompts(prompter: &Prompter, form: &AccountForm) -> Vec<Prompt> {
    let mut prompts = vec![
        Prompt::Name,
        Prompt::Venue,
        Prompt::Currency,
        Prompt::Wallet,
        Prompt::Fee,
    ];
    let fresh = known(prompter, form).is_none_or(|account| account.set.rules.is_empty());
    if fresh && venue(form).is_some_and(|venue| !venue.rules.is_empty()) {
        prompts.push(Prompt::Tiers);
    }
    prompts
}

fn one(
    prompter: &mut Prompter,
    form: &mut AccountForm,
    prompt: Prompt,
) -> PromptResult<Chosen<()>> {
    match prompt {
        Prompt::Name => {
            prompter.say("Name of the account, like Main")?;
            text(prompter, &mut form.name)
        }
        Prompt::Venue => ask_venue(prompter, form),
        Prompt::Currency => {
            prompter
                .say("Currency it is counted in, like USDT, or BTC where it is margined in it")?;
            text(prompter, &mut form.collateral)
        }
        Prompt::Wallet => {
            prompter.say("Wallet balance: settled money, without the open profit and loss, with the margins of isolated positions")?;
            let until_now = known(prompter, form).map(|account| account.set.wallet_balance);
            if let Some(balance) = until_now.filter(|_| form.wallet.is_empty()) {
                let balance = figures::balance(balance);
                prompter.note(&format!("Enter leaves it: {balance} until now"))?;
            }
            let within = AccountForm::wallet_within(known(prompter, form));
            let collateral = crate::market::currency(&form.collateral);
            amount(prompter, Unit::Money, &collateral, within, &mut form.wallet)
        }
        Prompt::Fee => {
            prompter.say("Taker fee, in percent of the notional, like 0.05")?;
            if let Some(fee) = venue(form).and_then(|venue| venue.taker_fee.as_ref()) {
                let percent = figures::percent(fee.value, 4);
                prompter.note(&format!("Published on {}: {percent}", fee.date))?;
            }
            amount(
                prompter,
                Unit::Percent,
                "%",
                NumberBounds::PERCENT,
                &mut form.fee,
            )
        }
        Prompt::Tiers => tiers(prompter, form),
    }
}

fn ask_venue(prompter: &mut Prompter, form: &mut AccountForm) -> PromptResult<Chosen<()>> {
    prompter.say("Venue: its number, or its name as you write it")?;
    for (number, venue) in (1_u32..).zip(venues()) {
        prompter.note(&format!("{number}  {}", venue.name))?;
    }
    let chosen = text(prompter, &mut form.venue)?;
    let number = form.venue.parse::<usize>().ok();
    if let Some(venue) = number.and_then(|number| venues().get(number.checked_sub(1)?)) {
        form.venue = venue.name.clone();
        prompter.note(&format!("= {}", venue.name))?;
    }
    if chosen == Chosen::This(()) {
        let said = venue(form).map_or_else(
            || vec![wording::UNKNOWN_VENUE.to_owned()],
            |venue| told::about(&venue.profile()),
        );
        for words in said {
            prompter.note(&words)?;
        }
    }
    if let Some(collateral) = venue(form).and_then(|venue| venue.collateral.as_ref())
        && form.collateral.is_empty()
    {
        form.collateral.clone_from(collateral);
    }
    Ok(chosen)
}

fn tiers(prompter: &mut Prompter, form: &mut AccountForm) -> PromptResult<Chosen<()>> {
    let Some((venue, published)) = venue(form).and_then(|venue| Some((venue, venue.offered()?)))
    else {
        return Ok(Chosen::This(()));
    };
    prompter.say("Maintenance rules to begin with")?;
    if let Some(days) = venue.days() {
        prompter.note(&days)?;
    }
    let options = [
        (Some(true), published),
        (Some(false), wording::NO_TIERS.to_owned()),
    ];
    let chosen = one_of(prompter, Quit::Leaves, &options, Some(form.examples))?;
    Ok(chosen.put(&mut form.examples))
}
