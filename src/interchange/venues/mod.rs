//! What is known of each venue, kept as one TOML file a venue in `assets/venues/`.
//!
//! Figures are examples with their day and source until the trader has set her own. What is not
//! known is absent: a venue without published tiers has none, and the trader writes a rate.
//!
//! | file | what it is for |
//! | --- | --- |
//! | `file` | the shape of a venue's file, and how it becomes a [`Venue`] |

mod file;
#[cfg(test)]
mod liquidation_tests;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use rust_decimal::Decimal;

use crate::audit::{Rules, Symbol};
use crate::engine::{Basis, Contract, Fees, Mode, Money, Rate, Schedule, Tier};

/// A figure that a venue has published, with when and where it was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Example<T> {
    /// The figure.
    pub value: T,
    /// The day it is of, as `2024-10-24`.
    pub date: String,
    /// Where it was read.
    pub source: String,
}

/// What a venue asks where one bracket of its table follows another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Amounts {
    /// Each rate is asked on the part of the notional within its bracket: amounts make the
    /// requirement continuous.
    Continuous,
    /// The bracket's rate is asked on the whole notional: the requirement jumps at a floor.
    Whole,
}

/// One venue, for one kind of contract.
#[derive(Clone, Debug, PartialEq)]
pub struct Venue {
    /// The name of its file, never changed once released.
    pub id: &'static str,
    /// As shown: "Binance USDT-M".
    pub name: String,
    /// Other names under which [`venue_named`] finds it.
    pub aliases: Vec<String>,
    /// Linear or inverse.
    pub contract: Contract,
    /// What its accounts are counted in, where that is one currency.
    pub collateral: Option<String>,
    /// When it values the requirement.
    pub basis: Basis,
    /// Whether it counts the taker fee to close in the requirement.
    pub fee_in_requirement: bool,
    /// A typical taker fee, as a fraction of the notional.
    pub taker_fee: Option<Example<Rate>>,
    /// Who bears a gap beyond the margin, in words: said, not assumed.
    pub gap: String,
    /// The mode in which its positions begin, where known.
    pub default_mode: Option<Mode>,
    /// What happens where its brackets meet, where known.
    pub amounts: Option<Amounts>,
    /// What else a trader needs to know of its figures; empty where there is nothing.
    pub note: String,
    /// Where and when its tiers were read, and the label they carry ("Binance USDT-M, example
    /// of 2024-10-24"); absent where it has none.
    pub tiers: Option<Example<String>>,
    /// What it asks, for each market with published tiers. The fee to close, where it counts,
    /// is the example's: [`Venue::rules_with`] takes the account's own.
    pub rules: BTreeMap<Symbol, Rules>,
}

impl Venue {
    /// As its tiers are labelled: "Binance USDT-M, example of 2024-10-24"; the bare name where
    /// it has no tiers.
    pub fn label(&self) -> &str {
        self.tiers.as_ref().map_or(&self.name, |tiers| &tiers.value)
    }

    /// A schedule as this venue values it: its basis, and the account's own fee to close where
    /// the venue counts that.
    ///
    /// ```
    /// use impulse_audit::engine::{Fees, Rate};
    /// use impulse_audit::interchange::venues::{flat, venue_named};
    ///
    /// let fees = Fees { open: "0.0005".parse()?, close: "0.0005".parse()? };
    /// let okx = venue_named("okx").unwrap().schedule(flat("0.004".parse()?), fees);
    /// assert_eq!(okx.close_fee, fees.close);
    /// let simple = venue_named("Simple").unwrap().schedule(flat("0.004".parse()?), fees);
    /// assert_eq!(simple.close_fee, Rate::ZERO);
    /// # Ok::<(), impulse_audit::engine::NumberError>(())
    /// ```
    pub fn schedule(&self, tiers: Vec<Tier>, fees: Fees) -> Schedule {
        Schedule {
            basis: self.basis,
            close_fee: if self.fee_in_requirement {
                fees.close
            } else {
                Rate::ZERO
            },
            tiers,
        }
    }

    /// [`Venue::rules`] with the account's own fee to close where the venue counts it.
    pub fn rules_with(&self, fees: Fees) -> BTreeMap<Symbol, Rules> {
        self.rules
            .iter()
            .map(|(symbol, rules)| {
                let schedule = self.schedule(rules.schedule.tiers.clone(), fees);
                (
                    symbol.clone(),
                    Rules {
                        schedule,
                        ..rules.clone()
                    },
                )
            })
            .collect()
    }
}

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

/// Each file with its id, in the order in which they are offered.
const FILES: [(&str, &str); 10] = [
    (
        "binance-usdt-m",
        include_str!("../../../assets/venues/binance-usdt-m.toml"),
    ),
    (
        "binance-coin-m",
        include_str!("../../../assets/venues/binance-coin-m.toml"),
    ),
    ("bybit", include_str!("../../../assets/venues/bybit.toml")),
    ("okx", include_str!("../../../assets/venues/okx.toml")),
    (
        "hyperliquid",
        include_str!("../../../assets/venues/hyperliquid.toml"),
    ),
    ("dydx", include_str!("../../../assets/venues/dydx.toml")),
    ("gate", include_str!("../../../assets/venues/gate.toml")),
    ("bitget", include_str!("../../../assets/venues/bitget.toml")),
    ("kucoin", include_str!("../../../assets/venues/kucoin.toml")),
    ("simple", include_str!("../../../assets/venues/simple.toml")),
];

/// Read once. A file that cannot be read is left out here and fails the tests by name.
static VENUES: LazyLock<Vec<Venue>> = LazyLock::new(|| {
    FILES
        .iter()
        .filter_map(|(id, text)| file::read(id, text).ok())
        .collect()
});

/// Every venue that is known, in the order in which they are offered.
pub fn venues() -> &'static [Venue] {
    &VENUES
}

/// The venue a text names, by its name, its id or another name for it; case, spaces and signs
/// do not count. `None` where it names none, or could name several ("Binance").
///
/// ```
/// use impulse_audit::interchange::venues::venue_named;
///
/// assert_eq!(venue_named("binance usdt-m").unwrap().id, "binance-usdt-m");
/// assert_eq!(venue_named("BinanceCoinM").unwrap().id, "binance-coin-m");
/// assert!(venue_named("Binance").is_none());
/// assert!(venue_named("").is_none());
/// ```
pub fn venue_named(text: &str) -> Option<&'static Venue> {
    let wanted = bare(text);
    if wanted.is_empty() {
        return None;
    }
    VENUES.iter().find(|venue| {
        [venue.id, &venue.name]
            .into_iter()
            .chain(venue.aliases.iter().map(String::as_str))
            .any(|name| bare(name) == wanted)
    })
}

fn bare(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}
