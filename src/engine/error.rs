//! What the engine refuses, and what to do about it.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Why there is no assessment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum ErrorCode {
    /// A needed value is absent: it is asked for, never taken as zero.
    Missing,
    /// A text is no decimal number, or a number is not given as text.
    NotANumber,
    /// A value that must be above zero is not.
    NotPositive,
    /// A value that must not be below zero is.
    Negative,
    /// A word is none of those the engine knows.
    UnknownWord,
    /// A value has another shape than expected (a list, an object, a text).
    WrongShape,
    /// The line can't be read as JSON at all.
    Unreadable,
    /// The first maintenance tier does not start at a notional of 0.
    TiersNotFromZero,
    /// The floors of the maintenance tiers do not rise.
    TiersNotRising,
    /// Two positions have the same symbol, side and backing.
    DuplicatePosition,
    /// One symbol stands as a linear and as an inverse contract.
    ContractMismatch,
    /// The invalidation is at the entry or on its profit side.
    InvalidationOnProfitSide,
    /// The mark has already passed the invalidation.
    AlreadyInvalid,
    /// The ticket speaks of a position that the account does not hold.
    NoSuchPosition,
    /// The ticket reduces by more than the position holds.
    MoreThanHeld,
    /// The position already stands in the mode the ticket switches to.
    AlreadyInMode,
    /// A result does not fit an exact decimal of 28 digits.
    Overflow,
}

impl fmt::Display for ErrorCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self, f)
    }
}

/// A refusal: its code, the field it speaks of, and a sentence for a person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[error("{field}: {message}")]
pub struct Error {
    /// What kind of refusal.
    pub code: ErrorCode,
    /// The path of the field, such as `ticket.invalidation` or `account.positions[1].entry`.
    pub field: String,
    /// What happened and what can be done, in one sentence.
    pub message: String,
}

impl Error {
    /// A refusal of one field.
    pub fn new(code: ErrorCode, field: impl Into<String>, message: impl Into<String>) -> Self {
        Self {
            code,
            field: field.into(),
            message: message.into(),
        }
    }

    /// A number left the range of an exact decimal while `field` was computed.
    pub(crate) fn overflow(field: &str) -> Self {
        Self::new(
            ErrorCode::Overflow,
            field,
            "These numbers are too large or too small together to be computed exactly. \
             Check for a slipped decimal point.",
        )
    }
}
