//! Checked decimal arithmetic that reads like the formulas it carries out.

use std::ops::{Add, Div, Mul, Neg, Sub};

use rust_decimal::Decimal;

use super::error::Error;
#[cfg(any(test, feature = "operations"))]
use super::operations::{Operation, note};

/// A decimal, or the fact that a step on the way to it did not fit.
///
/// Each operation is checked; after a step that overflows or divides by zero, every later one stays
/// empty, and [`Exact::settle`] turns that into an error. So a formula can be written as in a book
/// and still never panics or wraps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Exact(Option<Decimal>);

impl Exact {
    pub(crate) const ZERO: Self = Self(Some(Decimal::ZERO));
    pub(crate) const ONE: Self = Self(Some(Decimal::ONE));

    /// The value, or an overflow that names the field being computed.
    pub(crate) fn settle(self, field: &str) -> Result<Decimal, Error> {
        self.0.ok_or_else(|| Error::overflow(field))
    }

    /// The value if every step fitted.
    pub(crate) const fn value(self) -> Option<Decimal> {
        self.0
    }
}

impl From<Decimal> for Exact {
    fn from(value: Decimal) -> Self {
        Self(Some(value))
    }
}

impl From<u32> for Exact {
    fn from(value: u32) -> Self {
        Self(Some(Decimal::from(value)))
    }
}

macro_rules! checked {
    ($trait:ident, $operation:ident, $checked:ident) => {
        impl $trait for Exact {
            type Output = Self;

            fn $operation(self, other: Self) -> Self {
                #[cfg(any(test, feature = "operations"))]
                note(Operation::$trait, self.0, other.0);
                Self(self.0.zip(other.0).and_then(|(a, b)| a.$checked(b)))
            }
        }
    };
}

checked!(Add, add, checked_add);
checked!(Sub, sub, checked_sub);
checked!(Mul, mul, checked_mul);
checked!(Div, div, checked_div);

impl Neg for Exact {
    type Output = Self;

    fn neg(self) -> Self {
        Self::ZERO - self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_step_that_does_not_fit_empties_all_that_follow() {
        let huge = Exact::from(Decimal::MAX);
        assert!(
            (huge * huge - huge * huge + Exact::ONE)
                .settle("x")
                .is_err()
        );
        assert!((Exact::ONE / Exact::ZERO).settle("x").is_err());
        assert_eq!((-Exact::ONE + Exact::ONE).settle("x"), Ok(Decimal::ZERO));
    }
}
