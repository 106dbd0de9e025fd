//! `fetch_balance`: `total`, `free` and `used` for each currency, and the venue's own answer.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::error::ImportError;
use super::json::{JsonNode, Object};
use super::snapshot::{ImportedBalance, Snapshot};
use crate::engine::Money;

/// Fields of a balance that are no currencies.
const NOT_CURRENCIES: [&str; 7] = [
    "info",
    "timestamp",
    "datetime",
    "free",
    "used",
    "total",
    "debt",
];

/// How deep a venue's own answer is searched.
const DEPTH: usize = 6;

/// Whether an object is a balance as ccxt gives it.
pub(super) fn is_balance(object: &Object<'_>) -> bool {
    let holds = |name| object.given(name).is_some_and(|node| node.is_object());
    holds("total") || holds("free") || holds("used")
}

pub(super) fn read(node: &JsonNode<'_>, into: &mut Snapshot) -> Result<(), ImportError> {
    let object = node.object()?;
    for part in ["total", "free", "used"] {
        let Some(amounts) = object.given(part) else {
            continue;
        };
        for (currency, node) in amounts.object()?.given_fields() {
            set(into, currency, part, node.number()?);
        }
    }
    for (currency, node) in object.given_fields() {
        if NOT_CURRENCIES.contains(&currency) || !node.is_object() {
            continue;
        }
        let amounts = node.object()?;
        for part in ["total", "free", "used"] {
            if let Some(amount) = amounts.number(part)? {
                set(into, currency, part, amount);
            }
        }
    }
    if let Some(info) = object.given("info") {
        let mut found = BTreeMap::new();
        search(&info, DEPTH, &mut found);
        for (currency, named) in found {
            // Two different figures: nobody can say which one is meant.
            if let (Some((amount, field)), 1) = (named.first(), named.len())
                && let Some(balance) = into.balances.get_mut(&currency)
            {
                balance.settled = Some(Money::new(*amount));
                balance.settled_field = Some(field);
            }
        }
    }
    Ok(())
}

fn set(into: &mut Snapshot, currency: &str, part: &str, amount: Decimal) {
    let balance: &mut ImportedBalance = into
        .balances
        .entry(currency.trim().to_uppercase())
        .or_default();
    let place = match part {
        "total" => &mut balance.total,
        "free" => &mut balance.free,
        _ => &mut balance.used,
    };
    place.get_or_insert(Money::new(amount));
}

/// Searches a venue's own answer for settled balances: `walletBalance` (Binance, Bybit) and
/// `cashBal` (OKX, where nothing is set aside for isolated positions) beside the currency's name.
/// What can't be read here is passed over: the answer is the venue's, not ccxt's.
fn search(
    node: &JsonNode<'_>,
    depth: usize,
    found: &mut BTreeMap<String, BTreeSet<(Decimal, &'static str)>>,
) {
    let Some(deeper) = depth.checked_sub(1) else {
        return;
    };
    if node.is_list() {
        for element in node.list().unwrap_or_default() {
            search(&element, deeper, found);
        }
        return;
    }
    let Ok(object) = node.object() else {
        return;
    };
    if let Some((currency, amount)) = settled(&object) {
        found.entry(currency).or_default().insert(amount);
    }
    for (_, field) in object.given_fields() {
        if field.is_object() || field.is_list() {
            search(&field, deeper, found);
        }
    }
}

fn settled(object: &Object<'_>) -> Option<(String, (Decimal, &'static str))> {
    let currency = ["asset", "coin", "ccy", "currency", "marginCoin"]
        .into_iter()
        .find_map(|name| object.given(name)?.text().ok())?
        .to_uppercase();
    let number = |name| object.number(name).ok().flatten();
    if let Some(amount) = number("walletBalance") {
        return Some((currency, (amount, "walletBalance")));
    }
    let set_aside = number("isoEq").unwrap_or_default();
    let amount = number("cashBal").filter(|_| set_aside.is_zero())?;
    Some((currency, (amount, "cashBal")))
}
