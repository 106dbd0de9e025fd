//! What the keys can ask for where the window stands. They are taken out of the input in one place,
//! before anything is drawn: what has the focus would take the Enter of Ctrl+Enter for a click.

use std::mem::{Discriminant, discriminant};

use egui::Ui;

use super::Window;
use crate::app::{App, Phase, Stage};
use crate::audit::{Arousal, Question, Step, Tag};
use crate::record::StopPlacement;
use crate::ui::screens::audit::LeavePrompt;
use crate::ui::screens::promises;
use crate::ui::{Action, Screen, UiCommand};

/// A view of the window: what has the focus in one is nothing that she saw in another.
pub(super) type Place = (Screen, Discriminant<Stage>, Option<Step>);

/// Where the window stands.
pub(super) fn place(app: &App, screen: Screen) -> Place {
    let step = app.draft().map(|draft| draft.step);
    (screen, discriminant(app.stage()), step)
}

impl Window {
    /// What the keys of this frame ask for.
    pub(super) fn pressed(&mut self, ui: &Ui) -> Vec<UiCommand> {
        if self.commands.is_open() {
            return Vec::new();
        }
        let mut live = self.live(ui.ctx().text_edit_focused());
        ui.input_mut(|input| live.retain(|command| command.is_pressed(input)));
        live.retain(|command| !self.commands.opens(*command, ui));
        live
    }

    /// What the palette or the sheet of keys offers, and what is asked for there.
    pub(super) fn chosen_in_palette(&mut self, ui: &Ui) -> Option<UiCommand> {
        let live = self.live(false);
        self.commands.show(ui, &live)
    }

    /// What can be asked for now; no two of it have a key in common.
    fn live(&self, typing: bool) -> Vec<UiCommand> {
        match self.app.phase() {
            Phase::Ready => {}
            Phase::Opening(_) => return vec![UiCommand::Cancel],
            Phase::Refused(_) | Phase::Cancelled => return Vec::new(),
        }
        let mut live = vec![UiCommand::Audit, UiCommand::Palette, UiCommand::Help];
        live.extend(Screen::ALL.map(UiCommand::GoTo));
        match self.screen {
            Screen::Audit => live.extend(self.live_in_audit()),
            Screen::Promises | Screen::Account => {
                live.extend([UiCommand::Confirm, UiCommand::Cancel]);
            }
            Screen::Settings if self.rules.is_open() => {
                live.extend([UiCommand::Confirm, UiCommand::Cancel]);
            }
            Screen::Settings => live.push(UiCommand::Cancel),
            Screen::Home | Screen::Journal | Screen::Help => {}
        }
        if typing {
            return live;
        }
        live.extend([UiCommand::Keys, UiCommand::TakeBack]);
        match self.screen {
            Screen::Home | Screen::Account => {
                live.extend(StopPlacement::ASKED.map(UiCommand::Stop));
            }
            Screen::Journal => live.push(UiCommand::Search),
            Screen::Audit | Screen::Promises | Screen::Settings | Screen::Help => {}
        }
        live
    }

    fn live_in_audit(&self) -> Vec<UiCommand> {
        let mut live = vec![UiCommand::Confirm];
        // While it is asked whether she walks away, that question has the keys.
        if self.audit.walking == LeavePrompt::Asked {
            return live;
        }
        live.push(UiCommand::Cancel);
        match self.app.stage() {
            Stage::Idle | Stage::Pausing(_) => {
                live.push(UiCommand::Back);
                match self.app.draft().map(|draft| draft.step) {
                    Some(Step::State) => {
                        live.extend(Arousal::ALL.map(UiCommand::Arousal));
                        live.extend(Tag::ALL.map(UiCommand::Tag));
                    }
                    Some(Step::Together) => live.extend(Question::ALL.map(UiCommand::Change)),
                    _ => {}
                }
            }
            Stage::Ended(_) => live.push(UiCommand::ArmOffer),
            Stage::Sealing(_)
            | Stage::Sealed(_)
            | Stage::Stuck { .. }
            | Stage::Revealed(_)
            | Stage::Blocked(_) => {}
        }
        live
    }

    /// What is the window's own of what was pressed; the rest is the screen's.
    pub(super) fn of_the_window(&self, command: UiCommand) -> Option<Action> {
        match command {
            UiCommand::Audit => Some(Action::Audit),
            UiCommand::Help => Some(Action::Go(Screen::Help)),
            UiCommand::GoTo(screen) => Some(Action::Go(screen)),
            UiCommand::TakeBack => {
                promises::undoable(&self.app, &self.app.now()).map(Action::TakeBack)
            }
            UiCommand::Confirm
            | UiCommand::Back
            | UiCommand::Cancel
            | UiCommand::Search
            | UiCommand::Arousal(_)
            | UiCommand::Tag(_)
            | UiCommand::Change(_)
            | UiCommand::Stop(_)
            | UiCommand::ArmOffer
            | UiCommand::Palette
            | UiCommand::Keys => None,
        }
    }
}
