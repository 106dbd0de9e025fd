//! One audit: state → ticket → four questions → the wait → the reveal → the decision.
//!
//! | file | what it is for |
//! | --- | --- |
//! | `typed` | what is being typed, kept across frames and restarts |
//! | `state` | the first view: arousal and tags |
//! | `ticket`, `maintenance` | the ticket, what the venue asks |
//! | `experiment` | the ticket's tag, and what is said of it |
//! | `question` | the four questions, one a view |
//! | `together` | all four answers on one view, before they are sealed |
//! | `sealed` | the answers on their way, the wait, the engine's refusal, the end |
//! | `offer` | a promise that is offered behind an isolated open |
//! | `blocked` | a promise that stands against the ticket |
//! | `reveal` | the numbers |
//! | `leave` | walking away, asked once |

mod blocked;
mod experiment;
mod leave;
mod maintenance;
mod offer;
mod question;
mod reveal;
mod sealed;
mod state;
mod ticket;
mod together;
mod typed;

use egui::{Align, Layout, Ui};

pub(crate) use typed::{AuditState, LeavePrompt};

use crate::app::Stage;
use crate::audit::Step;
use crate::market::AuditId;
use crate::ui::tokens::{measure, space};
use crate::ui::widgets::button::{plain, primary, quiet};
use crate::ui::widgets::card::column;
use crate::ui::{Action, UiCommand, View, text};

/// Shows the audit in hand.
pub(crate) fn audit_ui(ui: &mut Ui, view: &View<'_>, state: &mut AuditState) -> Option<Action> {
    let asked = state.walking == LeavePrompt::Asked;
    let mut keys = [UiCommand::Confirm, UiCommand::Back].into_iter();
    state.pressed = keys.find(|command| view.asks(*command) && !asked);
    let action = match view.app.stage() {
        Stage::Idle | Stage::Pausing(_) => match state.draft.as_ref().map(|draft| draft.step) {
            None => nothing_in_hand(ui),
            Some(Step::State) => state::state_ui(ui, view, state),
            Some(Step::Ticket) => ticket::ticket_ui(ui, view, state),
            Some(Step::Together) => together::together_ui(ui, view, state),
            Some(_) => question::question_ui(ui, view, state),
        },
        Stage::Sealing(sealing) => sealed::sealing_ui(ui, view, sealing),
        Stage::Sealed(pause) => sealed::waiting_ui(ui, view, pause),
        Stage::Stuck { sealed, why } => sealed::stuck_ui(ui, sealed, why),
        Stage::Revealed(revealed) => reveal::reveal_ui(ui, view, revealed, &mut state.reveal),
        Stage::Blocked(blocked) => blocked::blocked_ui(ui, view, blocked),
        Stage::Ended(ended) => sealed::ended_ui(ui, view, ended),
    };
    let before_the_seal = matches!(view.app.stage(), Stage::Idle | Stage::Pausing(_));
    if !before_the_seal || state.draft.is_none() {
        state.walking = LeavePrompt::No;
        return action;
    }
    if view.asks(UiCommand::Cancel) && !asked && state.walking != LeavePrompt::Asked {
        state.walking = LeavePrompt::Asked;
        return action;
    }
    leave::leave_ui(ui, state).or(action)
}

/// Sends the focus to a button when its view is shown for the first time, and whenever nothing
/// has it: what was pressed to come here is gone, and no other frame would be drawn.
fn first_focus(ui: &Ui, button: &egui::Response, view: (&'static str, Option<AuditId>)) {
    let key = egui::Id::unique("view with a focus");
    let before = ui.data_mut(|d| {
        let before: Option<(&'static str, Option<AuditId>)> = d.get_temp(key);
        d.insert_temp(key, view);
        before
    });
    if before != Some(view) || ui.memory(|m| m.focused().is_none()) {
        button.request_focus();
    }
}

fn nothing_in_hand(ui: &mut Ui) -> Option<Action> {
    ui.add_space(ui.available_height() * 0.14);
    column(ui, measure::FORM, |ui| {
        text::show_heading(ui, "No audit is under way");
        ui.label(text::second(
            ui,
            "Here a trade is written down before it is done.",
        ));
        ui.add_space(space::TWO);
        let start = primary(UiCommand::Audit.text()).does(UiCommand::Audit);
        start.show(ui).clicked().then_some(Action::Audit)
    })
}

/// What goes on where all four answers stand together.
const SEAL: &str = "Seal them";

/// The bar under every view before the seal: walking away, and going on. Answers whether she
/// goes on.
fn step_bar(ui: &mut Ui, state: &mut AuditState, on: &str, ready: bool) -> bool {
    let pressed = state.pressed == Some(UiCommand::Confirm);
    if plain("Do nothing")
        .does(UiCommand::Cancel)
        .show(ui)
        .clicked()
    {
        state.walking = LeavePrompt::Asked;
    }
    let clicked = primary(on)
        .does(UiCommand::Confirm)
        .no_narrower_than(SEAL)
        .enabled(ready)
        .show(ui)
        .clicked();
    ready && (pressed || clicked)
}

/// The line over a view: which trade, how far; and the way back.
fn header(ui: &mut Ui, state: &mut AuditState, words: &str) {
    let back = state.draft.as_ref().and_then(|draft| draft.step.back());
    ui.horizontal(|ui| {
        ui.label(text::faint(ui, words));
        if let Some(step) = back {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let command = UiCommand::Back;
                let does = format!("{} {}", command.tooltip(), command.key(ui.ctx()));
                let clicked = quiet(ui, command.text()).on_hover_text(does).clicked();
                if clicked || state.pressed == Some(command) {
                    state.turn_to(step);
                }
            });
        }
    });
}
