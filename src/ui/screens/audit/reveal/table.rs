//! Both modes side by side, in equal type.

use egui::{Align, Label, Layout, RichText, Ui, Vec2};

use crate::audit::Revealed;
use crate::engine::{AtInvalidation, Mode, Outcome, distance};
use crate::telling::{figures, words};
use crate::ui::text;
use crate::ui::tokens::{Palette, size, space};
use crate::ui::widgets::card::rule;
use crate::ui::widgets::choice::{Mark, paint_mark};

/// Below this width a row's name stands over its values.
const NARROW: f32 = 480.0;

const MODES: [Mode; 2] = [Mode::Isolated, Mode::Cross];

/// Shows the table.
pub(super) fn table(ui: &mut Ui, revealed: &Revealed) {
    let answers = revealed.answers();
    ui.spacing_mut().item_spacing.y = 0.0;
    heading(ui, revealed);
    let wrong = format!(
        "Loss where you are wrong, {}",
        figures::typed_price(answers.invalidation)
    );
    line(
        ui,
        "Backed by",
        false,
        MODES.map(|m| plain(ui, figures::balance(of(revealed, m).backing))),
    );
    line(
        ui,
        "Out of its reach",
        false,
        MODES.map(|m| plain(ui, figures::balance(of(revealed, m).walled_off))),
    );
    line(
        ui,
        &wrong,
        false,
        MODES.map(|m| at_invalidation(ui, of(revealed, m))),
    );
    line(
        ui,
        "Closed by the venue at",
        false,
        MODES.map(|m| closed_at(ui, revealed, of(revealed, m))),
    );
    let kept = MODES
        .iter()
        .any(|m| of(revealed, *m).loss_at_liquidation.is_some());
    if kept {
        line(
            ui,
            "Loss there",
            false,
            MODES.map(|m| match of(revealed, m).loss_at_liquidation {
                Some(loss) => plain(ui, figures::balance(loss)),
                None => plain(ui, "none"),
            }),
        );
    }
    line(
        ui,
        "Worst case",
        true,
        MODES.map(|m| strong(ui, figures::balance(of(revealed, m).max_loss))),
    );
    line(
        ui,
        "Goes with it",
        false,
        MODES.map(|m| plain(ui, words::goes_with_it(of(revealed, m)))),
    );
}

fn of(revealed: &Revealed, mode: Mode) -> &Outcome {
    revealed.outcome(mode)
}

fn figure(ui: &Ui, text: impl Into<String>) -> RichText {
    RichText::new(text)
        .size(size::LABEL.0)
        .color(Palette::of(ui).ink)
}

fn plain(ui: &Ui, text: impl Into<String>) -> Vec<RichText> {
    vec![figure(ui, text)]
}

fn strong(ui: &Ui, text: impl Into<String>) -> Vec<RichText> {
    vec![figure(ui, text).family(crate::ui::style::semibold())]
}

fn at_invalidation(ui: &Ui, outcome: &Outcome) -> Vec<RichText> {
    match outcome.at_invalidation {
        AtInvalidation::Closed { loss } => plain(ui, figures::balance(loss)),
        AtInvalidation::LiquidatedFirst { .. } => {
            vec![figure(ui, "closed before").color(Palette::of(ui).attention)]
        }
    }
}

fn closed_at(ui: &Ui, revealed: &Revealed, outcome: &Outcome) -> Vec<RichText> {
    let ticket = revealed.ticket();
    let now = words::now_price(ticket);
    if outcome.already {
        return vec![figure(ui, "now").color(Palette::of(ui).attention)];
    }
    let ends: Vec<RichText> = [outcome.survives.low, outcome.survives.high]
        .into_iter()
        .flatten()
        .flat_map(|end| {
            let far = distance(now, end)
                .map(figures::signed_percent)
                .unwrap_or_default();
            [
                figure(ui, figures::price(end, ticket.entry)),
                figure(ui, far).color(Palette::of(ui).third),
            ]
        })
        .collect();
    if ends.is_empty() {
        plain(ui, "no price alone")
    } else {
        ends
    }
}

fn heading(ui: &mut Ui, revealed: &Revealed) {
    let chosen = revealed.ticket().mode;
    cells(
        ui,
        30.0,
        |_| {},
        |ui, mode| {
            let word = words::mode_heading(mode);
            let word = if mode == chosen {
                format!("{word} — chosen")
            } else {
                word.to_owned()
            };
            ui.label(
                RichText::new(word)
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

fn line(ui: &mut Ui, name: &str, strong_name: bool, values: [Vec<RichText>; 2]) {
    rule(ui);
    let name = if strong_name {
        text::strong(ui, name).size(size::LABEL.0)
    } else {
        RichText::new(name)
            .size(size::LABEL.0)
            .color(Palette::of(ui).second)
    };
    let [isolated, cross] = values;
    cells(
        ui,
        33.0,
        |ui| {
            ui.add(Label::new(name).truncate());
        },
        |ui, mode| {
            let parts = match mode {
                Mode::Isolated => &isolated,
                Mode::Cross => &cross,
            };
            ui.spacing_mut().item_spacing.x = 6.0;
            for part in parts.iter().rev() {
                ui.label(part.clone());
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
