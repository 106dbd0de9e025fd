//! Both modes side by side, in equal type.

use egui::{Align, Label, Layout, RichText, Ui, Vec2};

use crate::audit::Revealed;
use crate::engine::Mode;
use crate::input::MODES;
use crate::ui::text;
use crate::ui::tokens::{Palette, size, space};
use crate::ui::widgets::card::rule;
use crate::ui::widgets::choice::{Mark, paint_mark};
use crate::wording::table::{self, CellPart, Row, TextWeight, rows};

/// Below this width a row's name stands over its values.
const NARROW: f32 = 480.0;

pub(super) fn table(ui: &mut Ui, revealed: &Revealed) {
    ui.spacing_mut().item_spacing.y = 0.0;
    heading(ui, revealed);
    for row in rows(revealed) {
        line(ui, &row);
    }
}

fn figure(ui: &Ui, part: &CellPart) -> RichText {
    let p = Palette::of(ui);
    let text = RichText::new(&part.text).size(size::LABEL.0);
    match part.weight {
        TextWeight::Plain => text.color(p.ink),
        TextWeight::Strong => text.color(p.ink).family(crate::ui::style::semibold()),
        TextWeight::Faint => text.color(p.third),
        TextWeight::Attention => text.color(p.attention),
    }
}

fn heading(ui: &mut Ui, revealed: &Revealed) {
    cells(
        ui,
        30.0,
        |_| {},
        |ui, mode| {
            ui.label(
                RichText::new(table::heading(revealed, mode))
                    .size(size::LABEL.0)
                    .color(Palette::of(ui).second),
            );
            let (rect, _) = ui.allocate_exact_size(Vec2::splat(12.0), egui::Sense::hover());
            let mark = match mode {
                Mode::Isolated => Mark::Disc,
                Mode::Cross => Mark::Square,
            };
            paint_mark(ui, mark, rect.center());
        },
    );
}

fn line(ui: &mut Ui, row: &Row) {
    rule(ui);
    let name = if row.strong {
        text::strong(ui, &row.name).size(size::LABEL.0)
    } else {
        RichText::new(&row.name)
            .size(size::LABEL.0)
            .color(Palette::of(ui).second)
    };
    let [isolated, cross] = &row.cells;
    cells(
        ui,
        33.0,
        |ui| {
            ui.add(Label::new(name).truncate());
        },
        |ui, mode| {
            let parts = match mode {
                Mode::Isolated => isolated,
                Mode::Cross => cross,
            };
            ui.spacing_mut().item_spacing.x = 6.0;
            for part in parts.iter().rev() {
                let words = figure(ui, part);
                ui.label(words);
            }
        },
    );
}

/// One row: a name, and a value for each mode, flush right. Where there is little room the
/// name stands over its values.
fn cells(
    ui: &mut Ui,
    height: f32,
    name: impl FnOnce(&mut Ui),
    mut value: impl FnMut(&mut Ui, Mode),
) {
    let whole = ui.available_width();
    let narrow = whole < NARROW;
    let column = if narrow {
        (whole - space::ONE) / 2.0
    } else {
        184.0
    };
    if narrow {
        ui.add_space(space::HALF);
        name(ui);
        row(ui, whole, height * 0.75, |ui| {
            for mode in MODES {
                cell(ui, column, height * 0.75, |ui| value(ui, mode));
            }
        });
        return;
    }
    row(ui, whole, height, |ui| {
        let first = (whole - 2.0 * column - 2.0 * space::ONE).max(60.0);
        ui.allocate_ui_with_layout(
            Vec2::new(first, height),
            Layout::left_to_right(Align::Center),
            |ui| {
                ui.set_width(first);
                name(ui);
            },
        );
        for mode in MODES {
            cell(ui, column, height, |ui| value(ui, mode));
        }
    });
}

fn row(ui: &mut Ui, width: f32, height: f32, content: impl FnOnce(&mut Ui)) {
    let size = Vec2::new(width, height);
    ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
        ui.set_min_height(height);
        ui.spacing_mut().item_spacing.x = space::ONE;
        content(ui);
    });
}

fn cell(ui: &mut Ui, width: f32, height: f32, content: impl FnOnce(&mut Ui)) {
    let size = Vec2::new(width, height);
    ui.allocate_ui_with_layout(size, Layout::right_to_left(Align::Center), |ui| {
        ui.set_width(width);
        content(ui);
    });
}
