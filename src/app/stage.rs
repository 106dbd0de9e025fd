//! Where the audit in hand stands.

use crate::audit::{Pause, Revealed, SealedPause, Sealing, Ticket};
use crate::market::AuditId;
use crate::promises::Violation;

/// The audit in hand.
#[derive(Debug, Default)]
pub enum Stage {
    /// None, or one whose ticket is still being written.
    #[default]
    Idle,
    /// The ticket stands and the questions are being answered.
    Pausing(Box<Pause>),
    /// The answers are on their way into the journal.
    Sealing(Box<Sealing>),
    /// The answers are in the journal; the numbers follow.
    Sealed(Box<SealedPause>),
    /// The answers are in the journal, and the engine cannot assess the ticket.
    Stuck {
        /// The sealed answers.
        sealed: Box<SealedPause>,
        /// What the engine said.
        why: String,
    },
    /// The numbers are on the table.
    Revealed(Box<Revealed>),
    /// A promise stands against the ticket: no pause, no numbers.
    Blocked(Box<Blocked>),
    /// It ended, and the journal has it.
    Ended(Ended),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ended {
    pub audit: AuditId,
    /// The number of its last line.
    pub seq: u64,
}

/// An audit that a promise stands against. It is a decision: it went into the journal.
#[derive(Debug)]
pub struct Blocked {
    pub ticket: Ticket,
    /// The promises, each by itself.
    pub against: Vec<Violation>,
    /// The number of its line, once the journal has it.
    pub seq: Option<u64>,
}

impl Stage {
    pub fn audit(&self) -> Option<AuditId> {
        match self {
            Self::Idle | Self::Blocked(_) => None,
            Self::Pausing(pause) => Some(pause.audit()),
            Self::Sealing(sealing) => Some(sealing.pause().audit()),
            Self::Sealed(sealed) | Self::Stuck { sealed, .. } => Some(sealed.pause().audit()),
            Self::Revealed(revealed) => Some(revealed.sealed().pause().audit()),
            Self::Ended(ended) => Some(ended.audit),
        }
    }
}
