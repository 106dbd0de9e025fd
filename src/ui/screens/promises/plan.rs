//! Writing a plan: what it allows, the trigger, its numbers, and from when it counts.

use egui::{Label, Ui};

use super::form_errors::{Drawn as _, refused};
use super::{About, Done, keep_exact, plan_legs};
use crate::app::plan_form::{
    ACCOUNT, COLLATERAL, LOSS, MARKET, PlanForm, SIDE, STOP, STOP_HINT, TRIGGER, TRIGGER_HINT,
};
use crate::engine::Side;
use crate::input::FormErrors;
use crate::input::NumberBounds;
use crate::input::number::Unit;
use crate::market::Symbol;
use crate::promises::PromiseCommand;
use crate::ui::tokens::space;
use crate::ui::widgets::button::{plain, primary};
use crate::ui::widgets::choice::{Mark, one_of, one_of_possible};
use crate::ui::widgets::columns::two;
use crate::ui::widgets::field::{FieldNote, field};
use crate::ui::widgets::number::number;
use crate::ui::{UiCommand, View, text};
use crate::wording::promise;

/// Shows it.
pub(super) fn show(
    ui: &mut Ui,
    view: &View<'_>,
    form: &mut PlanForm,
    pressed: bool,
    entering: bool,
) -> Done {
    let before = form.clone();
    text::show_heading(ui, promise::WRITE_A_PLAN);
    ui.add(Label::new(text::second(ui, promise::PLAN_IS)).wrap());
    ui.add_space(space::ONE);
    let uses = promise::PLAN_USES.map(|allowed| (allowed, promise::allows(allowed), Mark::Plain));
    let (_, first) = one_of_possible(ui, promise::WHAT_IT_ALLOWS, &uses, &mut form.allows, |_| {
        true
    });
    if let Some(first) = first.filter(|_| entering) {
        first.request_focus();
    }
    ui.add_space(space::TWO);
    place(ui, view, form);
    let under = form.notes.under(TRIGGER, FieldNote::Nothing);
    field(TRIGGER, &mut form.trigger)
        .rows(2)
        .hint(TRIGGER_HINT)
        .show(ui, &under);
    ui.add_space(space::TWO);
    numbers(ui, view, form);
    let collateral = form.unit(view.app.state()).to_owned();
    let within: Vec<NumberBounds> = form
        .legs
        .iter()
        .map(|leg| form.quantity_within(&leg.market, view.app.state()))
        .collect();
    plan_legs::show(
        ui,
        &mut form.legs,
        &collateral,
        &within,
        &form.notes.clone(),
    );
    ui.add_space(space::TWO);
    keep_exact(ui, view.now);
    let words = promise::would_count(view.app.state().promises(), view.now);
    ui.add(Label::new(text::body(ui, words)).wrap());
    if *form != before {
        // What was wrong is asked again when it is to be written.
        form.notes = FormErrors::default();
    }
    refused(ui, view.refused_about(About::Writing));
    ui.add_space(space::ONE);
    let (write, back) = ui
        .horizontal_wrapped(|ui| {
            let write = primary("Write it down").does(UiCommand::Confirm).show(ui);
            (write, plain("Back").does(UiCommand::Cancel).show(ui))
        })
        .inner;
    if back.clicked() {
        return Done::Back;
    }
    if !write.clicked() && !pressed {
        return Done::No;
    }
    match form.read(view.app.state()) {
        Ok(terms) => Done::Send(Box::new(PromiseCommand::WritePlan(Box::new(terms)))),
        Err(notes) => {
            form.notes = notes;
            Done::No
        }
    }
}

fn place(ui: &mut Ui, view: &View<'_>, form: &mut PlanForm) {
    let state = view.app.state();
    if state.accounts().len() > 1 {
        let options: Vec<_> = state
            .accounts()
            .iter()
            .map(|account| (account.set.account, account.set.name.as_str(), Mark::Plain))
            .collect();
        one_of(ui, ACCOUNT, &options, &mut form.account);
        ui.add_space(space::ONE);
    }
    form.notes.beside(ui, ACCOUNT);
    let collateral = form.unit(state);
    two(ui, |ui, right| {
        if right {
            let sides = [
                (Side::Long, "Long", Mark::Plain),
                (Side::Short, "Short", Mark::Plain),
            ];
            one_of(ui, SIDE, &sides, &mut form.side);
            form.notes.beside(ui, SIDE);
        } else {
            let read = Symbol::read(&form.market, collateral);
            let understood = read.map_or(FieldNote::Nothing, |s| FieldNote::note(s.to_string()));
            let under = form.notes.under(MARKET, understood);
            field(MARKET, &mut form.market)
                .hint("like BTC/USDT")
                .show(ui, &under);
        }
    });
    ui.add_space(space::TWO);
}

fn numbers(ui: &mut Ui, view: &View<'_>, form: &mut PlanForm) {
    let state = view.app.state();
    let collateral = form.unit(state).to_owned();
    let (loss, stop) = (form.loss_within(state), form.stop_within(state));
    let quote = form.quote(state);
    two(ui, |ui, right| {
        let (name, typed, within) = if right {
            (LOSS, &mut form.loss, loss)
        } else {
            (COLLATERAL, &mut form.collateral, NumberBounds::ANYWHERE)
        };
        let under = form.notes.under(name, FieldNote::Nothing);
        number(name, typed, Unit::Money, &collateral)
            .within(within)
            .show(ui, under);
    });
    ui.add_space(space::TWO);
    let under = form.notes.under(STOP, FieldNote::Nothing);
    number(STOP, &mut form.stop, Unit::Price, &quote)
        .within(stop)
        .hint(STOP_HINT)
        .show(ui, under);
    ui.add_space(space::TWO);
}
