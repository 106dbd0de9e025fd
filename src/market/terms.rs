//! How a market's contracts are counted and settled.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::Symbol;
use crate::engine::{Contract, Money, Price};

/// How a market's contracts are counted and settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    pub contract: Contract,
    /// Linear: base in one contract, 1 where quantities are in base. Inverse: face value of one
    /// contract in quote.
    pub size: Decimal,
}

impl Default for Terms {
    /// Linear, counted in base.
    fn default() -> Self {
        Self {
            contract: Contract::Linear,
            size: Decimal::ONE,
        }
    }
}

impl Terms {
    /// What a quantity is counted in: the coin itself, or contracts.
    pub fn unit(self, symbol: &Symbol) -> &str {
        match self.contract {
            Contract::Linear if self.size == Decimal::ONE => symbol.base(),
            Contract::Linear | Contract::Inverse => "contracts",
        }
    }

    /// What a quantity is worth at a price, in collateral; none where it is out of range.
    pub fn notional(self, quantity: Decimal, price: Decimal) -> Option<Decimal> {
        let size = quantity.checked_mul(self.size)?;
        self.contract.worth(size, Price::new(price)).map(Money::get)
    }

    /// The quantity that is worth a notional at a price; none where it is out of range.
    pub fn quantity(self, notional: Decimal, price: Decimal) -> Option<Decimal> {
        self.contract
            .size_worth(Money::new(notional), Price::new(price))?
            .checked_div(self.size)
    }
}
