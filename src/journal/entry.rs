//! What is asked to be written, what was written, and the proof that it was.

use std::time::Duration;

use chrono::{DateTime, Utc};
use serde::Serialize;
use serde_json::value::RawValue;

use super::hash::LineHash;
use super::id::EventId;

/// Longest name of a kind, in bytes.
const LONGEST_KIND: usize = 64;

/// An event that is to be written: what happened, not yet when.
///
/// Its `id` is made once. Appending the same entry again, after an error or a
/// restart, answers the receipt of the line that is already there.
///
/// ```
/// use impulse_audit::journal::Entry;
///
/// let entry = Entry::new("note.written", 1, &serde_json::json!({ "text": "flat" }))?;
/// assert_eq!(entry.kind(), "note.written");
/// assert_eq!(entry.data().get(), r#"{"text":"flat"}"#);
/// # Ok::<(), impulse_audit::journal::EntryError>(())
/// ```
#[derive(Debug, Clone)]
pub struct Entry {
    id: EventId,
    kind: String,
    v: u32,
    data: Box<RawValue>,
}

/// Why something cannot become an entry.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EntryError {
    /// The kind is empty, longer than 64 bytes, or not of lower-case letters,
    /// digits, dots, dashes and underscores.
    #[error(
        "`{kind}` is no kind of event: use up to 64 lower-case letters, digits, dots, dashes and underscores"
    )]
    Kind {
        /// What was given.
        kind: String,
    },
    /// The data cannot be written as JSON.
    #[error("the data of `{kind}` cannot be written as JSON: {source}")]
    Data {
        /// The kind of the entry.
        kind: String,
        /// What the JSON writer said.
        source: serde_json::Error,
    },
}

impl Entry {
    /// An entry of `kind`, version `v` of its payload, with a new time-ordered id.
    ///
    /// # Errors
    /// When `kind` is not a plain dotted name or `data` cannot be written as JSON.
    pub fn new(kind: &str, v: u32, data: &impl Serialize) -> Result<Self, EntryError> {
        Self::with_id(EventId::fresh(), kind, v, data)
    }

    /// An entry with an id that was made before, so that a retry is recognised.
    ///
    /// # Errors
    /// As [`Entry::new`].
    pub fn with_id(
        id: EventId,
        kind: &str,
        v: u32,
        data: &impl Serialize,
    ) -> Result<Self, EntryError> {
        if !is_kind(kind) {
            return Err(EntryError::Kind {
                kind: kind.to_owned(),
            });
        }
        let data = serde_json::value::to_raw_value(data).map_err(|source| EntryError::Data {
            kind: kind.to_owned(),
            source,
        })?;
        Ok(Self {
            id,
            kind: kind.to_owned(),
            v,
            data,
        })
    }

    /// An entry without data.
    pub(super) fn empty(kind: &str, v: u32) -> Self {
        let data = RawValue::NULL.to_owned();
        Self {
            id: EventId::fresh(),
            kind: kind.to_owned(),
            v,
            data,
        }
    }

    /// The id that makes a retry idempotent.
    pub const fn id(&self) -> EventId {
        self.id
    }

    /// What kind of event it is.
    pub fn kind(&self) -> &str {
        &self.kind
    }

    /// The version of the payload.
    pub const fn v(&self) -> u32 {
        self.v
    }

    /// The payload as JSON text.
    pub fn data(&self) -> &RawValue {
        &self.data
    }
}

/// Whether `kind` is a plain dotted name.
pub(super) fn is_kind(kind: &str) -> bool {
    !kind.is_empty()
        && kind.len() <= LONGEST_KIND
        && kind
            .bytes()
            .all(|b| matches!(b, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'-' | b'_'))
}

/// The proof that an event is durably in the journal.
///
/// Only the journal makes one: by an acknowledged append, or by reading a line
/// whose hash and place in the chain were checked. It has no public constructor,
/// no `Default` and no `Deserialize`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    seq: u64,
    id: EventId,
    hash: LineHash,
    at: DateTime<Utc>,
}

impl Receipt {
    /// Made for a line that is on disk and checked, and for nothing else.
    pub(super) const fn for_line(seq: u64, id: EventId, hash: LineHash, at: DateTime<Utc>) -> Self {
        Self { seq, id, hash, at }
    }

    /// The place of the event in the journal; the first is 0.
    pub const fn seq(&self) -> u64 {
        self.seq
    }

    /// The id of the event.
    pub const fn id(&self) -> EventId {
        self.id
    }

    /// The hash of its line.
    pub const fn hash(&self) -> LineHash {
        self.hash
    }

    /// The journal's time when it was written.
    pub const fn at(&self) -> DateTime<Utc> {
        self.at
    }
}

/// One event as it stands in the journal.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct Record {
    /// Its place in the journal; the first is 0.
    pub seq: u64,
    /// Its id, which makes a retry idempotent.
    pub id: EventId,
    /// What kind of event it is. A reader keeps kinds it does not know.
    pub kind: String,
    /// The version of the payload.
    pub v: u32,
    /// The journal's time, in UTC, never earlier than the event before.
    pub at: DateTime<Utc>,
    /// The IANA name of the local time zone, such as `America/New_York`.
    pub zone: String,
    /// The id of the boot it was written in.
    pub boot: String,
    /// Time since that boot, in whole seconds.
    pub up: Duration,
    /// The version of the app that wrote it.
    pub app: String,
    /// The payload as JSON text, exactly as on disk.
    pub data: Box<RawValue>,
    pub(super) receipt: Receipt,
    pub(super) prev: LineHash,
}

impl Record {
    /// The proof that this event is in the journal.
    pub fn receipt(&self) -> Receipt {
        self.receipt.clone()
    }

    /// The hash of its line.
    pub const fn hash(&self) -> LineHash {
        self.receipt.hash
    }

    /// The hash of the line before, as written in this one.
    pub const fn prev(&self) -> LineHash {
        self.prev
    }
}

#[cfg(test)]
mod tests {
    use super::{Entry, EntryError};

    #[test]
    fn a_kind_is_a_plain_dotted_name() {
        assert!(Entry::new("audit.decided", 1, &()).is_ok());
        for kind in ["", "Audit", "a b", "a\"b", "é", &"k".repeat(65)] {
            assert!(
                matches!(Entry::new(kind, 1, &()), Err(EntryError::Kind { .. })),
                "{kind}"
            );
        }
    }

    #[test]
    fn two_entries_of_the_same_content_have_different_ids() {
        let one = Entry::new("note", 1, &"x").unwrap();
        let two = Entry::new("note", 1, &"x").unwrap();
        assert_ne!(one.id(), two.id());
    }
}
