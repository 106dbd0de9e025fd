//! What is liquidated as one, and what it is worth after a common move of all prices.

use rust_decimal::Decimal;

use super::error::Error;
use super::exact::Exact;
use super::outcome::RungFrom;
use super::sized_position::SizedPosition;

/// Which way all prices go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    Fall,
    Rise,
}

/// What is liquidated as one: an isolated position or the pool, with the money behind it.
pub(crate) struct MarginGroup<'a> {
    pub(crate) from: RungFrom,
    pub(crate) money: Exact,
    pub(crate) legs: Vec<(SizedPosition<'a>, Decimal)>,
}

impl MarginGroup<'_> {
    /// The equity of the group after a common move.
    pub(crate) fn equity(&self, at_move: Decimal) -> Exact {
        self.legs.iter().fold(self.money, |sum, (leg, beta)| {
            sum + leg.profit(moved(leg, *beta, at_move))
        })
    }

    /// Its requirement after a common move.
    pub(crate) fn requirement(&self, at_move: Decimal) -> Exact {
        self.legs.iter().fold(Exact::ZERO, |sum, (leg, beta)| {
            sum + leg.requirement(moved(leg, *beta, at_move))
        })
    }

    pub(crate) fn is_liquidated(&self, at_move: Decimal) -> Result<bool, Error> {
        let left = self.equity(at_move) - self.requirement(at_move);
        Ok(left.settle("joint")? <= Decimal::ZERO)
    }
}

/// The price of a leg after a common move: mark·(1 + β·x), never below 0.
fn moved(leg: &SizedPosition<'_>, beta: Decimal, at_move: Decimal) -> Exact {
    let price = Exact::from(leg.mark) * (Exact::ONE + Exact::from(beta) * Exact::from(at_move));
    match price.value() {
        Some(price) if price < Decimal::ZERO => Exact::ZERO,
        Some(_) | None => price,
    }
}
