//! The numbers of the ticket: any two of a size give the third.

use super::{SIZES, account, adds, position};
use crate::audit::{Draft, Size};
use crate::cli::prompt::{
    Chosen, NumberQuestion, PromptResult, Prompter, Quit, keeps, left_empty, number,
};
use crate::input::number::Unit;
use crate::input::{Field, NumberBounds};
use crate::market::Symbol;
use crate::wording::text::capital;
use crate::wording::ticket::{self, NumberPrompt};

/// The numbers that are asked for what is to be done, one after the other, without those that
/// follow from others.
pub(super) fn asked(prompter: &Prompter, draft: &Draft) -> Vec<Field> {
    let form = &draft.ticket;
    let needless = |field: &Field| {
        adds(draft)
            && match field {
                Field::Notional => !form.quantity.is_empty(),
                Field::Margin => {
                    !form.leverage.is_empty()
                        && (!form.quantity.is_empty() || !form.notional.is_empty())
                }
                _ => false,
            }
    };
    ticket::asked(form.intent, position(prompter, draft))
        .into_iter()
        .flat_map(|(first, second)| [Some(first), second])
        .flatten()
        .filter(|field| !needless(field))
        .collect()
}

pub(super) fn one(
    prompter: &mut Prompter,
    draft: &mut Draft,
    field: Field,
) -> PromptResult<Chosen<()>> {
    let counted = ticket::counted(
        &draft.ticket,
        account(prompter, draft),
        position(prompter, draft),
    );
    let NumberPrompt {
        label,
        unit,
        suffix,
        hint,
    } = ticket::number(field, draft.ticket.intent, &counted);
    let kept = ticket::typed(&mut draft.ticket, field).clone();
    let adds = adds(draft);
    let mut question = capital(label.trim_start_matches("or "));
    if !suffix.is_empty() {
        question = format!("{question} ({suffix})");
    }
    prompter.say(&question)?;
    keeps(prompter, &kept)?;
    if kept.is_empty() {
        match field {
            Field::Quantity if adds => {
                prompter.note("Enter for the notional or the margin instead.")?;
            }
            Field::Notional => prompter.note("Enter for the margin instead.")?,
            Field::Leverage if adds => prompter.note("Enter for the margin instead.")?,
            _ => left_empty(prompter, hint)?,
        }
    }
    let form = &draft.ticket;
    let wanted = NumberQuestion {
        unit,
        suffix,
        within: prompter
            .app
            .with_known(form, |known| form.within(field, known)),
        kept: &kept,
    };
    let chosen = number(prompter, Quit::WalksAway(draft), wanted)?;
    let done = chosen.put(ticket::typed(&mut draft.ticket, field));
    if done == Chosen::This(())
        && adds
        && SIZES.contains(&field)
        && let Some(size) = size_so_far(prompter, draft)
    {
        prompter.note(&ticket::size(&size, &counted.quantity))?;
    }
    Ok(done)
}

fn size_so_far(prompter: &Prompter, draft: &Draft) -> Option<Size> {
    let form = &draft.ticket;
    prompter
        .app
        .with_known(form, |known| form.size_so_far(known))
}

pub(super) fn rate(prompter: &mut Prompter, draft: &mut Draft) -> PromptResult<Chosen<()>> {
    let account = account(prompter, draft);
    let collateral = account.map_or("", |a| a.set.collateral.as_str());
    let known = Symbol::read(&draft.ticket.symbol, collateral)
        .zip(account)
        .and_then(|(symbol, account)| account.rules(&symbol));
    prompter.say("Maintenance rate (%)")?;
    match &known {
        Some(rules) if draft.ticket.own_rate.is_empty() => {
            prompter.note(&format!("Enter takes what is known: {}", rules.label))?;
        }
        _ => prompter.note(ticket::NO_RULES)?,
    }
    keeps(prompter, &draft.ticket.own_rate)?;
    let wanted = NumberQuestion {
        unit: Unit::Percent,
        suffix: "%",
        within: NumberBounds::PERCENT,
        kept: &draft.ticket.own_rate,
    };
    let chosen = number(prompter, Quit::WalksAway(draft), wanted)?;
    Ok(chosen.put(&mut draft.ticket.own_rate))
}
