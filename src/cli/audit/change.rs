//! Less risk after the reveal: smaller, isolated instead, or a size that fits.

use rust_decimal::Decimal;

use super::reveal::{can_isolate, revealed};
use crate::app::Command;
use crate::audit::TicketChange;
use crate::cli::prompt::{Chosen, NumberQuestion, PromptResult, Prompter, Quit, number};
use crate::engine::{Mode, Money, Quantity};
use crate::input::NumberBounds;
use crate::input::number::{Unit, read};
use crate::wording::reveal_notes;
use crate::wording::sizes::Fit;

fn lower(prompter: &mut Prompter, change: TicketChange) -> PromptResult<bool> {
    prompter.send(Command::Lower(change))
}

pub(super) fn isolated(prompter: &mut Prompter) -> PromptResult<bool> {
    let Some(quantity) = revealed(prompter)
        .filter(|revealed| can_isolate(revealed))
        .map(|revealed| revealed.ticket().quantity)
    else {
        return Ok(false);
    };
    lower(
        prompter,
        TicketChange {
            mode: Mode::Isolated,
            quantity,
            margin: None,
        },
    )
}

pub(super) fn take(prompter: &mut Prompter, fits: &[Fit], number: &str) -> PromptResult<bool> {
    let fit = number
        .parse::<usize>()
        .ok()
        .and_then(|number| fits.get(number.checked_sub(1)?));
    match fit.and_then(|fit| fit.take) {
        Some((mode, quantity, margin)) => lower(
            prompter,
            TicketChange {
                mode,
                quantity,
                margin,
            },
        ),
        None => Ok(false),
    }
}

pub(super) fn smaller(prompter: &mut Prompter) -> PromptResult<bool> {
    let Some(revealed) = revealed(prompter).filter(|revealed| revealed.ticket().adds()) else {
        return Ok(false);
    };
    let sealed = revealed.sealed().pause().ticket().clone();
    let mode = revealed.ticket().mode;
    prompter.say(&reveal_notes::sealed_size(&sealed))?;
    prompter.say(&format!("Quantity ({}); Enter as sealed.", sealed.unit()))?;
    let Chosen::This(quantity) = size(
        prompter,
        Unit::Quantity,
        sealed.unit(),
        sealed.quantity.get(),
    )?
    else {
        return Ok(false);
    };
    let quantity = quantity.unwrap_or(sealed.quantity.get());
    prompter.say("Leverage; Enter as sealed.")?;
    let Chosen::This(leverage) = size(prompter, Unit::Leverage, "x", sealed.leverage)? else {
        return Ok(false);
    };
    let margin = leverage
        .filter(|leverage| *leverage > Decimal::ZERO)
        .and_then(|leverage| {
            let notional = sealed.terms.notional(quantity, sealed.entry.get())?;
            notional.checked_div(leverage).map(Money::new)
        });
    lower(
        prompter,
        TicketChange {
            mode,
            quantity: Quantity::new(quantity),
            margin,
        },
    )
}

/// Asks for a number after the reveal; none leaves it as it was sealed.
fn size(
    prompter: &mut Prompter,
    unit: Unit,
    suffix: &str,
    sealed: Decimal,
) -> PromptResult<Chosen<Option<Decimal>>> {
    let wanted = NumberQuestion {
        unit,
        suffix,
        within: NumberBounds::at_most(Some(sealed)),
        kept: "",
    };
    Ok(match number(prompter, Quit::DoesNothing, wanted)? {
        Chosen::Back => Chosen::Back,
        Chosen::This(text) => Chosen::This(read(&text, unit).exact().map(|number| number.value)),
    })
}
