//! A count as it is typed in a form.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use super::form_errors::FormErrors;
use super::number::Unit;
use crate::input::{Field, NumberBounds, typed_number};

/// A whole number, at least 1.
pub(crate) fn count(name: &str, typed: &str, notes: &mut FormErrors) -> Option<u32> {
    let read = typed_number(Field::Other, typed, Unit::Quantity, NumberBounds::ANYWHERE)
        .ok()
        .flatten();
    let whole = read.filter(Decimal::is_integer).and_then(|n| n.to_u32());
    let count = whole.filter(|count| *count > 0);
    if count.is_none() {
        notes.wrong(name, "Write a whole number, at least 1.");
    }
    count
}
