//! On Home: how many promises are in force and which end next; and the one question about a
//! position of which nothing was heard for seven days.

use egui::{Align, Label, Layout, Ui};

use crate::app::Command;
use crate::input::day::{beginning_of, read_day};
use crate::promises::{Kind, Lock, PromiseCommand};
use crate::record::seen;
use crate::ui::screens::promises::{About, in_order};
use crate::ui::tokens::space;
use crate::ui::widgets::button::{plain, quiet};
use crate::ui::widgets::card::{card, row};
use crate::ui::widgets::field::{FieldNote, field};
use crate::ui::{Action, Screen, View, text};
use crate::wording::{promise, violation, when};

/// How many are shown: the ones that end next.
const SHOWN: usize = 4;
/// Below this width an end stands under its promise.
const NARROW: f32 = 460.0;

/// Shows the promises in force, where there are any.
pub(super) fn in_force(ui: &mut Ui, view: &View<'_>) -> Option<Action> {
    let promises = view.app.state().promises();
    let locks = in_order(view);
    if locks.is_empty() {
        return None;
    }
    card(ui, |ui| {
        let mut action = None;
        let count = violation::counted(locks.iter().copied());
        ui.horizontal(|ui| {
            ui.label(text::body(ui, "In force"));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if quiet(ui, &count).clicked() {
                    action = Some(Action::Go(Screen::Promises));
                }
            });
        });
        for lock in locks.iter().take(SHOWN) {
            let end = promise::short_standing(promises, lock, view.now);
            let name = text::note(ui, lock.sentence());
            let end = text::note(ui, end);
            if ui.available_width() < NARROW {
                ui.add(Label::new(name).wrap());
                ui.add_space(-space::HALF);
                ui.add(Label::new(end).wrap());
            } else {
                row(ui, name, end);
            }
        }
        action
    })
    .inner
}

/// Offers a limit of losses for a day behind the first one, until it is taken or put away.
pub(super) fn a_limit(ui: &mut Ui, view: &View<'_>, put_away: &mut bool) -> Option<Action> {
    let offers = view.app.state().promises().offers_a_limit(&seen(view.now));
    if !offers || *put_away {
        return None;
    }
    let mut action = None;
    card(ui, |ui| {
        ui.add(Label::new(text::body(ui, promise::A_LIMIT)).wrap());
        ui.add_space(space::HALF);
        ui.horizontal_wrapped(|ui| {
            if plain("Promise a limit…").show(ui).clicked() {
                action = Some(Action::Promise(Kind::MaxLoss));
            }
            *put_away = plain("Not now").show(ui).clicked();
        });
    });
    ui.add_space(space::ONE);
    action
}

/// Asks once about each position that a lock holds for and of which nothing was logged.
pub(super) fn still_open(ui: &mut Ui, view: &View<'_>, typed: &mut String) -> Option<Action> {
    let promises = view.app.state().promises();
    let lock = promises.to_ask(&seen(view.now)).next()?;
    let asked = card(ui, |ui| question(ui, view, lock, typed)).inner;
    ui.add_space(space::ONE);
    asked.map(|ask| Action::Do(Command::Promise(Box::new(ask))))
}

fn question(
    ui: &mut Ui,
    view: &View<'_>,
    lock: &Lock,
    typed: &mut String,
) -> Option<PromiseCommand> {
    let id = lock.id();
    let words = text::body(ui, promise::still_open(view.app.state(), lock));
    text::announced(ui, words);
    ui.add(Label::new(text::note(ui, promise::WHY_STILL_OPEN)).wrap());
    ui.add_space(space::HALF);
    let mut ask = None;
    if plain(promise::STILL_OPEN).show(ui).clicked() {
        ask = Some(PromiseCommand::StillOpen(id));
    }
    ui.add_space(space::HALF);
    let read = read_day(typed, when::day(view.now.wall));
    let under = match (&read, view.refused_about(About::Lock(id))) {
        (_, Some(why)) => FieldNote::Wrong(why.to_owned()),
        (Ok(day), None) => FieldNote::note(day.format("%a %-d %b %Y").to_string()),
        (Err(_), None) if typed.trim().is_empty() => FieldNote::note(promise::UNVERIFIED),
        (Err(problem), None) => FieldNote::Wrong(problem.to_string()),
    };
    field(promise::CLOSED_ON, typed)
        .hint("like 14 Nov or 2026-11-14")
        .show(ui, &under);
    let on = read.ok().and_then(beginning_of);
    if plain("It was closed then")
        .enabled(on.is_some())
        .show(ui)
        .clicked()
        && let Some(on) = on
    {
        ask = Some(PromiseCommand::ClosedOn { lock: id, on });
    }
    ask
}
