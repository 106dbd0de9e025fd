//! What the account's forms have in common.

use egui::{Key, KeyboardShortcut, Modifiers, Ui};

use super::Done;
use crate::input::FieldError;
use crate::ui::text;
use crate::ui::tokens::{Palette, space};
use crate::ui::widgets::button::{plain, primary};

pub(super) const SAVE: KeyboardShortcut = KeyboardShortcut::new(Modifiers::COMMAND, Key::Enter);

/// Problems that belong to no field that the form shows.
pub(super) fn problems_ui(ui: &mut Ui, problems: &[FieldError]) {
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
