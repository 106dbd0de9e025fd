//! What a venue asks for a market.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::engine::Schedule;

/// What a venue asks for a market: its maintenance schedule, tick and lot, and where they
/// are from. How its contracts are counted it does not say: those are its
/// [`Terms`](super::Terms).
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Rules {
    /// Where the schedule is from, as shown: "Binance USDT-M, example of 2024-10-24".
    pub label: String,
    /// Maintenance tiers, when they are valued, and the fee counted in them.
    pub schedule: Schedule,
    /// The smallest step of a price, in quote currency.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tick: Option<Decimal>,
    /// The smallest step of a quantity, in base or contracts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub lot: Option<Decimal>,
}
