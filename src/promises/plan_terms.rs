//! What a plan says: what it allows, where, how much, and the legs that must stand.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::engine::{Money, Price, Side};
use crate::market::{AccountId, PlanId};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PlanUse {
    /// Opening in cross, or adding to what is held there.
    Cross,
    /// Adding margin to a losing position.
    Rescue,
    /// Switching from isolated to cross.
    Switch,
}

/// A leg of a hedged book.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leg {
    /// The market, as `BASE/QUOTE`.
    pub symbol: String,
    pub side: Side,
    /// At least so much, in base or contracts.
    pub quantity: Decimal,
}

/// `plan.written`: what is planned.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanTerms {
    pub plan: PlanId,
    pub allows: PlanUse,
    pub account: AccountId,
    /// That account's name when it was written.
    pub account_name: String,
    /// In which market, as `BASE/QUOTE`.
    pub symbol: String,
    pub side: Side,
    /// If this, then that, in her own words.
    pub trigger: String,
    /// The most that may be put at stake more, in collateral.
    pub collateral: Money,
    /// The most that the account may lose by it, in collateral.
    pub loss_limit: Money,
    /// Where it is over, in quote currency.
    pub stop: Price,
    /// The legs that must stand, for a hedged book.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub legs: Vec<Leg>,
}
