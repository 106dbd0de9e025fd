//! An item of the rail: a word, whether it is the present screen, a quiet count.

use egui::{FontId, Response, Role, Sense, Ui, Vec2, WidgetInfo};

use super::button::focus_ring;
use crate::ui::tokens::{Palette, measure, size};

/// Shows the item; `clicked()` says whether it was pressed.
pub(crate) fn item(ui: &mut Ui, word: &str, here: bool, count: Option<usize>) -> Response {
    let p = *Palette::of(ui);
    let wide = ui.available_width();
    let ink = if here { p.ink } else { p.second };
    let galley =
        ui.painter()
            .layout_no_wrap(word.to_owned(), FontId::proportional(size::LABEL.0), ink);
    // In a row there is room for every screen in the narrowest window.
    let (inset, width) = if ui.layout().is_horizontal() {
        (6.0, galley.size().x + 12.0)
    } else {
        (12.0, wide)
    };
    let (rect, response) =
        ui.allocate_exact_size(Vec2::new(width, measure::TARGET), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Tab, ui.is_enabled(), here, word));
    if here || response.hovered() {
        ui.painter().rect_filled(rect, measure::RADIUS, p.card);
    }
    ui.painter().galley(
        rect.left_center() + Vec2::new(inset, -galley.size().y / 2.0),
        galley,
        ink,
    );
    if let Some(count) = count.filter(|count| *count > 0) {
        let galley = ui.painter().layout_no_wrap(
            count.to_string(),
            FontId::proportional(size::NOTE.0),
            p.third,
        );
        let at = rect.right_center() - Vec2::new(12.0 + galley.size().x, galley.size().y / 2.0);
        ui.painter().galley(at, galley, p.third);
    }
    focus_ring(ui, &response, measure::RADIUS);
    response
}

/// The app's name at the top of the rail: the way home.
pub(crate) fn title(ui: &mut Ui, name: &str, here: bool) -> Response {
    let p = *Palette::of(ui);
    let galley = ui.painter().layout_no_wrap(
        name.to_owned(),
        FontId::new(size::LABEL.0, crate::ui::style::semibold()),
        p.second,
    );
    let (rect, response) = ui.allocate_exact_size(
        Vec2::new(ui.available_width(), measure::TARGET),
        Sense::click(),
    );
    response.widget_info(|| WidgetInfo::selected(Role::Tab, ui.is_enabled(), here, "Home"));
    ui.painter().galley(
        rect.left_center() + Vec2::new(12.0, -galley.size().y / 2.0),
        galley,
        p.second,
    );
    focus_ring(ui, &response, measure::RADIUS);
    response
}
