//! The legs of a hedged book in a plan that is being written.

use egui::Ui;

use super::form_errors::Drawn as _;
use crate::app::plan_form::{LEG_NOTE, LegForm, MARKET, QUANTITY, SIDE, of_leg};
use crate::engine::Side;
use crate::input::FormErrors;
use crate::input::NumberBounds;
use crate::input::number::Unit;
use crate::market::Symbol;
use crate::ui::text;
use crate::ui::tokens::space;
use crate::ui::widgets::button::{plain, quiet};
use crate::ui::widgets::choice::{Mark, one_of};
use crate::ui::widgets::columns::two;
use crate::ui::widgets::field::{FieldNote, field};
use crate::ui::widgets::number::number;

/// Shows them, and the way to add one.
pub(super) fn show(
    ui: &mut Ui,
    legs: &mut Vec<LegForm>,
    collateral: &str,
    within: &[NumberBounds],
    notes: &FormErrors,
) {
    let mut gone = None;
    for (at, leg) in legs.iter_mut().enumerate() {
        let within = within.get(at).copied().unwrap_or_default();
        ui.push_id(("leg", at), |ui| {
            if one(ui, leg, at, collateral, within, notes) {
                gone = Some(at);
            }
        });
        ui.add_space(space::ONE);
    }
    if let Some(at) = gone.filter(|at| *at < legs.len()) {
        legs.remove(at);
    }
    if plain("Add a leg of a hedged book").show(ui).clicked() {
        legs.push(LegForm::default());
    }
}

fn one(
    ui: &mut Ui,
    leg: &mut LegForm,
    at: usize,
    collateral: &str,
    within: NumberBounds,
    notes: &FormErrors,
) -> bool {
    let [market, side, quantity] = [MARKET, SIDE, QUANTITY].map(|what| of_leg(what, at));
    two(ui, |ui, right| {
        if right {
            let under = notes.under(&quantity, FieldNote::Nothing);
            let base = Symbol::read(&leg.market, collateral);
            let base = base.map_or_else(String::new, |symbol| symbol.base().to_owned());
            number(&quantity, &mut leg.quantity, Unit::Quantity, &base)
                .within(within)
                .show(ui, under);
        } else {
            let read = Symbol::read(&leg.market, collateral);
            let understood = read.map_or(FieldNote::Nothing, |s| FieldNote::note(s.to_string()));
            let under = notes.under(&market, understood);
            field(&market, &mut leg.market).show(ui, &under);
        }
    });
    let sides = [
        (Side::Long, "Long", Mark::Plain),
        (Side::Short, "Short", Mark::Plain),
    ];
    one_of(ui, &side, &sides, &mut leg.side);
    notes.beside(ui, &side);
    let remove = format!("Remove leg {}", at.saturating_add(1));
    ui.label(text::faint(ui, LEG_NOTE));
    quiet(ui, &remove).clicked()
}
