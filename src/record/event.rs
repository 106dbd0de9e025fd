//! The events: what each kind of line means.

use serde::de::DeserializeOwned;

use super::older::PositionClosedV1;
use super::payload::{
    AccountSet, AuditAfterwards, AuditExpired, AuditExtended, AuditFollowed, AuditLookedAway,
    AuditLowered, AuditRevealed, AuditRewritten, AuditSealed, AuditSentBack, AuditStarted,
    AuditStop, FundsPaidIn, PositionChanged, PositionClosed, PositionOpened, PositionsJoined,
};
use crate::audit::Decision;
use crate::journal::EventId;
use crate::journal::{Entry, EntryError, Record};
use crate::promises::PromiseEvent;

/// Writes the events out of their one table: kind and newest version of a line, name and payload.
macro_rules! events {
    ($($kind:literal, $version:literal => $name:ident($payload:ty),)*) => {
        /// Everything that can happen, with its payload in the newest version.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Event {
            $(#[doc = concat!("`", $kind, "`")] $name($payload),)*
            /// `promise.…` and `plan.…`
            Promise(PromiseEvent),
        }

        impl Event {
            /// The kind written into the line.
            pub fn kind(&self) -> &'static str {
                match self {
                    $(Self::$name(_) => $kind,)*
                    Self::Promise(turn) => turn.kind(),
                }
            }

            /// The line to be, with an id that is known beforehand.
            ///
            /// # Errors
            /// Where the payload cannot be written as JSON.
            pub fn entry_with_id(&self, id: EventId) -> Result<Entry, EntryError> {
                match self {
                    $(Self::$name(data) => Entry::with_id(id, $kind, $version, data),)*
                    Self::Promise(data) => Entry::with_id(id, data.kind(), 1, data),
                }
            }

            /// An event in its newest version; none of promises and plans.
            fn read_newest(record: &Record) -> Option<DecodedEvent> {
                match (record.kind.as_str(), record.v) {
                    $(($kind, $version) => Some(payload(record, Self::$name)),)*
                    _ => None,
                }
            }
        }
    };
}

events! {
    "account.set", 1 => AccountSet(AccountSet),
    "position.opened", 1 => PositionOpened(PositionOpened),
    "position.changed", 1 => PositionChanged(PositionChanged),
    "position.closed", 2 => PositionClosed(PositionClosed),
    "positions.joined", 1 => PositionsJoined(PositionsJoined),
    "audit.started", 1 => AuditStarted(Box<AuditStarted>),
    "audit.rewritten", 1 => AuditRewritten(Box<AuditRewritten>),
    "audit.looked_away", 1 => AuditLookedAway(AuditLookedAway),
    "audit.sent_back", 1 => AuditSentBack(AuditSentBack),
    "audit.sealed", 1 => AuditSealed(Box<AuditSealed>),
    "audit.revealed", 1 => AuditRevealed(Box<AuditRevealed>),
    "audit.lowered", 1 => AuditLowered(AuditLowered),
    "audit.extended", 1 => AuditExtended(AuditExtended),
    "audit.decided", 1 => AuditDecided(Box<Decision>),
    "audit.expired", 1 => AuditExpired(AuditExpired),
    "audit.followed", 1 => AuditFollowed(AuditFollowed),
    "audit.afterwards", 1 => AuditAfterwards(Box<AuditAfterwards>),
    "audit.stop", 1 => AuditStop(AuditStop),
    "funds.paid_in", 1 => FundsPaidIn(FundsPaidIn),
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
    /// The line to be, with its own fresh id.
    ///
    /// # Errors
    /// Where the payload cannot be written as JSON.
    pub fn entry(&self) -> Result<Entry, EntryError> {
        self.entry_with_id(EventId::fresh())
    }

    /// What a line of the journal means. Two steps: the kind and version first, then the
    /// payload, so that what a newer version wrote is kept and told from damage.
    pub fn read(record: &Record) -> DecodedEvent {
        let own = ["journal.", "clock.", "seal."];
        if own.iter().any(|prefix| record.kind.starts_with(prefix)) {
            return DecodedEvent::Journal;
        }
        match (record.kind.as_str(), record.v) {
            ("position.closed", 1) => payload(record, |older: PositionClosedV1| {
                Self::PositionClosed(older.into())
            }),
            (kind, v) => Self::read_newest(record).unwrap_or_else(|| {
                match (v == 1)
                    .then(|| PromiseEvent::read(kind, record.data.get()))
                    .flatten()
                {
                    Some(Ok(turn)) => DecodedEvent::Known(Box::new(Self::Promise(turn))),
                    Some(Err(error)) => DecodedEvent::Unreadable(error.to_string()),
                    None => DecodedEvent::Newer,
                }
            }),
        }
    }
}

fn payload<T: DeserializeOwned>(record: &Record, event: impl FnOnce(T) -> Event) -> DecodedEvent {
    match serde_json::from_str(record.data.get()) {
        Ok(data) => DecodedEvent::Known(Box::new(event(data))),
        Err(error) => DecodedEvent::Unreadable(error.to_string()),
    }
}
