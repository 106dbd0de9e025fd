//! The ticket's numbers: which are asked depends on what is to be done.

use egui::Ui;

use super::AuditState;
use crate::engine::Intent;
use crate::input::Field;
use crate::ui::tokens::space;
use crate::ui::widgets::columns::two;
use crate::ui::widgets::field::FieldNote;
use crate::ui::widgets::number::number;
use crate::ui::{View, text};
use crate::wording::ticket::{self, Counted, NumberPrompt};

const SIZES: [Field; 4] = [
    Field::Quantity,
    Field::Notional,
    Field::Leverage,
    Field::Margin,
];

pub(super) fn show(ui: &mut Ui, view: &View<'_>, state: &mut AuditState, collateral: &str) {
    let Some(draft) = &state.draft else { return };
    let intent = draft.ticket.intent;
    let open = draft
        .ticket
        .position
        .and_then(|id| view.app.state().position(id))
        .map(|(_, open)| open);
    if let Some(open) = open.filter(|_| intent != Intent::Open) {
        ui.label(text::note(ui, ticket::stands(open, collateral)));
        ui.add_space(space::HALF);
    }
    let account = draft
        .ticket
        .account
        .and_then(|id| view.app.state().account(id));
    let counted = ticket::counted(&draft.ticket, account, open);
    for row in ticket::asked(intent, open) {
        let mut changed = None;
        two(ui, |ui, right| {
            let which = if right { row.1 } else { Some(row.0) };
            if let Some(which) = which
                && one(ui, view, state, which, &counted)
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
        size_so_far(ui, view, state, &counted.quantity);
    }
}

fn one(
    ui: &mut Ui,
    view: &View<'_>,
    state: &mut AuditState,
    which: Field,
    counted: &Counted,
) -> bool {
    let under = state.under(which, FieldNote::Nothing);
    let Some(draft) = &mut state.draft else {
        return false;
    };
    let NumberPrompt {
        label,
        unit,
        suffix,
        hint,
    } = ticket::number(which, draft.ticket.intent, counted);
    let form = &draft.ticket;
    let within = view.app.with_known(form, |known| form.within(which, known));
    let text = ticket::typed(&mut draft.ticket, which);
    number(label, text, unit, suffix)
        .within(within)
        .hint(hint)
        .show(ui, under)
        .changed()
}

fn size_so_far(ui: &mut Ui, view: &View<'_>, state: &AuditState, base: &str) {
    let form = state.draft.as_ref().map(|draft| &draft.ticket);
    let size = form.and_then(|form| view.app.with_known(form, |known| form.size_so_far(known)));
    if let Some(size) = size {
        let words = ticket::size(&size, base);
        ui.label(text::note(ui, words));
    }
}
