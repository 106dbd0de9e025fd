//! The screen at rest: in force, plans, what is over.

use egui::{Label, Ui};

use super::{Form, PromisesState, held, over, plans};
use crate::app::arm_form::ArmForm;
use crate::app::plan_form::PlanForm;
use crate::promises::{Holds, Kind, Lock};
use crate::record::seen;
use crate::ui::tokens::space;
use crate::ui::widgets::button::{plain, primary, quiet};
use crate::ui::{Action, View, text};
use crate::wording::{promise, rules};

pub(super) fn list(
    ui: &mut Ui,
    view: &View<'_>,
    state: &mut PromisesState,
    entering: bool,
) -> Option<Action> {
    text::show_heading(ui, "Promises");
    let words =
        "What you bind yourself to while you are calm. Tightening acts at once, loosening waits.";
    ui.add(Label::new(text::second(ui, words)).wrap());
    ui.add_space(space::ONE);
    let mut form = None;
    ui.horizontal_wrapped(|ui| {
        let arm = primary("Arm a promise…").show(ui);
        let free = ui.memory(|m| m.focused().is_none());
        if state.show.is_none() && (entering || free) {
            arm.request_focus();
        }
        if arm.clicked() {
            let arm = ArmForm::of(Kind::NoSwitchToCross, view.app.state());
            form = Some(Form::Arm(Box::new(arm)));
        }
        if plain("Write a plan…").show(ui).clicked() {
            form = Some(Form::Plan(Box::new(PlanForm::empty())));
        }
    });
    if let Some(form) = form {
        state.open(form);
    }
    ui.add_space(space::THREE);
    text::show_part(ui, "In force");
    let mut action = None;
    let locks = in_order(view);
    if locks.is_empty() {
        let words = "Nothing is promised now. What you arm stands here with its end.";
        ui.add(Label::new(text::second(ui, words)).wrap());
    }
    for lock in locks {
        let shown = held::held(ui, view, lock, state);
        action = action.or(shown);
        ui.add_space(space::HALF);
    }
    let waits = waits(ui, view, state);
    let planned = plans::plans(ui, view);
    let over = over::over(ui, view, state);
    action.or(waits).or(planned).or(over)
}

/// The waits before the numbers, folded away at first: they stand against nothing.
fn waits(ui: &mut Ui, view: &View<'_>, state: &mut PromisesState) -> Option<Action> {
    let clocks = seen(view.now);
    let waits: Vec<&Lock> = view.app.state().promises().waits(&clocks).collect();
    ui.add_space(space::THREE);
    text::show_part(ui, promise::WAITS);
    ui.add(Label::new(text::second(ui, promise::WAITS_ARE)).wrap());
    let page = format!("{}…", rules::PAGE);
    let to_page = quiet(ui, &page).clicked().then_some(Action::ToRules);
    if waits.is_empty() {
        ui.add(Label::new(text::second(ui, promise::NO_WAIT)).wrap());
        return to_page;
    }
    let verb = if state.waits { "Hide" } else { "Show" };
    let name = match waits.len() {
        1 => format!("{verb} 1 wait"),
        many => format!("{verb} {many} waits"),
    };
    if quiet(ui, &name).clicked() {
        state.waits = !state.waits;
    }
    // One that is to be brought into view is shown.
    state.waits |= waits.iter().any(|lock| state.show == Some(lock.id()));
    if !state.waits {
        return to_page;
    }
    let mut action = to_page;
    for lock in waits {
        let shown = held::held(ui, view, lock, state);
        action = action.or(shown);
        ui.add_space(space::HALF);
    }
    action
}

/// What was armed last and can still be taken back, what ends, pauses that are under way, what
/// holds while a position is open, what always holds.
pub(crate) fn in_order<'a>(view: &View<'a>) -> Vec<&'a Lock> {
    let promises = view.app.state().promises();
    let clocks = seen(view.now);
    let mut locks: Vec<&Lock> = promises.in_force(&clocks).collect();
    locks.sort_by_key(|lock| {
        let fresh = promises.can_undo(lock, &clocks);
        let left = promises.left(lock, &clocks);
        let rank = match lock.armed().holds {
            _ if fresh => 0,
            Holds::For(_) => 1,
            Holds::Always if left.is_some() => 1,
            Holds::WhileOpen(_) => 2,
            Holds::Always => 3,
        };
        (rank, left)
    });
    locks
}
