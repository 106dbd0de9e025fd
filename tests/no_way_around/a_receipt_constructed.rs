//! Its constructor is the journal's own.
use chrono::{DateTime, Utc};
use impulse_audit::journal::{EventId, LineHash, Receipt};

fn forge(id: EventId, hash: LineHash, at: DateTime<Utc>) -> Receipt {
    Receipt::for_line(1, id, hash, at)
}

fn main() {}
