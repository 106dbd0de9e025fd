//! What a venue asks for one market: published tiers, a flat rate or tiers, when they are valued,
//! how its contracts are counted, tick and lot.

use egui::{Label, Ui};

use super::Done;
use super::shared::{problems_ui, save_or_back};
use crate::app::Command;
use crate::app::rules_form::RulesForm;
use crate::engine::Contract;
use crate::input::number::Unit;
use crate::input::{FieldError, NumberBounds};
use crate::record::State;
use crate::ui::tokens::space;
use crate::ui::widgets::choice::{Mark, one_of};
use crate::ui::widgets::columns::two;
use crate::ui::widgets::field::{FieldNote, field};
use crate::ui::widgets::number::number;
use crate::ui::{View, text};
use crate::wording::account as wording;
use crate::wording::text::capital;

/// Shows it.
pub(super) fn show(
    ui: &mut Ui,
    view: &View<'_>,
    form: &mut RulesForm,
    problems: &[FieldError],
    pressed: bool,
    done: &mut Done,
) {
    text::show_heading(ui, "Rules of a market");
    let state = view.app.state();
    let Some(account) = state.account(form.account) else {
        *done = Done::Back;
        return;
    };
    ui.add_space(space::ONE);
    let known = form.known(state);
    let under = match (form.market(state), &known) {
        (Some(symbol), Some(rules)) => {
            FieldNote::note(format!("{symbol}; until now {}", rules.label))
        }
        (Some(symbol), None) => FieldNote::note(symbol.to_string()),
        (None, _) => FieldNote::Nothing,
    };
    field("Market", &mut form.symbol)
        .hint("BTC/USDT")
        .show(ui, &under);
    ui.add_space(space::ONE);
    maintenance(ui, state, form);
    ui.add_space(space::ONE);
    contract(ui, state, form);
    ui.add_space(space::ONE);
    valued(ui, state, form);
    ui.add_space(space::ONE);
    steps(ui, state, form);
    problems_ui(ui, problems);
    if save_or_back(ui, "Save", pressed, done) {
        *done = match form.read(state) {
            // The same again would be the word that the wallet still holds.
            Ok(set) if set == account.set => Done::Back,
            Ok(set) => Done::Send(Box::new(Command::SetAccount(set))),
            Err(problem) => Done::Refused(vec![problem]),
        };
    }
}

fn maintenance(ui: &mut Ui, state: &State, form: &mut RulesForm) {
    let example = form.example(state);
    if let Some(example) = &example {
        let options = [
            (true, example.label.as_str(), Mark::Plain),
            (false, wording::OWN_RATE, Mark::Plain),
        ];
        one_of(ui, wording::MAINTENANCE, &options, &mut form.published);
        ui.add_space(space::HALF);
    }
    if example.is_some() && form.published == Some(true) {
        return;
    }
    let kept = form.known(state).map_or_else(String::new, |rules| {
        format!("{}. ", wording::maintenance_kept(&rules.label))
    });
    let tiers = "A tier is its floor, its rate in percent, its amount: 50000 0.5 50";
    field(
        "Maintenance: one rate in percent, or one tier a line",
        &mut form.tiers,
    )
    .rows(4)
    .show(ui, &FieldNote::note(format!("{kept}{tiers}")));
}

fn contract(ui: &mut Ui, state: &State, form: &mut RulesForm) {
    let settled = form.settled(state);
    let options = wording::SETTLED.map(|(contract, words)| (contract, words, Mark::Plain));
    let mut chosen = Some(settled);
    if one_of(ui, "Settled", &options, &mut chosen) {
        form.contract = chosen;
    }
    ui.add_space(space::HALF);
    let quote = form.market(state).map_or_else(String::new, |symbol| {
        match settled {
            Contract::Linear => symbol.base(),
            Contract::Inverse => symbol.quote(),
        }
        .to_owned()
    });
    number(
        wording::size_label(settled),
        &mut form.size,
        Unit::Money,
        &quote,
    )
    .show(ui, FieldNote::note(wording::size_note(settled)));
}

fn valued(ui: &mut Ui, state: &State, form: &mut RulesForm) {
    let names = wording::VALUED.map(|basis| (basis, capital(wording::valued(basis))));
    let options: Vec<_> = names
        .iter()
        .map(|(basis, name)| (*basis, name.as_str(), Mark::Plain))
        .collect();
    let mut chosen = Some(form.valued(state));
    if one_of(ui, "When the venue values it", &options, &mut chosen) {
        form.basis = chosen;
    }
    ui.add(Label::new(text::faint(ui, wording::VALUED_BY)).wrap());
    ui.add_space(space::ONE);
    let usual = wording::usual_close_fee(form.usual_close_fee(state));
    number(wording::CLOSE_FEE, &mut form.close_fee, Unit::Percent, "%")
        .within(NumberBounds::PERCENT)
        .hint(&usual)
        .show(ui, FieldNote::note(wording::CLOSE_FEE_BY));
}

/// The smallest steps of the price and the quantity.
fn steps(ui: &mut Ui, state: &State, form: &mut RulesForm) {
    let within = form.tick_within(state);
    two(ui, |ui, right| {
        if right {
            number(wording::LOT, &mut form.lot, Unit::Quantity, "").show(ui, FieldNote::Nothing);
        } else {
            number(wording::TICK, &mut form.tick, Unit::Price, "")
                .within(within)
                .show(ui, FieldNote::Nothing);
        }
    });
}
