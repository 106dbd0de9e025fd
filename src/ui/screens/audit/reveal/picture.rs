//! Equity against price in both modes, with entry, invalidation and liquidation marked.

use egui::{Color32, FontId, Key, Pos2, Role, Sense, Ui, Vec2, Vec2b, WidgetInfo};
use egui_plot::{
    Line, LineStyle, Plot, PlotBounds, PlotPoint, PlotPoints, PlotTransform, PlotUi, Points, VLine,
};
use rust_decimal::prelude::ToPrimitive as _;

use super::RevealState;
use super::curves::Curves;
use crate::audit::Revealed;
use crate::engine::{Mode, Money, Price, Side};
use crate::input::figures;
use crate::ui::text;
use crate::ui::tokens::{Palette, size, space};
use crate::ui::widgets::button::focus_ring;
use crate::wording::{reveal, words};

/// Height of the plot itself.
const HEIGHT: f32 = 130.0;

pub(super) fn picture(ui: &mut Ui, revealed: &Revealed, state: &mut RevealState) {
    let drawn = state
        .curves
        .take()
        .filter(|curves| curves.are_of(revealed.ticket()));
    if drawn.is_none() {
        state.cursor = None;
    }
    let Some(curves) = drawn.or_else(|| Curves::of(revealed)) else {
        ui.label(text::note(
            ui,
            "No picture can be drawn of numbers this far apart.",
        ));
        return;
    };
    let p = *Palette::of(ui);
    let marks = marks(revealed, &p);
    let area = ui.available_width();
    let plot = Plot::new("equity against price")
        .width(area)
        .height(HEIGHT)
        .show_axes(Vec2b::FALSE)
        .show_grid(Vec2b::FALSE)
        .show_background(false)
        .show_x(false)
        .show_y(false)
        .allow_drag(Vec2b::FALSE)
        .allow_zoom(Vec2b::FALSE)
        .allow_scroll(Vec2b::FALSE)
        .allow_boxed_zoom(false)
        .allow_double_click_reset(false)
        .cursor_color(Color32::TRANSPARENT)
        .set_margin_fraction(Vec2::ZERO)
        .show(ui, |plot| draw(plot, &curves, &marks, revealed, &p));
    ui.ctx()
        .accesskit_node_builder(plot.response.id, egui::accesskit::Node::set_hidden);
    let base = plot
        .transform
        .position_from_point(&PlotPoint::new(curves.from, 0.0));
    ui.painter()
        .hline(plot.response.rect.x_range(), base.y, (1.0, p.line));
    let response = ui.interact(
        plot.response.rect,
        ui.scope_id().with("picture"),
        Sense::click(),
    );
    read_out(ui, &response, revealed, state, &curves, &plot.transform);
    let range = plot.response.rect.x_range();
    labels(ui, &marks, range, |x| across(&plot.transform, x));
    state.curves = Some(curves);
}

/// Draws what is marked as dashed lines, and each mode's equity up to where it is closed.
fn draw(plot: &mut PlotUi<'_>, curves: &Curves, marks: &[Mark], revealed: &Revealed, p: &Palette) {
    let highest = curves
        .modes
        .iter()
        .flat_map(|(_, curve)| curve.iter().flatten())
        .filter_map(|equity| equity.get().to_f64())
        .fold(0.0, f64::max)
        .max(1e-9);
    let colour = |mode| match mode {
        Mode::Isolated => p.isolated,
        Mode::Cross => p.cross,
    };
    plot.set_plot_bounds(PlotBounds::from_min_max(
        [curves.from, -0.04 * highest],
        [curves.to, 1.08 * highest],
    ));
    for mark in marks {
        plot.vline(
            VLine::new(mark.words.clone(), mark.x)
                .color(mark.colour.gamma_multiply(0.7))
                .width(1.0)
                .style(LineStyle::Dashed { length: 4.0 }),
        );
    }
    for (mode, curve) in &curves.modes {
        let points: PlotPoints<'_> = curves
            .prices
            .iter()
            .zip(curve)
            .filter_map(|(price, equity)| {
                Some([price.get().to_f64()?, equity.as_ref()?.get().to_f64()?])
            })
            .collect();
        plot.line(
            Line::new(words::mode_heading(*mode), points)
                .color(colour(*mode))
                .width(2.4),
        );
        let ticket = revealed.ticket();
        let end = revealed
            .outcome(*mode)
            .liquidation
            .end_against(ticket.side, ticket.effective_price());
        if let Some(x) = end.and_then(|price| price.get().to_f64()) {
            // The curve ends there, on whichever side.
            let mut open = curve.iter().flatten();
            let last = if end < Some(ticket.effective_price()) {
                open.next()
            } else {
                open.next_back()
            };
            let y = last.and_then(|equity| equity.get().to_f64()).unwrap_or(0.0);
            let shape = match mode {
                Mode::Isolated => egui_plot::MarkerShape::Circle,
                Mode::Cross => egui_plot::MarkerShape::Square,
            };
            plot.points(
                Points::new("closed", vec![[x, y]])
                    .shape(shape)
                    .radius(4.5)
                    .color(colour(*mode)),
            );
        }
    }
}

/// Where a price lies on the screen.
fn across(transform: &PlotTransform, price: f64) -> f32 {
    transform.position_from_point(&PlotPoint::new(price, 0.0)).x
}

/// What stands under a dashed line.
struct Mark {
    x: f64,
    words: String,
    colour: Color32,
}

fn marks(revealed: &Revealed, p: &Palette) -> Vec<Mark> {
    let ticket = revealed.ticket();
    let from = ticket.effective_price();
    let mut marks = Vec::new();
    let mut add = |price: Price, words: String, colour: Color32| {
        if let Some(x) = price.get().to_f64() {
            marks.push(Mark { x, words, colour });
        }
    };
    for (mode, colour) in [(Mode::Isolated, p.isolated), (Mode::Cross, p.cross)] {
        let band = revealed.outcome(mode).liquidation;
        if let Some(at) = band.end_against(ticket.side, from) {
            let words = format!(
                "{} closed in {}",
                figures::price(at, ticket.entry),
                words::mode(mode)
            );
            add(at, words, colour);
        }
    }
    if let Some(wrong) = revealed.answers().invalidation {
        let words = format!("{} wrong", figures::typed_price(wrong));
        add(wrong, words, p.second);
    }
    let now = ticket.mark.unwrap_or(ticket.entry);
    add(now, format!("{} now", figures::typed_price(now)), p.third);
    if from != now {
        add(
            from,
            format!("{} fill", figures::typed_price(from)),
            p.third,
        );
    }
    marks
}

/// Labels under the picture, each beside its line, in as few rows as keep them apart.
fn labels(ui: &mut Ui, marks: &[Mark], range: egui::Rangef, place: impl Fn(f64) -> f32) {
    const ROW: f32 = 17.0;
    let font = FontId::proportional(13.0);
    let mut taken: Vec<Vec<(f32, f32)>> = vec![Vec::new()];
    let top = ui.cursor().top() + 2.0;
    let mut sorted: Vec<&Mark> = marks.iter().collect();
    sorted.sort_by(|a, b| a.x.total_cmp(&b.x));
    for mark in sorted {
        let galley = ui
            .painter()
            .layout_no_wrap(mark.words.clone(), font.clone(), mark.colour);
        let width = galley.size().x;
        let line = place(mark.x);
        let inside = |left: f32| left.clamp(range.min, (range.max - width).max(range.min));
        // To the left of its line where it stands in the right half, else to the right; the
        // other way round before a further row is begun.
        let ways = if line > range.center() {
            [line - width, line]
        } else {
            [line, line - width]
        };
        let free = |row: &[(f32, f32)], left: f32| {
            row.iter()
                .all(|(from, to)| left + width + 8.0 <= *from || left - 8.0 >= *to)
        };
        let found = taken.iter().enumerate().find_map(|(at, row)| {
            ways.iter()
                .map(|left| inside(*left))
                .find(|left| free(row, *left))
                .map(|left| (at, left))
        });
        let (row, left) = found.unwrap_or_else(|| {
            taken.push(Vec::new());
            (taken.len().saturating_sub(1), inside(line - width))
        });
        if let Some(row) = taken.get_mut(row) {
            row.push((left, left + width));
        }
        #[expect(clippy::cast_precision_loss, reason = "a handful of rows")]
        let y = top + row as f32 * ROW;
        ui.painter().galley(Pos2::new(left, y), galley, mark.colour);
    }
    #[expect(clippy::cast_precision_loss, reason = "a handful of rows")]
    let height = taken.len() as f32 * ROW + 2.0;
    ui.allocate_exact_size(Vec2::new(range.span(), height), Sense::hover());
}

/// The number under the pointer, or where the arrow keys have gone; and the sentence that
/// stands for the whole picture.
fn read_out(
    ui: &mut Ui,
    response: &egui::Response,
    revealed: &Revealed,
    state: &mut RevealState,
    curves: &Curves,
    transform: &PlotTransform,
) {
    let ticket = revealed.ticket();
    let sentence = reveal::picture_sentence(revealed.assessment(), ticket, revealed.answers());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &sentence));
    if response.has_focus() {
        ui.memory_mut(|m| {
            m.set_focus_lock_filter(
                response.id,
                egui::EventFilter {
                    horizontal_arrows: true,
                    ..Default::default()
                },
            );
        });
        let step = ui.input(|i| {
            let stride = if i.modifiers.shift { 20 } else { 1 };
            (
                i.key_pressed(Key::ArrowRight),
                i.key_pressed(Key::ArrowLeft),
                stride,
            )
        });
        let middle = state.cursor.unwrap_or_else(|| {
            ticket
                .effective_price()
                .get()
                .to_f64()
                .map_or(0, |now| curves.nearest(now))
        });
        match step {
            (true, _, stride) => {
                state.cursor = Some(curves.last().min(middle.saturating_add(stride)));
            }
            (_, true, stride) => state.cursor = Some(middle.saturating_sub(stride)),
            _ => {}
        }
    }
    focus_ring(ui, response, &sentence, 4);
    let hovered = response.hover_pos();
    let hovered = hovered.map(|at| curves.nearest(transform.value_from_position(at).x));
    let Some((price, equity)) = hovered
        .or(state.cursor.filter(|_| response.has_focus()))
        .and_then(|at| curves.at(at))
    else {
        return;
    };
    let figure = |equity: Option<Money>| equity.map_or("closed".to_owned(), figures::money);
    let words = format!(
        "At {}: isolated {}, cross {}",
        figures::price(price, ticket.entry),
        figure(equity[0]),
        figure(equity[1])
    );
    ui.ctx()
        .accesskit_node_builder(response.id, |node| node.set_value(words.as_str()));
    let p = *Palette::of(ui);
    if let Some(x) = price.get().to_f64() {
        let x = across(transform, x);
        ui.painter()
            .vline(x, response.rect.y_range(), (1.0, p.third));
    }
    let galley = ui
        .painter()
        .layout_no_wrap(words, FontId::proportional(size::NOTE.0), p.ink);
    let at = match ticket.side {
        Side::Long => response.rect.left_top() + Vec2::splat(space::ONE),
        Side::Short => {
            response.rect.right_top() + Vec2::new(-galley.size().x - space::ONE, space::ONE)
        }
    };
    let back = egui::Rect::from_min_size(at, galley.size()).expand(5.0);
    ui.painter().rect_filled(back, 6, p.field);
    ui.painter().galley(at, galley, p.ink);
}
