//! The first account, where there is none yet: without one no trade can be written down.

use super::talk::{Chosen, Heard, Quit, Stop, Talk, amount, in_turn, one_of, text};
use crate::audit::number::Unit;
use crate::desk::account_form::AccountForm;
use crate::desk::{Command, Refusal};
use crate::interchange::venues::{Venue, venue_named, venues};
use crate::telling::{figures, venue as told};

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

/// Asks for it, and hands it in until it stands.
pub(super) fn first(talk: &mut Talk) -> Heard<()> {
    talk.pause()?;
    talk.say("There is no account yet. A few answers make one. < goes back; q leaves without it.")?;
    let mut form = AccountForm::new_account();
    loop {
        in_turn(talk, &mut form, None, prompts, one)?;
        let problems = match form.read(None) {
            Ok(set) => match talk.try_send(Command::SetAccount(set))? {
                Ok(()) => return Ok(()),
                Err(Refusal::Fields(problems)) => problems,
                Err(refusal) => {
                    talk.say(&refusal.to_string())?;
                    return Err(Stop::Left);
                }
            },
            Err(problems) => problems,
        };
        for problem in problems {
            talk.say(&problem.problem)?;
        }
    }
}

fn venue(form: &AccountForm) -> Option<&'static Venue> {
    venue_named(form.venue.trim())
}

fn prompts(_: &Talk, form: &AccountForm) -> Vec<Prompt> {
    let mut prompts = vec![
        Prompt::Name,
        Prompt::Venue,
        Prompt::Currency,
        Prompt::Wallet,
        Prompt::Fee,
    ];
    if venue(form).is_some_and(|venue| !venue.rules.is_empty()) {
        prompts.push(Prompt::Tiers);
    }
    prompts
}

fn one(talk: &mut Talk, form: &mut AccountForm, prompt: Prompt) -> Heard<Chosen<()>> {
    match prompt {
        Prompt::Name => {
            talk.say("Name of the account, like Main")?;
            text(talk, &mut form.name)
        }
        Prompt::Venue => ask_venue(talk, form),
        Prompt::Currency => {
            talk.say("Currency it is counted in, like USDT")?;
            text(talk, &mut form.collateral)
        }
        Prompt::Wallet => {
            talk.say("Wallet balance: settled money, without the open profit and loss, with the margins of isolated positions")?;
            let collateral = form.collateral.trim().to_uppercase();
            amount(talk, Unit::Money, &collateral, &mut form.wallet)
        }
        Prompt::Fee => {
            talk.say("Taker fee, in percent of the notional, like 0.05")?;
            if let Some(fee) = venue(form).and_then(|venue| venue.taker_fee.as_ref()) {
                let percent = figures::percent(fee.value, 4);
                talk.note(&format!("Published on {}: {percent}", fee.date))?;
            }
            amount(talk, Unit::Percent, "%", &mut form.fee)
        }
        Prompt::Tiers => tiers(talk, form),
    }
}

fn ask_venue(talk: &mut Talk, form: &mut AccountForm) -> Heard<Chosen<()>> {
    talk.say("Venue: its number, or its name as you write it")?;
    for (number, venue) in (1_u32..).zip(venues()) {
        talk.note(&format!("{number}  {}", venue.name))?;
    }
    let chosen = text(talk, &mut form.venue)?;
    let number = form.venue.parse::<usize>().ok();
    if let Some(venue) = number.and_then(|number| venues().get(number.checked_sub(1)?)) {
        form.venue = venue.name.clone();
        talk.note(&format!("= {}", venue.name))?;
    }
    for words in venue(form).map_or_else(Vec::new, |venue| told::about(&venue.profile())) {
        talk.note(&words)?;
    }
    if let Some(collateral) = venue(form).and_then(|venue| venue.collateral.as_ref())
        && form.collateral.is_empty()
    {
        form.collateral.clone_from(collateral);
    }
    Ok(chosen)
}

fn tiers(talk: &mut Talk, form: &mut AccountForm) -> Heard<Chosen<()>> {
    let Some((venue, published)) = venue(form).and_then(|venue| Some((venue, venue.offered()?)))
    else {
        return Ok(Chosen::This(()));
    };
    talk.say("Maintenance rules to begin with")?;
    if let Some(days) = venue.days() {
        talk.note(&days)?;
    }
    let options = [
        (Some(true), published),
        (Some(false), "None; I write rates myself".to_owned()),
    ];
    let chosen = one_of(talk, Quit::Leaves, &options, Some(form.examples))?;
    Ok(chosen.put(&mut form.examples))
}
