//! Markets as ccxt spells them: `BASE/QUOTE:SETTLE`, with a date behind where they expire.

use crate::engine::Contract;
use crate::market::Symbol;

/// A market that can be imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Market {
    pub(super) symbol: Symbol,
    /// What it settles in; none where the spelling does not say.
    pub(super) settle: Option<String>,
    /// Linear or inverse; none where the spelling does not say.
    pub(super) contract: Option<Contract>,
}

/// Reads a spelling; the error says why this market is left out.
pub(super) fn market(spelled: &str) -> Result<Market, &'static str> {
    let upper = spelled.trim().to_uppercase();
    let (pair, settle) = match upper.split_once(':') {
        Some((pair, settle)) => (pair, Some(settle)),
        None => (upper.as_str(), None),
    };
    if settle.is_some_and(|settle| settle.contains('-')) {
        return Err(
            "It expires on a day, so it is another market than the perpetual of that name; it is not read.",
        );
    }
    let unknown = "Its name can't be told apart from other markets here; it is not read.";
    let Some((base, quote)) = pair.split_once('/') else {
        return Err(unknown);
    };
    // A name with further signs in it (as `XYZ-TSLA`) would be shortened to another market's.
    let symbol = Symbol::read(pair, "")
        .filter(|symbol| symbol.as_str() == format!("{base}/{quote}"))
        .ok_or(unknown)?;
    let contract = match settle {
        None => None,
        Some(settle) if settle == quote => Some(Contract::Linear),
        Some(settle) if settle == base => Some(Contract::Inverse),
        Some(_) => {
            return Err(
                "It settles in a currency that is neither its base nor its quote; such contracts are not read.",
            );
        }
    };
    Ok(Market {
        symbol,
        settle: settle.map(str::to_owned),
        contract,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_settlement_tells_linear_from_inverse() {
        let of = |spelled| {
            let Market {
                symbol,
                settle,
                contract,
            } = market(spelled).unwrap();
            (symbol.as_str().to_owned(), settle, contract)
        };
        let usdt = Some("USDT".to_owned());
        assert_eq!(
            of("BTC/USDT:USDT"),
            ("BTC/USDT".into(), usdt, Some(Contract::Linear))
        );
        assert_eq!(
            of("BTC/USD:BTC"),
            (
                "BTC/USD".into(),
                Some("BTC".into()),
                Some(Contract::Inverse)
            )
        );
        assert_eq!(of("BTC/USDT"), ("BTC/USDT".into(), None, None));
        assert_eq!(of("kPEPE/USDC:USDC").0, "KPEPE/USDC");
        assert_eq!(of("PERP/USDT:USDT").0, "PERP/USDT");
    }

    #[test]
    fn a_market_that_would_be_taken_for_another_is_left_out() {
        for spelled in [
            "BTC/USDT:USDT-241227",
            "BTC/USD:BTC-241227-60000-C",
            "XYZ-TSLA/USDC:USDC",
            "BTC/USD:USDT",
            "BTCUSDT",
            "/USDT:USDT",
            "",
            ":",
            "A/B/C",
        ] {
            assert!(market(spelled).is_err(), "{spelled}");
        }
    }
}
