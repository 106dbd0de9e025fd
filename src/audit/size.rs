//! Quantity, notional, margin and leverage: any two give the third.

use rust_decimal::Decimal;

use crate::input::number::format;
use crate::input::{Field, FieldError};
use crate::market::Terms;

/// Quantity, notional, margin and leverage that belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// In base, or contracts where inverse.
    pub quantity: Decimal,
    /// What that is worth at the entry, in collateral.
    pub notional: Decimal,
    /// Notional / leverage, in collateral.
    pub margin: Decimal,
    /// Notional / margin.
    pub leverage: Decimal,
}

impl Size {
    /// Any two of notional (written, or of the quantity), margin and leverage give the third.
    pub(super) fn from(
        terms: Terms,
        entry: Decimal,
        quantity: Option<Decimal>,
        notional: Option<Decimal>,
        margin: Option<Decimal>,
        leverage: Option<Decimal>,
    ) -> Result<Self, FieldError> {
        let too_large = |field| FieldError::new(field, "These numbers are too large to multiply.");
        let by_quantity = match quantity {
            Some(q) => Some(
                terms
                    .notional(q, entry)
                    .ok_or_else(|| too_large(Field::Quantity))?,
            ),
            None => None,
        };
        let by_margin = match (margin, leverage) {
            (Some(m), Some(l)) => Some(m.checked_mul(l).ok_or_else(|| too_large(Field::Margin))?),
            _ => None,
        };
        let given = [by_quantity, notional, by_margin];
        let Some(notional_value) = given.into_iter().flatten().next() else {
            return Err(FieldError::new(
                Field::Quantity,
                "Write how much: the quantity, the notional, or margin and leverage.",
            ));
        };
        for (field, other) in [(Field::Notional, notional), (Field::Margin, by_margin)] {
            if let Some(other) = other
                && !agree(notional_value, other)
            {
                return Err(FieldError::new(
                    field,
                    format!(
                        "This makes a notional of {}, the fields before it make {}. \
                         Leave one of them empty.",
                        format(other),
                        format(notional_value)
                    ),
                ));
            }
        }
        let quantity = match quantity {
            Some(quantity) => quantity,
            None => terms
                .quantity(notional_value, entry)
                .ok_or_else(|| too_large(Field::Notional))?
                .round_dp_with_strategy(12, rust_decimal::RoundingStrategy::ToZero),
        };
        let (margin, leverage) = match (margin, leverage) {
            (Some(margin), Some(leverage)) => (Some(margin), Some(leverage)),
            (Some(margin), None) => (Some(margin), notional_value.checked_div(margin)),
            (None, Some(leverage)) => (notional_value.checked_div(leverage), Some(leverage)),
            (None, None) => {
                return Err(FieldError::new(
                    Field::Leverage,
                    "Write the leverage, or the margin you would assign.",
                ));
            }
        };
        match (margin, leverage) {
            (Some(margin), Some(leverage)) if quantity > Decimal::ZERO => Ok(Self {
                quantity,
                notional: notional_value,
                margin,
                leverage,
            }),
            _ => Err(FieldError::new(
                Field::Leverage,
                "These numbers are too far apart to divide.",
            )),
        }
    }
}

/// Whether two notionals are the same but for the rounding of what was typed: within 0.1 %.
fn agree(a: Decimal, b: Decimal) -> bool {
    let thousandth = a
        .checked_div(Decimal::ONE_THOUSAND)
        .unwrap_or(Decimal::ZERO);
    a.checked_sub(b)
        .is_some_and(|difference| difference.abs() <= thousandth)
}
