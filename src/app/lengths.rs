//! How long, in a form: one of the lengths that are offered, or one of her own.

use crate::input::{Field, FieldError, FieldSchema, FormValue, Reads, read_length};
use crate::promises::duration;

/// The lengths that are offered, in seconds, and the words of the two fields.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LengthOffer {
    /// The label of the choice.
    pub label: &'static str,
    /// What is offered.
    pub offered: &'static [u64],
    /// How one of her own is written.
    pub hint: &'static str,
}

impl LengthOffer {
    /// The choice, with what is offered beside lengths; and the field for one of her own, where
    /// that is chosen.
    pub(super) fn schema(self, value: &FormValue, beside: &[String]) -> Vec<FieldSchema> {
        let offered = self
            .offered
            .iter()
            .map(|secs| match secs.checked_div(3600) {
                // Up to three days in hours.
                Some(hours @ 1..=72) => format!("{hours} h"),
                _ => duration(*secs),
            });
        let options = offered.chain(["Another length".to_owned()]);
        let options = options.chain(beside.iter().cloned()).collect();
        let mut schema = vec![FieldSchema::new(
            Field::Length,
            self.label,
            Reads::Choice(options),
        )];
        if value.chosen(Field::Length) == Some(self.offered.len()) {
            let own = FieldSchema::new(Field::OwnLength, "Your own length", Reads::Length);
            schema.push(own.hint(self.hint));
        }
        schema
    }

    /// The seconds that are chosen or written; none where neither is a length.
    pub(super) fn read(self, value: &FormValue) -> Result<Option<u64>, FieldError> {
        match value.chosen(Field::Length) {
            Some(place) if place == self.offered.len() => length(value, Field::OwnLength).map(Some),
            place => Ok(place.and_then(|place| self.offered.get(place).copied())),
        }
    }

    /// Writes a length of her own.
    pub fn write(self, value: &mut FormValue, typed: impl Into<String>) {
        value.choose(Field::Length, self.offered.len());
        value.write(Field::OwnLength, typed);
    }
}

/// A length as it is written.
pub(super) fn length(value: &FormValue, field: Field) -> Result<u64, FieldError> {
    read_length(value.text(field)).map_err(|problem| FieldError::new(field, problem.to_string()))
}
