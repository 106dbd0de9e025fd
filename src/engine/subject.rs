//! What is assessed: a ticket at the moment it takes effect, or a position as it stands.

use rust_decimal::Decimal;

use super::account_after::is_past;
use super::contract::{Mode, Side};
use super::equity_line::EquityLine;
use super::error::Error;
use super::exact::Exact;
use super::outcome::{AtInvalidation, PositionStatus};
use super::ticket::Ticket;
use super::units::{Money, Price, money};

/// A ticket at the moment it takes effect, or a position as it stands.
#[derive(Clone, Copy)]
pub(crate) struct Subject<'a> {
    pub(crate) side: Side,
    /// The chosen mode, or the one in which it stands.
    pub(crate) mode: Mode,
    pub(crate) price: Price,
    pub(crate) tick: Option<Decimal>,
    /// None for a position as it stands.
    pub(crate) ticket: Option<&'a Ticket>,
}

impl<'a> Subject<'a> {
    pub(crate) fn of(ticket: &'a Ticket) -> Self {
        Self {
            side: ticket.side,
            mode: ticket.mode,
            price: ticket.effective_price(),
            tick: ticket.tick,
            ticket: Some(ticket),
        }
    }

    /// What happens on the way to an invalidation.
    pub(crate) fn at_invalidation(
        &self,
        invalidation: Price,
        line: &EquityLine<'_>,
        standing: PositionStatus,
    ) -> Result<AtInvalidation, Error> {
        let Self { side, price, .. } = *self;
        if standing.already {
            return Ok(AtInvalidation::LiquidatedFirst { price });
        }
        if is_past(side, invalidation, price) {
            // Only who reduces or closes comes here: the idea is wrong already, nothing more is lost.
            return Ok(AtInvalidation::Closed { loss: Money::ZERO });
        }
        match standing.liquidation.against(side) {
            Some(end) if comes_before(side, end, invalidation) => {
                Ok(AtInvalidation::LiquidatedFirst { price: end })
            }
            Some(_) | None => {
                let (here, there) = (line.equity(price)?, line.equity(invalidation)?);
                Ok(AtInvalidation::Closed {
                    loss: money(Exact::from(here) - Exact::from(there))?,
                })
            }
        }
    }
}

/// Whether a price is met before the invalidation on the way against a side.
pub(crate) fn comes_before(side: Side, price: Price, invalidation: Price) -> bool {
    match side {
        Side::Long => price > invalidation,
        Side::Short => price < invalidation,
    }
}
