//! Nor be constructed past the check of its receipt.
use impulse_audit::audit::{SealedPause, Sealing};
use impulse_audit::journal::Receipt;

fn forge(sealing: Sealing, receipt: &Receipt) {
    let _ = SealedPause::new(sealing, receipt);
}

fn main() {}
