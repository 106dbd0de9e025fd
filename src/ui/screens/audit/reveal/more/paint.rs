//! The picture and the table of a section: bars over words, both from the same rows.

use egui::{Align, Label, Layout, RichText, Sense, Ui, Vec2, WidgetInfo};

use crate::engine::Mode;
use crate::ui::text;
use crate::ui::tokens::{Palette, size, space};
use crate::ui::widgets::card::rule;
use crate::wording::more::{DetailTable, Row};

const BAR: f32 = 6.0;

pub(super) fn sheet(ui: &mut Ui, sheet: &DetailTable) {
    ui.add(Label::new(text::note(ui, &sheet.sentence)).wrap());
    if sheet.rows.is_empty() {
        return;
    }
    ui.add_space(space::HALF);
    let whole = ui.available_width();
    let count = sheet.columns.len().max(1);
    #[expect(clippy::cast_precision_loss, reason = "two or three columns")]
    let column = (whole * 0.64 / count as f32).floor();
    #[expect(clippy::cast_precision_loss, reason = "two or three columns")]
    let first = whole - column * count as f32;
    ui.spacing_mut().item_spacing.y = 0.0;
    line(
        ui,
        first,
        column,
        "",
        sheet.columns.iter().map(|(name, _)| name.as_str()),
        true,
    );
    for row in &sheet.rows {
        rule(ui);
        let cells = row.cells.iter().map(String::as_str);
        line(ui, first, column, &row.name, cells, false);
        bars(ui, first, column, row, sheet);
    }
}

fn line<'a>(
    ui: &mut Ui,
    first: f32,
    column: f32,
    name: &str,
    cells: impl Iterator<Item = &'a str>,
    heading: bool,
) {
    let p = *Palette::of(ui);
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = 0.0;
        let quiet = RichText::new(name).size(size::NOTE.0).color(p.second);
        cell(ui, first, Align::Min, quiet);
        for words in cells {
            let ink = if heading { p.second } else { p.ink };
            cell(
                ui,
                column,
                Align::Max,
                RichText::new(words).size(size::NOTE.0).color(ink),
            );
        }
    });
}

fn cell(ui: &mut Ui, width: f32, align: Align, words: RichText) {
    ui.allocate_ui_with_layout(Vec2::new(width, 28.0), Layout::top_down(align), |ui| {
        ui.set_width(width);
        ui.add_space(5.0);
        ui.add(Label::new(words).wrap());
        ui.add_space(5.0);
    });
}

/// The picture: a bar under each cell that has one.
fn bars(ui: &mut Ui, first: f32, column: f32, row: &Row, sheet: &DetailTable) {
    if row.bars.iter().all(Option::is_none) {
        return;
    }
    let p = *Palette::of(ui);
    let (rect, response) =
        ui.allocate_exact_size(Vec2::new(ui.available_width(), BAR + 6.0), Sense::hover());
    let sentence = format!("{}: {}", row.name, row.cells.join(", "));
    response.widget_info(|| WidgetInfo::labeled(egui::Role::Image, true, &sentence));
    for (at, share) in row.bars.iter().enumerate() {
        let Some(share) = share else { continue };
        #[expect(clippy::cast_precision_loss, reason = "two or three columns")]
        let left = rect.left() + first + column * at as f32 + space::TWO;
        let width = column - space::TWO;
        let back = egui::Rect::from_min_size(egui::pos2(left, rect.top()), Vec2::new(width, BAR));
        let colour = match sheet.columns.get(at).and_then(|(_, mode)| *mode) {
            Some(Mode::Isolated) => p.isolated,
            Some(Mode::Cross) => p.cross,
            None => p.second,
        };
        ui.painter().rect_filled(back, 3, p.field);
        let from = back.right() - width * share;
        ui.painter().rect_filled(back.with_min_x(from), 3, colour);
    }
}
