//! What a key has done to a promise, said on whatever screen it was pressed.

use egui::Ui;

use crate::ui::text;
use crate::ui::tokens::{measure, space};
use crate::ui::widgets::button::quiet;
use crate::ui::widgets::card::column;

/// Shows it until it is closed or something else is done.
pub(crate) fn told_ui(ui: &mut Ui, told: &mut Option<String>) {
    let Some(words) = told.clone() else { return };
    ui.add_space(space::TWO);
    column(ui, measure::WIDE, |ui| {
        ui.horizontal_wrapped(|ui| {
            let words = text::body(ui, words);
            text::announced(ui, words);
            if quiet(ui, "Close").clicked() {
                *told = None;
            }
        });
    });
}

/// Says why something that was asked was not done.
pub(crate) fn refused(ui: &mut Ui, why: Option<&str>) {
    if let Some(why) = why {
        let words = text::attention(ui, why);
        text::announced(ui, words);
    }
}
