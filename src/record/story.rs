//! One audit, from its first screen to what came of it.

use chrono::{DateTime, Utc};

use super::payload::{AuditRevealed, AuditSealed, Expiry, Outcome, StopPlacement};
use crate::audit::answer_stamp::AnswerStamp;
use crate::audit::looks::LooksAway;
use crate::audit::{Answers, Choice, Decision, Flag, Step, Ticket, TicketChange, TraderState};
use crate::engine::Money;
use crate::journal::EventId;
use crate::journal::{Moment, Receipt};
use crate::market::AuditId;
use crate::promises::Action;

/// Everything the journal holds of one audit.
#[derive(Clone, Debug, PartialEq)]
pub struct Story {
    pub audit: AuditId,
    /// When its first screen was opened, as far as the journal vouches for it.
    pub began: Moment,
    /// The first line of it.
    pub started_seq: u64,
    /// When that line was written.
    pub started_at: DateTime<Utc>,
    /// The time zone it was written in.
    pub zone: String,
    pub state: Option<TraderState>,
    pub ticket: Option<Ticket>,
    /// The market as typed, where no ticket was written.
    pub typed_symbol: String,
    /// Looks away before the seal, as far as they are written down.
    pub looks: LooksAway,
    /// How often answers were sent back before the seal, as far as that is written down.
    pub stamps: [AnswerStamp; 2],
    pub sealed: Option<Box<Sealed>>,
    /// The numbers as shown.
    pub revealed: Option<Box<Revealed>>,
    pub ending: Option<Ending>,
    /// What became of a decision to trade.
    pub followed: Option<Followed>,
    /// What she said of the stop, once it was opened.
    pub stop: Option<StopPlacement>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Sealed {
    pub payload: AuditSealed,
    /// The line's id.
    pub event: EventId,
    /// The journal's word for it.
    pub receipt: Receipt,
    /// When, as far as the journal vouches for it.
    pub at: Moment,
}

/// The numbers of an audit.
#[derive(Clone, Debug, PartialEq)]
pub struct Revealed {
    /// The line's number.
    pub seq: u64,
    pub payload: AuditRevealed,
    /// When, as far as the journal vouches for it.
    pub at: Moment,
    /// What it was lowered to since; none where what was sealed stands.
    pub lowered: Option<TicketChange>,
    pub extended: bool,
}

/// How an audit ended.
#[derive(Clone, Debug, PartialEq)]
pub enum Ending {
    Decided {
        /// The line's number.
        seq: u64,
        /// When.
        at: DateTime<Utc>,
        decision: Box<Decision>,
    },
    /// Without one.
    Expired {
        /// The line's number.
        seq: u64,
        /// When it was noticed.
        at: DateTime<Utc>,
        expiry: Expiry,
        /// Where in it.
        step: Step,
    },
    /// It was written afterwards: nothing was left to decide.
    Afterwards {
        /// The line's number.
        seq: u64,
        /// When it was written.
        at: DateTime<Utc>,
        /// When what was done was logged.
        done_at: DateTime<Utc>,
        answers: Box<Answers>,
    },
    /// With a promise that stood against it.
    Kept {
        /// The line's number.
        seq: u64,
        /// When.
        at: DateTime<Utc>,
        wanted: Action,
        promised: Vec<String>,
        /// The rules that hold from the beginning, as sentences.
        rules: Vec<String>,
    },
}

/// What became of a decision to trade.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Followed {
    /// It became a position.
    Opened,
    /// It did not.
    Nothing(Outcome),
}

impl Ending {
    /// The line's number.
    pub fn seq(&self) -> u64 {
        match self {
            Self::Decided { seq, .. }
            | Self::Expired { seq, .. }
            | Self::Afterwards { seq, .. }
            | Self::Kept { seq, .. } => *seq,
        }
    }

    /// When it ended.
    pub fn at(&self) -> DateTime<Utc> {
        match self {
            Self::Decided { at, .. }
            | Self::Expired { at, .. }
            | Self::Afterwards { at, .. }
            | Self::Kept { at, .. } => *at,
        }
    }

    /// The words in the journal's list.
    pub fn words(&self) -> &'static str {
        match self {
            Self::Decided { decision, .. } => decision.choice.words(),
            Self::Expired {
                expiry: Expiry::LeftLying,
                ..
            } => "Left lying",
            Self::Expired {
                expiry: Expiry::PermissionLapsed,
                ..
            } => "Permission lapsed",
            Self::Afterwards { .. } => "Written afterwards",
            Self::Kept { wanted, .. } => wanted.wanted(),
        }
    }
}

impl Story {
    /// The decision, if it ended with one.
    pub fn decision(&self) -> Option<&Decision> {
        match &self.ending {
            Some(Ending::Decided { decision, .. }) => Some(decision),
            Some(Ending::Expired { .. } | Ending::Afterwards { .. } | Ending::Kept { .. })
            | None => None,
        }
    }

    /// The answers: as sealed, or as written afterwards.
    pub fn answers(&self) -> Option<&Answers> {
        match (&self.sealed, &self.ending) {
            (Some(sealed), _) => Some(&sealed.payload.answers),
            (None, Some(Ending::Afterwards { answers, .. })) => Some(answers),
            (None, _) => None,
        }
    }

    /// When what was done was logged, where its answers were written afterwards.
    pub fn done_before(&self) -> Option<DateTime<Utc>> {
        match &self.ending {
            Some(Ending::Afterwards { done_at, .. }) => Some(*done_at),
            _ => None,
        }
    }

    /// The ticket as it was decided on, else as it was written.
    pub fn last_ticket(&self) -> Option<&Ticket> {
        self.decision()
            .and_then(|decision| decision.ticket.as_ref())
            .or(self.ticket.as_ref())
    }

    /// The worst case as it was decided on, else as it was shown.
    pub fn worst_case(&self) -> Option<Money> {
        let decided = self.decision().and_then(|decision| decision.worst_case);
        decided.or_else(|| {
            let assessment = &self.revealed.as_ref()?.payload.assessment;
            Some(assessment.outcome(assessment.chosen).max_loss)
        })
    }

    /// Facts worth finding again.
    pub fn flags(&self) -> &[Flag] {
        self.decision()
            .map_or(&[], |decision| decision.flags.as_slice())
    }

    /// Whether it is decided to trade and nobody has said yet what became of it.
    pub fn is_unfollowed(&self) -> bool {
        self.followed.is_none() && self.decision().is_some_and(|d| d.choice.trades())
    }

    /// Whether its answers can still be written: neither sealed nor ended.
    pub fn is_open(&self) -> bool {
        self.sealed.is_none() && self.ending.is_none()
    }

    /// Whether its questions were on the screen.
    pub fn was_asked(&self) -> bool {
        let step = match &self.ending {
            Some(Ending::Decided { decision, .. }) => decision.step,
            Some(Ending::Expired { step, .. }) => *step,
            // Other questions than those of a pause come first: none is announced by them.
            Some(Ending::Afterwards { .. } | Ending::Kept { .. }) | None => Step::State,
        };
        self.sealed.is_some() || step > Step::Ticket
    }

    /// Until when the trader meant to wait.
    pub fn waits_until(&self) -> Option<DateTime<Utc>> {
        match self.decision().map(|decision| &decision.choice) {
            Some(Choice::Wait { until }) => Some(*until),
            _ => None,
        }
    }
}
