//! What the trader proposes to do.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::contract::{Contract, Mode, Side};
use super::schedule::Schedule;
use super::units::{Money, Price, Quantity, Rate, as_text, as_text_or_null};

/// What is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Intent {
    /// Add a position.
    Open,
    /// Add quantity, and the ticket's margin, to a position.
    Increase,
    /// Move the ticket's margin from the pool to a position.
    AddMargin,
    /// Change what backs a position to the ticket's mode.
    SwitchMode,
    /// Close part of a position at the ticket's price.
    Reduce,
    /// Close a position at the ticket's price.
    Close,
}

/// Trading fees as fractions of the notional.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fees {
    /// Paid when a position is opened or increased.
    pub open: Rate,
    /// Paid when it is closed or reduced.
    pub close: Rate,
}

/// Funding that is owed and that is to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Funding {
    /// For one interval, as a fraction of the notional; what a long pays (below zero: receives).
    pub rate: Rate,
    /// How many intervals the position is meant to be held.
    pub intervals: u32,
    /// Owed already, not yet taken from the wallet; below zero it is to be received.
    pub owed: Money,
}

/// What the trader proposes to do.
///
/// For any intent but [`Intent::Open`] the position itself comes from the account; `entry` is then
/// the price at which the ticket trades, and `quantity` what it adds or closes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ticket {
    /// What is to be done.
    pub intent: Intent,
    /// The name of the contract.
    pub symbol: String,
    /// Linear or inverse.
    pub contract: Contract,
    /// Linear: base currency in one contract. Inverse: face value of one contract in the quote.
    #[serde(with = "as_text")]
    pub contract_size: Decimal,
    /// Long or short.
    pub side: Side,
    /// Number of contracts.
    pub quantity: Quantity,
    /// Price at which the ticket trades.
    pub entry: Price,
    /// Price at which the venue values the symbol now; left out: the entry.
    #[serde(default)]
    pub mark: Option<Price>,
    /// The chosen margin mode.
    pub mode: Mode,
    /// Margin to be assigned; left out: notional / leverage.
    #[serde(default)]
    pub margin: Option<Money>,
    /// Leverage chosen at the venue.
    #[serde(default, with = "as_text_or_null")]
    pub leverage: Option<Decimal>,
    /// Trading fees.
    pub fees: Fees,
    /// Funding.
    pub funding: Funding,
    /// Smallest step of the price; liquidation prices are rounded to it, toward the mark.
    #[serde(default, with = "as_text_or_null")]
    pub tick: Option<Decimal>,
    /// Smallest step of the quantity; sizes are rounded down to it.
    #[serde(default, with = "as_text_or_null")]
    pub lot: Option<Decimal>,
    /// The venue's maintenance schedule for the symbol.
    pub maintenance: Schedule,
    /// The price at which the idea is wrong, as the trader wrote it.
    pub invalidation: Price,
    /// The most the trader accepts to lose, as she wrote it.
    pub acceptable_loss: Money,
}

impl Ticket {
    /// The price at which the symbol is valued now: the mark, else the entry.
    pub fn mark_or_entry(&self) -> Price {
        self.mark.unwrap_or(self.entry)
    }
}

/// How the symbols move together in the joint stress.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Joint {
    /// For each symbol, how far it moves when the common move is 1; 1 where absent.
    #[serde(with = "betas")]
    pub betas: BTreeMap<String, Decimal>,
}

impl Joint {
    /// The beta of a symbol: 1 unless set.
    pub fn beta(&self, symbol: &str) -> Decimal {
        self.betas.get(symbol).copied().unwrap_or(Decimal::ONE)
    }
}

mod betas {
    use std::collections::BTreeMap;

    use rust_decimal::Decimal;
    use serde::{Deserialize as _, Deserializer, Serializer};

    use crate::engine::units::read_decimal;

    pub(super) fn serialize<S: Serializer>(
        betas: &BTreeMap<String, Decimal>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        to.collect_map(
            betas
                .iter()
                .map(|(symbol, beta)| (symbol, beta.normalize().to_string())),
        )
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<BTreeMap<String, Decimal>, D::Error> {
        BTreeMap::<String, String>::deserialize(from)?
            .into_iter()
            .map(|(symbol, text)| {
                Ok((
                    symbol,
                    read_decimal(&text).map_err(serde::de::Error::custom)?,
                ))
            })
            .collect()
    }
}
