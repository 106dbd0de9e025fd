//! Brackets of a maintenance schedule that are made here.

use rust_decimal::Decimal;

use crate::engine::{Money, Rate, Tier};

/// One bracket for every notional: a rate that the trader wrote, without amount.
pub fn flat(rate: Rate) -> Vec<Tier> {
    vec![Tier {
        floor: Money::ZERO,
        rate,
        amount: Money::ZERO,
        max_leverage: None,
    }]
}

/// The amounts that make a requirement continuous: amount of a bracket = amount of the one
/// before + floor × (its rate − the rate before). `None` where a product is out of range.
///
/// Source: the same recurrence in Hyperliquid's documents ("Margin tiers"); Binance's published
/// amounts follow it.
pub fn with_continuous_amounts(tiers: &[Tier]) -> Option<Vec<Tier>> {
    let mut whole: Vec<Tier> = Vec::with_capacity(tiers.len());
    for tier in tiers {
        let amount = match whole.last() {
            None => Decimal::ZERO,
            Some(before) => {
                let step = tier.rate.get().checked_sub(before.rate.get())?;
                let added = tier.floor.get().checked_mul(step)?;
                before.amount.get().checked_add(added)?
            }
        };
        whole.push(Tier {
            amount: Money::new(amount),
            ..*tier
        });
    }
    Some(whole)
}
