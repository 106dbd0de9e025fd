//! A count as it is typed in a form.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive as _;

use super::number::Unit;
use super::{Field, FieldError, FormValue, NumberBounds};

impl FormValue {
    /// A whole number, at least 1.
    ///
    /// # Errors
    /// Where it is none.
    pub fn count(&self, field: Field) -> Result<u32, FieldError> {
        let read = self.number(field, "", Unit::Quantity, NumberBounds::ANYWHERE);
        let whole = read.ok().flatten().filter(Decimal::is_integer);
        let count = whole.and_then(|n| n.to_u32()).filter(|count| *count > 0);
        count.ok_or_else(|| FieldError::new(field, "Write a whole number, at least 1."))
    }
}
