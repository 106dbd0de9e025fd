//! What the venue asks of the ticket's market: as it is known, a rate for this ticket, or the way
//! to the market's rules.

use egui::{Label, Ui};

use super::AuditState;
use crate::app::App;
use crate::input::{Field, FieldSchema};
use crate::market::Symbol;
use crate::record::Account;
use crate::ui::tokens::space;
use crate::ui::widgets::button::{plain, quiet};
use crate::ui::{Action, text};
use crate::wording::account as wording;

pub(super) fn show(
    ui: &mut Ui,
    app: &App,
    state: &mut AuditState,
    rate: &[FieldSchema],
    focus: Option<Field>,
) -> Option<Action> {
    let form = &state.draft.as_ref()?.ticket;
    let market = app.account_of(form).and_then(|account| {
        let typed = form.value.text(Field::Symbol);
        Some((account, Symbol::read(typed, &account.set.collateral)?))
    });
    let mut asked = None;
    if let Some((account, symbol)) = &market {
        if account.terms(symbol).is_none() {
            return write(ui, account, symbol, &wording::settled_in_the_coin(symbol));
        }
        if let Some(rules) = account.rules(symbol) {
            if form.value.is_empty(Field::Rate) && !state.own_rate {
                ui.horizontal_wrapped(|ui| {
                    ui.label(text::note(ui, format!("Maintenance: {}", rules.label)));
                    if quiet(ui, "Use another rate").clicked() {
                        state.own_rate = true;
                    }
                });
                return None;
            }
        } else {
            let words = wording::nothing_known(symbol, &account.set.venue);
            asked = write(ui, account, symbol, &words);
        }
    }
    state.row_ui(ui, app, rate, focus);
    asked
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
