//! Sizes that fit the accepted loss: solved, not searched. Everything a size costs is a straight
//! line in it, so a limit is met at a size that one division gives.

use rust_decimal::Decimal;

use super::account::{Account, Backing};
use super::assess::{at_invalidation, is_sized};
use super::book::{Book, funding};
use super::capped::capped;
use super::contract::{Mode, Side};
use super::error::{Error, ErrorCode};
use super::exact::Exact;
use super::held::Held;
use super::outcome::{AtInvalidation, Buffered, ByHand, Sizing};
use super::ticket::Ticket;
use super::units::{Money, Price, Quantity, Rate};

/// All sizes for a ticket.
pub(crate) fn sizing(
    account: &Account,
    ticket: &Ticket,
    isolated: &Book<'_>,
    cross: &Book<'_>,
    buffer: Rate,
) -> Result<Sizing, Error> {
    Ok(Sizing {
        by_hand: where_it_fits(by_hand(account, ticket, isolated))?,
        capped: where_it_fits(capped(ticket))?,
        buffered: where_it_fits(buffered(ticket, isolated, buffer))?,
        cross_can_cap: cross_can_cap(ticket, cross)?,
    })
}

/// A size that can't be written down is none; the rest of the assessment stands without it.
fn where_it_fits<T>(size: Result<Option<T>, Error>) -> Result<Option<T>, Error> {
    match size {
        Err(error) if error.code == ErrorCode::Overflow => Ok(None),
        size => size,
    }
}

/// What one unit of size is worth and costs at the prices of a ticket.
pub(super) struct Unit {
    pub(super) entry: Exact,
    pub(super) mark: Exact,
    /// Lost from the mark to the invalidation.
    pub(super) loss: Exact,
    /// Fee to close at the invalidation, and funding.
    pub(super) to_hold: Exact,
    /// Opening fee, fee to close, funding.
    pub(super) costs: Exact,
}

impl Unit {
    pub(super) fn of(ticket: &Ticket) -> Self {
        let one = one(ticket);
        let at = |price: Price| one.notional(Exact::from(price.get()));
        let (entry, mark) = (at(ticket.entry), at(ticket.mark_or_entry()));
        let to_hold = at(ticket.invalidation) * Exact::from(ticket.fees.close.get())
            + funding(&ticket.funding, &one, Exact::from(ticket.funding.intervals));
        Self {
            entry,
            mark,
            loss: one.profit_at_mark() - one.profit(Exact::from(ticket.invalidation.get())),
            to_hold,
            costs: entry * Exact::from(ticket.fees.open.get()) + to_hold,
        }
    }
}

/// The ticket's position with a size of 1.
pub(super) fn one(ticket: &Ticket) -> Held<'_> {
    Held {
        symbol: &ticket.symbol,
        contract: ticket.contract,
        side: ticket.side,
        size: Exact::ONE,
        entry: Exact::from(ticket.entry.get()),
        mark: ticket.mark_or_entry().get(),
        backing: Backing::Cross,
        schedule: &ticket.maintenance,
    }
}

/// 12 (a): loss at the invalidation + costs ≤ accepted loss. An increase counts what is held too.
fn by_hand(
    account: &Account,
    ticket: &Ticket,
    isolated: &Book<'_>,
) -> Result<Option<ByHand>, Error> {
    if !is_sized(ticket.intent) {
        return Ok(None);
    }
    let unit = Unit::of(ticket);
    let accepted = Exact::from(ticket.acceptable_loss.get());
    let contract_size = Exact::from(ticket.contract_size);
    let added = Exact::from(ticket.quantity.get()) * contract_size;
    let held = isolated.own.map_or(Exact::ZERO, |own| own.size - added);
    let held_loss = held * (unit.loss + unit.to_hold);
    let per_size = unit.loss + unit.costs;
    if per_size.settle("ticket")? <= Decimal::ZERO {
        // Funding received outweighs every loss: no size is too large.
        return Ok(None);
    }
    let limit = (accepted - held_loss) / per_size / contract_size;
    let quantity = whole_lots(limit.settle("ticket.quantity")?, ticket.lot);
    if quantity <= Decimal::ZERO {
        return Ok(None);
    }
    let loss = held_loss + Exact::from(quantity) * contract_size * per_size;
    Ok(Some(ByHand {
        quantity: Quantity::new(quantity),
        loss: Money::new(loss.settle("ticket")?),
        open_at_invalidation: is_open_at_invalidation(account, ticket, quantity)?,
    }))
}

/// Whether the ticket with another quantity is still open at its invalidation in its mode.
fn is_open_at_invalidation(
    account: &Account,
    ticket: &Ticket,
    quantity: Decimal,
) -> Result<bool, Error> {
    let resized = Ticket {
        quantity: Quantity::new(quantity),
        ..ticket.clone()
    };
    let book = Book::after(account, &resized, resized.mode)?;
    let line = book.line(resized.mode);
    let mark = resized.mark_or_entry();
    let end = at_invalidation(
        &resized,
        &line,
        line.equity(mark)?,
        line.is_liquidated(mark)?,
        line.survives(mark, resized.tick)?,
    )?;
    Ok(matches!(end, AtInvalidation::Closed { .. }))
}

/// 12 (c): the margin at which equity meets the requirement no sooner than a buffer beyond the
/// invalidation.
fn buffered(ticket: &Ticket, isolated: &Book<'_>, buffer: Rate) -> Result<Option<Buffered>, Error> {
    let Some(own) = &isolated.own else {
        return Ok(None);
    };
    let mark = ticket.mark_or_entry();
    if super::book::is_past(ticket.side, ticket.invalidation, mark) {
        return Ok(None);
    }
    let away = match ticket.side {
        Side::Long => Exact::ONE - Exact::from(buffer.get()),
        Side::Short => Exact::ONE + Exact::from(buffer.get()),
    };
    let target =
        Price::new((Exact::from(ticket.invalidation.get()) * away).settle("ticket.invalidation")?);
    let bare = Held {
        backing: Backing::Isolated {
            margin: Money::ZERO,
        },
        ..*own
    };
    let line = isolated.isolated_line(Some(&bare), isolated.owed);
    let short = line.shortfalls(mark, target)?;
    // With jumping tiers the worst place may lie on the way. There the requirement must not even be
    // met, so a hair is added.
    let on_the_way = (short.on_the_way + Exact::from(HAIR)).settle("ticket.margin")?;
    let margin = short.at_the_end.settle("ticket.margin")?.max(on_the_way);
    if margin <= Decimal::ZERO {
        return Ok(None);
    }
    let margin = Money::new(margin);
    let backed = Held {
        backing: Backing::Isolated { margin },
        ..*own
    };
    let line = isolated.isolated_line(Some(&backed), isolated.owed);
    let liquidation = line.survives(mark, ticket.tick)?.against(ticket.side);
    Ok(Some(Buffered {
        buffer,
        margin,
        liquidation,
    }))
}

/// In cross every size has the whole pool behind it: only a pool within the accepted loss caps it.
fn cross_can_cap(ticket: &Ticket, cross: &Book<'_>) -> Result<bool, Error> {
    let own = cross.own.map_or(Exact::ZERO, |own| own.profit_at_mark());
    let pool = cross.line(Mode::Cross).equity(ticket.mark_or_entry())?;
    let without = (Exact::from(pool) - own + cross.fee).settle("account")?;
    Ok(without <= ticket.acceptable_loss.get())
}

/// Rounds down to the lot; without one, cuts off the digits a division may have rounded up.
pub(super) fn whole_lots(quantity: Decimal, lot: Option<Decimal>) -> Decimal {
    let cut = quantity.trunc_with_scale(quantity.scale().saturating_sub(2).max(12));
    let Some(lot) = lot else { return cut };
    // A quantity a hair below whole lots is whole lots whose division was rounded down.
    let lots = quantity.checked_div(lot).map(|lots| {
        let nearest = lots.round();
        let stray = lots.checked_sub(nearest).unwrap_or_default().abs();
        if stray < ALMOST_NOTHING {
            nearest
        } else {
            lots.floor()
        }
    });
    lots.and_then(|lots| lots.checked_mul(lot))
        .unwrap_or_default()
}

/// 10⁻¹²: an amount of money below the last digit of any collateral.
const HAIR: Decimal = Decimal::from_parts(1, 0, 0, false, 12);

/// 10⁻²⁰: below every digit a size is written with.
pub(super) const ALMOST_NOTHING: Decimal = Decimal::from_parts(1, 0, 0, false, 20);
