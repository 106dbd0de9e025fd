//! A position as the formulas see it.

use rust_decimal::Decimal;

use super::account::{Backing, PositionInput};
use super::contract::{Contract, Side};
use super::exact::Exact;
use super::schedule::{Basis, Schedule};

/// A position, its contracts and contract size multiplied into one size: base currency of a linear
/// contract (q), face value of an inverse one (V).
#[derive(Debug, Clone, Copy)]
pub(crate) struct SizedPosition<'a> {
    pub(crate) symbol: &'a str,
    pub(crate) contract: Contract,
    pub(crate) side: Side,
    pub(crate) size: Exact,
    pub(crate) entry: Exact,
    pub(crate) mark: Decimal,
    pub(crate) backing: Backing,
    pub(crate) leverage: Option<Decimal>,
    pub(crate) schedule: &'a Schedule,
}

impl<'a> SizedPosition<'a> {
    pub(crate) fn of(position: &'a PositionInput) -> Self {
        Self {
            symbol: &position.symbol,
            contract: position.contract,
            side: position.side,
            size: Exact::from(position.quantity.get()) * Exact::from(position.contract_size),
            entry: Exact::from(position.entry.get()),
            mark: position.mark.get(),
            backing: position.backing,
            leverage: position.leverage,
            schedule: &position.maintenance,
        }
    }

    /// The size, signed: what the equity gains when the notional of one unit rises by 1.
    pub(crate) fn exposure(&self) -> Exact {
        self.contract.exposure(self.side, self.size)
    }

    pub(crate) fn notional(&self, price: Exact) -> Exact {
        self.contract.notional(self.size, price)
    }

    /// What the equity would hold of this position at a notional of zero; with exposure · notional
    /// of one unit added, its profit. Linear −s·q·e, inverse s·V/e.
    pub(crate) fn profit_at_no_notional(&self) -> Exact {
        -self.contract.notional(self.exposure(), self.entry)
    }

    /// Linear s·q·(P − e), inverse s·V·(1/e − 1/P).
    pub(crate) fn profit(&self, price: Exact) -> Exact {
        match self.contract {
            // One product is exact where the difference of two large ones need not be.
            Contract::Linear => self.exposure() * (price - self.entry),
            Contract::Inverse => {
                self.contract.notional(self.exposure(), price) + self.profit_at_no_notional()
            }
        }
    }

    pub(crate) fn profit_at_mark(&self) -> Exact {
        self.profit(Exact::from(self.mark))
    }

    /// What a cross position binds of the pool: notional / leverage at its mark where its leverage is
    /// known, else its requirement.
    pub(crate) fn initial_margin(&self) -> Exact {
        let mark = Exact::from(self.mark);
        match self.leverage {
            Some(leverage) => self.notional(mark) / Exact::from(leverage),
            None => self.requirement(mark),
        }
    }

    /// The requirement where it does not follow the price; none where it does.
    pub(crate) fn frozen_requirement(&self) -> Option<Exact> {
        match self.schedule.basis {
            Basis::AtSolvedPrice => None,
            Basis::AtEntry => Some(self.schedule.requirement_of(self.notional(self.entry))),
            Basis::AtMark => Some(
                self.schedule
                    .requirement_of(self.notional(Exact::from(self.mark))),
            ),
            Basis::Fixed(amount) => Some(Exact::from(amount.get())),
        }
    }

    /// The requirement when the symbol trades at a price.
    pub(crate) fn requirement(&self, price: Exact) -> Exact {
        self.frozen_requirement()
            .unwrap_or_else(|| self.schedule.requirement_of(self.notional(price)))
    }
}
