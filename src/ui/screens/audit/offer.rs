//! After an isolated open: the offer of a lock against switching its market to cross.

use egui::{Label, Ui};

use crate::app::Command;
use crate::app::follow_up::offered;
use crate::promises::{Lock, PromiseCommand, STAYS_POSSIBLE, WITH_A_RECORD};
use crate::record::{Story, seen};
use crate::ui::screens::promises::{About, keep_exact};
use crate::ui::tokens::space;
use crate::ui::widgets::button::{plain, quiet};
use crate::ui::widgets::card::card;
use crate::ui::{Action, UiCommand, View, text};
use crate::wording::promise;

/// Shows it, where there is something to offer or it was taken.
pub(super) fn offer(ui: &mut Ui, view: &View<'_>, story: &Story) -> Option<Action> {
    let armed = offered(story)?;
    let promises = view.app.state().promises();
    let clocks = seen(view.now);
    let taken = promises
        .in_force(&clocks)
        .find(|lock| lock.armed().audit == Some(story.audit));
    if let Some(lock) = taken {
        return card(ui, |ui| is_armed(ui, view, lock)).inner;
    }
    let ask = PromiseCommand::Arm(Box::new(armed));
    let refused = view.refused_about(About::Arming);
    if view.app.would(&ask).is_err() && refused.is_none() {
        return None;
    }
    keep_exact(ui, view.now);
    let command = UiCommand::ArmOffer;
    let PromiseCommand::Arm(armed) = &ask else {
        return None;
    };
    let clicked = card(ui, |ui| {
        ui.label(text::note(ui, promise::CAN_PROMISE));
        let words = armed.promise.sentence(&armed.scope);
        let end = promise::would_hold(promises, armed.holds, view.now);
        text::with_strong_end(ui, &words, Some(&end));
        for words in [STAYS_POSSIBLE, WITH_A_RECORD] {
            ui.add(Label::new(text::note(ui, words)).wrap());
        }
        if let Some(why) = refused {
            let words = text::attention(ui, why);
            text::announced(ui, words);
        }
        ui.add_space(space::HALF);
        plain(command.text()).does(command).show(ui).clicked()
    })
    .inner;
    (clicked || view.asks(command)).then(|| Action::Do(Command::Promise(Box::new(ask))))
}

fn is_armed(ui: &mut Ui, view: &View<'_>, lock: &Lock) -> Option<Action> {
    let promises = view.app.state().promises();
    let standing = promise::standing(promises, lock, view.now);
    let words = format!("{}, armed", lock.sentence());
    text::with_strong_end(ui, &words, Some(&standing));
    let until = promise::take_back_until(promises, lock, view.now)?;
    ui.horizontal_wrapped(|ui| {
        let key = UiCommand::TakeBack.key(ui.ctx());
        let words = format!("{key} takes it back until {until}");
        ui.label(text::second(ui, words));
        quiet(ui, UiCommand::TakeBack.text())
            .clicked()
            .then(|| Action::Do(Command::Promise(Box::new(PromiseCommand::Undo(lock.id())))))
    })
    .inner
}
