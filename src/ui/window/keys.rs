//! Keys that work wherever the focus is.

use egui::{Key, KeyboardShortcut, Modifiers, Ui};

use super::acting::begin_or_continue;
use super::{Screen, Window};
use crate::app::Phase;
use crate::ui::Action;
use crate::ui::screens::promises;

const NEW_AUDIT: KeyboardShortcut = KeyboardShortcut::new(Modifiers::COMMAND, Key::N);
const TAKE_BACK: KeyboardShortcut = KeyboardShortcut::new(Modifiers::COMMAND, Key::Z);

impl Window {
    /// What the keys of this frame ask for.
    pub(super) fn keys(&self, ui: &Ui) -> Option<Action> {
        if !matches!(self.app.phase(), Phase::Ready) {
            return None;
        }
        if ui.input_mut(|i| i.consume_shortcut(&NEW_AUDIT)) {
            return Some(begin_or_continue(&self.app));
        }
        if ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::F1)) {
            return Some(Action::Go(Screen::Help));
        }
        // Plain digits go to screens only where no text is typed and no key means an answer.
        let typing = ui.ctx().text_edit_focused();
        if !typing && ui.input_mut(|i| i.consume_shortcut(&TAKE_BACK)) {
            let lock = promises::undoable(&self.app, &self.app.now());
            return lock.map(Action::TakeBack);
        }
        let answering = self.screen == Screen::Audit && self.audit.takes_digits();
        if typing || answering {
            return None;
        }
        let digits = [
            (Key::Num1, Screen::Audit),
            (Key::Num2, Screen::Journal),
            (Key::Num3, Screen::Promises),
            (Key::Num4, Screen::Account),
            (Key::Num5, Screen::Settings),
            (Key::Num6, Screen::Help),
            (Key::Num0, Screen::Home),
        ];
        digits
            .into_iter()
            .find(|(key, _)| ui.input_mut(|i| i.consume_key(Modifiers::NONE, *key)))
            .map(|(_, screen)| Action::Go(screen))
    }
}
