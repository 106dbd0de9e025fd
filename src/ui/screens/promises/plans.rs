//! Plans with their standing, and a plan line by line beside a ticket.

use egui::{Label, Stroke, Ui, Vec2};

use super::About;
use super::over::is_over;
use super::told::refused;
use crate::app::Command;
use crate::promises::{Plan, PlanLine, PromiseCommand};
use crate::record::seen;
use crate::ui::tokens::{Palette, space};
use crate::ui::widgets::button::plain;
use crate::ui::widgets::card::{card, rule};
use crate::ui::{Action, View, text};
use crate::wording::promise;

/// Below this width the parts of a line stand one under the other.
const NARROW: f32 = 460.0;

/// Shows the plans that are not over.
pub(super) fn plans(ui: &mut Ui, view: &View<'_>) -> Option<Action> {
    let promises = view.app.state().promises();
    let clocks = seen(view.now);
    ui.add_space(space::THREE);
    text::show_part(ui, "Plans");
    let mut action = None;
    let mut any = false;
    for plan in promises.plans() {
        if is_over(promises.plan_state(plan, &clocks)) {
            continue;
        }
        any = true;
        let asked = card(ui, |ui| one(ui, view, plan)).inner;
        action = action.or(asked);
        ui.add_space(space::HALF);
    }
    if !any {
        ui.add(Label::new(text::second(ui, promise::NO_PLAN)).wrap());
    }
    action
}

fn one(ui: &mut Ui, view: &View<'_>, plan: &Plan) -> Option<Action> {
    let promises = view.app.state().promises();
    let terms = plan.terms();
    ui.add(Label::new(text::strong(ui, promise::plan_title(plan.terms()))).wrap());
    let standing = text::capital(&promise::plan_standing(promises, plan, view.now));
    let on = promise::written("written", plan.written_on(), false);
    ui.add(Label::new(text::note(ui, format!("{standing} · {on}"))).wrap());
    ui.add(Label::new(text::body(ui, terms.trigger.as_str())).wrap());
    for line in promise::plan_numbers(terms) {
        ui.add(Label::new(text::second(ui, line)).wrap());
    }
    ui.add_space(space::HALF);
    let mut asked = None;
    ui.horizontal_wrapped(|ui| {
        if plain("Renew it for seven days").show(ui).clicked() {
            asked = Some(PromiseCommand::RenewPlan(terms.plan));
        }
        if plain("Take it back").show(ui).clicked() {
            asked = Some(PromiseCommand::WithdrawPlan(terms.plan));
        }
    });
    refused(ui, view.refused_about(About::Plan(terms.plan)));
    asked.map(|ask| Action::Do(Command::Promise(Box::new(ask))))
}

/// A plan beside a ticket: what was planned, what is here, and whether that is met.
pub(crate) fn plan_card(ui: &mut Ui, view: &View<'_>, plan: &Plan, lines: &[PlanLine]) {
    card(ui, |ui| {
        ui.label(text::body(ui, "Your plan beside it"));
        let standing = promise::plan_standing(view.app.state().promises(), plan, view.now);
        let on = promise::written("Written", plan.written_on(), false);
        ui.add(Label::new(text::note(ui, format!("{on}, {standing}"))).wrap());
        ui.add_space(space::HALF);
        ui.spacing_mut().item_spacing.y = space::HALF;
        for line in lines {
            rule(ui);
            one_line(ui, line);
        }
    });
}

fn one_line(ui: &mut Ui, line: &PlanLine) {
    let (planned, here) = promise::plan_line(line);
    let (met, word) = (line.met(), promise::met(line));
    let whole = ui.available_width();
    let ink = match met {
        Some(false) => Palette::of(ui).attention,
        Some(true) | None => Palette::of(ui).second,
    };
    let verdict = |ui: &mut Ui| {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 6.0;
            shape(ui, met);
            ui.label(text::note(ui, word).color(ink));
        });
    };
    if whole < NARROW {
        ui.add(Label::new(text::body(ui, planned)).wrap());
        if !here.is_empty() {
            ui.add(Label::new(text::note(ui, here)).wrap());
        }
        verdict(ui);
        return;
    }
    let last = 150.0;
    let middle = if here.is_empty() {
        0.0
    } else {
        170.0 + space::ONE
    };
    let first = whole - middle - last - space::ONE;
    ui.horizontal_top(|ui| {
        ui.spacing_mut().item_spacing.x = space::ONE;
        cell(ui, first, |ui| {
            ui.add(Label::new(text::note(ui, planned).color(Palette::of(ui).ink)).wrap());
        });
        if middle > 0.0 {
            cell(ui, middle - space::ONE, |ui| {
                ui.add(Label::new(text::note(ui, here)).wrap());
            });
        }
        cell(ui, last, verdict);
    });
}

fn cell(ui: &mut Ui, width: f32, content: impl FnOnce(&mut Ui)) {
    ui.vertical(|ui| {
        ui.set_width(width);
        content(ui);
    });
}

/// A tick where it is met, a cross where it is not, a bar where that is open: the word beside it
/// says the same.
fn shape(ui: &mut Ui, met: Option<bool>) {
    let (rect, _) = ui.allocate_exact_size(Vec2::splat(14.0), egui::Sense::hover());
    let at = |x: f32, y: f32| rect.min + Vec2::new(x, y);
    let p = Palette::of(ui);
    let lines = match met {
        Some(true) => [
            [at(2.0, 7.5), at(5.5, 11.0)],
            [at(5.5, 11.0), at(12.0, 3.0)],
        ],
        Some(false) => [
            [at(3.0, 3.0), at(11.0, 11.0)],
            [at(11.0, 3.0), at(3.0, 11.0)],
        ],
        None => [[at(2.0, 7.0), at(12.0, 7.0)], [at(2.0, 7.0), at(12.0, 7.0)]],
    };
    let ink = match met {
        Some(true) => p.ink,
        Some(false) => p.attention,
        None => p.third,
    };
    for line in lines {
        ui.painter().line_segment(line, Stroke::new(1.8, ink));
    }
}
