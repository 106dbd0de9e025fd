//! What one unit of size is worth, loses and costs at the prices of a ticket.

use rust_decimal::Decimal;

use super::account::Backing;
use super::account_after::funding;
use super::contract::Side;
use super::exact::Exact;
use super::sized_position::SizedPosition;
use super::ticket::Ticket;
use super::units::{Money, Price};

/// The two answers that bound a size.
pub(super) struct Limits {
    pub(super) invalidation: Price,
    pub(super) accepted: Money,
}

impl Limits {
    pub(super) fn of(ticket: &Ticket) -> Option<Self> {
        Some(Self {
            invalidation: ticket.invalidation?,
            accepted: ticket.acceptable_loss?,
        })
    }

    /// The invalidation, moved to the next tick away from the price: a liquidation price there is,
    /// after its own rounding, not before the invalidation.
    pub(super) fn beyond(&self, ticket: &Ticket) -> Price {
        let wrong = self.invalidation.get();
        let on_tick = ticket.tick.and_then(|tick| {
            let ticks = wrong.checked_div(tick)?;
            let ticks = match ticket.side {
                Side::Long => ticks.floor(),
                Side::Short => ticks.ceil(),
            };
            ticks
                .checked_mul(tick)
                .filter(|price| *price > Decimal::ZERO)
        });
        Price::new(on_tick.unwrap_or(wrong))
    }
}

/// What one unit of size is worth and costs at the prices of a ticket.
pub(super) struct Unit {
    pub(super) entry: Exact,
    pub(super) mark: Exact,
    /// Lost from the moment of the ticket to the invalidation.
    pub(super) loss: Exact,
    /// Fee to close at the invalidation, and funding.
    pub(super) to_hold: Exact,
    /// Opening fee, fee to close, funding.
    pub(super) costs: Exact,
}

impl Unit {
    pub(super) fn of(ticket: &Ticket, limits: &Limits) -> Self {
        let one = one(ticket);
        let at = |price: Price| one.notional(Exact::from(price.get()));
        let (entry, mark) = (at(ticket.entry), at(ticket.effective_price()));
        let to_hold = at(limits.invalidation) * Exact::from(ticket.fees.close.get())
            + funding(&ticket.funding, &one, Exact::from(ticket.funding.intervals));
        Self {
            entry,
            mark,
            loss: one.profit_at_mark() - one.profit(Exact::from(limits.invalidation.get())),
            to_hold,
            costs: entry * Exact::from(ticket.fees.open.get()) + to_hold,
        }
    }
}

/// The ticket's position with a size of 1.
pub(super) fn one(ticket: &Ticket) -> SizedPosition<'_> {
    SizedPosition {
        symbol: &ticket.symbol,
        contract: ticket.contract,
        side: ticket.side,
        size: Exact::ONE,
        entry: Exact::from(ticket.entry.get()),
        mark: ticket.effective_price().get(),
        backing: Backing::Cross,
        leverage: ticket.leverage,
        schedule: &ticket.maintenance,
    }
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

/// 10⁻²⁰: below every digit a size is written with.
pub(super) const ALMOST_NOTHING: Decimal = Decimal::from_parts(1, 0, 0, false, 20);
