//! Help: pages that are part of the program, read without a connection.
//!
//! | file | what it is for |
//! | --- | --- |
//! | `page` | a page of simple Markdown, drawn in the window's own texts |

mod page;

use egui::Ui;

use crate::ui::tokens::{measure, space};
use crate::ui::widgets::card::column;

/// What a promise can do, and what nothing can prevent.
const PROMISES: &str = include_str!("../../../../docs/threat-model.md");

pub(crate) fn help_ui(ui: &mut Ui) {
    egui::ScrollArea::vertical()
        .id_salt("help")
        .auto_shrink(false)
        .show(ui, |ui| {
            ui.add_space(space::FIVE);
            column(ui, measure::FORM, |ui| page::page_ui(ui, PROMISES));
            ui.add_space(space::FIVE);
        });
}
