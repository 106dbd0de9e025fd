//! The pause: a ticket that waits for its answers, and the answers on their way into the
//! journal.

use std::time::Duration;

use serde::{Deserialize, Serialize};

use super::looks::LooksAway;
use super::wait::{Circumstances, Wait};
use super::{Answers, Elapsed, Ticket, TraderState};
use crate::journal::EventId;
use crate::journal::Moment;
use crate::market::AuditId;

/// A ticket whose audit has begun. Nothing of the engine is known here.
#[derive(Clone, Debug, PartialEq)]
pub struct Pause {
    audit: AuditId,
    started: Moment,
    elapsed: Elapsed,
    state: TraderState,
    ticket: Ticket,
}

/// How the answers came about: facts, kept beside them.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Manner {
    /// Looks away while they were written.
    pub looks: LooksAway,
    /// Percent of each written answer that was pasted.
    pub pasted: [u8; 2],
    /// Whether an answer passed although it repeats an earlier one, or names nothing that can
    /// be seen.
    pub thin: bool,
    /// Which wording of the questions was shown.
    pub wording: u64,
}

impl Pause {
    /// The pause of `audit`, whose first screen was opened at `started`.
    pub fn new(audit: AuditId, started: Moment, state: TraderState, ticket: Ticket) -> Self {
        Self {
            audit,
            elapsed: Elapsed::begin(&started),
            started,
            state,
            ticket,
        }
    }

    /// The same after a restart: how much has gone by since its first screen is counted so.
    pub(crate) fn counted(self, elapsed: Elapsed) -> Self {
        Self { elapsed, ..self }
    }

    /// The same audit with its ticket written again; its clock runs on.
    #[must_use]
    pub fn rewritten(self, state: TraderState, ticket: Ticket) -> Self {
        Self {
            state,
            ticket,
            ..self
        }
    }

    pub fn audit(&self) -> AuditId {
        self.audit
    }

    /// When its first screen was opened.
    pub fn started(&self) -> &Moment {
        &self.started
    }

    /// How much has gone by since its first screen.
    pub fn elapsed(&self, now: &Moment) -> Duration {
        self.elapsed.at(now)
    }

    /// How the trader was before any number.
    pub fn state(&self) -> &TraderState {
        &self.state
    }

    pub fn ticket(&self) -> &Ticket {
        &self.ticket
    }

    /// Freezes the answers, and with them the wait: what it is for is all known now. What comes
    /// back goes into the journal, and nowhere else.
    pub fn seal(
        self,
        answers: Answers,
        manner: Manner,
        circumstances: &Circumstances,
        now: &Moment,
    ) -> Sealing {
        let wait = Wait::of(&self.ticket, &self.state, &manner.looks, circumstances);
        Sealing {
            event: EventId::fresh(),
            waited: self.elapsed(now),
            pause: self,
            answers,
            manner,
            wait,
            since: Elapsed::begin(now),
        }
    }
}

/// Frozen answers that the journal has not acknowledged yet.
#[derive(Clone, Debug, PartialEq)]
pub struct Sealing {
    pub(super) event: EventId,
    pub(super) pause: Pause,
    pub(super) answers: Answers,
    pub(super) manner: Manner,
    pub(super) wait: Wait,
    /// How much of the wait was over at the seal.
    pub(super) waited: Duration,
    /// Since the seal.
    pub(super) since: Elapsed,
}

impl Sealing {
    /// The id that the event must carry: its receipt opens this seal and no other.
    pub fn event(&self) -> EventId {
        self.event
    }

    /// The seal as it was written into the journal before a restart: the event's id, what it
    /// held, how long its audit had lasted by then, and how long ago that was.
    pub(crate) fn from_journal(
        event: EventId,
        pause: Pause,
        (answers, manner): (Answers, Manner),
        wait: Wait,
        waited: Duration,
        since: Elapsed,
    ) -> Self {
        Self {
            event,
            pause,
            answers,
            manner,
            wait,
            waited,
            since,
        }
    }

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

    /// The wait that was fixed with them.
    pub fn wait(&self) -> &Wait {
        &self.wait
    }
}
