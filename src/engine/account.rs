//! The account as it stands: settled money and open positions.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::contract::{Contract, Mode, Side};
use super::schedule::Schedule;
use super::units::{Money, Price, Quantity, as_text, as_text_or_null};

/// What backs a position.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "mode", rename_all = "snake_case", try_from = "BackingFields")]
pub enum Backing {
    /// The margin assigned to it, with all later additions.
    Isolated {
        /// In the collateral currency.
        margin: Money,
    },
    /// The pool.
    Cross,
}

/// Read field by field, so that an error names the field: a tagged enum forgets its path.
#[derive(Deserialize)]
struct BackingFields {
    mode: Mode,
    margin: Option<Money>,
}

impl TryFrom<BackingFields> for Backing {
    type Error = &'static str;

    fn try_from(fields: BackingFields) -> Result<Self, Self::Error> {
        match (fields.mode, fields.margin) {
            (Mode::Isolated, Some(margin)) => Ok(Self::Isolated { margin }),
            (Mode::Isolated, None) => Err("missing field `margin`"),
            (Mode::Cross, _) => Ok(Self::Cross),
        }
    }
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

/// An open position, as the engine reads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PositionInput {
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
    /// Leverage chosen at the venue, where it is known: it says what margin a cross position binds.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "as_text_or_null"
    )]
    pub leverage: Option<Decimal>,
    /// The venue's maintenance schedule for the symbol.
    pub maintenance: Schedule,
}

/// What a venue counts a margin mode for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ModeScope {
    /// Each position has its own.
    #[default]
    Position,
    /// The whole account has one: who switches it switches every position.
    Account,
}

/// One margin account with one collateral currency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// The collateral currency: a label, such as `USDT`.
    pub collateral: String,
    /// Settled money, isolated margins included, unrealised profit not.
    pub wallet_balance: Money,
    /// Open positions, in any order.
    pub positions: Vec<PositionInput>,
    /// What the venue counts a margin mode for.
    #[serde(default)]
    pub mode_scope: ModeScope,
}
