//! Walking away before the seal: asked once, never blamed or praised.

use egui::{Id, Modal, Ui};

use super::{AuditState, LeavePrompt};
use crate::app::Command;
use crate::ui::tokens::{Palette, measure, space};
use crate::ui::widgets::button::{plain, primary};
use crate::ui::{Action, UiCommand, text};

/// Shows the question while it is asked.
pub(super) fn leave_ui(ui: &Ui, state: &mut AuditState) -> Option<Action> {
    if state.walking != LeavePrompt::Asked {
        // While the modal was there nothing behind it could take the focus, in the frame of
        // its closing neither: the view is entered again only now.
        if std::mem::take(&mut state.walking) == LeavePrompt::Returning {
            state.entered = None;
            ui.ctx().request_repaint();
        }
        return None;
    }
    let mut action = None;
    let id = Id::unique("walk away");
    let modal = Modal::new(id)
        .frame(
            egui::Frame::new()
                .fill(Palette::of(ui).card)
                .corner_radius(measure::CARD_RADIUS)
                .inner_margin(egui::Margin::symmetric(28, 24)),
        )
        .backdrop_color(Palette::of(ui).ground.gamma_multiply(0.7))
        .show(ui.ctx(), |ui| {
            ui.set_width(
                measure::FORM
                    .min(ui.ctx().content_rect().width() - 96.0)
                    .min(420.0),
            );
            text::show_heading(ui, "Do nothing with this trade?");
            let words = text::second(
                ui,
                "It goes into the journal as a decision, like any other.",
            );
            ui.add(egui::Label::new(words).wrap());
            ui.add_space(space::TWO);
            ui.horizontal_wrapped(|ui| {
                let nothing = primary("Do nothing").key("Enter").show(ui);
                let go_on = plain("Go on writing").does(UiCommand::Cancel).show(ui);
                let focused = ui.memory(egui::Memory::focused);
                if focused != Some(nothing.id) && focused != Some(go_on.id) {
                    nothing.request_focus();
                }
                if nothing.clicked() {
                    action = state
                        .draft
                        .clone()
                        .map(|d| Action::Do(Command::WalkAway(Box::new(d))));
                    // Nothing stands over the view while it is saved, or where it was not.
                    close(ui, state);
                }
                if go_on.clicked() {
                    close(ui, state);
                }
            });
        });
    if modal.should_close() {
        close(ui, state);
    }
    action
}

fn close(ui: &Ui, state: &mut AuditState) {
    state.walking = LeavePrompt::Returning;
    ui.ctx().request_repaint();
}
