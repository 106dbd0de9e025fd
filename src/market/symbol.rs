//! One spelling for a market, however a venue or a hand spells it.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::spelling;

/// A market as `BASE/QUOTE`: `btcusdt`, `BTC-USDT-SWAP`, `BTC/USDT:USDT` and `BTC/USDT`
/// are the same one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Symbol(String);

impl Symbol {
    /// Reads a market as typed or imported.
    ///
    /// `collateral` is what the account is counted in, and completes a coin that is written
    /// alone: `BTC` in an account of USDT is `BTC/USDT`, in one of BTC `BTC/USD`. `None` where
    /// there is nothing to read.
    ///
    /// ```
    /// use impulse_audit::market::Symbol;
    ///
    /// for typed in ["btc", "BTCUSDT", "btc-usdt-swap", "BTC/USDT:USDT", "ВТС/USD₮"] {
    ///     assert_eq!(Symbol::read(typed, "USDT").unwrap().as_str(), "BTC/USDT");
    /// }
    /// assert!(Symbol::read("  ", "USDT").is_none());
    /// ```
    pub fn read(typed: &str, collateral: &str) -> Option<Self> {
        let mut symbol = Self::read_once(typed, collateral)?;
        // A spelling within a spelling: it is read until nothing is taken off any more.
        loop {
            let again = Self::read_once(&symbol.0, "")?;
            if again.0.len() >= symbol.0.len() {
                return (again == symbol).then_some(symbol);
            }
            symbol = again;
        }
    }

    fn read_once(typed: &str, collateral: &str) -> Option<Self> {
        let words = spelling::words(&spelling::folded(typed));
        match words.as_slice() {
            [base, quote, ..] => Self::of(base, quote),
            [one] => match spelling::apart(one) {
                Some((base, quote)) => Self::of(base, quote),
                None => Self::completed(one, &currency(collateral)),
            },
            [] => None,
        }
    }

    /// A coin alone is quoted in what the account is counted in; the account's own coin in
    /// dollars, since its contracts are.
    fn completed(base: &str, collateral: &str) -> Option<Self> {
        let quote = match collateral {
            "" => return None,
            coin if spelling::named(base) == coin && !spelling::is_quote(coin) => "USD",
            collateral => collateral,
        };
        Self::of(base, quote)
    }

    fn of(base: &str, quote: &str) -> Option<Self> {
        // BTCUSDT-USDT names its quote twice.
        let mut base = base;
        while let Some((rest, _)) = spelling::apart(base).filter(|(_, own)| *own == quote) {
            base = rest;
        }
        let (base, quote) = (spelling::named(base), spelling::named(quote));
        (base != quote).then(|| Self(format!("{base}/{quote}")))
    }

    /// A market as it stands in a promise: a name alone stands for every market of it.
    pub fn promised(text: &str) -> Self {
        let alone = || Self(spelling::named(&spelling::folded(text)));
        Self::read(text, "").unwrap_or_else(alone)
    }

    /// Whether a promise about this market is about the other one too: they are the same, or of
    /// the same base and of one of them it is not known which market that is.
    ///
    /// ```
    /// use impulse_audit::market::Symbol;
    ///
    /// let read = |typed| Symbol::read(typed, "USDT").unwrap();
    /// assert!(read("BTC/USDT").may_be(&read("BTC/USDX")));
    /// assert!(!read("BTC/USDT").may_be(&read("BTC/USDC")));
    /// ```
    pub fn may_be(&self, other: &Self) -> bool {
        let unknown = || !self.is_known() || !other.is_known();
        self == other || self.base() == other.base() && unknown()
    }

    /// Whether it is quoted in a currency that markets are quoted in.
    fn is_known(&self) -> bool {
        spelling::is_known_quote(self.quote())
    }

    /// `BASE/QUOTE`.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What is bought or sold.
    pub fn base(&self) -> &str {
        self.0.split_once('/').map_or(&self.0, |(base, _)| base)
    }

    /// What its price is counted in; nothing where that is not known.
    pub fn quote(&self) -> &str {
        self.0.split_once('/').map_or("", |(_, quote)| quote)
    }
}

/// A coin or currency by the one name it is known by, however it is spelled: `usdt`, `USD₮`.
pub fn currency(typed: &str) -> String {
    spelling::named(&spelling::folded(typed))
}

impl fmt::Display for Symbol {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
#[path = "symbol_tests.rs"]
mod tests;
