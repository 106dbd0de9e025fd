//! One spelling for a market, however a venue or a hand spells it.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A market as `BASE/QUOTE`: `btcusdt`, `BTC-USDT-SWAP`, `BTC/USDT:USDT` and `BTC/USDT`
/// are the same one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Symbol(String);

/// Quote currencies that venues run together with the base. Longer ones first, so that
/// `BTCUSDT` is not read as a market against `USD` or `T`.
const QUOTES: [&str; 8] = [
    "FDUSD", "USDT", "USDC", "BUSD", "TUSD", "USDE", "USD", "EUR",
];

/// Words that venues append for the kind of contract.
const SUFFIXES: [&str; 7] = [
    "PERPETUAL",
    "PERP",
    "SWAP",
    "FUTURES",
    "UMCBL",
    "DMCBL",
    "INTX",
];

/// Words that venues put in front of a market for the kind of contract.
const PREFIXES: [&str; 4] = ["PF", "PI", "FF", "FI"];

/// Names under which venues list a coin that is better known by another.
const OTHER_NAMES: [(&str, &str); 2] = [("XBT", "BTC"), ("XDG", "DOGE")];

impl Symbol {
    /// Reads a market as typed or imported.
    ///
    /// `collateral` is the quote that is meant where none is written: `BTC` in an account of
    /// USDT is `BTC/USDT`. `None` where there is nothing to read.
    ///
    /// ```
    /// use impulse_audit::market::Symbol;
    ///
    /// for typed in ["btc", "BTCUSDT", "btc-usdt-swap", "BTC/USDT:USDT", "BTC_USDT"] {
    ///     assert_eq!(Symbol::read(typed, "USDT").unwrap().as_str(), "BTC/USDT");
    /// }
    /// assert!(Symbol::read("  ", "USDT").is_none());
    /// ```
    pub fn read(typed: &str, collateral: &str) -> Option<Self> {
        let upper = typed.trim().to_uppercase();
        let mut parts: Vec<&str> = market_of(&upper)
            .split(|c: char| !c.is_alphanumeric())
            .filter(|part| !part.is_empty() && !SUFFIXES.contains(part))
            .filter(|part| !is_day(part))
            .collect();
        // PF_XBTUSD has its market behind the prefix; PI/USDT is a coin of that name.
        if let [first, market, ..] = parts.as_slice()
            && PREFIXES.contains(first)
            && is_whole(market)
        {
            parts.remove(0);
        }
        // BTCUSDT.P, but TUSD/USDT.
        if let [first, second, ..] = parts.as_slice()
            && is_whole(first)
            && !QUOTES.contains(second)
        {
            parts.truncate(1);
        }
        match parts.as_slice() {
            [base, quote, ..] => Some(Self::of(base, quote)),
            [one] => {
                let one = SUFFIXES
                    .iter()
                    .find_map(|suffix| one.strip_suffix(suffix))
                    .filter(|rest| !rest.is_empty())
                    .unwrap_or(one);
                // One venue ends its futures in an M behind the quote.
                let one = one
                    .strip_suffix('M')
                    .filter(|rest| QUOTES.iter().any(|quote| rest.ends_with(quote)))
                    .unwrap_or(one);
                let split = QUOTES.iter().find_map(|quote| {
                    one.strip_suffix(quote)
                        .filter(|base| !base.is_empty())
                        .map(|base| (base, *quote))
                });
                let collateral = collateral.trim().to_uppercase();
                match split {
                    Some((base, quote)) => Some(Self::of(base, quote)),
                    None if collateral.is_empty() => None,
                    None => Some(Self::of(one, &collateral)),
                }
            }
            [] => None,
        }
    }

    fn of(base: &str, quote: &str) -> Self {
        let known = |name: &str| {
            let other = OTHER_NAMES.iter().find(|(other, _)| *other == name);
            other.map_or(name, |(_, known)| known).to_owned()
        };
        Self(format!("{}/{}", known(base), known(quote)))
    }

    /// `BASE/QUOTE`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What is bought or sold.
    pub fn base(&self) -> &str {
        self.0.split('/').next().unwrap_or(&self.0)
    }
}

/// What stands before the settlement currency, as in `BTC/USDT:USDT`, or behind the name of an
/// exchange, as in `BINANCE:BTCUSDT.P`.
fn market_of(typed: &str) -> &str {
    match typed.split_once(':') {
        Some((first, _)) if is_whole(first) || first.contains(|c: char| !c.is_alphanumeric()) => {
            first
        }
        Some((_, rest)) if !rest.trim().is_empty() => rest,
        Some((first, _)) => first,
        None => typed,
    }
}

/// Whether this is the day on which a contract is settled: `240329`, `29MAR24`.
fn is_day(part: &str) -> bool {
    let is_digit = |c: char| c.is_ascii_digit();
    let month = part.trim_matches(is_digit);
    let digits = part.len().saturating_sub(month.len());
    match month.len() {
        0 => digits == 6 || digits == 8,
        3 => part.starts_with(is_digit) && (3..=4).contains(&digits),
        _ => false,
    }
}

/// Whether this is base and quote run together.
fn is_whole(market: &str) -> bool {
    QUOTES
        .iter()
        .any(|quote| market.len() > quote.len() && market.ends_with(quote))
}

impl fmt::Display for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_spellings_of_a_venue_are_one_market() {
        for typed in [
            "BTC/USDT",
            "btcusdt",
            "BTC-USDT",
            "BTC_USDT",
            "BTC-USDT-SWAP",
            "BTCUSDTPERP",
            "btc",
            "BTC/USDT:USDT",
        ] {
            assert_eq!(
                Symbol::read(typed, "USDT").map(|s| s.0),
                Some("BTC/USDT".into()),
                "{typed}"
            );
        }
        for typed in [
            "xbt",
            "XBTUSDTM",
            "XBTUSDT",
            "PF_XBTUSDT",
            "BTC-USDT-PERP-INTX",
            "BTCUSDT.P",
            "BINANCE:BTCUSDT.P",
            "OKX:BTCUSDT",
            "BTCUSDT_240329",
            "BTC-USDT-240329",
            "BTC-29MAR24",
            "BTC/USDT:USDT-240329",
            "BTCUSDT Perpetual",
            "btcusdt:",
        ] {
            assert_eq!(
                Symbol::read(typed, "USDT").map(|s| s.0),
                Some("BTC/USDT".into()),
                "{typed}"
            );
        }
        assert_eq!(
            Symbol::read("1000PEPEUSDT", "USDT").unwrap().as_str(),
            "1000PEPE/USDT"
        );
        assert_eq!(Symbol::read("pi_usdt", "USDT").unwrap().as_str(), "PI/USDT");
        assert_eq!(
            Symbol::read("ETHUSDC", "USDT").unwrap().as_str(),
            "ETH/USDC"
        );
        assert_eq!(Symbol::read("TUSD/USDT", "").unwrap().as_str(), "TUSD/USDT");
        assert_eq!(Symbol::read("ETH-BTC", "BTC").unwrap().as_str(), "ETH/BTC");
        assert_eq!(
            Symbol::read("xyz:TSLA", "USDC").unwrap().as_str(),
            "TSLA/USDC"
        );
        assert_eq!(Symbol::read("usdt", "").map(|s| s.0), None);
        assert!(Symbol::read("—", "USDT").is_none());
    }

    proptest! {
        #[test]
        fn reading_a_symbol_again_changes_nothing(
            typed in prop_oneof!["\\PC{0,16}", "[A-Za-z0-9]{1,9}[-_/:. ]?[A-Z0-9]{0,9}([-_/:. ][A-Z0-9]{1,6})?"],
        ) {
            if let Some(once) = Symbol::read(&typed, "USDT") {
                prop_assert_eq!(Symbol::read(once.as_str(), "USDC"), Some(once));
            }
        }
    }
}
