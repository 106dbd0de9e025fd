//! The ticket's numbers: which are asked depends on what is to be done.

use egui::Ui;

use super::AuditState;
use super::ticket::two;
use crate::audit::number::Unit;
use crate::audit::{Field, Symbol, Terms};
use crate::engine::{Backing, Contract, Intent, Money, Quantity};
use crate::record::OpenPosition;
use crate::telling::{figures, words};
use crate::ui::tokens::space;
use crate::ui::widgets::field::Under;
use crate::ui::widgets::number::number;
use crate::ui::{View, text};

const SIZES: [Field; 4] = [
    Field::Quantity,
    Field::Notional,
    Field::Leverage,
    Field::Margin,
];

/// Shows them.
pub(super) fn show(ui: &mut Ui, view: &View<'_>, state: &mut AuditState, collateral: &str) {
    let Some(draft) = &state.draft else { return };
    let intent = draft.ticket.intent;
    let open = draft
        .ticket
        .position
        .and_then(|id| view.desk.book().position(id))
        .map(|(_, open)| open);
    if let Some(open) = open.filter(|_| intent != Intent::Open) {
        ui.label(text::note(ui, stands(open, collateral)));
        ui.add_space(space::HALF);
    }
    let (base, terms) = if let Some(open) = open.filter(|_| intent != Intent::Open) {
        counted(&open.position.symbol, open.position.rules.terms)
    } else {
        let symbol = Symbol::read(&draft.ticket.symbol, collateral);
        let account = draft
            .ticket
            .account
            .and_then(|id| view.desk.book().account(id));
        let known = symbol
            .as_ref()
            .zip(account)
            .and_then(|(s, account)| account.rules(s));
        let terms = known.map_or_else(Terms::default, |rules| rules.terms);
        symbol.map_or((String::new(), terms), |symbol| counted(&symbol, terms))
    };
    for row in asked(intent, open) {
        let mut changed = None;
        two(ui, |ui, right| {
            let which = if right { row.1 } else { Some(row.0) };
            if let Some(which) = which
                && one(ui, state, which, intent, &base, collateral)
            {
                changed = Some(which);
            }
        });
        if let Some(which) = changed {
            state.touched(which);
            // The sizes hang together: a change of one may be what another waited for.
            for size in SIZES {
                state.touched(size);
            }
        }
    }
    if matches!(intent, Intent::Open | Intent::Increase) {
        size_so_far(ui, state, &base, terms);
    }
}

/// Which fields are asked, two a row.
fn asked(intent: Intent, open: Option<&OpenPosition>) -> Vec<(Field, Option<Field>)> {
    let cross = open.is_some_and(|open| open.position.backing == Backing::Cross);
    let leverage = cross.then_some(Field::Leverage);
    match intent {
        Intent::Open | Intent::Increase => vec![
            (Field::Entry, Some(Field::Mark)),
            (Field::Quantity, Some(Field::Notional)),
            (Field::Leverage, Some(Field::Margin)),
        ],
        Intent::AddMargin => vec![(Field::Margin, Some(Field::Mark))],
        Intent::SwitchMode => vec![(Field::Mark, cross.then_some(Field::Margin))],
        Intent::Reduce => vec![
            (Field::Quantity, Some(Field::Entry)),
            (Field::Mark, leverage),
        ],
        Intent::Close => vec![(Field::Entry, Some(Field::Mark))]
            .into_iter()
            .chain(leverage.map(|field| (field, None)))
            .collect(),
    }
}

fn one(
    ui: &mut Ui,
    state: &mut AuditState,
    which: Field,
    intent: Intent,
    base: &str,
    collateral: &str,
) -> bool {
    let under = state.under(which, Under::Nothing);
    let Some(draft) = &mut state.draft else {
        return false;
    };
    let form = &mut draft.ticket;
    let adds = matches!(intent, Intent::Open | Intent::Increase);
    let (label, text, unit, suffix) = match which {
        Field::Mark => ("Price now", &mut form.mark, Unit::Price, collateral),
        Field::Quantity => ("Quantity", &mut form.quantity, Unit::Quantity, base),
        Field::Notional => ("or notional", &mut form.notional, Unit::Money, collateral),
        Field::Leverage => ("Leverage", &mut form.leverage, Unit::Leverage, "x"),
        Field::Margin => (
            match intent {
                Intent::AddMargin => "Margin to add",
                Intent::SwitchMode => "Margin behind it alone",
                _ => "or margin",
            },
            &mut form.margin,
            Unit::Money,
            collateral,
        ),
        _ => (
            if adds {
                "Entry price"
            } else {
                "At which price"
            },
            &mut form.entry,
            Unit::Price,
            collateral,
        ),
    };
    let hint = match (which, intent) {
        (Field::Mark, Intent::Open) => "the entry, if left empty",
        (Field::Mark, _) => "as last written, if left empty",
        _ => "",
    };
    number(label, text, unit, suffix)
        .hint(hint)
        .show(ui, under)
        .changed()
}

/// "5 ETH at 2,000, cross, +500.00 USDT at 2,100": what is known of the position.
fn stands(open: &OpenPosition, collateral: &str) -> String {
    let position = &open.position;
    let mode = match position.backing {
        Backing::Isolated { margin } => format!("isolated with {}", figures::money(margin)),
        Backing::Cross => words::mode(position.backing.mode()).to_owned(),
    };
    let profit = open
        .profit()
        .map(|profit| format!(", {} {collateral}", figures::signed_money(profit)))
        .unwrap_or_default();
    format!(
        "{} {} at {}, {mode}{profit} at {}",
        figures::quantity(position.quantity),
        counted(&position.symbol, position.rules.terms).0,
        figures::typed_price(position.entry),
        figures::typed_price(position.mark)
    )
}

/// What a quantity is counted in, and how contracts are settled.
fn counted(symbol: &Symbol, terms: Terms) -> (String, Terms) {
    match terms.contract {
        Contract::Linear => (symbol.base().to_owned(), terms),
        Contract::Inverse => ("contracts".to_owned(), terms),
    }
}

fn size_so_far(ui: &mut Ui, state: &AuditState, base: &str, terms: Terms) {
    let size = state
        .draft
        .as_ref()
        .and_then(|draft| draft.ticket.size_so_far(terms));
    if let Some(size) = size {
        let words = format!(
            "{} {base} · notional {} · margin {} · {}",
            figures::quantity(Quantity::new(size.quantity)),
            figures::money(Money::new(size.notional)),
            figures::money(Money::new(size.margin)),
            figures::leverage(size.leverage)
        );
        ui.label(text::note(ui, words));
    }
}
