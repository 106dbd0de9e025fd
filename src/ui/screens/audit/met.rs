//! A promise stands against the ticket: what was promised, in the words written when calm, until
//! when, and what is still possible.

use egui::{Label, Ui};

use crate::desk::{Command, Met};
use crate::promises::{Against, STAYS_POSSIBLE};
use crate::telling::{promise, when, words};
use crate::ui::tokens::{measure, space};
use crate::ui::widgets::button::{plain, primary};
use crate::ui::widgets::card::{card, column};
use crate::ui::window::with_bar;
use crate::ui::{Action, Screen, View, text};

/// Shows it.
pub(super) fn met_ui(ui: &mut Ui, view: &View<'_>, met: &Met) -> Option<Action> {
    with_bar(
        ui,
        &mut (),
        |ui, ()| {
            ui.add_space((ui.available_height() * 0.12).clamp(space::THREE, 110.0));
            column(ui, measure::FORM, |ui| content(ui, view, met));
            None
        },
        |ui, ()| bar(ui),
    )
}

fn content(ui: &mut Ui, view: &View<'_>, met: &Met) {
    ui.label(text::faint(ui, words::ticket_line(&met.ticket)));
    ui.add_space(space::ONE);
    text::show_heading(ui, "You promised not to.");
    for against in &met.against {
        ui.add_space(space::TWO);
        one_promise(ui, view, against);
    }
    ui.add_space(space::TWO);
    ui.add(Label::new(text::second(ui, STAYS_POSSIBLE)).wrap());
    let saved = match met.seq {
        Some(seq) => format!("This try is in the journal as entry {seq}."),
        None => "This try is being saved.".to_owned(),
    };
    ui.add(Label::new(text::second(ui, saved)).wrap());
}

fn one_promise(ui: &mut Ui, view: &View<'_>, against: &Against) {
    if !against.words.is_empty() {
        card(ui, |ui| {
            if let Some(on) = against.armed_on {
                let flat = if against.flat { ", while flat" } else { "" };
                let on = when::day_and_time(on);
                ui.label(text::note(ui, format!("You wrote on {on}{flat}")));
            }
            let words = text::body(ui, format!("“{}”", against.words));
            ui.add(Label::new(words).wrap());
        });
        ui.add_space(space::TWO);
    }
    let words = text::body(ui, promise::against(against, view.now));
    text::announced(ui, words);
}

fn bar(ui: &mut Ui) -> Option<Action> {
    let mut action = None;
    let back = primary("Back").key("Enter").show(ui);
    if ui.memory(|m| m.focused().is_none()) {
        back.request_focus();
    }
    if back.clicked() {
        action = Some(Action::Do(Command::BackToTicket));
    }
    if plain("Do nothing").key("Esc").show(ui).clicked() {
        action = Some(Action::All(vec![Command::LeaveAudit]));
    }
    if plain("Close the position…").show(ui).clicked() {
        action = Some(Action::Go(Screen::Account));
    }
    action
}
