//! A sealed pause cannot be written down.
use impulse_audit::audit::{SealedPause, Sealing};
use impulse_audit::journal::Receipt;

fn forge(sealing: Sealing, receipt: Receipt) -> SealedPause {
    SealedPause { sealing, receipt }
}

fn main() {}
