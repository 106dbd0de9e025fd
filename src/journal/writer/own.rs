//! The events the journal writes itself.

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::{Value, json};
use uuid::Uuid;

use super::super::clock::journal_time::ClockShift;
use super::super::entry::Entry;
use super::super::head::HeadLock;
use super::super::loss::Loss;
use super::super::scan::CREATED;

/// The last event of a journal that was restored.
pub(in crate::journal) const RESTORED: &str = "journal.restored";
/// The first version of each of these payloads.
const V: u32 = 1;

/// An event of the journal's own. Its data is made of plain texts and numbers,
/// which always have a JSON form; should that ever fail, the event says so.
pub(in crate::journal) fn event(kind: &str, data: &impl Serialize) -> Entry {
    Entry::new(kind, V, data).unwrap_or_else(|_| Entry::empty(kind, V))
}

/// The first event of a journal; with the locks of a head that outlived its lines.
pub(in crate::journal) fn created(journal: Uuid, held: &LocksInForce<'_>) -> Entry {
    event(CREATED, &held.beside(json!({ "journal": journal })))
}

/// The locks a head holds, and how many it could only count.
///
/// Where history breaks they are written into the event that says so: whoever folds the
/// lines alone finds them there, whatever became of the lines that set them.
#[derive(Debug, Clone, Copy)]
pub(in crate::journal) struct LocksInForce<'a> {
    /// Those it lists.
    pub(in crate::journal) locks: &'a [HeadLock],
    /// Those it only counts.
    pub(in crate::journal) unlisted: u32,
}

impl LocksInForce<'_> {
    /// `data` with `locks` and `unlisted`, each left out where there is none. They came
    /// from a slot of 4,096 bytes: a line has room for them.
    pub(in crate::journal) fn beside(&self, mut data: Value) -> Value {
        let Self { locks, unlisted } = self;
        if let Some(fields) = data.as_object_mut() {
            if !locks.is_empty() {
                fields.insert("locks".to_owned(), json!(locks));
            }
            if *unlisted > 0 {
                fields.insert("unlisted".to_owned(), json!(unlisted));
            }
        }
        data
    }
}

/// Bytes at the end that were set aside.
pub(in crate::journal) fn torn(segment: u32, from: u64, bytes: u64, copy: &str) -> Entry {
    event(
        "journal.torn",
        &json!({ "segment": segment, "from": from, "bytes": bytes, "copy": copy }),
    )
}

/// A head that was missing or could not be read; with the lock that a line which cannot be read
/// may have set.
pub(in crate::journal) fn seal_missing(
    damaged: bool,
    count: u64,
    held: &LocksInForce<'_>,
) -> Entry {
    let why = if damaged { "damaged" } else { "missing" };
    let data = held.beside(json!({ "why": why, "count": count }));
    event("seal.missing", &data)
}

/// A wall clock that was moved.
pub(super) fn clock_event(shift: &ClockShift, at: DateTime<Utc>) -> Entry {
    match shift {
        ClockShift::Rollback { wall, back_secs } => event(
            "clock.rollback",
            &json!({ "wall": wall, "taken": at, "back_secs": back_secs }),
        ),
        ClockShift::Jump { wall, drift_secs } => event(
            "clock.jump",
            &json!({ "wall": wall, "taken": at, "drift_secs": drift_secs }),
        ),
    }
}

/// A loss in the form in which it is logged.
pub(super) fn loss(loss: &Loss) -> serde_json::Value {
    match loss {
        Loss::Lost {
            acknowledged,
            present,
            last,
        } => json!({
            "what": "lost", "acknowledged": acknowledged, "present": present, "last": last,
        }),
        Loss::Rewritten {
            seq,
            expected,
            found,
        } => json!({
            "what": "rewritten", "seq": seq, "expected": expected.to_string(),
            "found": found.map(|hash| hash.to_string()),
        }),
        Loss::Deleted { acknowledged, last } => json!({
            "what": "deleted", "acknowledged": acknowledged, "last": last,
        }),
    }
}
