//! What both modes win and lose along the price, where it is decided: now, the fill, where the idea
//! is wrong, the nearest ends, and what was accepted.

use egui::{
    Align2, Color32, FontId, Key, Pos2, Rect, Role, Sense, Shape, Stroke, Ui, Vec2, Vec2b,
    WidgetInfo,
};
use egui_plot::{Line, Plot, PlotBounds, PlotPoint, PlotTransform, PlotUi, Points};
use rust_decimal::Decimal;
use rust_decimal::prelude::{FromPrimitive as _, ToPrimitive as _};

use super::RevealState;
use super::curves::Curves;
use super::marks;
use crate::audit::Revealed;
use crate::engine::{Mode, Money, Side};
use crate::input::figures;
use crate::ui::text;
use crate::ui::tokens::{Palette, size, space};
use crate::ui::widgets::button::focus_ring;
use crate::wording::{reveal, words};

/// Height of the plot itself.
const HEIGHT: f32 = 150.0;

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
    let marks = marks::of(revealed, &p);
    let (low, high) = heights(&curves, accepted(revealed));
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
        .show(ui, |plot| {
            plot.set_plot_bounds(PlotBounds::from_min_max(
                [curves.from, low],
                [curves.to, high],
            ));
            draw(plot, &curves, revealed, &p);
        });
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
    ends_of_scale(ui, plot.response.rect, revealed.ticket().side, (low, high));
    line_of_accepted(ui, plot.response.rect, revealed, &plot.transform);
    read_out(ui, &response, revealed, state, &curves, &plot.transform);
    marks::show(ui, &marks, plot.response.rect, |x| {
        across(&plot.transform, x)
    });
    state.curves = Some(curves);
}

/// What may be lost before the accepted loss is used up: the costs count against it too.
fn accepted(revealed: &Revealed) -> Option<f64> {
    let ticket = revealed.ticket();
    let accepted = revealed.answers().accepted?;
    let left = accepted
        .get()
        .checked_sub(revealed.outcome(ticket.mode).costs.get())?;
    let left = left.to_f64()?;
    (!ticket.intent.takes_off() && left > 0.0).then_some(left)
}

/// The lowest and the highest result that is drawn: those of the curves, and the accepted loss where it
/// is not far below them.
fn heights(curves: &Curves, accepted: Option<f64>) -> (f64, f64) {
    let results = |of: fn(f64, f64) -> f64| {
        let all = curves.modes.iter();
        let all = all.flat_map(|curve| curve.results(&curves.prices));
        all.map(|[_, result]| result).fold(0.0, of)
    };
    let (least, most) = (results(f64::min), results(f64::max));
    let far = 2.0 * least.min(-most);
    let least = accepted.filter(|accepted| -accepted >= far);
    let least = least.map_or(results(f64::min), |accepted| {
        results(f64::min).min(-accepted)
    });
    let span = (most - least).max(1e-9);
    (least - 0.24 * span, most + 0.16 * span)
}

/// Draws each mode's result up to where it is closed.
fn draw(plot: &mut PlotUi<'_>, curves: &Curves, revealed: &Revealed, p: &Palette) {
    for curve in &curves.modes {
        // Where both lie upon each other the thinner one leaves the other to be seen.
        let (colour, width, shape) = match curve.mode {
            Mode::Isolated => (p.isolated, 4.5, egui_plot::MarkerShape::Circle),
            Mode::Cross => (p.cross, 1.8, egui_plot::MarkerShape::Square),
        };
        let points: Vec<[f64; 2]> = curve.results(&curves.prices).collect();
        let ticket = revealed.ticket();
        let end = revealed
            .outcome(curve.mode)
            .liquidation
            .end_against(ticket.side, ticket.effective_price());
        let end = end
            .and_then(|price| price.get().to_f64())
            .filter(|end| (curves.from..=curves.to).contains(end));
        let from = ticket.effective_price().get().to_f64().unwrap_or_default();
        // The curve ends there, on whichever side.
        let last = end.and_then(|end| {
            let last = if end < from {
                points.first()
            } else {
                points.last()
            };
            last.map(|[_, result]| [end, *result])
        });
        let name = words::mode_heading(curve.mode);
        plot.line(Line::new(name, points).color(colour).width(width));
        if let Some(last) = last {
            plot.points(
                Points::new("closed", vec![last])
                    .shape(shape)
                    .radius(4.5)
                    .color(colour),
            );
        }
    }
}

/// What the lower and the upper edge stand for, in words, where no curve runs: a long falls to the
/// left, a short to the right.
fn ends_of_scale(ui: &Ui, rect: Rect, side: Side, (low, high): (f64, f64)) {
    let p = *Palette::of(ui);
    let words = |result: f64, what| {
        let amount = Decimal::from_f64(result.abs()).map(Money::new);
        let amount = amount.map(figures::money).unwrap_or_default();
        format!("{amount} {what}")
    };
    let font = FontId::proportional(size::NOTE.0);
    let (above, below, inward) = match side {
        Side::Long => (Align2::LEFT_TOP, Align2::RIGHT_BOTTOM, -space::HALF),
        Side::Short => (Align2::RIGHT_TOP, Align2::LEFT_BOTTOM, space::HALF),
    };
    let inset = |at: Align2, away: f32| at.pos_in_rect(&rect) + Vec2::new(away, 0.0);
    let text = |at, away, words| {
        ui.painter()
            .text(inset(at, away), at, words, font.clone(), p.third)
    };
    text(above, -inward, words(high, "gained"));
    text(below, inward, words(low, "lost"));
}

/// The accepted loss as a line across, with its figure on it; an arrow where it lies far below.
fn line_of_accepted(ui: &Ui, rect: Rect, revealed: &Revealed, transform: &PlotTransform) {
    let (Some(left), Some(loss)) = (accepted(revealed), revealed.answers().accepted) else {
        return;
    };
    let p = *Palette::of(ui);
    let y = transform
        .position_from_point(&PlotPoint::new(transform.bounds().min()[0], -left))
        .y;
    let figure = figures::money(loss);
    let is_far = y > rect.bottom();
    let words = if is_far {
        format!("↓ {figure} accepted")
    } else {
        format!("{figure} accepted, with costs")
    };
    let y = y.min(rect.bottom() - size::NOTE.1);
    if !is_far {
        let dashes = Shape::dashed_line(
            &[Pos2::new(rect.left(), y), Pos2::new(rect.right(), y)],
            Stroke::new(1.0, p.second),
            4.0,
            4.0,
        );
        ui.painter().extend(dashes);
    }
    // Under it, where no curve runs; far below, over what the edge stands for.
    let (at, corner) = match (revealed.ticket().side, is_far) {
        (Side::Long, false) => (rect.right() - space::HALF, Align2::RIGHT_TOP),
        (Side::Long, true) => (rect.right() - space::HALF, Align2::RIGHT_BOTTOM),
        (Side::Short, false) => (rect.left() + space::HALF, Align2::LEFT_TOP),
        (Side::Short, true) => (rect.left() + space::HALF, Align2::LEFT_BOTTOM),
    };
    let font = FontId::proportional(size::NOTE.0);
    ui.painter()
        .text(Pos2::new(at, y), corner, words, font, p.second);
}

/// Where a price lies on the screen.
fn across(transform: &PlotTransform, price: f64) -> f32 {
    transform.position_from_point(&PlotPoint::new(price, 0.0)).x
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
