//! Only the journal makes a receipt.
use chrono::{DateTime, Utc};
use impulse_audit::journal::{EventId, LineHash, Receipt};

fn forge(id: EventId, hash: LineHash, at: DateTime<Utc>) -> Receipt {
    Receipt { seq: 1, id, hash, at }
}

fn main() {}
