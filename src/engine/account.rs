//! The account as it stands: settled money and open positions.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::contract::{Contract, Mode, Side};
use super::schedule::Schedule;
use super::units::{Money, Price, Quantity, as_text};

/// What backs a position.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "mode", rename_all = "snake_case")]
pub enum Backing {
    /// The margin assigned to it, with all later additions.
    Isolated {
        /// In the collateral currency.
        margin: Money,
    },
    /// The pool.
    Cross,
}

impl Backing {
    /// The mode this backing belongs to.
    pub const fn mode(&self) -> Mode {
        match self {
            Self::Isolated { .. } => Mode::Isolated,
            Self::Cross => Mode::Cross,
        }
    }
}

/// An open position.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    /// The name of the contract, such as `BTC/USDT`.
    pub symbol: String,
    /// Linear or inverse.
    pub contract: Contract,
    /// Linear: base currency in one contract. Inverse: face value of one contract in the quote.
    #[serde(with = "as_text")]
    pub contract_size: Decimal,
    /// Long or short.
    pub side: Side,
    /// Number of contracts, above zero.
    pub quantity: Quantity,
    /// Average entry price.
    pub entry: Price,
    /// Price at which the venue values it now.
    pub mark: Price,
    /// What backs it.
    pub backing: Backing,
    /// The venue's maintenance schedule for the symbol.
    pub maintenance: Schedule,
}

/// One margin account with one collateral currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// The collateral currency: a label, such as `USDT`.
    pub collateral: String,
    /// Settled money, isolated margins included, unrealised profit not.
    pub wallet_balance: Money,
    /// Open positions, in any order.
    pub positions: Vec<Position>,
}
