//! Other answers cannot be put behind the receipt of earlier ones.
use impulse_audit::audit::{Answers, Manner, Pause, Sealing};
use impulse_audit::journal::Receipt;

fn forge(receipt: &Receipt, pause: Pause, others: Answers) -> Sealing {
    Sealing::from_journal(receipt.id(), pause, others, Manner::default())
}

fn main() {}
