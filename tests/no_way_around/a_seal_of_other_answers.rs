//! Other answers cannot be put behind the receipt of earlier ones.
use std::time::Duration;

use impulse_audit::audit::{Answers, Elapsed, Manner, Pause, Sealing, Wait};
use impulse_audit::journal::Receipt;

fn forge(receipt: &Receipt, pause: Pause, others: Answers, wait: Wait, since: Elapsed) -> Sealing {
    let answered = (others, Manner::default());
    Sealing::from_journal(receipt.id(), pause, answered, wait, Duration::ZERO, since)
}

fn main() {}
