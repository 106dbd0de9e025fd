//! What stands where a screen would, while the journal is not open: how far it is read, why it
//! cannot be opened, and the way to try again.

use egui::{Label, Ui};

use crate::app::{BackupWork, Command, Phase};
use crate::journal::Progress;
use crate::ui::tokens::{Palette, measure, space};
use crate::ui::widgets::button::{plain, primary};
use crate::ui::widgets::card::column;
use crate::ui::{Action, UiCommand, View, text};

pub(crate) fn closed_ui(ui: &mut Ui, view: &View<'_>) -> Option<Action> {
    ui.add_space(ui.available_height() * 0.16);
    column(ui, measure::FORM, |ui| match view.app.phase() {
        Phase::Opening(progress) => opening_ui(ui, view, *progress),
        Phase::Refused(why) => refused_ui(ui, view, why),
        Phase::Cancelled => cancelled_ui(ui),
        Phase::Ready => None,
    })
}

fn opening_ui(ui: &mut Ui, view: &View<'_>, progress: Progress) -> Option<Action> {
    text::show_heading(ui, "Opening the journal");
    let words = if progress.of > 0 {
        let percent = progress.percent();
        format!("{percent} % read and checked. Nothing can be decided before it is whole.")
    } else {
        "Nothing can be decided before it is whole.".to_owned()
    };
    ui.label(text::second(ui, words));
    if progress.of > 0 {
        ui.add_space(space::ONE);
        let (rect, _) = ui.allocate_exact_size(
            egui::Vec2::new(ui.available_width(), 6.0),
            egui::Sense::hover(),
        );
        let p = Palette::of(ui);
        ui.painter().rect_filled(rect, 3, p.field);
        #[expect(clippy::cast_precision_loss, reason = "a width on the screen")]
        let share = progress.bytes as f32 / progress.of as f32;
        let done = rect.with_max_x(rect.left() + rect.width() * share.min(1.0));
        ui.painter().rect_filled(done, 3, p.second);
    }
    if matches!(view.app.backups().work(), Some(BackupWork::Restoring(_))) {
        return None;
    }
    ui.add_space(space::TWO);
    let escaped = view.asks(UiCommand::Cancel);
    let pressed = plain("Cancel").does(UiCommand::Cancel).show(ui).clicked();
    (pressed || escaped).then_some(Action::Do(Command::CancelOpening))
}

fn refused_ui(ui: &mut Ui, view: &View<'_>, why: &str) -> Option<Action> {
    text::show_heading(ui, "The journal cannot be opened");
    text::announced(ui, text::body(ui, why));
    ui.add_space(space::ONE);
    let place = format!("It lies in {}.", view.app.folders().data.display());
    ui.add(Label::new(text::second(ui, place)).wrap().selectable(true));
    ui.add_space(space::TWO);
    ui.horizontal_wrapped(|ui| {
        let mut action = None;
        if primary("Open it again").show(ui).clicked() {
            action = Some(Action::Do(Command::OpenAgain));
        }
        if plain("Copy this").show(ui).clicked() {
            action = Some(Action::Copy(why.to_owned()));
        }
        action
    })
    .inner
}

fn cancelled_ui(ui: &mut Ui) -> Option<Action> {
    text::show_heading(ui, "The journal is not open");
    let words = "Reading it was cancelled. Nothing was changed.";
    text::announced(ui, text::second(ui, words));
    ui.add_space(space::TWO);
    let again = primary("Open it again").show(ui);
    if ui.memory(|m| m.focused().is_none()) {
        again.request_focus();
    }
    again.clicked().then_some(Action::Do(Command::OpenAgain))
}
