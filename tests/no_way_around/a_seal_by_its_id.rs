//! The id of the event is not its receipt.
use impulse_audit::audit::Sealing;

fn forge(sealing: Sealing) {
    let id = sealing.event();
    let _ = sealing.acknowledged(&id);
}

fn main() {}
