//! Which parts of a payload are neither an amount nor words. What is not named here is left
//! out, so a new field is private until somebody says otherwise.

use serde_json::{Map, Value};

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
    "left",
    "leverage",
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
    "stop",
    "symbol",
    "tags",
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
        Value::Object(fields) => Value::Object(
            fields
                .into_iter()
                .filter(|(name, _)| KEPT.binary_search(&name.as_str()).is_ok())
                .map(|(name, value)| (name, kept(value)))
                .collect::<Map<_, _>>(),
        ),
        Value::Array(items) => Value::Array(items.into_iter().map(kept).collect()),
        plain => plain,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_names_stand_in_order_for_the_search() {
        assert!(KEPT.is_sorted());
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
