//! A bar of buttons at the foot of a view, and the small line at the foot of a screen.

use egui::{Rect, Ui, UiBuilder, Vec2};

use crate::ui::tokens::{measure, space};
use crate::ui::{Action, text};

/// Content above, a bar of buttons at the foot. The bar comes after the content in reading
/// order and is as high as its buttons need.
pub(crate) fn with_bar<S>(
    ui: &mut Ui,
    state: &mut S,
    content: impl FnOnce(&mut Ui, &mut S) -> Option<Action>,
    bar: impl FnOnce(&mut Ui, &mut S) -> Option<Action>,
) -> Option<Action> {
    let whole = ui.available_rect_before_wrap();
    let id = ui.scope_id().with("bar height");
    let known: f32 = ui.data(|d| d.get_temp(id)).unwrap_or(measure::BUTTON);
    let foot = known + 2.0 * space::TWO;
    let (above, below) = whole.split_top_bottom_at_y((whole.bottom() - foot).max(whole.top()));
    let mut action = ui
        .scope_builder(UiBuilder::new().max_rect(above), |ui| {
            ui.set_clip_rect(above.intersect(ui.clip_rect()));
            egui::ScrollArea::vertical()
                .id_salt("content")
                .auto_shrink(false)
                .show(ui, |ui| content(ui, state))
                .inner
        })
        .inner;
    let inner = Rect::from_min_max(
        below.min + Vec2::new(space::TWO, space::TWO),
        below.max - Vec2::new(space::TWO, 0.0),
    );
    let used = ui
        .scope_builder(UiBuilder::new().max_rect(inner), |ui| {
            // Centred as a whole: the row is measured in one frame and placed in the next.
            let width_id = ui.scope_id().with("bar width");
            let width: f32 = ui.data(|d| d.get_temp(width_id)).unwrap_or(0.0);
            let offset = ((ui.available_width() - width) / 2.0).max(0.0);
            let row = ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing = Vec2::new(12.0, 10.0);
                if width > 0.0 && width < ui.available_width() {
                    ui.add_space(offset);
                }
                let start = ui.cursor().left();
                action = bar(ui, state).or(action.take());
                (ui.min_rect().right() - start).max(0.0)
            });
            // More than one row: there is nothing to centre.
            let wrapped = row.response.rect.height() > 1.5 * measure::BUTTON;
            let now_wide = if wrapped { f32::INFINITY } else { row.inner };
            let moved =
                wrapped != width.is_infinite() || (!wrapped && (now_wide - width).abs() > 0.5);
            if moved {
                ui.data_mut(|d| d.insert_temp(width_id, now_wide));
                ui.ctx()
                    .request_discard("the bar is placed by its own width");
                // A frame is drawn anew once; coming from another view it can take twice.
                ui.ctx().request_repaint();
            }
            row.response.rect.height()
        })
        .inner;
    if (used - known).abs() > 0.5 {
        ui.data_mut(|d| d.insert_temp(id, used));
        ui.ctx()
            .request_discard("the bar is as high as its buttons");
    }
    action
}

/// A small line at the foot of a screen.
pub(crate) fn footnote(ui: &mut Ui, words: &str) {
    let words = text::faint(ui, words);
    ui.add(egui::Label::new(words).wrap());
}
