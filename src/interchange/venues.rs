//! Maintenance schedules that venues have published. Always shown with their date: they are
//! examples until the trader has set her own.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::Deserialize;

use crate::audit::{Rules, Symbol, Terms};
use crate::engine::{Basis, Money, Rate, Schedule, Tier, read_decimal};

/// Published schedules of one venue on one day.
#[derive(Clone, Debug, PartialEq)]
pub struct Example {
    /// As shown: "Binance USDT-M, example of 2024-10-24".
    pub label: &'static str,
    /// What the venue asks, for each market.
    pub rules: BTreeMap<Symbol, Rules>,
}

#[derive(Deserialize)]
struct Published {
    tiers: BTreeMap<String, Vec<PublishedTier>>,
}

#[derive(Deserialize)]
struct PublishedTier {
    floor: String,
    rate: String,
    amount: String,
    max_leverage: String,
}

/// Binance USDT-M leverage brackets as published on 2024-10-24, for twelve markets. The
/// requirement is valued at the solved price; no fee is part of it.
pub fn binance_usdt() -> Example {
    const LABEL: &str = "Binance USDT-M, example of 2024-10-24";
    let text = include_str!("../../assets/venues/binance-usdt-m-2024-10-24.json");
    let rules = serde_json::from_str::<Published>(text)
        .map(|published| published.tiers)
        .unwrap_or_default()
        .into_iter()
        .filter_map(|(market, tiers)| {
            let symbol = Symbol::read(&market, "USDT")?;
            let tiers = tiers.iter().map(tier).collect::<Option<Vec<Tier>>>()?;
            let schedule = Schedule {
                basis: Basis::AtSolvedPrice,
                close_fee: Rate::new(Decimal::ZERO),
                tiers,
            };
            Some((
                symbol,
                Rules {
                    label: LABEL.to_owned(),
                    schedule,
                    tick: None,
                    lot: None,
                    terms: Terms::default(),
                },
            ))
        })
        .collect();
    Example {
        label: LABEL,
        rules,
    }
}

fn tier(published: &PublishedTier) -> Option<Tier> {
    let number = |text: &str| read_decimal(text).ok();
    Some(Tier {
        floor: Money::new(number(&published.floor)?),
        rate: Rate::new(number(&published.rate)?),
        amount: Money::new(number(&published.amount)?),
        max_leverage: Some(number(&published.max_leverage)?),
    })
}

#[cfg(test)]
mod tests {
    use rust_decimal::dec;

    use super::*;

    #[test]
    fn all_twelve_published_markets_are_there() {
        let example = binance_usdt();
        assert_eq!(example.rules.len(), 12);
        let btc = &example.rules[&Symbol::read("BTC", "USDT").unwrap()];
        // The published bracket from 3,000,000: 1 %, 11,450, at most 50x.
        let tier = btc.schedule.tiers[3];
        assert_eq!(tier.floor.get(), dec!(3_000_000));
        assert_eq!(tier.rate.get(), dec!(0.01));
        assert_eq!(tier.amount.get(), dec!(11_450));
        assert_eq!(tier.max_leverage, Some(dec!(50)));
    }

    #[test]
    fn no_requirement_jumps_where_one_bracket_follows_another() {
        for (symbol, rules) in binance_usdt().rules {
            for pair in rules.schedule.tiers.windows(2) {
                let at = pair[1].floor.get();
                let of = |tier: &Tier| at * tier.rate.get() - tier.amount.get();
                assert_eq!(of(&pair[0]), of(&pair[1]), "{symbol} at {at}");
            }
        }
    }
}
