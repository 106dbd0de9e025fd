//! What a text holds, before it is held against an account.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::engine::{Contract, Mode, Money, Price, Rate, Side, Tier};
use crate::market::Symbol;

/// What was read from one text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Snapshot {
    /// Open positions.
    pub positions: Vec<ImportedPosition>,
    /// Whether the text says which positions are open: only then can one be missing from it.
    pub says_positions: bool,
    /// Money, for each currency.
    pub balances: BTreeMap<String, ImportedBalance>,
    /// Leverage tiers, for each market.
    pub tiers: BTreeMap<Symbol, ImportedTiers>,
    /// What is in the text and was not read, with the reason.
    pub left_out: Vec<ImportNote>,
}

/// Something the trader is told, and need not answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportNote {
    /// What it is about: a market as ccxt spells it, a currency, or a place in the text.
    pub about: String,
    /// One or two sentences.
    pub words: String,
}

/// One open position as ccxt gives it. What is `None` was null, missing, or zero where zero
/// means nothing.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportedPosition {
    /// The market as ccxt spells it: `BTC/USDT:USDT`.
    pub spelled: String,
    /// The market as this app spells it.
    pub symbol: Symbol,
    /// The currency it settles in.
    pub settle: Option<String>,
    /// Linear or inverse: whether it settles in the quote or in the base.
    pub contract: Option<Contract>,
    /// Long or short.
    pub side: Option<Side>,
    /// Number of contracts, above zero.
    pub contracts: Option<Decimal>,
    /// Linear: base in one contract. Inverse: face value of one contract in quote.
    pub contract_size: Option<Decimal>,
    /// Average entry price, in quote.
    pub entry: Option<Price>,
    /// Mark price, in quote.
    pub mark: Option<Price>,
    /// What the position is worth at the mark, in the settlement currency.
    pub notional: Option<Money>,
    /// Isolated or cross.
    pub mode: Option<Mode>,
    /// What may be the margin assigned to it; see [`MarginReading`].
    pub margins: Vec<MarginReading>,
    /// Open profit (below zero: loss) at the mark, in the settlement currency.
    pub unrealised: Option<Money>,
    /// Maintenance as a fraction of the notional, as the venue reports it for this position.
    pub maintenance_rate: Option<Rate>,
    /// The leverage chosen for it at the venue.
    pub leverage: Option<Decimal>,
    /// The venue's own liquidation price: shown beside, never computed with. Null, zero and
    /// negative mean that there is none.
    pub liquidation: Option<Price>,
    /// Whether the opposite side opens a position of its own; null says nothing.
    pub hedged: Option<bool>,
}

/// A figure that may be the margin assigned to an isolated position, without open profit.
///
/// ccxt documents `collateral` as the most that can be lost, *affected by* the open profit, and
/// `initialMargin` as what is locked up. Since 2026 it also gives `positionMargin`, which is
/// exactly the assigned margin. Older versions put the bare margin into `collateral` for some
/// venues, and for some venues `initialMargin` is notional / leverage, which is not what is
/// assigned once margin was added. So only `positionMargin`, or two documented figures that
/// agree, are taken without a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct MarginReading {
    /// In the settlement currency, above zero.
    pub amount: Money,
    /// Where it is from.
    pub source: MarginSource,
}

/// Where a [`MarginReading`] is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MarginSource {
    /// `positionMargin`: the assigned margin.
    PositionMargin,
    /// `collateral` less `unrealizedPnl`.
    CollateralLessProfit,
    /// `collateral` as it stands.
    Collateral,
    /// `initialMargin`.
    InitialMargin,
}

impl MarginSource {
    /// As said to the trader.
    pub fn words(self) -> &'static str {
        match self {
            Self::PositionMargin => "the position's margin",
            Self::CollateralLessProfit => "its collateral without the open profit",
            Self::Collateral => "its collateral as it stands",
            Self::InitialMargin => "its initial margin",
        }
    }
}

impl ImportedPosition {
    /// The assigned margin where the text leaves no doubt; see [`MarginReading`].
    pub fn assigned_margin(&self) -> Option<Money> {
        let of = |source| {
            self.margins
                .iter()
                .find(|reading| reading.source == source)
                .map(|reading| reading.amount)
        };
        of(MarginSource::PositionMargin).or_else(|| {
            let bare = of(MarginSource::CollateralLessProfit)?;
            let no_profit = self.unrealised == Some(Money::ZERO);
            (no_profit || of(MarginSource::InitialMargin) == Some(bare)).then_some(bare)
        })
    }
}

/// Money of one currency as ccxt gives it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ImportedBalance {
    /// `total`, which holds open profit at some venues and not at others.
    pub total: Option<Money>,
    /// `free`.
    pub free: Option<Money>,
    /// `used`.
    pub used: Option<Money>,
    /// The settled balance without open profit, where the venue's own answer (`info`) names it.
    pub settled: Option<Money>,
    /// The name of that field: `walletBalance`, `cashBal`.
    pub settled_field: Option<&'static str>,
}

/// Leverage tiers of one market.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportedTiers {
    /// The market as ccxt spells it.
    pub spelled: String,
    /// The currency in which floors are counted and the market settles.
    pub settle: Option<String>,
    /// The brackets; floors rise from 0. Amounts are 0 where they are not given.
    pub tiers: Vec<Tier>,
    /// Whether the text gives the maintenance amounts (ccxt has no field for them: they stand
    /// in `info` at some venues). One bracket alone needs none.
    pub amounts_given: bool,
}
