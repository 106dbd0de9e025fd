//! The most that can be lost from here: by the price of one symbol, and by all prices together.
//!
//! An end of a band counts when it is within reach, from zero to ten times the price. Where one is, the
//! whole backing can go; else the most that any price within reach takes on its way.

use rust_decimal::Decimal;

use super::contract::{Mode, Side};
use super::equity_line::EquityLine;
use super::error::Error;
use super::exact::Exact;
use super::outcome::{Band, PoolLiquidation, PositionStatus};
use super::units::{Money, Price, Rate};

/// How many times the price is still within reach.
const REACH: Decimal = Decimal::TEN;

impl Band {
    /// The ends that are within reach of a price: above zero, and at most ten times the price.
    #[must_use]
    pub fn within_reach(self, price: Price) -> Self {
        let furthest = price.get().checked_mul(REACH);
        Self {
            low: self.low,
            high: self
                .high
                .filter(|high| furthest.is_none_or(|furthest| high.get() <= furthest)),
        }
    }

    /// The end within reach of a price that lies against a side, else the one on the other side: a
    /// hedge can be closed where the ticket itself would gain.
    pub fn end_against(self, side: Side, price: Price) -> Option<Price> {
        let within = self.within_reach(price);
        within.against(side).or(within.against(side.opposite()))
    }
}

impl PoolLiquidation {
    /// The moves that are within reach: any fall, and a rise to at most ten times the prices.
    #[must_use]
    pub fn within_reach(self) -> Self {
        Self {
            fall: self.fall,
            rise: self.rise.filter(|rise| rise.get() <= furthest_rise()),
        }
    }

    /// The nearer of both, if there is one.
    pub fn nearest(self) -> Option<Rate> {
        [self.fall, self.rise]
            .into_iter()
            .flatten()
            .min_by_key(|end| end.get().abs())
    }
}

/// The common rise that brings every price to the end of what is within reach.
pub(crate) fn furthest_rise() -> Decimal {
    REACH.saturating_sub(Decimal::ONE)
}

/// What a common move does to the pool.
pub(crate) struct Together {
    /// Where the pool goes.
    pub(crate) pool_at: PoolLiquidation,
    /// The most that a common move within reach takes, were the pool never closed.
    pub(crate) most_lost: Decimal,
}

/// The most that can be lost, and in cross what this symbol can take while the others stand still.
pub(crate) struct MaxLoss {
    pub(crate) all: Money,
    pub(crate) alone: Option<Money>,
}

/// The most that can be lost from a price on.
pub(crate) fn max_loss(
    line: &EquityLine<'_>,
    mode: Mode,
    price: Price,
    standing: PositionStatus,
    together: Option<&Together>,
) -> Result<MaxLoss, Error> {
    // Equity below zero is lost already: there is nothing left that could be.
    let backing = line.equity(price)?.max(Decimal::ZERO);
    let has_end = standing.already || !standing.liquidation.within_reach(price).is_open();
    let alone = if has_end {
        backing
    } else {
        line.loss_within_reach(price, times_reach(price)?)?
            .min(backing)
    };
    let all = match together {
        Some(together) if together.pool_at.within_reach().nearest().is_some() => backing,
        Some(together) => together.most_lost.max(alone).min(backing),
        None => alone,
    };
    Ok(MaxLoss {
        all: Money::new(all),
        alone: (mode == Mode::Cross).then_some(Money::new(alone)),
    })
}

/// The furthest price that is within reach.
pub(crate) fn times_reach(price: Price) -> Result<Price, Error> {
    (Exact::from(price.get()) * Exact::from(REACH))
        .settle("ticket.entry")
        .map(Price::new)
}
