//! One rule or wait: what it does, where it stands, and what can be asked of it.

use egui::{Id, Label, Response, Ui, UiBuilder};

use super::change::{self, RuleChange, RuleChangeKind};
use super::{Focus, RulesState};
use crate::app::Command;
use crate::promises::{Kind, Lock, LockState, PromiseCommand};
use crate::record::seen;
use crate::ui::screens::promises::{About, refused, undo};
use crate::ui::tokens::space;
use crate::ui::widgets::button::quiet_about;
use crate::ui::widgets::card::card;
use crate::ui::{Action, View, text};
use crate::wording::rules::{self, Row, title};

/// Shows it, and the form in which it is changed where that is open.
pub(super) fn show(
    ui: &mut Ui,
    view: &View<'_>,
    row: &Row<'_>,
    state: &mut RulesState,
) -> Option<Action> {
    let is_open = state.change.as_ref().is_some_and(|c| c.kind == row.kind);
    let entering = is_open && state.focus == Some(Focus::Form);
    let shown = card(ui, |ui| {
        let heading = ui.add(Label::new(text::strong(ui, title(row.kind))).wrap());
        text::name_heading(&heading, title(row.kind));
        let mut action = held(ui, view, row);
        if let Some(off) = row.off() {
            ui.add(Label::new(text::body(ui, off)).wrap());
        }
        action = action.or(requests(ui, view, row));
        steady(ui, ("rule links", title(row.kind)), |ui| {
            links(ui, view, row, state);
        });
        for lock in row.held.iter().chain(&row.beneath) {
            refused(ui, view.refused_about(About::Lock(lock.id())));
        }
        let changed = match &state.change {
            Some(change) if change.kind == row.kind => {
                ui.add_space(space::ONE);
                steady(ui, ("rule form", title(row.kind)), |ui| {
                    change::show(ui, view, row, state)
                })
            }
            _ => None,
        };
        action.or(changed)
    });
    if entering {
        shown.response.scroll_to_me(None);
    }
    shown.inner
}

/// What stands above comes and goes: what is in here keeps its ids, and with them the focus.
fn steady<R>(ui: &mut Ui, name: (&str, &str), show: impl FnOnce(&mut Ui) -> R) -> R {
    let steady = UiBuilder::new().scope_id(Id::unique(name));
    ui.scope_builder(steady, show).inner
}

/// What holds of it: what it does with which value, and since when.
fn held(ui: &mut Ui, view: &View<'_>, row: &Row<'_>) -> Option<Action> {
    let promises = view.app.state().promises();
    let mut asked = None;
    for lock in &row.held {
        let armed = lock.armed();
        let does = rules::does(&armed.promise, &armed.scope);
        ui.add(Label::new(text::body(ui, does)).wrap());
        let stands = rules::stands(promises, lock, view.now);
        ui.add(Label::new(text::second(ui, stands)).wrap());
        asked = asked.or(undo(ui, view, lock));
    }
    for lock in &row.beneath {
        let words = rules::beneath(promises, lock, view.now);
        ui.add(Label::new(text::note(ui, words)).wrap());
        asked = asked.or(undo(ui, view, lock));
    }
    asked.map(|ask| Action::Do(Command::Promise(Box::new(ask))))
}

/// What was asked for: confirmed once its wait is over, and taken back at any time.
fn requests(ui: &mut Ui, view: &View<'_>, row: &Row<'_>) -> Option<Action> {
    let (promises, clocks) = (view.app.state().promises(), seen(view.now));
    let wait = |lock: &Lock| match promises.state(lock, &clocks) {
        LockState::Loosening { wait, .. } => Some(wait),
        LockState::InForce | LockState::Ended(_) => None,
    };
    let asked = || row.held.iter().filter(|lock| wait(lock).is_some());
    asked().next()?;
    let ripe = || asked().filter(|lock| wait(lock) == Some(0));
    let all = |asks: Vec<PromiseCommand>| {
        let commands = asks.into_iter().map(|ask| Command::Promise(Box::new(ask)));
        Action::All(commands.collect())
    };
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::THREE;
        let about = title(row.kind);
        let confirmed = ripe().next().is_some() && quiet_about(ui, "Confirm it", about).clicked();
        let cancelled = quiet_about(ui, "Cancel the request", about).clicked();
        if confirmed {
            Some(all(ripe()
                .map(|lock| PromiseCommand::Confirm(lock.id()))
                .collect()))
        } else if cancelled {
            Some(all(asked()
                .map(|lock| PromiseCommand::Cancel(lock.id()))
                .collect()))
        } else {
            None
        }
    })
    .inner
}

/// The ways in which it can be changed now.
fn ways(view: &View<'_>, row: &Row<'_>) -> Vec<RuleChangeKind> {
    let promises = view.app.state().promises();
    let to_loosen = !promises
        .to_loosen(row.kind, None, &seen(view.now))
        .is_empty();
    let mut ways = Vec::new();
    match row.kind {
        Kind::Wait(_) if row.is_off() => ways.push(RuleChangeKind::Again),
        Kind::Wait(_) => {
            ways.push(RuleChangeKind::Stricter);
            if to_loosen {
                ways.push(RuleChangeKind::Looser);
            }
        }
        _ if !row.is_everywhere() => ways.push(RuleChangeKind::Again),
        _ => {}
    }
    if to_loosen {
        ways.push(RuleChangeKind::Off);
    }
    ways
}

fn links(ui: &mut Ui, view: &View<'_>, row: &Row<'_>, state: &mut RulesState) {
    let mut first: Option<Response> = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::THREE;
        for way in ways(view, row) {
            let link = quiet_about(ui, way.words(row), title(row.kind));
            if link.clicked() {
                state.change(RuleChange::of(view, row, way));
            }
            first.get_or_insert(link);
        }
    });
    if let Some(first) = first
        && state.takes(Focus::Row(row.kind))
    {
        first.request_focus();
    }
}
