//! The size that in cross keeps the most that can be lost within the accepted loss.
//!
//! Whatever has an end within reach can lose the whole pool. So only a size does it that is too small for
//! any end: what it loses on its way to zero, or to ten times the price, is all that it can.

use rust_decimal::Decimal;

use super::account::Account;
use super::account_after::{AccountAfter, costs};
use super::contract::{Contract, Mode, Side};
use super::error::Error;
use super::exact::Exact;
use super::joint::together;
use super::loss::{max_loss, times_reach};
use super::outcome::CrossSize;
use super::ticket::{Joint, Ticket};
use super::unit::{Limits, Unit, one, whole_lots};
use super::units::Quantity;

pub(super) fn cross_size(
    account: &Account,
    ticket: &Ticket,
    limits: &Limits,
    cross: &AccountAfter<'_>,
) -> Result<Option<CrossSize>, Error> {
    let Some(own) = &cross.own else {
        return Ok(None);
    };
    let pool = cross.line(Mode::Cross).equity(ticket.effective_price())?;
    let without = Exact::from(pool) - own.profit_at_mark() + cross.fee;
    if without.settle("account")? <= limits.accepted.get() {
        return Ok(Some(CrossSize::AnySize));
    }
    if !ticket.intent.is_filled() || has_other_legs(cross) {
        return Ok(None);
    }
    let mut others = cross.clone();
    others.own = None;
    let moves = together(&others, &Joint::default())?;
    let others_end = moves.is_some_and(|moves| moves.pool_at.within_reach().nearest().is_some());
    let coin_long = ticket.contract == Contract::Inverse && ticket.side == Side::Long;
    if others_end || coin_long {
        return Ok(Some(CrossSize::NoSize));
    }
    let contract_size = Exact::from(ticket.contract_size);
    let limit = largest(ticket, limits, cross)? / contract_size;
    let quantity = whole_lots(limit.settle("ticket.quantity")?, ticket.lot);
    if quantity <= Decimal::ZERO {
        return Ok(Some(CrossSize::NoSize));
    }
    let quantity = Quantity::new(quantity);
    let keeps = keeps_within(account, ticket, limits, quantity)?;
    Ok(keeps.then_some(CrossSize::UpTo { quantity }))
}

fn has_other_legs(cross: &AccountAfter<'_>) -> bool {
    let own = cross.own.map_or("", |own| own.symbol);
    cross.pool().filter(|leg| leg.symbol == own).count() > 1
}

/// The size whose way to the end of what is within reach loses as much as was accepted, costs
/// included; an increase counts what is held too.
fn largest(ticket: &Ticket, limits: &Limits, cross: &AccountAfter<'_>) -> Result<Exact, Error> {
    let unit = Unit::of(ticket, limits);
    let furthest = one(ticket).notional(Exact::from(times_reach(ticket.effective_price())?.get()));
    let loss = match (ticket.contract, ticket.side) {
        (Contract::Linear, Side::Long) => unit.entry,
        (Contract::Linear, Side::Short) => furthest - unit.entry,
        (Contract::Inverse, _) => unit.entry - furthest,
    };
    let added = Exact::from(ticket.quantity.get()) * Exact::from(ticket.contract_size);
    let held = cross.own.map_or(Exact::ZERO, |own| own.size - added);
    let left = Exact::from(limits.accepted.get()) - held * (loss + unit.to_hold);
    Ok(left / (loss + unit.costs))
}

fn keeps_within(
    account: &Account,
    ticket: &Ticket,
    limits: &Limits,
    quantity: Quantity,
) -> Result<bool, Error> {
    let resized = Ticket {
        quantity,
        ..ticket.clone()
    };
    let account_after = AccountAfter::after(account, &resized, Mode::Cross)?;
    let line = account_after.line(Mode::Cross);
    let price = resized.effective_price();
    let standing = line.standing(price, resized.tick)?;
    let moves = together(&account_after, &Joint::default())?;
    let most = max_loss(&line, Mode::Cross, price, standing, moves.as_ref())?;
    let lost = (Exact::from(most.all.get()) + costs(&resized, &account_after)).settle("account")?;
    Ok(lost <= limits.accepted.get())
}
