//! A position, whoever holds it: what events, the state, imports and tickets are about.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{Rules, Symbol, Terms};
use crate::engine::{self, Backing, Contract, Money, Price, Quantity, Side};

/// To how many digits an average entry is kept: more than any venue shows.
const ENTRY_DIGITS: u32 = 15;

/// A position.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Position {
    /// The market.
    pub symbol: Symbol,
    /// How its contracts are counted and settled.
    pub terms: Terms,
    /// Long or short.
    pub side: Side,
    /// In base, or contracts where its terms say so.
    pub quantity: Quantity,
    /// Average entry price, in quote.
    pub entry: Price,
    /// The price as it was last written, in quote.
    pub mark: Price,
    /// Isolated with its margin, or cross.
    pub backing: Backing,
    /// The leverage chosen at the venue, where it is known: it says what margin a cross position
    /// binds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub leverage: Option<Decimal>,
    /// Maintenance, tick and lot.
    pub rules: Rules,
}

impl Position {
    /// As the engine reads it.
    pub fn for_engine(&self) -> engine::PositionInput {
        let Self {
            symbol,
            terms,
            side,
            quantity,
            entry,
            mark,
            backing,
            leverage,
            rules,
        } = self;
        engine::PositionInput {
            symbol: symbol.as_str().to_owned(),
            contract: terms.contract,
            contract_size: terms.size,
            side: *side,
            quantity: *quantity,
            entry: *entry,
            mark: *mark,
            backing: *backing,
            leverage: *leverage,
            maintenance: rules.schedule.clone(),
        }
    }

    /// Whether it is the same market, side and mode: a venue holds no two of these.
    pub fn is_one_with(&self, other: &Self) -> bool {
        let key = |of: &Self| (of.side, of.backing.mode());
        self.symbol == other.symbol && key(self) == key(other)
    }

    /// Both as one, by this one's rules, terms and leverage: the quantities together, the entry
    /// that leaves the profit at any price as it is, isolated margins together, the mark of the
    /// other. None where they are settled differently, or out of range.
    pub fn joined_with(&self, other: &Self) -> Option<Self> {
        if self.terms.contract != other.terms.contract {
            return None;
        }
        let (size, own) = (self.terms.size, self.quantity.get());
        let joins = other.quantity.get().checked_mul(other.terms.size)?;
        let joins = joins.checked_div(size)?;
        let quantity = own.checked_add(joins)?;
        let entry = match self.terms.contract {
            Contract::Linear => {
                let paid = own.checked_mul(self.entry.get())?;
                let more = joins.checked_mul(other.entry.get())?;
                paid.checked_add(more)?.checked_div(quantity)?
            }
            Contract::Inverse => {
                let coins = own.checked_div(self.entry.get())?;
                let more = joins.checked_div(other.entry.get())?;
                quantity.checked_div(coins.checked_add(more)?)?
            }
        };
        let backing = match (self.backing, other.backing) {
            (Backing::Isolated { margin }, Backing::Isolated { margin: more }) => {
                let margin = margin.get().checked_add(more.get())?;
                Backing::Isolated {
                    margin: Money::new(margin),
                }
            }
            (backing, _) => backing,
        };
        Some(Self {
            quantity: Quantity::new(quantity.normalize()),
            entry: Price::new(entry.round_sf(ENTRY_DIGITS)?.normalize()),
            mark: other.mark,
            backing,
            leverage: self.leverage.or(other.leverage),
            ..self.clone()
        })
    }

    /// Unrealised profit at its mark, in collateral; none where it is out of range.
    pub fn profit(&self) -> Option<Money> {
        self.profit_at(self.mark)
    }

    /// Profit at a price, in collateral; none where it is out of range.
    pub fn profit_at(&self, price: Price) -> Option<Money> {
        engine::profit(&self.for_engine(), price).ok()
    }

    /// Notional at a price, in collateral; none where it is out of range.
    pub fn notional_at(&self, price: Price) -> Option<Money> {
        let notional = self.terms.notional(self.quantity.get(), price.get());
        notional.map(Money::new)
    }
}
