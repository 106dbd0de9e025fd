//! Nor may other answers be put into one that is acknowledged.
use impulse_audit::audit::{SealedPause, Sealing};

fn forge(sealed: &mut SealedPause, sealing: Sealing) {
    sealed.sealing = sealing;
}

fn main() {}
