//! The ticket: what she wants to do. Nothing is filled in but account and mode.

use egui::{Id, Label, Ui};

use super::{AuditState, experiment, header, maintenance, step_bar, ticket_numbers};
use crate::app::{App, Command};
use crate::audit::{Draft, Step};
use crate::engine::{Backing, Intent, Mode, Price, Side};
use crate::input::number::Unit;
use crate::input::{Field, NumberBounds};
use crate::interchange::venues::venue_named;
use crate::market::{PositionId, Symbol};
use crate::record::{Account, OpenPosition, PositionChanged};
use crate::ui::screens::promises::plan_card;
use crate::ui::tokens::{measure, space};
use crate::ui::widgets::button::quiet;
use crate::ui::widgets::card::{card, column};
use crate::ui::widgets::choice::{Mark, one_of};
use crate::ui::widgets::columns::two;
use crate::ui::widgets::field::{FieldNote, field};
use crate::ui::widgets::foot::with_bar;
use crate::ui::widgets::number::number;
use crate::ui::{Action, View, text};
use crate::wording::{ticket, words};

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
            let draft = Draft {
                step: Step::Wrong,
                ..state.draft.clone()?
            };
            // A mark that was typed last is handed in with the ticket.
            let mut commands = marks_to_send(view, state);
            commands.push(Command::Start(Box::new(draft)));
            Some(Action::All(commands))
        },
    )
}

fn content(ui: &mut Ui, view: &View<'_>, state: &mut AuditState, entering: bool) -> Option<Action> {
    header(ui, state, "The ticket");
    text::show_heading(ui, "What do you want to do?");
    ui.add_space(space::ONE);
    let account = state
        .draft
        .as_ref()
        .and_then(|draft| draft.ticket.account)
        .and_then(|id| view.app.state().account(id));
    let market = Id::unique("ticket market");
    choose_account(ui, view.app, state);
    let collateral = account.map_or("", |a| a.set.collateral.as_str()).to_owned();
    let intent = choose_intent(ui, state, account);
    if intent == Intent::Open {
        market_field(ui, view.app, state, market, &collateral);
        if entering {
            ui.memory_mut(|m| m.request_focus(market));
        }
        ui.add_space(space::ONE);
        let venue = account.and_then(|account| venue_named(&account.set.venue));
        let in_cross = venue.is_some_and(|venue| venue.default_mode == Some(Mode::Cross));
        side_and_mode(ui, state, in_cross);
    } else {
        choose_position(ui, state, account);
    }
    ui.add_space(space::ONE);
    experiment::show(ui, view.app, state);
    ticket_numbers::show(ui, view, state, &collateral);
    ui.add_space(space::ONE);
    let rules = (intent == Intent::Open).then(|| maintenance::show(ui, state, account));
    ui.add_space(space::TWO);
    planned(ui, view, state);
    let figures = account.and_then(|account| figures_of(ui, view, state, account));
    rules.flatten().or(figures)
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

fn choose_account(ui: &mut Ui, app: &App, state: &mut AuditState) {
    let under = state.under(Field::Account, FieldNote::Nothing);
    let Some(draft) = &mut state.draft else {
        return;
    };
    let accounts = app.state().accounts();
    if accounts.len() > 1 {
        let options: Vec<_> = accounts
            .iter()
            .map(|account| (account.set.account, account.set.name.as_str(), Mark::Plain))
            .collect();
        state.edited |= one_of(ui, "Account", &options, &mut draft.ticket.account);
        ui.add_space(space::ONE);
    }
    if let FieldNote::Wrong(why) = under {
        let words = text::note(ui, why).color(crate::ui::tokens::Palette::of(ui).attention);
        text::announced(ui, words);
    }
}

/// What is to be done; only opening where there is no position it could be done to.
fn choose_intent(ui: &mut Ui, state: &mut AuditState, account: Option<&Account>) -> Intent {
    let any = account.is_some_and(|account| !account.positions.is_empty());
    let Some(draft) = &mut state.draft else {
        return Intent::Open;
    };
    if !any {
        draft.ticket.intent = Intent::Open;
        return Intent::Open;
    }
    let options = Intent::ALL.map(|intent| (intent, words::intent(intent), Mark::Plain));
    let mut chosen = Some(draft.ticket.intent);
    if one_of(ui, "To do", &options, &mut chosen) {
        state.edited = true;
        state.problems.clear();
    }
    let intent = chosen.unwrap_or(Intent::Open);
    if let Some(draft) = &mut state.draft {
        draft.ticket.intent = intent;
    }
    ui.add_space(space::ONE);
    intent
}

fn choose_position(ui: &mut Ui, state: &mut AuditState, account: Option<&Account>) {
    let under = state.under(Field::Position, FieldNote::Nothing);
    let Some((draft, account)) = state.draft.as_mut().zip(account) else {
        return;
    };
    let names: Vec<(PositionId, String, Mark)> = account
        .positions
        .iter()
        .map(|open| {
            let mark = match open.position.backing {
                Backing::Isolated { .. } => Mark::Disc,
                Backing::Cross => Mark::Square,
            };
            (open.id(), ticket::position(open), mark)
        })
        .collect();
    let options: Vec<(PositionId, &str, Mark)> = names
        .iter()
        .map(|(id, name, mark)| (*id, name.as_str(), *mark))
        .collect();
    let changed = one_of(ui, "Position", &options, &mut draft.ticket.position);
    if let FieldNote::Wrong(why) = under {
        let words = text::note(ui, why).color(crate::ui::tokens::Palette::of(ui).attention);
        text::announced(ui, words);
    }
    if changed {
        state.touched(Field::Position);
    }
}

fn market_field(ui: &mut Ui, app: &App, state: &mut AuditState, id: Id, collateral: &str) {
    let mut under = state.under(Field::Symbol, FieldNote::Nothing);
    let Some(draft) = &mut state.draft else {
        return;
    };
    if let (FieldNote::Nothing, Some(symbol)) =
        (&under, Symbol::read(&draft.ticket.symbol, collateral))
    {
        under = FieldNote::note(symbol.to_string());
    }
    let response = field("Market", &mut draft.ticket.symbol)
        .id(id)
        .hint("like BTC/USDT")
        .show(ui, &under);
    let changed = response.changed();
    if draft.ticket.symbol.is_empty() {
        let seen = ticket::remembered(app.state());
        let chosen = ui.horizontal_wrapped(|ui| {
            seen.into_iter()
                .find(|symbol| quiet(ui, symbol.as_str()).clicked())
                .cloned()
        });
        if let Some(symbol) = chosen.inner {
            draft.ticket.symbol = symbol.to_string();
            state.edited = true;
        }
    }
    if changed {
        state.touched(Field::Symbol);
        state.touched(Field::Rate);
    }
}

fn side_and_mode(ui: &mut Ui, state: &mut AuditState, opens_in_cross: bool) {
    let under = state.under(Field::Side, FieldNote::Nothing);
    let Some(draft) = &mut state.draft else {
        return;
    };
    let mut touched = false;
    two(ui, |ui, right| {
        if right {
            let mut mode = Some(draft.ticket.mode);
            let modes = [
                (Mode::Isolated, "Isolated", Mark::Disc),
                (Mode::Cross, "Cross", Mark::Square),
            ];
            state.edited |= one_of(ui, "Margin mode", &modes, &mut mode);
            draft.ticket.mode = mode.unwrap_or(Mode::Isolated);
            if draft.ticket.mode == Mode::Isolated && opens_in_cross {
                ui.add(Label::new(text::faint(ui, ticket::OPENS_IN_CROSS)).wrap());
            }
        } else {
            let sides = [
                (Side::Long, "Long", Mark::Plain),
                (Side::Short, "Short", Mark::Plain),
            ];
            touched = one_of(ui, "Side", &sides, &mut draft.ticket.side);
            if let FieldNote::Wrong(why) = &under {
                let words = text::note(ui, why).color(crate::ui::tokens::Palette::of(ui).attention);
                text::announced(ui, words);
            }
        }
    });
    if touched {
        state.touched(Field::Side);
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
        for open in &account.positions {
            let id = open.id();
            let position = &open.position;
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
        let (_, open) = view.app.state().position(id)?;
        new_mark(id, state.marks.get(&id)?, mark_within(open))
    });
    marks.collect()
}

fn mark_within(open: &OpenPosition) -> NumberBounds {
    NumberBounds::ten_times(Some(open.position.mark.get()))
}

fn new_mark(position: PositionId, typed: &str, within: NumberBounds) -> Option<Command> {
    let mark = crate::input::number::read(typed, Unit::Price)
        .within(within)
        .exact()?;
    Some(Command::ChangePosition(PositionChanged::mark(
        position,
        Price::new(mark.value),
    )))
}
