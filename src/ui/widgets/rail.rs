//! An item of the rail: a word, whether it is the present screen, a quiet count.

use std::sync::Arc;

use egui::{FontId, Galley, Response, Role, Sense, Ui, Vec2, WidgetInfo};

use super::button::focus_ring;
use crate::ui::tokens::{Palette, measure, size};

/// An item of the rail at the left; `clicked()` says whether it was pressed.
pub(crate) fn item(ui: &mut Ui, word: &str, here: bool, count: Option<usize>) -> Response {
    let galley = galley(ui, word, here, size::LABEL.0);
    let width = ui.available_width();
    let response = shown(ui, word, here, galley, (width, 12.0));
    if let Some(count) = count.filter(|count| *count > 0) {
        let third = Palette::of(ui).third;
        let font = FontId::proportional(size::NOTE.0);
        let galley = ui.painter().layout_no_wrap(count.to_string(), font, third);
        let away = Vec2::new(12.0 + galley.size().x, galley.size().y / 2.0);
        let at = response.rect.right_center() - away;
        ui.painter().galley(at, galley, third);
    }
    response
}

/// One of the rail along the top, as wide as its word.
pub(crate) fn tab(ui: &mut Ui, word: &str, here: bool, size: (f32, f32)) -> Response {
    let galley = galley(ui, word, here, size.0);
    let width = galley.size().x + 10.0;
    shown(ui, word, here, galley, (width, 5.0))
}

fn galley(ui: &Ui, word: &str, here: bool, size: f32) -> Arc<Galley> {
    let p = Palette::of(ui);
    let ink = if here { p.ink } else { p.second };
    let font = FontId::proportional(size);
    ui.painter().layout_no_wrap(word.to_owned(), font, ink)
}

fn shown(
    ui: &mut Ui,
    word: &str,
    here: bool,
    galley: Arc<Galley>,
    (width, inset): (f32, f32),
) -> Response {
    let p = *Palette::of(ui);
    let target = Vec2::new(width, measure::TARGET);
    let (rect, response) = ui.allocate_exact_size(target, Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::Tab, ui.is_enabled(), here, word));
    if here || response.hovered() {
        ui.painter().rect_filled(rect, measure::RADIUS, p.card);
    }
    let at = rect.left_center() + Vec2::new(inset, -galley.size().y / 2.0);
    ui.painter().galley(at, galley, p.second);
    focus_ring(ui, &response, word, measure::RADIUS);
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
    focus_ring(ui, &response, name, measure::RADIUS);
    response
}
