//! One of a few (side, mode, arousal), several of a few (tags).

use egui::{FocusDirection, FontId, Key, Response, Role, Sense, Ui, Vec2, WidgetInfo};

use super::button::focus_ring;
use crate::engine::Mode;
use crate::ui::text;
use crate::ui::tokens::{Palette, measure, size, space};

/// A mark before a choice's word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    /// None.
    Plain,
    /// The disc of isolated margin.
    Disc,
    /// The square of cross margin.
    Square,
}

impl Mark {
    pub(crate) fn of(mode: Mode) -> Self {
        match mode {
            Mode::Isolated => Self::Disc,
            Mode::Cross => Self::Square,
        }
    }
}

/// One of `options`: pressing chooses, the arrows go to the neighbours.
/// Answers whether the choice changed.
pub(crate) fn one_of<T: Copy + PartialEq>(
    ui: &mut Ui,
    label: &str,
    options: &[(T, &str, Mark)],
    chosen: &mut Option<T>,
) -> bool {
    one_of_possible(ui, label, options, chosen, |_| true).0
}

/// The same where some of them cannot be chosen now. Answers also with the first of them.
pub(crate) fn one_of_possible<T: Copy + PartialEq>(
    ui: &mut Ui,
    label: &str,
    options: &[(T, &str, Mark)],
    chosen: &mut Option<T>,
    possible: impl Fn(T) -> bool,
) -> (bool, Option<Response>) {
    let mut changed = false;
    let mut first = None;
    ui.vertical(|ui| {
        ui.spacing_mut().item_spacing.y = space::HALF + 2.0;
        ui.label(text::note(ui, label));
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = Vec2::splat(space::ONE);
            for (value, word, mark) in options {
                let on = *chosen == Some(*value);
                let possible = possible(*value);
                let response = segment_if(ui, word, None, on, *mark, Role::RadioButton, possible);
                if response.clicked() && !on {
                    *chosen = Some(*value);
                    changed = true;
                }
                if response.has_focus() {
                    let step = ui.input(|i| {
                        match (
                            i.key_pressed(Key::ArrowRight),
                            i.key_pressed(Key::ArrowLeft),
                        ) {
                            (true, false) => Some(FocusDirection::Next),
                            (false, true) => Some(FocusDirection::Previous),
                            (true, true) | (false, false) => None,
                        }
                    });
                    if let Some(step) = step {
                        response.surrender_focus();
                        ui.memory_mut(|m| m.move_focus(step));
                    }
                }
                first.get_or_insert(response);
            }
        });
    });
    (changed, first)
}

/// A word that is on or off, with the key that toggles it where there is one.
pub(crate) fn toggle(ui: &mut Ui, word: &str, key: Option<&str>, on: &mut bool) -> Response {
    let response = segment(ui, word, key, *on, Mark::Plain, Role::CheckBox);
    if response.clicked() {
        *on = !*on;
    }
    response
}

/// A word that is chosen or not, with the key that chooses it.
pub(crate) fn segment(
    ui: &mut Ui,
    word: &str,
    key: Option<&str>,
    on: bool,
    mark: Mark,
    role: Role,
) -> Response {
    segment_if(ui, word, key, on, mark, role, true)
}

fn segment_if(
    ui: &mut Ui,
    word: &str,
    key: Option<&str>,
    on: bool,
    mark: Mark,
    role: Role,
    possible: bool,
) -> Response {
    let p = *Palette::of(ui);
    let ink = match (on, possible) {
        (_, false) => p.third.gamma_multiply(0.6),
        (true, true) => p.ink,
        (false, true) => p.second,
    };
    let sense = if possible {
        Sense::click()
    } else {
        Sense::hover()
    };
    let galley =
        ui.painter()
            .layout_no_wrap(word.to_owned(), FontId::proportional(size::LABEL.0), ink);
    let hint = key.map(|key| {
        ui.painter()
            .layout_no_wrap(key.to_owned(), FontId::proportional(12.5), p.third)
    });
    let mark_width = if mark == Mark::Plain { 0.0 } else { 18.0 };
    let hint_width = hint.as_ref().map_or(0.0, |h| h.size().x + space::ONE);
    let wanted = Vec2::new(
        galley.size().x + mark_width + hint_width + 28.0,
        measure::TARGET,
    );
    let (rect, response) = ui.allocate_exact_size(wanted, sense);
    response.widget_info(|| WidgetInfo::selected(role, possible, on, word));
    let fill = if !possible {
        p.field.gamma_multiply(0.5)
    } else if on || response.hovered() {
        p.field_hover
    } else {
        p.field
    };
    ui.painter().rect_filled(rect, measure::RADIUS, fill);
    if on {
        ui.painter().rect_stroke(
            rect,
            measure::RADIUS,
            (1.5, p.second),
            egui::StrokeKind::Inside,
        );
    }
    let centre = rect.left_center() + Vec2::new(14.0 + 5.0, 0.0);
    paint_mark(ui, mark, centre);
    let at = rect.left_center() + Vec2::new(14.0 + mark_width, -galley.size().y / 2.0);
    let width = galley.size().x;
    ui.painter().galley(at, galley, ink);
    if let Some(hint) = hint {
        let at = at + Vec2::new(width + space::ONE, (size::LABEL.0 - 12.5) / 2.0 + 1.0);
        ui.painter().galley(at, hint, p.third);
    }
    focus_ring(ui, &response, word, measure::RADIUS);
    response
}

/// The disc or the square, around `centre`.
pub(crate) fn paint_mark(ui: &Ui, mark: Mark, centre: egui::Pos2) {
    let p = Palette::of(ui);
    match mark {
        Mark::Plain => {}
        Mark::Disc => {
            ui.painter().circle_filled(centre, 4.5, p.isolated);
        }
        Mark::Square => {
            let square = egui::Rect::from_center_size(centre, Vec2::splat(8.5));
            ui.painter().rect_filled(square, 0, p.cross);
        }
    }
}
