//! Sides, modes and the two kinds of contract: how a size becomes a notional and a profit.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::exact::Exact;
use super::units::{Money, Price};

/// Which way a position gains.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Gains when the price rises.
    Long,
    /// Gains when the price falls.
    Short,
}

impl Side {
    /// The other side.
    #[must_use]
    pub const fn opposite(self) -> Self {
        match self {
            Self::Long => Self::Short,
            Self::Short => Self::Long,
        }
    }
}

/// Which money backs a position.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// Only the margin assigned to it.
    Isolated,
    /// The pool: all money of the account that is not assigned to an isolated position.
    Cross,
}

impl Mode {
    /// The other mode.
    #[must_use]
    pub const fn other(self) -> Self {
        match self {
            Self::Isolated => Self::Cross,
            Self::Cross => Self::Isolated,
        }
    }
}

/// How a contract is margined and settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Contract {
    /// In the quote currency; the size is an amount of the base: profit = s·q·(P − e).
    Linear,
    /// In the coin; the size is a face value in the quote currency: profit = s·V·(1/e − 1/P).
    Inverse,
}

impl Contract {
    /// What a size is worth in the collateral currency at a price: linear q·P, inverse V/P. The
    /// size is in base (linear) or face value in quote (inverse); none where it is out of range.
    ///
    /// ```
    /// use impulse_audit::engine::{Contract, Money, Price};
    ///
    /// // 200 contracts of 100 USD are worth 0.2 BTC at 100,000.
    /// let worth = Contract::Inverse.worth(20_000.into(), Price::new(100_000.into()));
    /// assert_eq!(worth, Some(Money::new("0.2".parse()?)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn worth(self, size: Decimal, price: Price) -> Option<Money> {
        let worth = self.notional(Exact::from(size), Exact::from(price.get()));
        worth.value().map(Money::new)
    }

    /// The size that is worth a notional at a price: the other way round of
    /// [`Contract::worth`].
    pub fn size_worth(self, notional: Money, price: Price) -> Option<Decimal> {
        let (worth, price) = (Exact::from(notional.get()), Exact::from(price.get()));
        match self {
            Self::Linear => (worth / price).value(),
            Self::Inverse => (worth * price).value(),
        }
    }

    /// What a size is worth in the collateral currency at a price: its notional.
    ///
    /// Linear q·P, inverse V/P. Every other formula of the engine is built on this one: profit is
    /// the change of notional since the entry, with the sign of [`Contract::exposure`].
    pub(crate) fn notional(self, size: Exact, price: Exact) -> Exact {
        match self {
            Self::Linear => size * price,
            Self::Inverse => size / price,
        }
    }

    /// The size with the sign with which the equity follows the notional.
    ///
    /// A linear long gains as its notional rises. The notional of an inverse contract is in coin
    /// and rises as the price falls, so there the signs are the other way round.
    pub(crate) fn exposure(self, side: Side, held: Exact) -> Exact {
        match (self, side) {
            (Self::Linear, Side::Long) | (Self::Inverse, Side::Short) => held,
            (Self::Linear, Side::Short) | (Self::Inverse, Side::Long) => -held,
        }
    }

    /// The price at which one unit of size is worth `numerator / denominator`.
    ///
    /// Taken as a ratio so that the division is done once and loses at most the last digit.
    pub(crate) fn price_of_ratio(self, numerator: Exact, denominator: Exact) -> Exact {
        match self {
            Self::Linear => numerator / denominator,
            Self::Inverse => denominator / numerator,
        }
    }
}
