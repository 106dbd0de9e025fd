//! No text reads as a receipt.
use impulse_audit::journal::Receipt;
use serde::Deserialize as _;

fn main() {
    let _ = Receipt::deserialize(serde_json::Value::Null);
}
