//! The pause: a ticket that waits for its answers, and the answers on their way into the
//! journal.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::looks::LooksAway;
use super::{Answers, AuditId, NotThisSeal, SealedPause, State, Ticket};
use crate::journal::{Moment, Receipt, new_id};

/// A ticket whose audit has begun. Nothing of the engine is known here.
#[derive(Clone, Debug, PartialEq)]
pub struct Pause {
    audit: AuditId,
    started: Moment,
    state: State,
    ticket: Ticket,
}

/// How the answers came about: facts, kept beside them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Manner {
    /// Looks away while they were written.
    pub looks: LooksAway,
    /// Percent of each written answer that was pasted.
    pub pasted: [u8; 2],
    /// Whether an answer passed although it repeats an earlier one.
    pub thin: bool,
    /// Which wording of the questions was shown.
    pub wording: u64,
}

impl Pause {
    /// The pause of `audit`, whose first screen was opened at `started`.
    pub fn new(audit: AuditId, started: Moment, state: State, ticket: Ticket) -> Self {
        Self {
            audit,
            started,
            state,
            ticket,
        }
    }

    /// Names the audit.
    pub fn audit(&self) -> AuditId {
        self.audit
    }

    /// When its first screen was opened.
    pub fn started(&self) -> &Moment {
        &self.started
    }

    /// How the trader was before any number.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// What is proposed.
    pub fn ticket(&self) -> &Ticket {
        &self.ticket
    }

    /// Freezes the answers. What comes back goes into the journal, and nowhere else.
    pub fn seal(self, answers: Answers, manner: Manner) -> Sealing {
        Sealing {
            event: new_id(),
            pause: self,
            answers,
            manner,
        }
    }
}

/// Frozen answers that the journal has not acknowledged yet.
#[derive(Clone, Debug, PartialEq)]
pub struct Sealing {
    pub(super) event: Uuid,
    pub(super) pause: Pause,
    pub(super) answers: Answers,
    pub(super) manner: Manner,
}

impl Sealing {
    /// The id that the event must carry: its receipt opens this seal and no other.
    pub fn event(&self) -> Uuid {
        self.event
    }

    /// The seal as it was written into the journal before a restart: the event's id, and
    /// what it held.
    pub(crate) fn from_journal(
        event: Uuid,
        pause: Pause,
        answers: Answers,
        manner: Manner,
    ) -> Self {
        Self {
            event,
            pause,
            answers,
            manner,
        }
    }

    /// What was proposed.
    pub fn pause(&self) -> &Pause {
        &self.pause
    }

    /// The answers, frozen.
    pub fn answers(&self) -> &Answers {
        &self.answers
    }

    /// How they came about.
    pub fn manner(&self) -> &Manner {
        &self.manner
    }

    /// The sealed pause, once the journal has acknowledged this very event.
    ///
    /// # Errors
    /// [`NotThisSeal`], with the answers back, where the receipt is another event's.
    pub fn acknowledged(self, receipt: &Receipt) -> Result<SealedPause, Box<NotThisSeal>> {
        SealedPause::new(self, receipt)
    }
}
