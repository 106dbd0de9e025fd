//! A promise stands against the ticket: what was promised, in the words written when calm, until
//! when, and what is still possible.

use egui::{Label, Ui};

use super::first_focus;
use crate::app::{Blocked, Command};
use crate::market::PositionId;
use crate::promises::{EndsAt, Plan, PlanState, PlanUse, Promise, STAYS_POSSIBLE, Violation};
use crate::record::seen;
use crate::ui::screens::promises::plan_card;
use crate::ui::tokens::{measure, space};
use crate::ui::widgets::button::{plain, primary};
use crate::ui::widgets::card::{card, column};
use crate::ui::widgets::foot::with_bar;
use crate::ui::{Action, UiCommand, View, text};
use crate::wording::{promise, violation, words};

const A_PLAN_WOULD: &str = "A plan counts 60 minutes after it is written, and it is not written while a position in this market is losing.";
const BEFORE_THE_LOSS: &str = "Only a plan that was written before the loss allows it.";

pub(super) fn blocked_ui(ui: &mut Ui, view: &View<'_>, blocked: &Blocked) -> Option<Action> {
    let against = gravest_first(blocked);
    with_bar(
        ui,
        &mut (),
        |ui, ()| {
            ui.add_space((ui.available_height() * 0.12).clamp(space::THREE, 110.0));
            column(ui, measure::FORM + 40.0, |ui| {
                content(ui, view, blocked, &against);
            });
            None
        },
        |ui, ()| bar(ui, view, blocked, &against),
    )
}

/// Those that hold longest first: always, while a position is open, then by their end.
fn gravest_first(blocked: &Blocked) -> Vec<&Violation> {
    let mut against: Vec<&Violation> = blocked.against.iter().collect();
    against.sort_by_key(|against| {
        std::cmp::Reverse(match against.end {
            EndsAt::Always => (2, 0),
            EndsAt::WhileOpen => (1, 0),
            EndsAt::In(secs) => (0, secs),
        })
    });
    against
}

fn content(ui: &mut Ui, view: &View<'_>, blocked: &Blocked, against: &[&Violation]) {
    ui.label(text::faint(ui, words::ticket_line(&blocked.ticket)));
    ui.add_space(space::ONE);
    text::show_heading(ui, violation::stands(&blocked.against));
    for against in against {
        ui.add_space(space::ONE);
        one_promise(ui, against);
        plans(ui, view, blocked, against);
    }
    ui.add_space(space::ONE);
    ui.add(Label::new(text::second(ui, STAYS_POSSIBLE)).wrap());
    ui.add_space(-space::HALF);
    let saved = match blocked.seq {
        Some(seq) => format!("This try is in the journal as entry {seq}."),
        None => "This try is being saved.".to_owned(),
    };
    ui.add(Label::new(text::second(ui, saved)).wrap());
    ui.add_space(space::TWO);
}

fn one_promise(ui: &mut Ui, against: &Violation) {
    if !against.words.is_empty() {
        card(ui, |ui| {
            if let Some(on) = against.armed_on {
                let on = promise::written("You wrote", on, against.flat);
                ui.label(text::note(ui, on));
            }
            let words = text::body(ui, format!("“{}”", against.words));
            ui.add(Label::new(words).wrap());
        });
        ui.add_space(space::ONE);
    }
    let sentence = against.promise.sentence(&against.scope);
    let end = violation::end(against);
    text::with_strong_end(ui, &sentence, end.as_deref());
    let Some(since) = violation::since(against) else {
        return;
    };
    ui.add_space(-space::HALF);
    ui.add(Label::new(text::note(ui, since)).wrap());
}

/// Where a plan would allow it: what a plan is, and the one that is there.
fn plans(ui: &mut Ui, view: &View<'_>, blocked: &Blocked, against: &Violation) {
    let words = match against.promise {
        Promise::CrossNeedsAPlan => A_PLAN_WOULD,
        Promise::NoAddingToALoser => BEFORE_THE_LOSS,
        _ => return,
    };
    ui.add_space(-space::HALF);
    ui.add(Label::new(text::note(ui, words)).wrap());
    let Some(act) = view.app.state().proposed_action(&blocked.ticket) else {
        return;
    };
    let promises = view.app.state().promises();
    let about = |plan: &&Plan| {
        let terms = plan.terms();
        Some(terms.allows) == act.needs()
            && terms.account == act.account
            && terms.symbol == act.symbol
            && terms.side == act.side
    };
    for plan in promises.plans().iter().filter(about) {
        match promises.plan_state(plan, &seen(view.now)) {
            PlanState::Ripens(_) => {
                let standing = promise::plan_standing(promises, plan, view.now);
                let words = text::body(ui, format!("Your plan for it {standing}."));
                text::announced(ui, words);
            }
            PlanState::Allows(_) => {
                ui.add_space(space::ONE);
                plan_card(ui, view, plan, &plan.lines(&act, None));
            }
            PlanState::Used | PlanState::Lapsed | PlanState::Withdrawn => {}
        }
    }
}

/// The position that could be closed: the one the ticket is about, else one in its market.
fn held(view: &View<'_>, blocked: &Blocked) -> Option<PositionId> {
    if let Some(held) = &blocked.ticket.held {
        return Some(held.position);
    }
    let account = view.app.state().account(blocked.ticket.account)?;
    let in_market = account
        .positions
        .iter()
        .find(|open| open.position.symbol == blocked.ticket.symbol);
    in_market.map(crate::record::OpenPosition::id)
}

fn bar(ui: &mut Ui, view: &View<'_>, blocked: &Blocked, against: &[&Violation]) -> Option<Action> {
    let mut action = None;
    // Until the try is saved there is nothing to go on from.
    let saved = blocked.seq.is_some();
    let back = primary("Back").does(UiCommand::Cancel).enabled(saved);
    let back = back.show(ui);
    let next = view.app.draft().map(|draft| draft.audit);
    first_focus(ui, &back, ("met", next));
    if back.clicked() || saved && view.asks(UiCommand::Cancel) {
        action = Some(Action::Do(Command::BackToTicket));
    }
    let position = held(view, blocked);
    if let Some(position) = position
        && plain("Close the position…").show(ui).clicked()
    {
        action = Some(Action::ClosePosition(position));
    }
    if plain("Do nothing").enabled(saved).show(ui).clicked() {
        action = Some(Action::Do(Command::LeaveAudit));
    }
    let plan = against
        .iter()
        .any(|against| against.promise == Promise::CrossNeedsAPlan);
    let needs = view
        .app
        .state()
        .proposed_action(&blocked.ticket)
        .and_then(|a| a.needs());
    if let Some(allows @ (PlanUse::Cross | PlanUse::Switch)) = needs
        && plan
        && plain("Write a plan…").show(ui).clicked()
    {
        action = Some(Action::WritePlan(allows, Box::new(blocked.ticket.clone())));
    }
    let name = match against {
        [one] if one.is_from_the_beginning() => "Ask for this rule to be loosened…",
        [_] => "Ask for this promise to be loosened…",
        _ => "Ask for one of them to be loosened…",
    };
    if let Some(gravest) = against.first()
        && plain(name).dim().show(ui).clicked()
    {
        action = Some(Action::ShowPromise(gravest.lock));
    }
    action
}
