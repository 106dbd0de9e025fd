//! The rail: at the left, or along the top of a narrow window.

use egui::{Align, Frame, Layout, Margin, Ui};

use super::Window;
use crate::ui::screens::promises;
use crate::ui::tokens::{Palette, measure, size, space};
use crate::ui::widgets::rail;
use crate::ui::{Action, Screen};

/// The rail, in its order. Home is behind the name at its top.
const RAIL: [Screen; 4] = [
    Screen::Audit,
    Screen::Journal,
    Screen::Promises,
    Screen::Account,
];

const FOOT: [Screen; 2] = [Screen::Settings, Screen::Help];

impl Window {
    pub(super) fn left_rail(&self, ui: &mut Ui) -> Option<Action> {
        let mut action = None;
        let rect = ui.max_rect();
        ui.painter().rect_filled(rect, 0, Palette::of(ui).rail);
        Frame::new()
            .inner_margin(Margin::symmetric(12, 14))
            .show(ui, |ui| {
                ui.set_width(rect.width() - 24.0);
                ui.set_height(rect.height() - 28.0);
                if rail::title(ui, "Impulse audit", self.screen == Screen::Home).clicked() {
                    action = Some(Action::Go(Screen::Home));
                }
                ui.add_space(space::ONE);
                for screen in RAIL {
                    let count = self.count(screen);
                    if rail::item(ui, screen.name(), self.screen == screen, count).clicked() {
                        action = Some(Action::Go(screen));
                    }
                }
                ui.with_layout(Layout::bottom_up(Align::Min), |ui| {
                    for screen in FOOT.into_iter().rev() {
                        if rail::item(ui, screen.name(), self.screen == screen, None).clicked() {
                            action = Some(Action::Go(screen));
                        }
                    }
                });
            });
        action
    }

    pub(super) fn top_rail(&self, ui: &mut Ui) -> Option<Action> {
        let mut action = None;
        let rect = ui.max_rect();
        ui.painter().rect_filled(rect, 0, Palette::of(ui).rail);
        // There is room for every screen in the narrowest window.
        let (size, between) = if rect.width() < measure::NARROW {
            (size::NOTE, 0.0)
        } else {
            (size::LABEL, space::HALF)
        };
        egui::ScrollArea::horizontal()
            .id_salt("rail")
            .show(ui, |ui| {
                ui.horizontal_centered(|ui| {
                    ui.spacing_mut().item_spacing.x = between;
                    for screen in Screen::ALL {
                        if rail::tab(ui, screen.name(), self.screen == screen, size).clicked() {
                            action = Some(Action::Go(screen));
                        }
                    }
                });
            });
        action
    }

    fn count(&self, screen: Screen) -> Option<usize> {
        match screen {
            Screen::Audit => Some(usize::from(self.app.draft().is_some())),
            Screen::Promises => Some(promises::in_force(&self.app, &self.app.now())),
            Screen::Home | Screen::Journal | Screen::Account | Screen::Settings | Screen::Help => {
                None
            }
        }
    }
}
