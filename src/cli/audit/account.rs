//! The first account, where there is none yet: without one no trade can be written down.

use super::talk::{Heard, Said, Stop, Talk};
use crate::audit::number::{Reading, Unit, read};
use crate::desk::account_form::AccountForm;
use crate::desk::{Command, Refusal};
use crate::interchange::venues::{Venue, venue_named, venues};
use crate::telling::figures;

/// Asks for it, and hands it in until it stands.
pub(super) fn first(talk: &mut Talk) -> Heard<()> {
    talk.pause()?;
    talk.say("There is no account yet. A few answers make one; it can be changed in the window later. Ctrl+C leaves without it.")?;
    let mut form = AccountForm::new_account();
    loop {
        fill(talk, &mut form)?;
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

fn fill(talk: &mut Talk, form: &mut AccountForm) -> Heard<()> {
    line(talk, "Name of the account, like Main", &mut form.name)?;
    talk.say("Venue")?;
    for (number, venue) in (1_u32..).zip(venues()) {
        talk.note(&format!("{number}  {}", venue.name))?;
    }
    line(
        talk,
        "Its number, or its name as you write it",
        &mut form.venue,
    )?;
    let chosen = form.venue.parse::<usize>().ok();
    if let Some(venue) = chosen.and_then(|number| venues().get(number.checked_sub(1)?)) {
        form.venue = venue.name.clone();
        talk.note(&format!("= {}", venue.name))?;
    }
    let venue = venue_named(form.venue.trim());
    if let Some(collateral) = venue.and_then(|venue| venue.collateral.as_ref())
        && form.collateral.is_empty()
    {
        form.collateral = collateral.clone();
    }
    line(
        talk,
        "Currency it is counted in, like USDT",
        &mut form.collateral,
    )?;
    let collateral = form.collateral.trim().to_uppercase();
    number(
        talk,
        "Wallet balance: settled money, without the open profit and loss, with the margins of isolated positions",
        Unit::Money,
        &collateral,
        &mut form.wallet,
    )?;
    if let Some(fee) = venue.and_then(|venue| venue.taker_fee.as_ref()) {
        talk.note(&format!(
            "Published on {}: {}",
            fee.date,
            figures::percent(fee.value, 4)
        ))?;
    }
    number(
        talk,
        "Taker fee, in percent of the notional, like 0.05",
        Unit::Percent,
        "%",
        &mut form.fee,
    )?;
    form.examples = examples(talk, venue)?;
    Ok(())
}

/// A line of text; an empty one keeps what stands there.
fn line(talk: &mut Talk, question: &str, text: &mut String) -> Heard<()> {
    talk.say(question)?;
    if !text.is_empty() {
        talk.note(&format!("Enter keeps: {text}"))?;
    }
    if let Said::Words(words) = ask(talk)? {
        *text = words;
    }
    Ok(())
}

fn number(
    talk: &mut Talk,
    question: &str,
    unit: Unit,
    suffix: &str,
    text: &mut String,
) -> Heard<()> {
    loop {
        line(talk, question, text)?;
        let reading = read(text, unit);
        let asked = reading.question();
        match reading {
            Reading::Empty => return Ok(()),
            Reading::Exact(number) => {
                let echo = figures::understood(number.value, number.suffix, suffix);
                talk.note(&format!("= {echo}"))?;
                return Ok(());
            }
            Reading::TwoWays(..) => {
                talk.say(&format!(
                    "{} Write it in that form.",
                    asked.unwrap_or_default()
                ))?;
            }
            Reading::Refused(error) => talk.say(&error.to_string())?,
        }
        text.clear();
    }
}

/// Whether to begin with the tiers that the venue has published.
fn examples(talk: &mut Talk, venue: Option<&Venue>) -> Heard<Option<bool>> {
    let Some((tiers, venue)) = venue.and_then(|venue| Some((venue.tiers.as_ref()?, venue))) else {
        return Ok(None);
    };
    talk.say("Maintenance rules to begin with")?;
    talk.note(&format!(
        "1  {}, {} markets",
        tiers.value,
        venue.rules.len()
    ))?;
    talk.note("2  None; I write rates myself")?;
    loop {
        match ask(talk)? {
            Said::Words(words) if words == "1" => return Ok(Some(true)),
            Said::Words(words) if words == "2" => return Ok(Some(false)),
            _ => talk.say("Write 1 or 2.")?,
        }
    }
}

/// There is no trade yet to walk away from: leaving is all that `q` can mean here.
fn ask(talk: &mut Talk) -> Heard<Said> {
    match talk.ask()? {
        Said::WalkAway => Err(Stop::Left),
        said => Ok(said),
    }
}
