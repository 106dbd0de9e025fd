//! Arming a promise: its fields; and before it is armed its exact end and what stays possible.

use egui::{Label, Ui};

use super::told::refused;
use super::{About, keep_exact};
use crate::app::arm_form::ArmForm;
use crate::input::FieldError;
use crate::promises::{Armed, STAYS_POSSIBLE, WITH_A_RECORD};
use crate::ui::widgets::button::primary;
use crate::ui::widgets::card::card;
use crate::ui::widgets::form::{FormDone, form_and};
use crate::ui::{UiCommand, View, text};
use crate::wording::promise;

/// Shows it.
pub(super) fn show(
    ui: &mut Ui,
    view: &View<'_>,
    form: &mut ArmForm,
    errors: &mut Vec<FieldError>,
) -> FormDone {
    form_and(ui, view, form, errors, primary("Arm it"), |ui, form| {
        let armed = form.read(view.app.state()).ok();
        let seen = card(ui, |ui| before_it(ui, view, armed.as_ref())).response;
        refused(ui, view.refused_about(About::Arming));
        armed.map(|_| seen)
    })
}

/// What is about to be promised: its exact end, what stays possible, and that it has a record.
pub(crate) fn before_it(ui: &mut Ui, view: &View<'_>, armed: Option<&Armed>) {
    let Some(armed) = armed else {
        let words = "What you promise stands here with its exact end, before you arm it.";
        ui.add(Label::new(text::second(ui, words)).wrap());
        return;
    };
    keep_exact(ui, view.now);
    ui.add(Label::new(text::body(ui, armed.promise.sentence(&armed.scope))).wrap());
    let end = text::capital(&promise::would_hold(
        view.app.state().promises(),
        armed.holds,
        view.now,
    ));
    let words = text::strong(ui, end);
    text::announced(ui, words);
    let key = UiCommand::TakeBack.key(ui.ctx());
    let undo = format!("{key} takes it back for 60 seconds.");
    for words in [STAYS_POSSIBLE, &undo, WITH_A_RECORD] {
        ui.add(Label::new(text::note(ui, words)).wrap());
    }
}
