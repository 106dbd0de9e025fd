//! The ticket: what she wants to do. Nothing is filled in but account and mode.

use egui::{Label, Ui};

use super::{AuditState, experiment, header, maintenance, step_bar};
use crate::app::form::{Form as _, HandedIn};
use crate::app::{App, Command};
use crate::engine::{Intent, Price};
use crate::input::number::Unit;
use crate::input::{Field, FieldError, NumberBounds};
use crate::record::{Account, OpenPosition, PositionChanged};
use crate::ui::screens::promises::plan_card;
use crate::ui::tokens::{measure, space};
use crate::ui::widgets::card::{card, column};
use crate::ui::widgets::field::FieldNote;
use crate::ui::widgets::foot::with_bar;
use crate::ui::widgets::form::errors_ui;
use crate::ui::widgets::number::number;
use crate::ui::{Action, View, text};
use crate::wording::ticket;

/// Shows it.
pub(super) fn ticket_ui(ui: &mut Ui, view: &View<'_>, state: &mut AuditState) -> Option<Action> {
    let entering = state.entering();
    with_bar(
        ui,
        state,
        |ui, state| {
            ui.add_space(space::THREE);
            column(ui, measure::FORM, |ui| content(ui, view, state, entering))
        },
        |ui, state| {
            if !step_bar(ui, state, "Next", true) {
                return None;
            }
            let HandedIn::Send(start) = state.draft.as_ref()?.hand_in(view.app).ok()? else {
                return None;
            };
            // A mark that was typed last is handed in with the ticket.
            let mut commands = marks_to_send(view, state);
            commands.push(*start);
            Some(Action::All(commands))
        },
    )
}

fn content(ui: &mut Ui, view: &View<'_>, state: &mut AuditState, entering: bool) -> Option<Action> {
    header(ui, state, "The ticket");
    let app = view.app;
    let draft = state.draft.as_mut()?;
    text::show_heading(ui, &draft.heading(app)?.heading);
    ui.add_space(space::ONE);
    let account = app.account_of(&draft.ticket);
    if account.is_none_or(|account| account.positions.is_empty()) {
        draft.ticket.intent = Intent::Open;
    }
    let mut schema = draft.schema(app);
    schema.retain(|field| field.shown);
    // What is wrong first, else what is written first.
    let wrong = state.problems.first().map(|problem| problem.field);
    let focus = entering.then_some(wrong.unwrap_or(Field::Symbol));
    let is_shown = |error: &&FieldError| schema.iter().any(|shown| shown.field == error.field);
    errors_ui(ui, state.problems.iter().filter(|error| !is_shown(error)));
    let mut asked = None;
    for row in schema.chunk_by(|_, next| next.beside) {
        let is_of = |field| row.iter().any(|one| one.field == field);
        if is_of(Field::Rate) {
            asked = maintenance::show(ui, app, state, row, focus);
        } else {
            state.row_ui(ui, app, row, focus);
        }
        if is_of(Field::Margin)
            && let Some(size) = app.size_so_far(&state.draft.as_ref()?.ticket)
        {
            ui.label(text::note(ui, size));
        }
        if [Field::Account, Field::Intent, Field::Symbol, Field::Margin]
            .into_iter()
            .any(is_of)
        {
            ui.add_space(space::ONE);
        } else if is_of(Field::Side) || is_of(Field::Position) {
            ui.add_space(space::ONE);
            experiment::show(ui, app, state);
        }
        if is_of(Field::Position) {
            stands(ui, app, state);
        }
    }
    ui.add_space(space::TWO);
    planned(ui, view, state);
    let figures = account.and_then(|account| figures_of(ui, view, state, account));
    asked.or(figures)
}

/// How the position stands that the ticket is about.
fn stands(ui: &mut Ui, app: &App, state: &AuditState) {
    let position = state.draft.as_ref().and_then(|draft| draft.ticket.position);
    if let Some((account, open)) = position.and_then(|id| app.state().position(id)) {
        let stands = ticket::stands(open, &account.set.collateral);
        ui.label(text::note(ui, stands));
        ui.add_space(space::HALF);
    }
}

/// The plan that the ticket goes by, with what was typed; nothing of the engine.
fn planned(ui: &mut Ui, view: &View<'_>, state: &AuditState) {
    let draft = state.draft.as_ref();
    let Some(ticket) = draft.and_then(|draft| view.app.read_ticket(draft).ok()) else {
        return;
    };
    if let Some((plan, lines)) = view.app.plan_for(&ticket, None) {
        plan_card(ui, view, plan, &lines);
        ui.add_space(space::TWO);
    }
}

/// The figures the numbers will rest on, how old they are, and a field for each mark.
fn figures_of(
    ui: &mut Ui,
    view: &View<'_>,
    state: &mut AuditState,
    account: &Account,
) -> Option<Action> {
    let mut left = false;
    card(ui, |ui| {
        ui.label(text::body(ui, format!("What {} knows", account.set.name)));
        let wallet = ticket::wallet(account, view.now.wall);
        ui.add(Label::new(text::note(ui, wallet)).wrap());
        let draft = state.draft.as_ref();
        let own = draft.and_then(|draft| view.app.market_of(&draft.ticket));
        for (at, open) in account.positions.iter().enumerate() {
            let id = open.id();
            let position = &open.position;
            // One market has one price: that of the ticket's own is written above.
            let before = account.positions.iter().take(at);
            let mut others = before.map(|open| &open.position.symbol).chain(&own);
            if others.any(|symbol| *symbol == position.symbol) {
                continue;
            }
            ui.add_space(space::HALF);
            let label = ticket::mark_label(open);
            let under = FieldNote::note(ticket::mark(open, view.now.wall));
            let typed = state.marks.entry(id).or_default();
            let response = number(&label, typed, Unit::Price, position.symbol.quote())
                .within(mark_within(open))
                .hint("unchanged")
                .show(ui, under);
            if response.changed() {
                state.new_marks.insert(id);
            }
            // One of two readings is chosen by a button beside the field.
            left |= response.lost_focus() || response.changed() && !response.has_focus();
        }
    });
    let commands = if left {
        marks_to_send(view, state)
    } else {
        Vec::new()
    };
    (!commands.is_empty()).then_some(Action::All(commands))
}

/// The marks that were typed since they were sent last; the same figure again is of now.
fn marks_to_send(view: &View<'_>, state: &mut AuditState) -> Vec<Command> {
    let typed = std::mem::take(&mut state.new_marks);
    let marks = typed.into_iter().filter_map(|id| {
        let (account, open) = view.app.state().position(id)?;
        let mark = new_mark(state.marks.get(&id)?, mark_within(open))?;
        let symbol = &open.position.symbol;
        let legs = account.positions.iter();
        let legs = legs.filter(move |open| open.position.symbol == *symbol);
        let changed = move |open: &OpenPosition| PositionChanged::mark(open.id(), mark);
        Some(legs.map(changed).map(Command::ChangePosition))
    });
    marks.flatten().collect()
}

fn mark_within(open: &OpenPosition) -> NumberBounds {
    NumberBounds::ten_times(Some(open.position.mark.get()))
}

fn new_mark(typed: &str, within: NumberBounds) -> Option<Price> {
    let mark = crate::input::number::read(typed, Unit::Price)
        .within(within)
        .exact()?;
    Some(Price::new(mark.value))
}
