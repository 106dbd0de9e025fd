//! A position: by hand, as "I opened it", or brought up to date.

use egui::Ui;

use super::Done;
use super::shared::{problems_ui, save_or_back};
use crate::app::position_form::PositionForm;
use crate::audit::Symbol;
use crate::engine::{Backing, Mode, Side};
use crate::input::number::Unit;
use crate::input::{Field, FieldError, NumberBounds};
use crate::ui::tokens::space;
use crate::ui::widgets::choice::{Mark, one_of};
use crate::ui::widgets::columns::two;
use crate::ui::widgets::field::{FieldNote, field};
use crate::ui::widgets::number::number;
use crate::ui::{View, text};
use crate::wording::{figures, position, words};

const MODES: [(Mode, &str, Mark); 2] = [
    (Mode::Isolated, "Isolated", Mark::Disc),
    (Mode::Cross, "Cross", Mark::Square),
];

/// Shows it.
pub(super) fn show(
    ui: &mut Ui,
    view: &View<'_>,
    form: &mut PositionForm,
    problems: &[FieldError],
    pressed: bool,
    done: &mut Done,
) {
    let state = view.app.state();
    let known = form.known.and_then(|id| state.position(id));
    let known = known.map(|(_, open)| open);
    let account = form.account.and_then(|id| state.account(id));
    let collateral = account.map_or("", |a| a.set.collateral.as_str());
    let fixed = known.is_some() || form.of.is_some();
    text::show_heading(ui, position::heading(form.of.is_some(), known.is_some()));
    if fixed {
        let side = form.side.map_or("", words::side);
        ui.label(text::second(ui, format!("{} {side}", form.symbol)));
    } else {
        ui.add_space(space::ONE);
        let read = Symbol::read(&form.symbol, collateral);
        let under = read.map_or(FieldNote::Nothing, |symbol| {
            FieldNote::note(symbol.to_string())
        });
        field("Market", &mut form.symbol)
            .hint("BTC/USDT")
            .show(ui, &under);
    }
    ui.add_space(space::ONE);
    two(ui, |ui, right| {
        if right {
            one_of(ui, position::MODE, &MODES, &mut form.mode);
        } else if !fixed {
            let sides = [
                (Side::Long, "Long", Mark::Plain),
                (Side::Short, "Short", Mark::Plain),
            ];
            one_of(ui, "Side", &sides, &mut form.side);
        }
    });
    ui.add_space(space::ONE);
    let (unit, quote) = (form.unit(state), form.quote(state));
    let was = |value: Option<String>| {
        value.map_or(FieldNote::Nothing, |v| {
            FieldNote::note(position::until_now(&v))
        })
    };
    two(ui, |ui, right| {
        if right {
            let label = position::entry(form.of.is_some(), known.is_some());
            let under = was(known.map(|open| figures::typed_price(open.position.entry)));
            let within = form.within(Field::Entry, state);
            number(label, &mut form.entry, Unit::Price, &quote)
                .within(within)
                .show(ui, under);
        } else {
            let under = was(known.map(|open| figures::quantity(open.position.quantity)));
            let within = form.within(Field::Quantity, state);
            number(
                position::QUANTITY,
                &mut form.quantity,
                Unit::Quantity,
                &unit,
            )
            .within(within)
            .show(ui, under);
        }
    });
    ui.add_space(space::ONE);
    two(ui, |ui, right| {
        if right {
            if form.mode == Some(Mode::Isolated) {
                let under = was(known.and_then(|open| match open.position.backing {
                    Backing::Isolated { margin } => Some(figures::money(margin)),
                    Backing::Cross => None,
                }));
                let within = form.within(Field::Margin, state);
                number(position::MARGIN, &mut form.margin, Unit::Money, collateral)
                    .within(within)
                    .show(ui, under);
            }
        } else {
            let under = was(known.map(|open| figures::typed_price(open.position.mark)));
            let within = form.within(Field::Mark, state);
            number(position::MARK, &mut form.mark, Unit::Price, &quote)
                .within(within)
                .hint(if known.is_some() {
                    ""
                } else {
                    position::MARK_HINT
                })
                .show(ui, under);
        }
    });
    if form.mode == Some(Mode::Cross) {
        let leverage = known.and_then(|open| open.position.leverage);
        leverage_of(ui, form, was(leverage.map(figures::leverage)));
    }
    if known.is_none() {
        maintenance(ui, view, form);
    }
    problems_ui(ui, problems);
    if save_or_back(ui, "Save", pressed, done) {
        *done = match form.read(state) {
            Ok(command) => Done::Send(Box::new(command)),
            Err(problem) => Done::Refused(vec![problem]),
        };
    }
}

/// What a position in the pool binds of it is its notional over its leverage.
fn leverage_of(ui: &mut Ui, form: &mut PositionForm, under: FieldNote) {
    ui.add_space(space::ONE);
    number(position::LEVERAGE, &mut form.leverage, Unit::Leverage, "x")
        .hint(position::LEVERAGE_HINT)
        .show(ui, under);
}

fn maintenance(ui: &mut Ui, view: &View<'_>, form: &mut PositionForm) {
    let under = match form.known_rules(view.app.state()) {
        Some(rules) => FieldNote::note(position::known_rate(&rules.label)),
        None => FieldNote::note(position::UNKNOWN_RATE),
    };
    ui.add_space(space::ONE);
    number(position::RATE, &mut form.rate, Unit::Percent, "%")
        .within(NumberBounds::PERCENT)
        .show(ui, under);
}
