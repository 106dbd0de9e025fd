//! Settings: theme, size of type, rules and waits, where data lies, and its backups.
//!
//! - `rules`: what holds from the beginning, with its thresholds, on a page of its own.
//! - `backups`: made, listed, restored.
//! - `exports`: the journal written out.

mod backups;
mod exports;
mod rules;

use egui::{Label, Ui};

pub(crate) use self::backups::BackupsState;
use self::backups::backups_ui;
pub(crate) use self::exports::ExportsState;
use self::exports::exports_ui;
pub(crate) use self::rules::RulesState;
use self::rules::{rules_ui, to_rules_ui};

use crate::ui::tokens::{measure, space};
use crate::ui::widgets::card::{card, column, titled};
use crate::ui::widgets::choice::{Mark, one_of};
use crate::ui::window::{Preferences, Theme};
use crate::ui::{Action, View, text};

const SIZES: [(u16, &str); 6] = [
    (80, "80 %"),
    (100, "100 %"),
    (125, "125 %"),
    (150, "150 %"),
    (175, "175 %"),
    (200, "200 %"),
];

pub(crate) fn settings_ui(
    ui: &mut Ui,
    view: &View<'_>,
    preferences: &mut Preferences,
    state: &mut BackupsState,
    exports: &mut ExportsState,
    rules: &mut RulesState,
) -> Option<Action> {
    if rules.is_open() {
        return rules_ui(ui, view, rules);
    }
    let mut action = None;
    egui::ScrollArea::vertical()
        .id_salt("settings")
        .auto_shrink(false)
        .show(ui, |ui| {
            ui.add_space(space::FIVE);
            column(ui, measure::FORM, |ui| {
                text::show_heading(ui, "Settings");
                ui.add_space(space::TWO);
                let mut theme = Some(preferences.theme);
                let themes = [
                    (Theme::Dark, "Dark", Mark::Plain),
                    (Theme::Light, "Light", Mark::Plain),
                    (Theme::System, "As the system", Mark::Plain),
                ];
                one_of(ui, "Colours", &themes, &mut theme);
                preferences.theme = theme.unwrap_or_default();
                ui.add_space(space::TWO);
                let mut zoom = Some(preferences.zoom);
                let sizes = SIZES.map(|(percent, word)| (percent, word, Mark::Plain));
                one_of(ui, "Size of everything", &sizes, &mut zoom);
                preferences.zoom = zoom.unwrap_or(100);
                ui.add_space(space::THREE);
                to_rules_ui(ui, view, rules);
                ui.add_space(space::THREE);
                card(ui, |ui| {
                    titled(ui, "The journal lies in", &view.app.folders().data.display().to_string());
                    titled(ui, "Its head, which notices a loss, in", &view.app.folders().head.display().to_string());
                    titled(ui, "Seal of the last entry", view.app.seal());
                    titled(ui, "Version", env!("CARGO_PKG_VERSION"));
                });
                ui.add_space(space::THREE);
                action = backups_ui(ui, view, state);
                ui.add_space(space::THREE);
                let export = exports_ui(ui, exports);
                action = action.take().or(export);
                ui.add_space(space::TWO);
                let words = text::note(ui, "Estimates here are estimates: gaps, fees, funding and your venue's rules can differ. Nothing here was tested on traders, and nothing is claimed to prevent a loss.");
                ui.add(Label::new(words).wrap());
            });
        });
    action
}
