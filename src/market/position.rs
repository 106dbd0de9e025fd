//! A position, whoever holds it: what events, the state, imports and tickets are about.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::{Rules, Symbol, Terms};
use crate::engine::{self, Backing, Money, Price, Quantity, Side};

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
