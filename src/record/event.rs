//! The events: what each kind of line means.

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::older::PositionClosedV1;
use super::payload::{
    AccountSet, AuditAfterwards, AuditExpired, AuditExtended, AuditFollowed, AuditLookedAway,
    AuditLowered, AuditRevealed, AuditRewritten, AuditSealed, AuditSentBack, AuditStarted,
    AuditStop, FundsPaidIn, PositionChanged, PositionClosed, PositionOpened,
};
use crate::audit::Decision;
use crate::journal::EventId;
use crate::journal::{Entry, EntryError, Record};
use crate::promises::PromiseEvent;

/// Everything that can happen, with its payload in the newest version.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// `account.set`
    AccountSet(AccountSet),
    /// `position.opened`
    PositionOpened(PositionOpened),
    /// `position.changed`
    PositionChanged(PositionChanged),
    /// `position.closed`
    PositionClosed(PositionClosed),
    /// `audit.started`
    AuditStarted(Box<AuditStarted>),
    /// `audit.rewritten`
    AuditRewritten(Box<AuditRewritten>),
    /// `audit.looked_away`
    AuditLookedAway(AuditLookedAway),
    /// `audit.sent_back`
    AuditSentBack(AuditSentBack),
    /// `audit.sealed`
    AuditSealed(Box<AuditSealed>),
    /// `audit.revealed`
    AuditRevealed(Box<AuditRevealed>),
    /// `audit.lowered`
    AuditLowered(AuditLowered),
    /// `audit.extended`
    AuditExtended(AuditExtended),
    /// `audit.decided`
    AuditDecided(Box<Decision>),
    /// `audit.expired`
    AuditExpired(AuditExpired),
    /// `audit.followed`
    AuditFollowed(AuditFollowed),
    /// `audit.afterwards`
    AuditAfterwards(Box<AuditAfterwards>),
    /// `audit.stop`
    AuditStop(AuditStop),
    /// `funds.paid_in`
    FundsPaidIn(FundsPaidIn),
    /// `promise.…` and `plan.…`
    Promise(PromiseEvent),
}

/// What a line turned out to be.
#[derive(Clone, Debug, PartialEq)]
pub enum DecodedEvent {
    /// An event of this version, or of an older one brought up to it.
    Known(Box<Event>),
    /// A line that the journal wrote about itself or the clock.
    Journal,
    /// Kept and counted; written by a newer version.
    Newer,
    /// Its envelope is sound, its payload cannot be read.
    Unreadable(String),
}

impl Event {
    /// The kind written into the line.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::AccountSet(_) => "account.set",
            Self::PositionOpened(_) => "position.opened",
            Self::PositionChanged(_) => "position.changed",
            Self::PositionClosed(_) => "position.closed",
            Self::AuditStarted(_) => "audit.started",
            Self::AuditRewritten(_) => "audit.rewritten",
            Self::AuditLookedAway(_) => "audit.looked_away",
            Self::AuditSentBack(_) => "audit.sent_back",
            Self::AuditSealed(_) => "audit.sealed",
            Self::AuditRevealed(_) => "audit.revealed",
            Self::AuditLowered(_) => "audit.lowered",
            Self::AuditExtended(_) => "audit.extended",
            Self::AuditDecided(_) => "audit.decided",
            Self::AuditExpired(_) => "audit.expired",
            Self::AuditFollowed(_) => "audit.followed",
            Self::AuditAfterwards(_) => "audit.afterwards",
            Self::AuditStop(_) => "audit.stop",
            Self::FundsPaidIn(_) => "funds.paid_in",
            Self::Promise(turn) => turn.kind(),
        }
    }

    /// The version of its payload.
    fn version(&self) -> u32 {
        match self {
            Self::PositionClosed(_) => 2,
            _ => 1,
        }
    }

    /// The line to be, with its own fresh id.
    ///
    /// # Errors
    /// Where the payload cannot be written as JSON.
    pub fn entry(&self) -> Result<Entry, EntryError> {
        self.entry_with_id(EventId::fresh())
    }

    /// The line to be, with an id that is known beforehand.
    ///
    /// # Errors
    /// Where the payload cannot be written as JSON.
    pub fn entry_with_id(&self, id: EventId) -> Result<Entry, EntryError> {
        match self {
            Self::AccountSet(data) => self.with(id, data),
            Self::PositionOpened(data) => self.with(id, data),
            Self::PositionChanged(data) => self.with(id, data),
            Self::PositionClosed(data) => self.with(id, data),
            Self::AuditStarted(data) => self.with(id, data),
            Self::AuditRewritten(data) => self.with(id, data),
            Self::AuditLookedAway(data) => self.with(id, data),
            Self::AuditSentBack(data) => self.with(id, data),
            Self::AuditSealed(data) => self.with(id, data),
            Self::AuditRevealed(data) => self.with(id, data),
            Self::AuditLowered(data) => self.with(id, data),
            Self::AuditExtended(data) => self.with(id, data),
            Self::AuditDecided(data) => self.with(id, data),
            Self::AuditExpired(data) => self.with(id, data),
            Self::AuditFollowed(data) => self.with(id, data),
            Self::AuditAfterwards(data) => self.with(id, data),
            Self::AuditStop(data) => self.with(id, data),
            Self::FundsPaidIn(data) => self.with(id, data),
            Self::Promise(data) => self.with(id, data),
        }
    }

    fn with(&self, id: EventId, data: &impl Serialize) -> Result<Entry, EntryError> {
        Entry::with_id(id, self.kind(), self.version(), data)
    }

    /// What a line of the journal means. Two steps: the kind and version first, then the
    /// payload, so that what a newer version wrote is kept and told from damage.
    pub fn read(record: &Record) -> DecodedEvent {
        let own = ["journal.", "clock.", "seal."];
        if own.iter().any(|prefix| record.kind.starts_with(prefix)) {
            return DecodedEvent::Journal;
        }
        match (record.kind.as_str(), record.v) {
            ("account.set", 1) => payload(record, Self::AccountSet),
            ("position.opened", 1) => payload(record, Self::PositionOpened),
            ("position.changed", 1) => payload(record, Self::PositionChanged),
            ("position.closed", 1) => payload(record, |older: PositionClosedV1| {
                Self::PositionClosed(older.into())
            }),
            ("position.closed", 2) => payload(record, Self::PositionClosed),
            ("audit.started", 1) => payload(record, Self::AuditStarted),
            ("audit.rewritten", 1) => payload(record, Self::AuditRewritten),
            ("audit.looked_away", 1) => payload(record, Self::AuditLookedAway),
            ("audit.sent_back", 1) => payload(record, Self::AuditSentBack),
            ("audit.sealed", 1) => payload(record, Self::AuditSealed),
            ("audit.revealed", 1) => payload(record, Self::AuditRevealed),
            ("audit.lowered", 1) => payload(record, Self::AuditLowered),
            ("audit.extended", 1) => payload(record, Self::AuditExtended),
            ("audit.decided", 1) => payload(record, Self::AuditDecided),
            ("audit.expired", 1) => payload(record, Self::AuditExpired),
            ("audit.followed", 1) => payload(record, Self::AuditFollowed),
            ("audit.afterwards", 1) => {
                payload(record, |data| Self::AuditAfterwards(Box::new(data)))
            }
            ("audit.stop", 1) => payload(record, Self::AuditStop),
            ("funds.paid_in", 1) => payload(record, Self::FundsPaidIn),
            (kind, 1) => match PromiseEvent::read(kind, record.data.get()) {
                Some(Ok(turn)) => DecodedEvent::Known(Box::new(Self::Promise(turn))),
                Some(Err(error)) => DecodedEvent::Unreadable(error.to_string()),
                None => DecodedEvent::Newer,
            },
            _ => DecodedEvent::Newer,
        }
    }
}

fn payload<T: DeserializeOwned>(record: &Record, event: impl FnOnce(T) -> Event) -> DecodedEvent {
    match serde_json::from_str(record.data.get()) {
        Ok(data) => DecodedEvent::Known(Box::new(event(data))),
        Err(error) => DecodedEvent::Unreadable(error.to_string()),
    }
}
