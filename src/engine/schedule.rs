//! Maintenance schedules: what a venue requires to be left before it closes a position.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::exact::Exact;
use super::units::{Money, Rate, as_text_or_null};

/// When a venue values the requirement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// On the notional at the price itself: it moves with the price (Binance, OKX, Hyperliquid,
    /// dYdX, Gate, Phemex, BingX).
    AtSolvedPrice,
    /// On the notional at the entry (Bybit's older contracts, MEXC, Delta).
    AtEntry,
    /// On the notional at the present mark (Bitget cross).
    AtMark,
    /// A given amount, taken as it is.
    Fixed(Money),
}

/// One bracket of a maintenance schedule: it holds for notionals from `floor` up to the next floor.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tier {
    /// The smallest notional of the bracket, in the collateral currency.
    pub floor: Money,
    /// The maintenance rate on the whole notional.
    pub rate: Rate,
    /// What is taken off again, so that the requirement does not jump at the floor.
    pub amount: Money,
    /// The highest leverage the venue allows in this bracket.
    #[serde(
        default,
        skip_serializing_if = "Option::is_none",
        with = "as_text_or_null"
    )]
    pub max_leverage: Option<Decimal>,
}

/// A venue's maintenance schedule for one symbol: requirement = notional·(rate + close fee) − amount.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schedule {
    /// When the requirement is valued.
    pub basis: Basis,
    /// The taker fee to close, where the venue counts it in the requirement; else 0.
    pub close_fee: Rate,
    /// The brackets, with rising floors from 0.
    pub tiers: Vec<Tier>,
}

impl Schedule {
    /// The bracket a notional lies in: the last one whose floor is not above it; none of no brackets.
    ///
    /// Which notional that is says the [`Basis`]: at a liquidation price it is the notional there, not
    /// the one at the entry.
    pub fn tier_at(&self, notional: Money) -> Option<&Tier> {
        self.tiers
            .iter()
            .rev()
            .find(|tier| tier.floor <= notional)
            .or_else(|| self.tiers.first())
    }

    /// notional·(rate + close fee) − amount, with the rate and amount of the notional's own bracket.
    pub(crate) fn requirement_of(&self, notional: Exact) -> Exact {
        let Some(tier) = self.tier_at(Money::new(notional.value().unwrap_or_default())) else {
            return Exact::ZERO;
        };
        // An empty notional stays empty through the product, whatever bracket was looked at.
        notional * self.rate_in(tier) - Exact::from(tier.amount.get())
    }

    /// Maintenance rate and close fee together: r of the closed forms.
    pub(crate) fn rate_in(&self, tier: &Tier) -> Exact {
        Exact::from(tier.rate.get()) + Exact::from(self.close_fee.get())
    }
}
