//! What stands in a form: words and choices, by field.

use std::collections::BTreeMap;

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::number::Unit;
use super::{Field, FieldError, NumberBounds, above_zero, typed_number};

/// What stands in a form: words and choices, by field.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct FormValue {
    texts: BTreeMap<Field, String>,
    choices: BTreeMap<Field, usize>,
}

impl FormValue {
    /// What is written in a field.
    pub fn text(&self, field: Field) -> &str {
        self.texts.get(&field).map_or("", String::as_str)
    }

    /// The same, to be written in.
    pub fn text_mut(&mut self, field: Field) -> &mut String {
        self.texts.entry(field).or_default()
    }

    /// Writes in a field.
    pub fn write(&mut self, field: Field, text: impl Into<String>) {
        let text = text.into();
        if text.is_empty() {
            self.texts.remove(&field);
        } else {
            self.texts.insert(field, text);
        }
    }

    /// Whether nothing is written in a field.
    pub fn is_empty(&self, field: Field) -> bool {
        self.text(field).trim().is_empty()
    }

    /// Which of its options is chosen, by its place among them.
    pub fn chosen(&self, field: Field) -> Option<usize> {
        self.choices.get(&field).copied()
    }

    /// The one that is chosen among `options`.
    pub fn one_of<T: Copy>(&self, field: Field, options: &[T]) -> Option<T> {
        options.get(self.chosen(field)?).copied()
    }

    /// Chooses by place.
    pub fn choose(&mut self, field: Field, place: usize) {
        self.choices.insert(field, place);
    }

    /// Takes a choice out again: for a place among what may change, which is not kept.
    pub fn take(&mut self, field: Field) -> Option<usize> {
        self.choices.remove(&field)
    }

    /// Chooses one of `options`; nothing where it is none of them.
    pub fn choose_of<T: PartialEq>(&mut self, field: Field, options: &[T], one: &T) {
        if let Some(place) = options.iter().position(|other| other == one) {
            self.choose(field, place);
        }
    }

    /// Whether there is one more of a list.
    pub fn has(&self, field: Field) -> bool {
        self.one_of(field, &[false, true]) == Some(true)
    }

    /// Puts what stands in one field into another.
    pub fn put(&mut self, from: Field, into: Field) {
        match self.texts.remove(&from) {
            Some(text) => self.texts.insert(into, text),
            None => self.texts.remove(&into),
        };
        match self.choices.remove(&from) {
            Some(place) => self.choices.insert(into, place),
            None => self.choices.remove(&into),
        };
    }

    /// The number that is written, if one is; `what` names it where it is wrong.
    ///
    /// # Errors
    /// Where it is none.
    pub fn number(
        &self,
        field: Field,
        what: &str,
        unit: Unit,
        within: NumberBounds,
    ) -> Result<Option<Decimal>, FieldError> {
        typed_number(field, self.text(field), unit, within).map_err(|error| FieldError {
            name: what.to_owned(),
            ..error
        })
    }

    /// The number that must be there, above zero.
    ///
    /// # Errors
    /// Where it is none.
    pub fn needed(
        &self,
        field: Field,
        what: &str,
        unit: Unit,
        within: NumberBounds,
    ) -> Result<Decimal, FieldError> {
        above_zero(field, what, self.number(field, what, unit, within)?)?
            .ok_or_else(|| FieldError::new(field, format!("{what} is not written yet.")))
    }

    /// Whether the first of two is chosen, where one is.
    pub fn is_first(&self, field: Field) -> Option<bool> {
        self.one_of(field, &[true, false])
    }
}
