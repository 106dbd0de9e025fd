//! How the journal falls short of what its head says.

use std::fmt;

use chrono::{DateTime, Utc};

use super::hash::LineHash;

/// How the journal falls short of what its head says.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Loss {
    /// LOST: fewer events than were acknowledged.
    Lost {
        /// Events the head says there were.
        acknowledged: u64,
        /// Events that are there.
        present: u64,
        /// When the last acknowledged event was written.
        last: DateTime<Utc>,
    },
    /// REWRITTEN: another event stands where the head knows one, or it is another journal.
    Rewritten {
        /// The place of the event, counted from 0.
        seq: u64,
        /// The hash the head knows.
        expected: LineHash,
        /// The hash that is there; `None` when the whole journal is another one.
        found: Option<LineHash>,
    },
    /// DELETED: there is a head but no journal.
    Deleted {
        /// Events the head says there were.
        acknowledged: u64,
        /// When the last acknowledged event was written.
        last: DateTime<Utc>,
    },
}

impl Loss {
    /// The one word for it: `LOST`, `REWRITTEN` or `DELETED`.
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Lost { .. } => "LOST",
            Self::Rewritten { .. } => "REWRITTEN",
            Self::Deleted { .. } => "DELETED",
        }
    }
}

impl fmt::Display for Loss {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Lost {
                acknowledged,
                present,
                last,
            } => write!(
                f,
                "LOST: {} of {acknowledged} saved events are missing or unreadable; the last was saved at {}",
                acknowledged.saturating_sub(*present),
                last.format("%Y-%m-%d %H:%M UTC"),
            ),
            Self::Rewritten {
                seq,
                found: Some(_),
                ..
            } => write!(
                f,
                "REWRITTEN: event number {seq} is not the one that was saved there",
            ),
            Self::Rewritten { .. } => f.write_str(
                "REWRITTEN: this is another journal than the one that was last written here",
            ),
            Self::Deleted { acknowledged, last } => write!(
                f,
                "DELETED: the journal's file is gone; it held {acknowledged} events, the last saved at {}",
                last.format("%Y-%m-%d %H:%M UTC"),
            ),
        }
    }
}
