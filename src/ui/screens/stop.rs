//! Once a position was opened: whether the stop stands where the idea is wrong. One key each; it
//! takes no focus, and can be left out.

use egui::{Label, Ui};

use crate::app::{Command, Saving};
use crate::record::{AuditStop, Ending, StopPlacement, Story};
use crate::ui::tokens::space;
use crate::ui::widgets::button::{plain, quiet};
use crate::ui::widgets::card::card;
use crate::ui::{Action, UiCommand, View, text};
use crate::wording::{position, story, warning};

/// Asks about the newest decision that became a position and of whose stop nothing was said.
pub(super) fn stop_ui(ui: &mut Ui, view: &View<'_>) -> Option<Action> {
    let unstopped = view.app.state().unstopped();
    let story = unstopped.max_by_key(|story| story.ending.as_ref().map(Ending::seq))?;
    let asked = position::stop_asked(story)?;
    let mut stops = StopPlacement::ASKED.into_iter();
    let pressed = stops.find(|stop| view.asks(UiCommand::Stop(*stop)));
    let said = pressed.or(card(ui, |ui| content(ui, view, story, &asked)).inner);
    ui.add_space(space::ONE);
    // What was said already may be on its way to the disk.
    let saved = matches!(view.app.saving(), Saving::Quiet);
    let audit = story.audit;
    said.filter(|_| saved)
        .map(|stop| Action::Do(Command::TellStop(AuditStop { audit, stop })))
}

fn content(ui: &mut Ui, view: &View<'_>, of: &Story, asked: &str) -> Option<StopPlacement> {
    let mut said = None;
    let words = text::body(ui, asked);
    text::announced(ui, words);
    ui.label(text::note(ui, story::title(of)));
    ui.add_space(space::HALF);
    ui.horizontal_wrapped(|ui| {
        for stop in StopPlacement::ASKED {
            let command = UiCommand::Stop(stop);
            if plain(command.text()).does(command).show(ui).clicked() {
                said = Some(stop);
            }
        }
        if quiet(ui, position::LEAVE_OUT).clicked() {
            said = Some(StopPlacement::LeftOut);
        }
    });
    if let Some(words) = warning::once_opened(view.app.state(), of) {
        ui.add_space(space::HALF);
        ui.add(Label::new(text::faint(ui, words)).wrap());
    }
    said
}
