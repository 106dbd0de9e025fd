//! What the venue asks of the ticket's market: as it is known, a rate for this ticket, or the way
//! to the market's rules.

use egui::{Label, Ui};

use super::AuditState;
use crate::input::number::Unit;
use crate::input::{Field, NumberBounds};
use crate::market::{Rules, Symbol};
use crate::record::Account;
use crate::ui::tokens::space;
use crate::ui::widgets::button::{plain, quiet};
use crate::ui::widgets::field::FieldNote;
use crate::ui::widgets::number::number;
use crate::ui::{Action, text};
use crate::wording::{account as wording, ticket};

pub(super) fn show(
    ui: &mut Ui,
    state: &mut AuditState,
    account: Option<&Account>,
) -> Option<Action> {
    let market = state
        .draft
        .as_ref()
        .zip(account)
        .and_then(|(draft, account)| {
            let symbol = Symbol::read(&draft.ticket.symbol, &account.set.collateral)?;
            Some((symbol, account))
        });
    let known = market
        .as_ref()
        .and_then(|(symbol, account)| account.rules(symbol));
    if let Some((symbol, account)) = &market
        && account.terms(symbol).is_none()
    {
        return write(ui, account, symbol, &wording::settled_in_the_coin(symbol));
    }
    let write = market
        .as_ref()
        .filter(|_| known.is_none())
        .and_then(|(symbol, account)| {
            let words = wording::nothing_known(symbol, &account.set.venue);
            write(ui, account, symbol, &words)
        });
    let typed = state
        .draft
        .as_ref()
        .is_some_and(|draft| !draft.ticket.own_rate.is_empty());
    if let Some(rules) = known.as_ref().filter(|_| !typed && !state.own_rate) {
        ui.horizontal_wrapped(|ui| {
            ui.label(text::note(ui, format!("Maintenance: {}", rules.label)));
            if quiet(ui, "Use another rate").clicked() {
                state.own_rate = true;
            }
        });
        return write;
    }
    rate(ui, state, known.as_ref());
    write
}

/// A rate for this ticket alone.
fn rate(ui: &mut Ui, state: &mut AuditState, known: Option<&Rules>) {
    let otherwise = match known {
        Some(rules) => format!("Empty takes what is known: {}", rules.label),
        None => ticket::NO_RULES.to_owned(),
    };
    let under = state.under(Field::Rate, FieldNote::Note(otherwise));
    let Some(draft) = &mut state.draft else {
        return;
    };
    let response = number(
        "Maintenance rate",
        &mut draft.ticket.own_rate,
        Unit::Percent,
        "%",
    )
    .within(NumberBounds::PERCENT)
    .show(ui, under);
    if response.changed() {
        state.touched(Field::Rate);
    }
}

/// The way to the rules of a market, and why it is shown.
fn write(ui: &mut Ui, account: &Account, symbol: &Symbol, why: &str) -> Option<Action> {
    ui.add(Label::new(text::note(ui, why)).wrap());
    let pressed = plain(&format!("{}…", wording::WRITE_RULES))
        .show(ui)
        .clicked();
    ui.add_space(space::HALF);
    pressed.then(|| Action::WriteRules(account.set.account, symbol.clone()))
}
