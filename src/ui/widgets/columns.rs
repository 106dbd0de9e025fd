//! Two columns where there is room for them.

use egui::Ui;

use crate::ui::tokens::space;

/// Two things side by side where there is room, else one under the other.
pub(crate) fn two(ui: &mut Ui, mut show: impl FnMut(&mut Ui, bool)) {
    let wide = ui.available_width();
    if wide < 420.0 {
        show(ui, false);
        ui.add_space(space::ONE);
        show(ui, true);
    } else {
        let half = ((wide - space::TWO) / 2.0).floor();
        ui.horizontal_top(|ui| {
            ui.spacing_mut().item_spacing.x = space::TWO;
            for right in [false, true] {
                ui.vertical(|ui| {
                    ui.set_width(half);
                    ui.spacing_mut().item_spacing.x = space::ONE;
                    show(ui, right);
                });
            }
        });
    }
}
