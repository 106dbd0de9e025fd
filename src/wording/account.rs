//! An account and the rules of its markets: how they are asked for, and in a line each.

use crate::engine::{Basis, Contract, Rate};
use crate::market::{Rules, Symbol, Terms};
use crate::record::{Account, AccountSet, OpenPosition};

use crate::input::figures;

use super::ticket;

/// What the wallet balance is.
pub const WALLET_IS: &str = "The wallet balance is settled money: without the open profit and loss, with the margins of isolated positions.";

/// The way without the venue's published tiers.
pub const NO_TIERS: &str = "None; I write rates myself";

/// What is known of the venue's fee, and how to write it.
pub fn fee_note(published: Option<(Rate, &str)>) -> String {
    match published {
        Some((fee, date)) => format!(
            "In percent of the notional. Published on {date}: {}",
            figures::percent(fee, 4)
        ),
        None => "In percent of the notional, like 0.05".to_owned(),
    }
}

/// What is said of a venue that is not known.
pub const UNKNOWN_VENUE: &str = "This venue is not known here: its requirement is valued as the price moves, without a fee, unless you write a market's rules.";

/// When a requirement is valued.
pub fn valued(basis: Basis) -> &'static str {
    match basis {
        Basis::AtSolvedPrice => "as the price moves",
        Basis::AtEntry => "at the entry",
        Basis::AtMark => "at the price now",
        Basis::Fixed(_) => "as a fixed amount",
    }
}

/// When a venue values the requirement of a market: what can be chosen.
pub const VALUED: [Basis; 3] = [Basis::AtSolvedPrice, Basis::AtEntry, Basis::AtMark];
/// Which venue does which.
pub const VALUED_BY: &str = "As the price moves: Binance, OKX, Hyperliquid, dYdX, Gate. At the entry: Bybit's older contracts, MEXC. At the price now: Bitget in cross.";

/// The fee that a requirement counts.
pub const CLOSE_FEE: &str = "Taker fee counted in the requirement";
/// Which venue counts it.
pub const CLOSE_FEE_BY: &str =
    "OKX, Bybit, Gate, KuCoin and Bitget count it; Binance, Hyperliquid and dYdX do not";

/// That fee as it is where none is written: "0.05 %, if left empty".
pub fn usual_close_fee(fee: Rate) -> String {
    if fee == Rate::ZERO {
        "none, if left empty".to_owned()
    } else {
        format!("{}, if left empty", figures::percent(fee, 4))
    }
}

/// In what a market settles: what can be chosen.
pub const SETTLED: [(Contract, &str); 2] = [
    (Contract::Linear, "In the quote currency"),
    (Contract::Inverse, "In the coin"),
];

/// What the size of a contract is called.
pub fn size_label(contract: Contract) -> &'static str {
    match contract {
        Contract::Linear => "Size of one contract",
        Contract::Inverse => "Face value of one contract",
    }
}

/// What it is.
pub fn size_note(contract: Contract) -> &'static str {
    match contract {
        Contract::Linear => {
            "How much of the coin, where your venue counts contracts, like 0.01; empty where it counts the coin itself"
        }
        Contract::Inverse => {
            "In the quote currency, like 100; quantities are numbers of contracts then"
        }
    }
}

/// The smallest step of a price.
pub const TICK: &str = "Smallest step of the price";
/// The smallest step of a quantity.
pub const LOT: &str = "Smallest step of the quantity";

/// The maintenance of a market.
pub const MAINTENANCE: &str = "Maintenance of this market";
/// The way without what the venue has published for it.
pub const OWN_RATE: &str = "A rate of your own";
/// That rate in the window, which has room for a table.
pub const TIERS: &str = "Maintenance: one rate in percent, or one tier a line";
/// What a line of it is.
pub const TIER: &str = "A tier is its floor, its rate in percent, its amount: 50000 0.5 50";
/// What is kept where nothing is written: "Empty leaves it: your own, 0.5 % flat".
pub fn maintenance_kept(label: &str) -> String {
    format!("Empty leaves it: {label}")
}

/// Said where a market's rules are not known.
pub fn nothing_known(symbol: &Symbol, venue: &str) -> String {
    format!("Nothing is known here of what {venue} asks for {symbol}.")
}

/// Said where nobody has said how the contracts of a market are counted.
pub fn settled_in_the_coin(symbol: &Symbol) -> String {
    format!(
        "{symbol} is settled in the coin: its contracts are counted by a face value, which its rules say."
    )
}

/// The way for one ticket.
pub const RATE_ALONE: &str = "A rate for this trade alone";
/// The way for every ticket from now on.
pub const WRITE_RULES: &str = "Write its rules";

/// The rules of a market in a line: "BTC/USD: your own, 0.5 % flat; in contracts of 100 USD,
/// settled in BTC; tick 0.1; lot 1".
pub fn rules(symbol: &Symbol, rules: &Rules, terms: Terms) -> String {
    let mut parts = vec![rules.label.clone()];
    parts.extend(counted(symbol, terms));
    let steps = [("tick", rules.tick), ("lot", rules.lot)];
    parts.extend(steps.into_iter().filter_map(|(name, step)| {
        let step = crate::input::number::format(step?);
        Some(format!("{name} {step}"))
    }));
    format!("{symbol}: {}", parts.join("; "))
}

/// How quantities are counted, where that is not in the coin itself.
fn counted(symbol: &Symbol, terms: Terms) -> Option<String> {
    let size = crate::input::number::format(terms.size);
    match terms.contract {
        Contract::Inverse => Some(format!(
            "in contracts of {size} {}, settled in {}",
            symbol.quote(),
            symbol.base()
        )),
        Contract::Linear if terms.unit(symbol) != symbol.base() => {
            Some(format!("in contracts of {size} {}", symbol.base()))
        }
        Contract::Linear => None,
    }
}

/// What a taker pays, and how the requirement is valued: "Taker fee 0.05 %. The requirement is
/// valued as the price moves, without a fee in it."
pub fn terms(set: &AccountSet) -> String {
    let fee = if set.requirement.counts_fee {
        "with the fee to close in it"
    } else {
        "without a fee in it"
    };
    format!(
        "Taker fee {}. The requirement is valued {}, {fee}.",
        figures::percent(set.fees.open, 4),
        valued(set.requirement.basis)
    )
}

/// For how many markets rules are known.
pub fn known_markets(markets: usize) -> String {
    match markets {
        0 => "No maintenance rules known yet: each ticket asks for a rate.".to_owned(),
        1 => "Maintenance rules known for 1 market.".to_owned(),
        many => format!("Maintenance rules known for {many} markets."),
    }
}

/// What is said once an import is taken in.
pub const TAKEN_IN: &str = "Taken in.";
/// What stands above what an import does not take.
pub const LEFT_OUT: &str = "Left out";

/// What is said of a wallet balance that an import leaves.
pub fn wallet_stays(account: &Account) -> String {
    let set = &account.set;
    format!(
        "The wallet balance stays {} {}.",
        figures::money(set.wallet_balance),
        set.collateral
    )
}

/// What is said of a position that an import leaves.
pub fn position_stays(open: &OpenPosition) -> String {
    format!("{} stays as it is.", ticket::position(open))
}

/// What is said of something in a text that is not taken in.
pub fn not_taken(name: &str) -> String {
    format!("{name}: not taken in.")
}
