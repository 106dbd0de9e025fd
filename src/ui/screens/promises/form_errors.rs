//! What is wrong with a form, beside its fields.

use egui::Ui;

use crate::input::FormErrors;
use crate::ui::text;
use crate::ui::tokens::Palette;
use crate::ui::widgets::field::FieldNote;

/// Notes as they are drawn.
pub(super) trait Drawn {
    /// What stands under a field: its problem, else `otherwise`.
    fn under(&self, field: &str, otherwise: FieldNote) -> FieldNote;

    /// Says what is wrong with a choice, where something is.
    fn beside(&self, ui: &mut Ui, field: &str);
}

impl Drawn for FormErrors {
    fn under(&self, field: &str, otherwise: FieldNote) -> FieldNote {
        self.of(field)
            .map_or(otherwise, |why| FieldNote::Wrong(why.to_owned()))
    }

    fn beside(&self, ui: &mut Ui, field: &str) {
        if let Some(why) = self.of(field) {
            let words = text::note(ui, why).color(Palette::of(ui).attention);
            text::announced(ui, words);
        }
    }
}

/// Says why something that was asked was not done.
pub(crate) fn refused(ui: &mut Ui, why: Option<&str>) {
    if let Some(why) = why {
        let words = text::attention(ui, why);
        text::announced(ui, words);
    }
}
