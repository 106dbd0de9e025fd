//! Two positions of one market, side and mode: what they are together, and one button that joins
//! them.

use egui::{Label, Ui};

use crate::app::join::Join;
use crate::app::{Command, Saving};
use crate::ui::tokens::space;
use crate::ui::widgets::button::plain;
use crate::ui::widgets::card::card;
use crate::ui::{Action, View, text};
use crate::wording::join as wording;

/// Shows what both are together; answers whether they are to be joined.
pub(super) fn offer_ui(ui: &mut Ui, join: &Join) -> bool {
    if join.together.is_empty() {
        ui.add(Label::new(text::second(ui, wording::APART)).wrap());
        return false;
    }
    for words in &join.together {
        ui.add(Label::new(text::second(ui, words)).wrap());
    }
    ui.add_space(space::HALF);
    plain(wording::JOIN).show(ui).clicked()
}

/// Offers to join two that an account holds already.
pub(super) fn pair_ui(ui: &mut Ui, view: &View<'_>) -> Option<Action> {
    let join = Join::offered(view.app.state())?;
    let pressed = card(ui, |ui| {
        text::announced(ui, text::body(ui, &join.stands));
        ui.add(Label::new(text::second(ui, wording::WHY)).wrap());
        offer_ui(ui, &join)
    });
    ui.add_space(space::ONE);
    // What was asked for already may be on its way to the disk.
    let saved = matches!(view.app.saving(), Saving::Quiet);
    (pressed.inner && saved).then_some(Action::Do(Command::Join(join.joining)))
}
