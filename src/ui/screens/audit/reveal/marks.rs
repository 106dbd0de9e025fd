//! The prices that the picture marks: a line at each, and under it what it is. What lies outside of
//! the picture is told at its edge, with an arrow.

use egui::{Color32, FontId, Pos2, Rect, Sense, Shape, Stroke, Ui, Vec2};
use rust_decimal::prelude::ToPrimitive as _;

use crate::audit::Revealed;
use crate::engine::{Mode, Price};
use crate::input::figures;
use crate::ui::tokens::{Palette, space};
use crate::wording::words;

/// Height of a row of labels.
const ROW: f32 = 18.0;

/// A price that is marked.
pub(super) struct Mark {
    x: f64,
    words: String,
    colour: Color32,
}

/// Those of a reveal.
pub(super) fn of(revealed: &Revealed, p: &Palette) -> Vec<Mark> {
    let ticket = revealed.ticket();
    let from = ticket.effective_price();
    let mut marks = Vec::new();
    let mut add = |price: Price, words: String, colour: Color32| {
        if let Some(x) = price.get().to_f64() {
            marks.push(Mark { x, words, colour });
        }
    };
    let now = ticket.mark.unwrap_or(ticket.entry);
    add(now, format!("{} now", figures::typed_price(now)), p.second);
    if from != now {
        let fill = format!("{} fill", figures::typed_price(from));
        add(from, fill, p.second);
    }
    if let Some(wrong) = revealed.answers().invalidation {
        let words = format!("{} wrong", figures::typed_price(wrong));
        add(wrong, words, p.ink);
    }
    for (mode, colour) in [(Mode::Isolated, p.isolated), (Mode::Cross, p.cross)] {
        let outcome = revealed.outcome(mode);
        let end = outcome.liquidation.end_against(ticket.side, from);
        if let Some(at) = end.filter(|_| !outcome.already) {
            let (at, mode) = (figures::price(at, ticket.entry), words::mode(mode));
            add(
                end.unwrap_or(from),
                format!("{at} closed in {mode}"),
                colour,
            );
        }
    }
    marks
}

/// Shows them over and under the picture; `place` says where a price lies across.
pub(super) fn show(ui: &mut Ui, marks: &[Mark], picture: Rect, place: impl Fn(f64) -> f32) {
    let range = picture.x_range();
    let font = FontId::proportional(13.0);
    let mut rows: Vec<Vec<(f32, f32)>> = Vec::new();
    let top = ui.cursor().top() + 2.0;
    for mark in marks {
        let across = place(mark.x);
        let outside = !range.contains(across);
        let words = match (outside, across < range.min) {
            (false, _) => mark.words.clone(),
            (true, true) => format!("← {}", mark.words),
            (true, false) => format!("{} →", mark.words),
        };
        let galley = ui
            .painter()
            .layout_no_wrap(words, font.clone(), mark.colour);
        let width = galley.size().x;
        let line = range.clamp(across);
        // Its line runs along it at whichever side, or through it where there is no room for that.
        let right_of = line + space::HALF;
        let left_of = line - space::HALF - width;
        let through = (line - width / 2.0).clamp(range.min, (range.max - width).max(range.min));
        let (fits_left, fits_right) = (left_of >= range.min, right_of + width <= range.max);
        let ways = match (fits_left, fits_right) {
            (false, true) if !outside => [right_of, right_of],
            (true, false) if !outside => [left_of, left_of],
            (true, true) if !outside && line > range.center() => [left_of, right_of],
            (true, true) if !outside => [right_of, left_of],
            _ => [through, through],
        };
        // A label keeps clear of the others, and of the lines that run down past its row.
        let free = |row: &[(f32, f32)], left: f32| {
            row.iter()
                .all(|(from, to)| left + width + 8.0 <= *from || left - 8.0 >= *to)
        };
        let found = rows.iter().enumerate().find_map(|(at, row)| {
            let left = ways.into_iter().find(|left| free(row, *left))?;
            Some((at, left))
        });
        let (row, left) = found.unwrap_or((rows.len(), ways[0]));
        if row == rows.len() {
            rows.push(Vec::new());
        }
        for (at, taken) in rows.iter_mut().enumerate() {
            if at == row {
                taken.push((left, left + width));
            } else if at < row && !outside {
                taken.push((line, line));
            }
        }
        #[expect(clippy::cast_precision_loss, reason = "a handful of rows")]
        let y = top + row as f32 * ROW;
        if !outside {
            let ends = [
                Pos2::new(line, picture.top()),
                Pos2::new(line, y + ROW - 3.0),
            ];
            let stroke = Stroke::new(1.0, mark.colour.gamma_multiply(0.7));
            ui.painter()
                .extend(Shape::dashed_line(&ends, stroke, 4.0, 4.0));
        }
        ui.painter().galley(Pos2::new(left, y), galley, mark.colour);
    }
    #[expect(clippy::cast_precision_loss, reason = "a handful of rows")]
    let height = rows.len() as f32 * ROW + 2.0;
    ui.allocate_exact_size(Vec2::new(range.span(), height), Sense::hover());
}
