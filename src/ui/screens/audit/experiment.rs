//! The ticket's tag: whether something is tried out, and where that has its place.

use egui::{Label, Ui};

use super::AuditState;
use crate::app::App;
use crate::ui::text;
use crate::ui::tokens::{measure, space};
use crate::ui::widgets::choice::toggle;
use crate::wording::ticket;

/// Asks it where something is opened or added; of a position that is an experiment it is said.
pub(super) fn show(ui: &mut Ui, app: &App, state: &mut AuditState) {
    let Some(draft) = &mut state.draft else {
        return;
    };
    let form = &mut draft.ticket;
    if app.is_of_an_experiment(form) {
        ui.label(text::note(ui, ticket::ENTERED_AS_AN_EXPERIMENT));
    } else if form.intent.is_filled() {
        ui.scope(|ui| {
            // The question stands in the middle of the row, as high as its answer.
            ui.spacing_mut().interact_size.y = measure::TARGET;
            ui.spacing_mut().item_spacing.x = space::ONE + space::HALF;
            ui.horizontal(|ui| {
                ui.label(text::note(ui, ticket::EXPERIMENT_ASKED));
                let toggled = toggle(ui, ticket::EXPERIMENT, None, &mut form.experiment);
                state.edited |= toggled.clicked();
            });
        });
    } else {
        return;
    }
    let form = &draft.ticket;
    if let Some(words) = app.place_of(form) {
        ui.add(Label::new(text::faint(ui, words)).wrap());
    }
    ui.add_space(space::ONE);
}
