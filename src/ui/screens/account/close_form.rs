//! A position that is gone: at which price, and what the wallet holds now.

use egui::{Label, Ui};

use super::Done;
use super::shared::{problems_ui, save_or_back};
use crate::app::Command;
use crate::app::close_form::CloseForm;
use crate::input::FieldError;
use crate::input::number::Unit;
use crate::ui::tokens::space;
use crate::ui::widgets::choice::{Mark, one_of};
use crate::ui::widgets::columns::two;
use crate::ui::widgets::field::FieldNote;
use crate::ui::widgets::number::number;
use crate::ui::{View, text};
use crate::wording::position;

/// Shows it.
pub(super) fn show(
    ui: &mut Ui,
    view: &View<'_>,
    form: &mut CloseForm,
    problems: &[FieldError],
    pressed: bool,
    done: &mut Done,
) {
    text::show_heading(ui, position::IS_CLOSED);
    let Some((account, open)) = view.app.state().position(form.position) else {
        *done = Done::Back;
        return;
    };
    ui.label(text::second(ui, position::name(open)));
    ui.add_space(space::ONE);
    let collateral = account.set.collateral.as_str();
    let state = view.app.state();
    let (price, wallet) = (form.price_within(state), form.wallet_within(state));
    two(ui, |ui, right| {
        if right {
            number(position::WALLET, &mut form.wallet, Unit::Money, collateral)
                .within(wallet)
                .hint(position::ESTIMATED)
                .show(ui, FieldNote::Nothing);
        } else {
            number(
                position::AT,
                &mut form.price,
                Unit::Price,
                open.position.symbol.quote(),
            )
            .within(price)
            .show(ui, FieldNote::Nothing);
        }
    });
    ui.add_space(space::ONE);
    let who = position::CLOSED_BY.map(|(by_the_venue, words)| (by_the_venue, words, Mark::Plain));
    one_of(ui, position::WHO, &who, &mut form.by_the_venue);
    ui.add(Label::new(text::faint(ui, position::ESTIMATE)).wrap());
    problems_ui(ui, problems);
    if save_or_back(ui, "Save", pressed, done) {
        *done = match form.read(view.app.state()) {
            Ok(closed) => Done::Send(Box::new(Command::ClosePosition(closed))),
            Err(problem) => Done::Refused(vec![problem]),
        };
    }
}
