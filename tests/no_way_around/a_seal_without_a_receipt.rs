//! Frozen answers are not sealed by anything but a receipt.
use impulse_audit::audit::{SealedPause, Sealing};

fn forge(sealing: Sealing) -> SealedPause {
    sealing.acknowledged().unwrap()
}

fn main() {}
