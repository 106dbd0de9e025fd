//! Its constructor is the journal's own.
use chrono::{DateTime, Utc};
use impulse_audit::journal::{LineHash, Receipt};
use uuid::Uuid;

fn forge(id: Uuid, hash: LineHash, at: DateTime<Utc>) -> Receipt {
    Receipt::for_line(1, id, hash, at)
}

fn main() {}
