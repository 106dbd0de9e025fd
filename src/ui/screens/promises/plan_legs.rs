//! The legs of a hedged book in a plan that is being written.

use egui::Ui;
use rust_decimal::Decimal;

use super::notes::Notes;
use crate::audit::number::Unit;
use crate::audit::{Field, Symbol, typed_number};
use crate::engine::Side;
use crate::promises::Leg;
use crate::ui::screens::audit::two;
use crate::ui::text;
use crate::ui::tokens::space;
use crate::ui::widgets::button::{plain, quiet};
use crate::ui::widgets::choice::{Mark, one_of};
use crate::ui::widgets::field::{Under, field};
use crate::ui::widgets::number::number;

/// A leg as it is typed.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct LegForm {
    market: String,
    side: Option<Side>,
    quantity: String,
}

/// The name of a leg's field, counted from one.
fn name(what: &str, at: usize) -> String {
    format!("{what} of leg {}", at.saturating_add(1))
}

/// The legs, each with what is wrong with it.
pub(super) fn read(legs: &[LegForm], collateral: &str, notes: &mut Notes) -> Vec<Leg> {
    let mut read = Vec::new();
    for (at, leg) in legs.iter().enumerate() {
        let symbol = Symbol::read(&leg.market, collateral);
        if symbol.is_none() {
            notes.wrong(name("Market", at), "Write the market, like BTC/USDT.");
        }
        if leg.side.is_none() {
            notes.wrong(name("Side", at), "Choose long or short.");
        }
        let quantity = typed_number(Field::Other, &leg.quantity, Unit::Quantity);
        let quantity = quantity.ok().flatten().filter(|q| *q > Decimal::ZERO);
        if quantity.is_none() {
            notes.wrong(name("Quantity", at), "Write a quantity above zero.");
        }
        if let (Some(symbol), Some(side), Some(quantity)) = (symbol, leg.side, quantity) {
            read.push(Leg {
                symbol: symbol.to_string(),
                side,
                quantity,
            });
        }
    }
    read
}

/// Shows them, and the way to add one.
pub(super) fn show(ui: &mut Ui, legs: &mut Vec<LegForm>, collateral: &str, notes: &Notes) {
    let mut gone = None;
    for (at, leg) in legs.iter_mut().enumerate() {
        ui.push_id(("leg", at), |ui| {
            if one(ui, leg, at, collateral, notes) {
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

fn one(ui: &mut Ui, leg: &mut LegForm, at: usize, collateral: &str, notes: &Notes) -> bool {
    let (market, side, quantity) = (name("Market", at), name("Side", at), name("Quantity", at));
    two(ui, |ui, right| {
        if right {
            let under = notes.under(&quantity, Under::Nothing);
            let base = Symbol::read(&leg.market, collateral);
            let base = base.map_or_else(String::new, |symbol| symbol.base().to_owned());
            number(&quantity, &mut leg.quantity, Unit::Quantity, &base).show(ui, under);
        } else {
            let read = Symbol::read(&leg.market, collateral);
            let understood = read.map_or(Under::Nothing, |s| Under::note(s.to_string()));
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
    ui.label(text::faint(
        ui,
        "At least this much must stand when the plan is used.",
    ));
    quiet(ui, &remove).clicked()
}
