//! The palette: every command that can be asked for now, filtered by what is typed; and the sheet of
//! keys. Both are the commands' own words and keys.

use egui::{EventFilter, Id, Key, Label, Modal, Modifiers, ScrollArea, Ui};

use crate::ui::tokens::{Palette as Tokens, measure, space};
use crate::ui::widgets::card::row;
use crate::ui::widgets::choice::{Mark, segment};
use crate::ui::widgets::field::{FieldNote, field};
use crate::ui::{UiCommand, text};

/// What of the two is open.
#[derive(Debug, Default)]
pub(super) struct CommandList {
    open: Option<Shows>,
    /// What is typed to filter by.
    typed: String,
    /// Which of what is left is to be asked for.
    at: usize,
    /// What had the focus before it was opened.
    before: Option<Id>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shows {
    Palette,
    Keys,
}

impl CommandList {
    /// Whether one of them stands over the screen and has the keys.
    pub(super) fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Opens what this asks for; answers whether it asks for one of them.
    pub(super) fn opens(&mut self, command: UiCommand, ui: &Ui) -> bool {
        let shows = match command {
            UiCommand::Palette => Shows::Palette,
            UiCommand::Keys => Shows::Keys,
            _ => return false,
        };
        *self = Self {
            open: Some(shows),
            before: ui.memory(egui::Memory::focused),
            ..Self::default()
        };
        ui.ctx().request_repaint();
        true
    }

    /// Shows what is open; answers with what is asked for.
    pub(super) fn show(&mut self, ui: &Ui, live: &[UiCommand]) -> Option<UiCommand> {
        let open = self.open?;
        let p = Tokens::of(ui);
        let frame = egui::Frame::new()
            .fill(p.card)
            .corner_radius(measure::CARD_RADIUS)
            .inner_margin(egui::Margin::symmetric(24, 20));
        let modal = Modal::new(Id::unique("palette"))
            .frame(frame)
            .backdrop_color(p.ground.gamma_multiply(0.7))
            .show(ui.ctx(), |ui| {
                let room = ui.ctx().content_rect().size();
                ui.set_width((room.x - 80.0).min(480.0));
                ui.set_max_height((room.y - 120.0).max(160.0));
                match open {
                    Shows::Palette => self.palette(ui, live),
                    Shows::Keys => {
                        keys(ui, live);
                        None
                    }
                }
            });
        if modal.inner.is_some() || modal.should_close() {
            self.open = None;
            // What closes gives the focus back.
            if let Some(before) = self.before.filter(|_| modal.inner.is_none()) {
                ui.memory_mut(|memory| memory.request_focus(before));
            }
            ui.ctx().request_repaint();
        }
        modal.inner
    }

    fn palette(&mut self, ui: &mut Ui, live: &[UiCommand]) -> Option<UiCommand> {
        let id = Id::unique("palette filter");
        let before = self.typed.clone();
        let entered = ui.input(|input| input.key_pressed(Key::Enter));
        let step = ui.input_mut(|input| {
            let mut pressed = |key| input.consume_key(Modifiers::NONE, key);
            (pressed(Key::ArrowDown), pressed(Key::ArrowUp))
        });
        field("What to do", &mut self.typed)
            .id(id)
            .hint("Type to filter")
            .show(ui, &FieldNote::Nothing);
        ui.memory_mut(|memory| {
            memory.request_focus(id);
            let arrows = EventFilter {
                vertical_arrows: true,
                horizontal_arrows: true,
                ..EventFilter::default()
            };
            memory.set_focus_lock_filter(id, arrows);
        });
        if self.typed != before {
            self.at = 0;
        }
        let found: Vec<UiCommand> = found(live, &self.typed).collect();
        match step {
            (true, false) => self.at = self.at.saturating_add(1),
            (false, true) => self.at = self.at.saturating_sub(1),
            _ => {}
        }
        self.at = self.at.min(found.len().saturating_sub(1));
        ui.add_space(space::ONE);
        let mut chosen = None;
        ScrollArea::vertical().show(ui, |ui| {
            for (at, command) in found.iter().enumerate() {
                let here = at == self.at;
                let key = command.key(ui.ctx());
                let role = egui::Role::Button;
                let item = segment(ui, &command.said(), Some(&key), here, Mark::Plain, role);
                if here && (step.0 || step.1) {
                    item.scroll_to_me(None);
                }
                if item.on_hover_text(command.tooltip()).clicked() {
                    chosen = Some(*command);
                }
            }
        });
        let here = found.get(self.at).copied();
        match here {
            Some(here) => ui.add(Label::new(text::note(ui, here.tooltip())).wrap()),
            None => ui.label(text::second(ui, "Nothing here has these words.")),
        };
        chosen.or(here.filter(|_| entered))
    }
}

/// Those whose words hold every word that is typed.
fn found<'a>(live: &'a [UiCommand], typed: &str) -> impl Iterator<Item = UiCommand> {
    let wanted: Vec<String> = typed.split_whitespace().map(str::to_lowercase).collect();
    let fits = move |command: &&'a UiCommand| {
        let words = format!("{} {}", command.said(), command.tooltip()).to_lowercase();
        wanted.iter().all(|word| words.contains(word.as_str()))
    };
    let offered = |of: &&UiCommand| !matches!(of, UiCommand::Palette | UiCommand::Keys);
    live.iter().filter(offered).filter(fits).copied()
}

/// Every key that does something here.
fn keys(ui: &mut Ui, live: &[UiCommand]) {
    text::show_heading(ui, "Keys");
    ScrollArea::vertical().show(ui, |ui| {
        // Clear of the bar that it is scrolled by.
        ui.set_width(ui.available_width() - space::TWO);
        for command in live {
            let key = text::strong(ui, command.key(ui.ctx()));
            row(ui, text::body(ui, command.said()), key);
        }
        for (what, key) in [
            ("Next, and back", "Tab, Shift+Tab"),
            ("Press what has the focus", "Space, Enter"),
            ("To what lies beside it", "Arrows"),
        ] {
            row(ui, text::body(ui, what), text::strong(ui, key));
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::Screen;

    #[test]
    fn what_is_typed_leaves_those_with_all_of_its_words() {
        let live = [
            UiCommand::Audit,
            UiCommand::Palette,
            UiCommand::GoTo(Screen::Journal),
            UiCommand::Search,
        ];
        let names = |typed: &str| -> Vec<UiCommand> { found(&live, typed).collect() };
        assert_eq!(names("  "), [live[0], live[2], live[3]]);
        assert_eq!(names("JOURNAL shows"), [live[2]]);
        assert_eq!(names("journal"), [live[2], live[3]]);
        assert_eq!(names("zebra"), []);
    }
}
