//! What the account's forms have in common.

use egui::Ui;

use super::Done;
use crate::input::FieldError;
use crate::ui::tokens::{Palette, space};
use crate::ui::widgets::button::{plain, primary};
use crate::ui::{UiCommand, text};

/// Problems that belong to no field that the form shows.
pub(super) fn problems_ui(ui: &mut Ui, problems: &[FieldError]) {
    for problem in problems {
        let words = text::body(ui, problem.to_string()).color(Palette::of(ui).attention);
        text::announced(ui, words);
    }
}

/// The form's two buttons; answers whether it is to be saved.
pub(super) fn save_or_back(ui: &mut Ui, name: &str, pressed: bool, done: &mut Done) -> bool {
    ui.add_space(space::TWO);
    ui.horizontal_wrapped(|ui| {
        let saved = primary(name).does(UiCommand::Confirm).show(ui).clicked();
        if plain("Back").does(UiCommand::Cancel).show(ui).clicked() {
            *done = Done::Back;
        }
        pressed || saved
    })
    .inner
}
