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
const SUFFIXES: [&str; 4] = ["PERPETUAL", "PERP", "SWAP", "UMCBL"];

impl Symbol {
    /// Reads a market as typed or imported.
    ///
    /// `collateral` is the quote that is meant where none is written: `BTC` in an account of
    /// USDT is `BTC/USDT`. `None` where there is nothing to read.
    ///
    /// ```
    /// use impulse_audit::audit::Symbol;
    ///
    /// for typed in ["btc", "BTCUSDT", "btc-usdt-swap", "BTC/USDT:USDT", "BTC_USDT"] {
    ///     assert_eq!(Symbol::read(typed, "USDT").unwrap().as_str(), "BTC/USDT");
    /// }
    /// assert!(Symbol::read("  ", "USDT").is_none());
    /// ```
    pub fn read(typed: &str, collateral: &str) -> Option<Self> {
        let upper = typed.trim().to_uppercase();
        let market = upper.split(':').next().unwrap_or_default();
        let mut parts: Vec<&str> = market
            .split(|c: char| !c.is_alphanumeric())
            .filter(|part| !part.is_empty() && !SUFFIXES.contains(part))
            .collect();
        if parts.len() > 2 {
            parts.truncate(2);
        }
        match parts.as_slice() {
            [base, quote] => Some(Self(format!("{base}/{quote}"))),
            [one] => {
                let one = SUFFIXES
                    .iter()
                    .find_map(|suffix| one.strip_suffix(suffix))
                    .filter(|rest| !rest.is_empty())
                    .unwrap_or(one);
                let split = QUOTES.iter().find_map(|quote| {
                    one.strip_suffix(quote)
                        .filter(|base| !base.is_empty())
                        .map(|base| (base, *quote))
                });
                let collateral = collateral.trim().to_uppercase();
                match split {
                    Some((base, quote)) => Some(Self(format!("{base}/{quote}"))),
                    None if collateral.is_empty() => None,
                    None => Some(Self(format!("{one}/{collateral}"))),
                }
            }
            _ => None,
        }
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

impl fmt::Display for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
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
        assert_eq!(
            Symbol::read("1000PEPEUSDT", "USDT").unwrap().as_str(),
            "1000PEPE/USDT"
        );
        assert_eq!(
            Symbol::read("ETHUSDC", "USDT").unwrap().as_str(),
            "ETH/USDC"
        );
        assert_eq!(Symbol::read("usdt", "").map(|s| s.0), None);
        assert!(Symbol::read("—", "USDT").is_none());
    }

    #[test]
    fn reading_a_symbol_again_changes_nothing() {
        for typed in ["sol", "ETH-PERP", "xrpusdt"] {
            let once = Symbol::read(typed, "USDT").unwrap();
            assert_eq!(Symbol::read(once.as_str(), "USDC").unwrap(), once);
        }
    }
}
