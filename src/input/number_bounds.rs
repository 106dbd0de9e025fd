//! Where a number can lie, by what else is known: that settles which of two readings is meant.
//!
//! It refuses nothing. Two readings of one text lie a thousand times apart, so a reference that
//! is off by less than a hundred times never leads to the wrong one; what it takes is echoed, and
//! where both could stand, or neither, the person is asked.
//!
//! | number | reference |
//! | --- | --- |
//! | entry, price now, stop, price of a close | ten times either way of a price of that market: the other one that is typed, the mark, the last one written here |
//! | invalidation | ten times either way of the entry |
//! | quantity, notional | at most what the account holds, times [`HIGHEST_LEVERAGE`] or the leverage that is typed where that is more |
//! | margin | at most what the account holds; at least the notional over that leverage |
//! | what is accepted to be lost | at most what the account holds |
//! | quantity that is taken off, or made smaller | at most what is there |
//! | leverage | at most [`HIGHEST_LEVERAGE`] |
//! | percent | at most 100 |
//! | wallet balance | at least the isolated margins in it; after a close, ten times either way of the estimate |

use rust_decimal::Decimal;

use super::number::{Number, NumberReading, Suffix};

/// No large venue offers a higher leverage.
pub const HIGHEST_LEVERAGE: Decimal = Decimal::from_parts(125, 0, 0, false, 0);

/// What lies further from its reference than this many times is a slip of the keys.
const FURTHEST: Decimal = Decimal::TEN;

/// Where a number can lie.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct NumberBounds {
    near: Option<Decimal>,
    least: Option<Decimal>,
    most: Option<Decimal>,
}

impl NumberBounds {
    /// Nothing is known that it could be held against.
    pub const ANYWHERE: Self = Self {
        near: None,
        least: None,
        most: None,
    };

    /// A share in percent.
    pub const PERCENT: Self = Self {
        near: None,
        least: None,
        most: Some(Decimal::ONE_HUNDRED),
    };

    pub const LEVERAGE: Self = Self {
        near: None,
        least: None,
        most: Some(HIGHEST_LEVERAGE),
    };

    /// Not more than ten times a value, and not less than a tenth of it. Without one, and beside
    /// one that is not above zero, anywhere.
    pub fn ten_times(value: Option<Decimal>) -> Self {
        Self {
            near: value.filter(|value| *value > Decimal::ZERO),
            ..Self::ANYWHERE
        }
    }

    /// Not more than this, where it is known.
    pub fn at_most(most: Option<Decimal>) -> Self {
        Self {
            most,
            ..Self::ANYWHERE
        }
    }

    /// A margin out of this much, behind a notional that is known or not, with at most so many
    /// times as leverage.
    pub fn margin(equity: Option<Decimal>, leverage: Decimal, notional: Option<Decimal>) -> Self {
        let least = notional.and_then(|notional| notional.checked_div(leverage));
        Self::at_most(equity).at_least(least)
    }

    /// And not less than this, where it is known.
    #[must_use]
    pub fn at_least(self, least: Option<Decimal>) -> Self {
        Self { least, ..self }
    }

    /// Whether a value lies there. A bound that is too large to be counted bounds nothing.
    pub fn holds(&self, value: Decimal) -> bool {
        let Self { near, least, most } = *self;
        near.is_none_or(|near| !is_beyond(value, near) && !is_beyond(near, value))
            && least.is_none_or(|least| value >= least)
            && most.is_none_or(|most| value <= most)
    }

    fn allows(&self, number: Number) -> bool {
        match number.suffix {
            // A share of the account, where an amount could have been written.
            Some(Suffix::Percent) => Self::PERCENT.holds(number.value),
            Some(Suffix::Times) | None => self.holds(number.value),
        }
    }
}

/// Whether a value is more than [`FURTHEST`] times another.
fn is_beyond(value: Decimal, from: Decimal) -> bool {
    from.checked_mul(FURTHEST)
        .is_some_and(|bound| value > bound)
}

impl NumberReading {
    /// The same, but of two readings the one that lies within where the other does not.
    ///
    /// ```
    /// use impulse_audit::input::NumberBounds;
    /// use impulse_audit::input::number::{Unit, read};
    /// use rust_decimal::Decimal;
    ///
    /// let beside_the_entry = NumberBounds::ten_times(Some(Decimal::from(100_000)));
    /// let price = read("94,000", Unit::Price).within(beside_the_entry).exact().unwrap();
    /// assert_eq!(price.value, Decimal::from(94_000));
    /// ```
    #[must_use]
    pub fn within(self, within: NumberBounds) -> Self {
        match self {
            Self::TwoWays(grouped, decimal) => {
                match (within.allows(grouped), within.allows(decimal)) {
                    (true, false) => Self::Exact(grouped),
                    (false, true) => Self::Exact(decimal),
                    (true, true) | (false, false) => self,
                }
            }
            Self::Empty | Self::Exact(_) | Self::Refused(_) => self,
        }
    }
}

#[cfg(test)]
#[path = "number_bounds_tests.rs"]
mod tests;
