//! Once a position was opened: whether the stop stands where the idea is wrong. One key each; it
//! takes no focus, and can be left out.

use egui::{Key, Label, Modifiers, Ui};

use crate::desk::Command;
use crate::record::{AuditStop, Stop, Story};
use crate::telling::{heed, position, story};
use crate::ui::tokens::space;
use crate::ui::widgets::button::{plain, quiet};
use crate::ui::widgets::card::card;
use crate::ui::{Action, View, text};

/// Asks about the newest position of which nothing was said.
pub(super) fn stop_ui(ui: &mut Ui, view: &View<'_>) -> Option<Action> {
    let story = view.desk.book().unstopped().last()?;
    let asked = position::stop_asked(story)?;
    let said = pressed(ui).or(card(ui, |ui| content(ui, view, story, &asked)).inner);
    ui.add_space(space::ONE);
    let audit = story.audit;
    said.map(|stop| Action::Do(Command::TellStop(AuditStop { audit, stop })))
}

fn key(stop: Stop) -> Option<(Key, &'static str)> {
    match stop {
        Stop::Placed => Some((Key::P, "P")),
        Stop::NotPlaced => Some((Key::N, "N")),
        Stop::Mental => Some((Key::M, "M")),
        Stop::LeftOut => None,
    }
}

/// What was pressed, where no text is typed.
fn pressed(ui: &Ui) -> Option<Stop> {
    if ui.ctx().text_edit_focused() {
        return None;
    }
    let is_pressed = |(key, _): (Key, &str)| ui.input_mut(|i| i.consume_key(Modifiers::NONE, key));
    Stop::ASKED
        .into_iter()
        .find(|stop| key(*stop).is_some_and(is_pressed))
}

fn content(ui: &mut Ui, view: &View<'_>, of: &Story, asked: &str) -> Option<Stop> {
    let mut said = None;
    let words = text::body(ui, asked);
    text::announced(ui, words);
    ui.label(text::note(ui, story::title(of)));
    ui.add_space(space::HALF);
    ui.horizontal_wrapped(|ui| {
        for stop in Stop::ASKED {
            let key = key(stop).map_or("", |(_, name)| name);
            if plain(stop.words()).key(key).show(ui).clicked() {
                said = Some(stop);
            }
        }
        if quiet(ui, position::LEAVE_OUT).clicked() {
            said = Some(Stop::LeftOut);
        }
    });
    if let Some(words) = heed::once_opened(view.desk.book(), of) {
        ui.add_space(space::HALF);
        ui.add(Label::new(text::faint(ui, words)).wrap());
    }
    said
}
