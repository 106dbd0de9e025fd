//! Nor as the numbers, nor as a seal.
use impulse_audit::audit::{Revealed, SealedPause};
use serde::Deserialize as _;

fn main() {
    let _ = Revealed::deserialize(serde_json::Value::Null);
    let _ = SealedPause::deserialize(serde_json::Value::Null);
}
