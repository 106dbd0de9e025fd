//! The size that the trader closes by hand at the invalidation, and the margin it needs for the venue
//! not to close it before.

use rust_decimal::{Decimal, RoundingStrategy};

use super::account::{Account, Backing};
use super::account_after::AccountAfter;
use super::contract::Mode;
use super::error::Error;
use super::exact::Exact;
use super::finding::Finding;
use super::margin::margin_to_reach;
use super::outcome::{AtInvalidation, ByHand};
use super::placement::insufficient_margin;
use super::position_change::margin_or_leverage;
use super::subject::Subject;
use super::ticket::Ticket;
use super::unit::{Limits, Unit, whole_lots};
use super::units::{Money, Quantity};

/// Loss at the invalidation + costs ≤ accepted loss. An increase counts what is held too.
pub(super) fn by_hand(
    account: &Account,
    ticket: &Ticket,
    limits: &Limits,
    isolated: &AccountAfter<'_>,
) -> Result<Option<ByHand>, Error> {
    if !ticket.intent.is_filled() {
        return Ok(None);
    }
    let unit = Unit::of(ticket, limits);
    let contract_size = Exact::from(ticket.contract_size);
    let added = Exact::from(ticket.quantity.get()) * contract_size;
    let held = isolated.own.map_or(Exact::ZERO, |own| own.size - added);
    let held_loss = held * (unit.loss + unit.to_hold);
    let per_size = unit.loss + unit.costs;
    if per_size.settle("ticket")? <= Decimal::ZERO {
        return Ok(Some(ByHand::AnySize));
    }
    let limit = (Exact::from(limits.accepted.get()) - held_loss) / per_size / contract_size;
    let quantity = whole_lots(limit.settle("ticket.quantity")?, ticket.lot);
    if quantity <= Decimal::ZERO {
        return Ok(Some(ByHand::NoLot));
    }
    let loss = held_loss + Exact::from(quantity) * contract_size * per_size;
    let loss = Money::new(loss.settle("ticket")?);
    placed(account, ticket, limits, Quantity::new(quantity), loss).map(Some)
}

/// A size with the margin it needs, if it can be placed and is still open at the invalidation.
fn placed(
    account: &Account,
    ticket: &Ticket,
    limits: &Limits,
    quantity: Quantity,
    loss: Money,
) -> Result<ByHand, Error> {
    let at_same_leverage = resized(ticket, quantity)?;
    let resized = match ticket.mode {
        Mode::Isolated => with_margin_to_the_invalidation(account, at_same_leverage, limits)?,
        Mode::Cross => at_same_leverage,
    };
    let account_after = AccountAfter::after(account, &resized, resized.mode)?;
    let line = account_after.line(resized.mode);
    let subject = Subject::of(&resized);
    let standing = line.standing(subject.price, subject.tick)?;
    let end = subject.at_invalidation(limits.invalidation, &line, standing)?;
    if matches!(end, AtInvalidation::LiquidatedFirst { .. }) {
        return Ok(ByHand::ClosedBefore { quantity });
    }
    match insufficient_margin(account, &resized, &account_after)? {
        Some(Finding::InsufficientMargin { needed, free }) => Ok(ByHand::NotFree {
            quantity,
            needed,
            free,
        }),
        _ => Ok(ByHand::Fits {
            quantity,
            margin: resized.margin.filter(|_| resized.mode == Mode::Isolated),
            loss,
        }),
    }
}

/// The ticket with another quantity, at the leverage it has.
fn resized(ticket: &Ticket, quantity: Quantity) -> Result<Ticket, Error> {
    let traded = |quantity: Quantity| {
        let size = Exact::from(quantity.get()) * Exact::from(ticket.contract_size);
        let entry = Exact::from(ticket.entry.get());
        ticket.contract.notional(size, entry)
    };
    let margin = margin_or_leverage(ticket, traded(ticket.quantity))?;
    let share = traded(quantity) / traded(ticket.quantity);
    Ok(Ticket {
        quantity,
        margin: Some(Money::new((margin * share).settle("ticket.margin")?)),
        ..ticket.clone()
    })
}

/// The same with as much margin as keeps the venue from closing it before the invalidation.
fn with_margin_to_the_invalidation(
    account: &Account,
    ticket: Ticket,
    limits: &Limits,
) -> Result<Ticket, Error> {
    let account_after = AccountAfter::after(account, &ticket, Mode::Isolated)?;
    let (Some(own), Some(brought)) = (&account_after.own, ticket.margin) else {
        return Ok(ticket);
    };
    let Backing::Isolated { margin: behind } = own.backing else {
        return Ok(ticket);
    };
    let needed = margin_to_reach(
        &account_after,
        own,
        ticket.effective_price(),
        limits.beyond(&ticket),
    )?;
    if needed <= behind {
        return Ok(ticket);
    }
    let more = Exact::from(needed.get()) - Exact::from(behind.get());
    let margin = (Exact::from(brought.get()) + more).settle("ticket.margin")?;
    Ok(Ticket {
        margin: Some(Money::new(rounded_up(margin))),
        ..ticket
    })
}

/// An amount as it can be typed at a venue and is printed here, never less: two decimals, or five
/// significant digits where that is more.
fn rounded_up(amount: Decimal) -> Decimal {
    let up = RoundingStrategy::AwayFromZero;
    if amount >= Decimal::ONE_THOUSAND {
        amount.round_dp_with_strategy(2, up)
    } else {
        amount.round_sf_with_strategy(5, up).unwrap_or(amount)
    }
}
