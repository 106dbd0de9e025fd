//! What a venue asks for one market: a flat rate or tiers, when they are valued, tick and lot.

use egui::{Label, Ui};

use super::Done;
use super::shared::{problems_ui, save_or_back};
use crate::audit::number::Unit;
use crate::audit::{FieldProblem, Symbol, Within};
use crate::desk::Command;
use crate::desk::rules_form::RulesForm;
use crate::engine::{Basis, Contract};
use crate::ui::screens::audit::two;
use crate::ui::tokens::space;
use crate::ui::widgets::choice::{Mark, one_of};
use crate::ui::widgets::field::{Under, field};
use crate::ui::widgets::number::number;
use crate::ui::{View, text};

/// Shows it.
pub(super) fn show(
    ui: &mut Ui,
    view: &View<'_>,
    form: &mut RulesForm,
    problems: &[FieldProblem],
    pressed: bool,
    done: &mut Done,
) {
    text::show_heading(ui, "Rules of a market");
    let Some(account) = view.desk.book().account(form.account) else {
        *done = Done::Back;
        return;
    };
    ui.add_space(space::ONE);
    let symbol = Symbol::read(&form.symbol, &account.set.collateral);
    let under = match &symbol {
        Some(symbol) => match account.set.rules.get(symbol) {
            Some(rules) => Under::note(format!("{symbol}; until now {}", rules.label)),
            None => Under::note(symbol.to_string()),
        },
        None => Under::Nothing,
    };
    field("Market", &mut form.symbol)
        .hint("BTC/USDT")
        .show(ui, &under);
    ui.add_space(space::ONE);
    field(
        "Maintenance: one rate in percent, or one tier a line",
        &mut form.tiers,
    )
    .rows(4)
    .show(
        ui,
        &Under::note("A tier is its floor, its rate in percent, its amount: 50000 0.5 50"),
    );
    ui.add_space(space::ONE);
    let contracts = [
        (Contract::Linear, "In the quote currency", Mark::Plain),
        (Contract::Inverse, "In the coin", Mark::Plain),
    ];
    one_of(ui, "Settled", &contracts, &mut form.contract);
    if form.contract == Some(Contract::Inverse) {
        ui.add_space(space::HALF);
        number(
            "Face value of one contract",
            &mut form.face,
            Unit::Money,
            "",
        )
        .show(
            ui,
            Under::note(
                "In the quote currency, like 100; quantities are numbers of contracts then",
            ),
        );
    }
    ui.add_space(space::ONE);
    let bases = [
        (Basis::AtSolvedPrice, "As the price moves", Mark::Plain),
        (Basis::AtEntry, "At the entry", Mark::Plain),
        (Basis::AtMark, "At the price now", Mark::Plain),
    ];
    one_of(ui, "When the venue values it", &bases, &mut form.basis);
    let words = "As the price moves: Binance, OKX, Hyperliquid, dYdX, Gate. At the entry: Bybit's older contracts, MEXC. At the price now: Bitget in cross.";
    ui.add(Label::new(text::faint(ui, words)).wrap());
    ui.add_space(space::ONE);
    number(
        "Taker fee counted in the requirement",
        &mut form.close_fee,
        Unit::Percent,
        "%",
    )
    .within(Within::PERCENT)
    .hint("none")
    .show(
        ui,
        Under::note(
            "OKX, Bybit, Gate, KuCoin and Bitget count it; Binance, Hyperliquid and dYdX do not",
        ),
    );
    ui.add_space(space::ONE);
    steps(ui, view, form);
    problems_ui(ui, problems);
    if save_or_back(ui, "Save", pressed, done) {
        *done = match form.read(view.desk.book()) {
            Ok(set) => Done::Send(Box::new(Command::SetAccount(set))),
            Err(problem) => Done::Refused(vec![problem]),
        };
    }
}

/// The smallest steps of the price and the quantity.
fn steps(ui: &mut Ui, view: &View<'_>, form: &mut RulesForm) {
    let tick = form.tick_within(view.desk.book());
    two(ui, |ui, right| {
        if right {
            number(
                "Smallest step of the quantity",
                &mut form.lot,
                Unit::Quantity,
                "",
            )
            .show(ui, Under::Nothing);
        } else {
            number(
                "Smallest step of the price",
                &mut form.tick,
                Unit::Price,
                "",
            )
            .within(tick)
            .show(ui, Under::Nothing);
        }
    });
}
