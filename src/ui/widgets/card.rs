//! Cards, centred columns, and rows whose value stands at their end.

use egui::{Align, Frame, InnerResponse, Layout, Margin, RichText, Ui};

use crate::ui::text;
use crate::ui::tokens::{Palette, measure, space};

/// A card as wide as its column.
pub(crate) fn card<R>(ui: &mut Ui, content: impl FnOnce(&mut Ui) -> R) -> InnerResponse<R> {
    Frame::new()
        .fill(Palette::of(ui).card)
        .corner_radius(measure::CARD_RADIUS)
        .inner_margin(Margin::symmetric(24, 20))
        .show(ui, |ui| {
            ui.set_width(ui.available_width());
            content(ui)
        })
}

/// A column of at most `width`, in the middle of what there is.
pub(crate) fn column<R>(ui: &mut Ui, width: f32, content: impl FnOnce(&mut Ui) -> R) -> R {
    let gutter = if ui.available_width() < measure::COMPACT {
        space::TWO
    } else {
        space::THREE
    };
    let free = ui.available_width();
    let width = width.min((free - 2.0 * gutter).max(120.0));
    let left = ((free - width) / 2.0).max(gutter).floor();
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        ui.add_space(left);
        ui.vertical(|ui| {
            ui.set_width(width);
            ui.spacing_mut().item_spacing.x = space::ONE;
            content(ui)
        })
        .inner
    })
    .inner
}

/// A line of text with another at its end.
pub(crate) fn row(ui: &mut Ui, name: RichText, value: RichText) {
    ui.horizontal(|ui| {
        ui.label(name);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| ui.label(value));
    });
}

/// A thin rule across the column.
pub(crate) fn rule(ui: &mut Ui) {
    let (rect, _) = ui.allocate_exact_size(
        egui::Vec2::new(ui.available_width(), 1.0),
        egui::Sense::hover(),
    );
    ui.painter()
        .hline(rect.x_range(), rect.center().y, (1.0, Palette::of(ui).line));
}

/// A name and under it what belongs to it: the form of the journal's detail.
pub(crate) fn titled(ui: &mut Ui, name: &str, value: &str) {
    ui.label(text::note(ui, name));
    ui.add_space(-space::HALF);
    ui.add(
        egui::Label::new(text::body(ui, value))
            .wrap()
            .selectable(true),
    );
    ui.add_space(space::ONE);
}
