//! Which parts of a payload are neither an amount nor words. What is not named here is left
//! out, so a new field is private until somebody says otherwise.

use rust_decimal::Decimal;
use serde::Deserialize as _;
use serde_json::{Map, Value};

use super::rough::class;
use crate::record::StopPlacement;

/// Names of what stays: which audit and which market, how the trader was, what was chosen,
/// when, and how long it took.
const KEPT: [&str; 54] = [
    "account",
    "arousal",
    "asked",
    "audit",
    "away_ms",
    "boot",
    "choice",
    "closed",
    "contract",
    "counts_fee",
    "engine",
    "entered",
    "estimated",
    "experiment",
    "expiry",
    "flags",
    "focus",
    "goalposts",
    "held",
    "intent",
    "joined",
    "left",
    "looks",
    "manner",
    "mode",
    "opened",
    "outcome",
    "pasted",
    "position",
    "positions",
    "reasons",
    "refusals",
    "requirement",
    "sealed",
    "seconds",
    "seconds_after_reveal",
    "shown",
    "side",
    "since_ms",
    "stamps",
    "state",
    "step",
    "symbol",
    "tags",
    "terms",
    "thin",
    "ticket",
    "to",
    "until",
    "up",
    "wait",
    "wall",
    "wording",
    "zone",
];

/// A payload without amounts and words.
pub(super) fn kept(payload: Value) -> Value {
    match payload {
        Value::Object(fields) => {
            let fields = fields.into_iter().filter_map(|(name, value)| {
                let value = match name.as_str() {
                    "leverage" => rough(&value)?,
                    // What was said of a stop; elsewhere it is a price.
                    "stop" => StopPlacement::deserialize(&value)
                        .is_ok()
                        .then_some(value)?,
                    name => KEPT.binary_search(&name).ok().map(|_| kept(value))?,
                };
                Some((name, value))
            });
            Value::Object(fields.collect::<Map<_, _>>())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(kept).collect()),
        plain => plain,
    }
}

/// The class of a leverage; none where it is no number.
fn rough(leverage: &Value) -> Option<Value> {
    let leverage: Decimal = leverage.as_str()?.parse().ok()?;
    Some(class(leverage).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_stand_in_order_for_the_search() {
        assert!(KEPT.is_sorted());
    }

    #[test]
    fn a_leverage_is_told_by_its_class_wherever_it_stands() {
        let payload = serde_json::json!({
            "leverage": "7.5", "ticket": {"leverage": "20"}, "to": {"leverage": {"exact": "3"}},
            "state": {"leverage": 3}
        });
        let expected = serde_json::json!({
            "leverage": "up to 10x", "ticket": {"leverage": "up to 25x"}, "to": {}, "state": {}
        });
        assert_eq!(kept(payload), expected);
    }

    #[test]
    fn what_is_not_named_is_left_out_at_any_depth() {
        let payload = serde_json::json!({
            "audit": "a", "wallet_balance": "10", "state": {"arousal": 3, "note": "x"},
            "positions": [{"symbol": "BTC/USDT", "quantity": "1"}], "something_new": true
        });
        let expected = serde_json::json!({
            "audit": "a", "state": {"arousal": 3}, "positions": [{"symbol": "BTC/USDT"}]
        });
        assert_eq!(kept(payload), expected);
    }
}
