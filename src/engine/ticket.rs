//! What the trader proposes to do.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::contract::{Contract, Mode, Side};
use super::schedule::Schedule;
use super::units::{Money, Price, Quantity, Rate, as_text, as_text_or_null, distance, read_count};

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
    /// Deposit the ticket's margin into the pool, for a cross position.
    AddFunds,
    /// Change what backs a position to the ticket's mode.
    SwitchMode,
    /// Close part of a position at the ticket's price.
    Reduce,
    /// Close a position at the ticket's price.
    Close,
}

impl Intent {
    /// Each in the order in which it is offered.
    pub const ALL: [Self; 7] = [
        Self::Open,
        Self::Increase,
        Self::AddMargin,
        Self::SwitchMode,
        Self::Reduce,
        Self::Close,
        Self::AddFunds,
    ];
}

impl Intent {
    /// Whether it takes effect at a fill of its own: then it is an order, and is sized.
    pub const fn is_filled(self) -> bool {
        match self {
            Self::Open | Self::Increase => true,
            Self::AddMargin | Self::AddFunds | Self::SwitchMode | Self::Reduce | Self::Close => {
                false
            }
        }
    }

    /// Whether it takes off quantity: then nothing is asked that could hold it up.
    pub const fn takes_off(self) -> bool {
        matches!(self, Self::Reduce | Self::Close)
    }
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
    #[serde(deserialize_with = "read_count")]
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
    /// Where the price stands now; left out: the entry. Where the ticket is an order it says only how
    /// far away its fill is.
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
    /// The price at which the idea is wrong, as the trader wrote it; only who reduces or closes may
    /// leave it out.
    #[serde(default)]
    pub invalidation: Option<Price>,
    /// The most the trader accepts to lose, as she wrote it; only who reduces or closes may leave it
    /// out.
    #[serde(default)]
    pub acceptable_loss: Option<Money>,
}

impl Ticket {
    /// The price at which the symbol stands now: the mark, else the entry.
    pub fn mark_or_entry(&self) -> Price {
        self.mark.unwrap_or(self.entry)
    }

    /// The price of the moment at which the ticket takes effect: its fill where it opens or increases,
    /// else the mark. Everything is assessed there, and all losses are measured from there.
    ///
    /// A limit order that buys 5 % lower has not lost these 5 % when it is filled.
    pub fn effective_price(&self) -> Price {
        if self.intent.is_filled() {
            self.entry
        } else {
            self.mark_or_entry()
        }
    }

    /// What kind of order it is; none for an intent that is no order.
    pub fn order(&self) -> Option<Order> {
        if !self.intent.is_filled() {
            return None;
        }
        let now = self.mark_or_entry();
        let kind = match (self.entry.cmp(&now), self.side) {
            (Ordering::Equal, _) => OrderKind::Now,
            (Ordering::Less, Side::Long) | (Ordering::Greater, Side::Short) => OrderKind::Limit,
            (Ordering::Greater, Side::Long) | (Ordering::Less, Side::Short) => OrderKind::Stop,
        };
        let distance = distance(now, self.entry)?;
        Some(Order { kind, distance })
    }
}

/// On which side of the present price an order is filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderKind {
    /// At the price as it stands.
    Now,
    /// At a better price: lower for a long, higher for a short.
    Limit,
    /// At a worse price, which the market has to reach first.
    Stop,
}

/// What kind of order a ticket is, and how far from the present price it is filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order {
    /// Now, limit or stop.
    pub kind: OrderKind,
    /// The signed way from the present price to the fill, as a fraction of the first.
    pub distance: Rate,
}

/// How the symbols move together in the joint stress.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Joint {
    /// For each symbol, how far it moves when the common move is 1; 1 where absent.
    #[serde(default, with = "betas")]
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

    use crate::engine::Rate;

    pub(super) fn serialize<S: Serializer>(
        betas: &BTreeMap<String, Decimal>,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        let betas = betas.iter();
        to.collect_map(betas.map(|(symbol, beta)| (symbol, Rate::new(*beta))))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<BTreeMap<String, Decimal>, D::Error> {
        let betas = BTreeMap::<String, Rate>::deserialize(from)?.into_iter();
        Ok(betas.map(|(symbol, beta)| (symbol, beta.get())).collect())
    }
}
