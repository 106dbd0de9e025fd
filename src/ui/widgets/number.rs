//! A field for a number as people type it: what was understood stands under it, and where
//! the text can be read in two ways, both are offered.

use egui::{Id, Response, Ui};

use super::button::quiet;
use super::field::{FieldNote, field};
use crate::input::NumberBounds;
use crate::input::figures;
use crate::input::number::{NumberReading, Unit, format_unmistakably, read};

#[derive(Debug)]
pub(crate) struct NumberField<'a> {
    label: &'a str,
    text: &'a mut String,
    unit: Unit,
    suffix: &'a str,
    within: NumberBounds,
    hint: &'a str,
    id: Option<Id>,
    label_hidden: bool,
}

/// A number field; `suffix` is the word after the number as understood: "USDT".
pub(crate) fn number<'a>(
    label: &'a str,
    text: &'a mut String,
    unit: Unit,
    suffix: &'a str,
) -> NumberField<'a> {
    NumberField {
        label,
        text,
        unit,
        suffix,
        within: NumberBounds::ANYWHERE,
        hint: "",
        id: None,
        label_hidden: false,
    }
}

impl<'a> NumberField<'a> {
    /// What settles which of two readings is meant.
    pub(crate) fn within(self, within: NumberBounds) -> Self {
        Self { within, ..self }
    }

    /// Grey words inside the empty field: never a value.
    pub(crate) fn hint(self, hint: &'a str) -> Self {
        Self { hint, ..self }
    }

    /// A lasting id, so that the focus can be sent here.
    pub(crate) fn id(self, id: Id) -> Self {
        Self {
            id: Some(id),
            ..self
        }
    }

    /// The name is spoken but not drawn.
    pub(crate) fn label_hidden(self) -> Self {
        Self {
            label_hidden: true,
            ..self
        }
    }

    /// Shows it. `under` is what stands there while nothing is typed, or what is wrong.
    /// The answer's `changed()` is also true where one of two readings was chosen.
    pub(crate) fn show(self, ui: &mut Ui, under: FieldNote) -> Response {
        let Self {
            label,
            text,
            unit,
            suffix,
            within,
            hint,
            id,
            label_hidden,
        } = self;
        let reading = read(text, unit).within(within);
        let under = match (&reading, under) {
            (_, wrong @ FieldNote::Wrong(_)) => wrong,
            (NumberReading::Empty, otherwise) => otherwise,
            (NumberReading::Exact(number), _) => {
                FieldNote::note(figures::understood(number.value, number.suffix, suffix))
            }
            (NumberReading::TwoWays(..), _) => {
                FieldNote::Wrong(reading.question().unwrap_or_default())
            }
            (NumberReading::Refused(error), _) => FieldNote::Wrong(error.to_string()),
        };
        let width = ui.available_width();
        ui.vertical(|ui| {
            ui.set_width(width);
            let mut edit = field(label, text).hint(hint).width(width);
            if let Some(id) = id {
                edit = edit.id(id);
            }
            if label_hidden {
                edit = edit.label_hidden();
            }
            let mut response = edit.show(ui, &under);
            if let NumberReading::TwoWays(first, second) = reading {
                ui.horizontal(|ui| {
                    for one in [first, second] {
                        let words = format_unmistakably(one.value);
                        if quiet(ui, &words).clicked() {
                            *text = words;
                            response.mark_changed();
                        }
                    }
                });
            }
            response
        })
        .inner
    }
}
