//! The one search of the engine: the first zero of a line with steps, on the way from where it stands.
//!
//! Equity less requirement is a straight line in the notional of one unit (the price of a linear
//! contract, its reciprocal for an inverse one), and in the common move of a joint stress. Its slope
//! and height change only where a position crosses into another maintenance tier. So nothing has to
//! be searched: one walks from step to step and divides once.

use std::ops::{Add, Sub};

use rust_decimal::Decimal;

use super::error::Error;
use super::exact::Exact;

/// A place on the way, kept as a fraction so that the one division is left to the end.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fraction {
    pub(crate) numerator: Exact,
    pub(crate) denominator: Exact,
}

#[derive(Debug, Clone, Copy)]
pub(crate) struct Linear {
    pub(crate) constant: Exact,
    pub(crate) slope: Exact,
}

impl Linear {
    pub(crate) const ZERO: Self = Self {
        constant: Exact::ZERO,
        slope: Exact::ZERO,
    };

    /// The height of the line at a place.
    pub(crate) fn at(self, t: Decimal) -> Result<Decimal, Error> {
        (self.constant + self.slope * Exact::from(t)).settle("account")
    }

    fn zero(self) -> Fraction {
        Fraction {
            numerator: -self.constant,
            denominator: self.slope,
        }
    }
}

impl Add for Linear {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            constant: self.constant + other.constant,
            slope: self.slope + other.slope,
        }
    }
}

impl Sub for Linear {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self {
            constant: self.constant - other.constant,
            slope: self.slope - other.slope,
        }
    }
}

/// What is added to the line from a place on.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Step {
    pub(crate) at: Decimal,
    pub(crate) place: Fraction,
    pub(crate) change: Linear,
}

/// Where a walk ends.
#[derive(Debug, Clone, Copy)]
pub(crate) enum PathEnd {
    /// At a place that is still part of the way.
    At(Decimal),
    /// Never; `t` rises for ever.
    Unbounded,
}

/// The first place at which the line is at or below zero, walking through `steps`, which must lie
/// in the order of the walk. Where the line stands at the start it is above zero.
///
/// # Errors
/// `Overflow` when a value on the way does not fit.
pub(crate) fn first_zero(
    mut line: Linear,
    steps: &[Step],
    end: PathEnd,
) -> Result<Option<Fraction>, Error> {
    for step in steps {
        if line.at(step.at)? <= Decimal::ZERO {
            return Ok(Some(line.zero()));
        }
        line = line + step.change;
        // A requirement that jumps at the border of a tier can overtake the equity right there.
        if line.at(step.at)? <= Decimal::ZERO {
            return Ok(Some(step.place));
        }
    }
    let reached = match end {
        PathEnd::At(end) => line.at(end)? <= Decimal::ZERO,
        PathEnd::Unbounded => line.slope.settle("account")? < Decimal::ZERO,
    };
    Ok(reached.then(|| line.zero()))
}
