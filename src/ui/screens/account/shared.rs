//! What the account's forms have in common.

use egui::{Key, KeyboardShortcut, Modifiers, Ui};
use rust_decimal::Decimal;

use super::Done;
use crate::audit::number::Unit;
use crate::audit::{Field, FieldProblem, typed_number};
use crate::ui::text;
use crate::ui::tokens::{Palette, space};
use crate::ui::widgets::button::{plain, primary};

pub(super) const SAVE: KeyboardShortcut = KeyboardShortcut::new(Modifiers::COMMAND, Key::Enter);

/// Problems that belong to no field that the form shows.
pub(super) fn problems_ui(ui: &mut Ui, problems: &[FieldProblem]) {
    for problem in problems {
        let words = text::body(ui, &problem.problem).color(Palette::of(ui).attention);
        text::announced(ui, words);
    }
}

/// The form's two buttons; answers whether it is to be saved.
pub(super) fn save_or_back(ui: &mut Ui, name: &str, pressed: bool, done: &mut Done) -> bool {
    ui.add_space(space::TWO);
    ui.horizontal_wrapped(|ui| {
        let saved = primary(name).key("Ctrl+Enter").show(ui).clicked();
        let escaped = ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::Escape));
        if plain("Back").key("Esc").show(ui).clicked() || escaped {
            *done = Done::Back;
        }
        pressed || saved
    })
    .inner
}

/// A number that must be there, above zero.
pub(super) fn needed(what: &str, text: &str, unit: Unit) -> Result<Decimal, FieldProblem> {
    match typed(what, text, unit)? {
        Some(value) if value > Decimal::ZERO => Ok(value),
        Some(_) => Err(FieldProblem::new(
            Field::Other,
            format!("{what} is a number above zero."),
        )),
        None => Err(FieldProblem::new(
            Field::Other,
            format!("{what} is not written yet."),
        )),
    }
}

/// A number that may be left out.
pub(super) fn typed(what: &str, text: &str, unit: Unit) -> Result<Option<Decimal>, FieldProblem> {
    typed_number(Field::Other, text, unit)
        .map_err(|problem| FieldProblem::new(Field::Other, format!("{what}: {}", problem.problem)))
}

/// A percent as a fraction.
pub(super) fn fraction(percent: Decimal) -> Decimal {
    percent.checked_div(Decimal::ONE_HUNDRED).unwrap_or(percent)
}
