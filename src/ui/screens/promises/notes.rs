//! What is wrong with a form, by the name of the field.

use egui::Ui;

use crate::ui::text;
use crate::ui::tokens::Palette;
use crate::ui::widgets::field::Under;

/// What is wrong, each beside the field it is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Notes(Vec<(String, String)>);

impl Notes {
    /// Something is wrong with a field.
    pub(super) fn wrong(&mut self, field: impl Into<String>, why: impl Into<String>) {
        self.0.push((field.into(), why.into()));
    }

    /// Whether nothing is.
    pub(super) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// What stands under a field: its problem, else `otherwise`.
    pub(super) fn under(&self, field: &str, otherwise: Under) -> Under {
        self.of(field)
            .map_or(otherwise, |why| Under::Wrong(why.to_owned()))
    }

    /// Says what is wrong with a choice, where something is.
    pub(super) fn beside(&self, ui: &mut Ui, field: &str) {
        if let Some(why) = self.of(field) {
            let words = text::note(ui, why).color(Palette::of(ui).attention);
            text::announced(ui, words);
        }
    }

    fn of(&self, field: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(name, _)| name == field)
            .map(|(_, why)| why.as_str())
    }
}

/// Says why something that was asked was not done.
pub(super) fn refused(ui: &mut Ui, why: Option<&str>) {
    if let Some(why) = why {
        let words = text::attention(ui, why);
        text::announced(ui, words);
    }
}
