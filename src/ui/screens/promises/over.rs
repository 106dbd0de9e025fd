//! Promises and plans that are over, folded away at first.

use egui::{Label, Ui};

use super::PromisesState;
use crate::promises::{Lock, LockState, Plan, PlanState};
use crate::record::seen;
use crate::ui::tokens::space;
use crate::ui::widgets::button::quiet;
use crate::ui::widgets::card::rule;
use crate::ui::{Action, View, text};
use crate::wording::{promise, violation, when};

/// How many are shown at a time: the latest first.
const PAGE: usize = 20;

pub(super) fn over(ui: &mut Ui, view: &View<'_>, state: &mut PromisesState) -> Option<Action> {
    let promises = view.app.state().promises();
    let clocks = seen(view.now);
    let ended = promises.locks().iter().rev();
    let ended = ended.filter(|lock| match promises.state(lock, &clocks) {
        LockState::Ended(_) => true,
        LockState::InForce | LockState::Loosening { .. } => false,
    });
    let ended: Vec<&Lock> = ended.collect();
    let plans = promises.plans().iter().rev();
    let plans = plans.filter(|plan| is_over(promises.plan_state(plan, &clocks)));
    let plans: Vec<&Plan> = plans.collect();
    let counted = counted(promises.tries(), promises.breached());
    if ended.is_empty() && plans.is_empty() && counted.is_none() {
        return None;
    }
    ui.add_space(space::THREE);
    text::show_part(ui, "Over");
    if let Some(counted) = counted {
        ui.add(Label::new(text::second(ui, counted)).wrap());
    }
    if !ended.is_empty() {
        let open = state.over > 0;
        let name = folded(
            &violation::counted(ended.iter().copied()),
            ended.len(),
            open,
        );
        if quiet(ui, &name).clicked() {
            state.over = if open { 0 } else { PAGE };
        }
        for lock in ended.iter().take(state.over) {
            one(ui, view, lock);
        }
        let hidden = ended.len().saturating_sub(state.over);
        if open && hidden > 0 && quiet(ui, "Show earlier ones").clicked() {
            state.over = state.over.saturating_add(PAGE);
        }
    }
    if !plans.is_empty() {
        let counted = match plans.len() {
            1 => "1 plan".to_owned(),
            many => format!("{many} plans"),
        };
        let name = folded(&counted, plans.len(), state.plans_over);
        if quiet(ui, &name).clicked() {
            state.plans_over = !state.plans_over;
        }
        if state.plans_over {
            for plan in plans.iter().take(PAGE) {
                one_plan(ui, view, plan);
            }
        }
    }
    None
}

/// Whether nothing more can come of a plan.
pub(super) fn is_over(state: PlanState) -> bool {
    match state {
        PlanState::Used | PlanState::Lapsed | PlanState::Withdrawn => true,
        PlanState::Ripens(_) | PlanState::Allows(_) => false,
    }
}

fn folded(counted: &str, count: usize, open: bool) -> String {
    let verb = if open { "Hide" } else { "Show" };
    let are = if count == 1 { "is" } else { "are" };
    format!("{verb} {counted} that {are} over")
}

fn counted(tries: u64, overstepped: u64) -> Option<String> {
    let tries = match tries {
        0 => None,
        1 => Some("1 try was met by what is in force.".to_owned()),
        many => Some(format!("{many} tries were met by what is in force.")),
    };
    let overstepped = match overstepped {
        0 => None,
        1 => Some("Once something was recorded against what was in force.".to_owned()),
        many => Some(format!(
            "{many} times something was recorded against what was in force."
        )),
    };
    let both: Vec<String> = [tries, overstepped].into_iter().flatten().collect();
    (!both.is_empty()).then(|| both.join(" "))
}

fn one(ui: &mut Ui, view: &View<'_>, lock: &Lock) {
    let promises = view.app.state().promises();
    rule(ui);
    ui.add(Label::new(text::body(ui, lock.sentence())).wrap());
    let how = text::capital(&promise::standing(promises, lock, view.now));
    let since = match lock.armed_on() {
        Some(on) => format!("{how} · armed on {}", when::day_at_time(on)),
        None => format!("{how} · held from the beginning"),
    };
    ui.add(Label::new(text::note(ui, since)).wrap());
    for words in [
        Some(lock.armed().words.as_str()).filter(|words| !words.is_empty()),
        promises.sentence(lock.id()),
    ]
    .into_iter()
    .flatten()
    {
        ui.add(Label::new(text::note(ui, format!("“{words}”"))).wrap());
    }
    ui.add_space(space::HALF);
}

fn one_plan(ui: &mut Ui, view: &View<'_>, plan: &Plan) {
    let promises = view.app.state().promises();
    rule(ui);
    ui.add(Label::new(text::body(ui, promise::plan_title(plan.terms()))).wrap());
    let how = text::capital(&promise::plan_standing(promises, plan, view.now));
    let words = format!(
        "{how} · written on {}",
        when::day_at_time(plan.written_on())
    );
    ui.add(Label::new(text::note(ui, words)).wrap());
    let trigger = format!("“{}”", plan.terms().trigger);
    ui.add(Label::new(text::note(ui, trigger)).wrap());
    ui.add_space(space::HALF);
}
