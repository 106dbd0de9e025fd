//! The two numbers of the pause: where the idea is wrong, and the most that is accepted to be
//! lost.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::engine::Money;
use crate::input::NumberBounds;
use crate::input::figures::{format, money, typed_percent};
use crate::input::number::{Number, Suffix};

/// On which side of the entry a position loses.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LosingSide {
    /// Below the entry: a long.
    Below,
    /// Above the entry: a short.
    Above,
}

impl LosingSide {
    fn word(self) -> &'static str {
        match self {
            Self::Below => "below",
            Self::Above => "above",
        }
    }

    fn other(self) -> Self {
        match self {
            Self::Below => Self::Above,
            Self::Above => Self::Below,
        }
    }

    /// Whether `price` is strictly on this side of `from`.
    fn holds(self, price: Decimal, from: Decimal) -> bool {
        match self {
            Self::Below => price < from,
            Self::Above => price > from,
        }
    }
}

/// Why a price can't be where the idea is wrong. Each sentence explains and asks again; none
/// suggests a price.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum InvalidationProblem {
    /// Zero or less.
    #[error("Zero is no price that can be traded; write the price at which the idea is wrong.")]
    NotAPrice,
    #[error(
        "{} is your entry itself, where nothing has moved yet; write the price {} it at which the idea is wrong.",
        format(*.entry), .losing.word()
    )]
    EqualsEntry {
        entry: Decimal,
        /// Where the position loses.
        losing: LosingSide,
    },
    /// The side of the entry on which the position gains.
    #[error(
        "{} is {} your entry of {}, where this position gains; write a price {} the entry, where it loses.",
        format(*.invalidation), .losing.other().word(), format(*.entry), .losing.word()
    )]
    WrongSide {
        invalidation: Decimal,
        entry: Decimal,
        /// Where the position loses.
        losing: LosingSide,
    },
    /// More than ten times the entry, or less than a tenth of it.
    #[error(
        "{} is more than ten times away from your entry of {}; look at its digits and write the price at which the idea is wrong.",
        format(*.invalidation), format(*.entry)
    )]
    TooFar {
        invalidation: Decimal,
        entry: Decimal,
    },
    /// The mark stands there or beyond it already.
    #[error(
        "The mark of {} has already reached {}, so by this price the idea is wrong now; write a price {} the mark, or do nothing.",
        format(*.mark), format(*.invalidation), .losing.word()
    )]
    AlreadyPassed {
        invalidation: Decimal,
        mark: Decimal,
        /// Where the position loses.
        losing: LosingSide,
    },
}

/// Checks the price at which the idea is wrong, in the quote currency.
///
/// Ten times the entry and a tenth of it still pass; a mark that stands exactly at the price
/// has reached it.
///
/// # Errors
/// The first [`InvalidationProblem`] that holds, in the order in which they are listed.
pub fn check_invalidation(
    losing: LosingSide,
    entry: Decimal,
    mark: Option<Decimal>,
    invalidation: Decimal,
) -> Result<(), InvalidationProblem> {
    if invalidation <= Decimal::ZERO {
        return Err(InvalidationProblem::NotAPrice);
    }
    if invalidation == entry {
        return Err(InvalidationProblem::EqualsEntry { entry, losing });
    }
    if !losing.holds(invalidation, entry) {
        return Err(InvalidationProblem::WrongSide {
            invalidation,
            entry,
            losing,
        });
    }
    if !NumberBounds::ten_times(Some(entry)).holds(invalidation) {
        return Err(InvalidationProblem::TooFar {
            invalidation,
            entry,
        });
    }
    match mark {
        Some(mark) if !losing.holds(invalidation, mark) => {
            Err(InvalidationProblem::AlreadyPassed {
                invalidation,
                mark,
                losing,
            })
        }
        Some(_) | None => Ok(()),
    }
}

/// The most that the trader accepts to lose, in the collateral currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct AcceptedLoss {
    /// The amount; where a percent was written, that share of the equity.
    pub amount: Decimal,
    /// The percent, where one was written.
    pub percent: Option<Decimal>,
}

/// Why an amount can't be the most that is accepted to be lost.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum AcceptedLossProblem {
    /// Zero or less.
    #[error("Every trade can lose something; write an amount above zero.")]
    NotPositive,
    /// More than 100 %.
    #[error(
        "{} is more than the whole account; write 100 % or less, or an amount.",
        typed_percent(*.percent)
    )]
    OverWhole { percent: Decimal },
    /// More than the account holds.
    #[error(
        "The account holds {}, so {} can't be lost from it; write the most that you accept of what is there.",
        money(Money::new(*.equity)), money(Money::new(*.amount))
    )]
    OverEquity {
        amount: Decimal,
        /// The account's equity.
        equity: Decimal,
    },
    /// The account holds nothing.
    #[error(
        "The account holds nothing now, so no loss can be set against it; bring its wallet balance up to date."
    )]
    NoEquity,
    /// A leverage was written, or the share is too small to be counted.
    #[error("Write an amount, or a percent of the account such as 2 %.")]
    NotAnAmount,
}

/// Checks the accepted loss against the account's equity (collateral currency) and makes an
/// amount of it. All of the account is accepted, more is not.
///
/// # Errors
/// The [`AcceptedLossProblem`] that holds.
pub fn check_accepted_loss(
    written: Number,
    equity: Decimal,
) -> Result<AcceptedLoss, AcceptedLossProblem> {
    let Number { value, suffix } = written;
    if value <= Decimal::ZERO {
        return Err(AcceptedLossProblem::NotPositive);
    }
    if equity <= Decimal::ZERO {
        return Err(AcceptedLossProblem::NoEquity);
    }
    match suffix {
        None if value > equity => Err(AcceptedLossProblem::OverEquity {
            amount: value,
            equity,
        }),
        None => Ok(AcceptedLoss {
            amount: value,
            percent: None,
        }),
        Some(Suffix::Percent) if value > Decimal::ONE_HUNDRED => {
            Err(AcceptedLossProblem::OverWhole { percent: value })
        }
        Some(Suffix::Percent) => value
            .checked_div(Decimal::ONE_HUNDRED)
            .and_then(|share| equity.checked_mul(share))
            .filter(|amount| *amount > Decimal::ZERO)
            .map(|amount| AcceptedLoss {
                amount: amount.normalize(),
                percent: Some(value),
            })
            .ok_or(AcceptedLossProblem::NotAnAmount),
        Some(Suffix::Times) => Err(AcceptedLossProblem::NotAnAmount),
    }
}

#[cfg(test)]
#[path = "bounds_tests.rs"]
mod tests;
