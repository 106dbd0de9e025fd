//! Promises: what is in force and until when, what can be done about it, plans, what is over.
//!
//! | file | what it is for |
//! | --- | --- |
//! | `list` | the screen at rest, part by part |
//! | `held` | one promise in force, and what can be asked of it |
//! | `over` | promises and plans that are over, folded away at first |
//! | `plans` | plans with their standing |
//! | `arm` | arming a promise |
//! | `plan` | writing a plan |
//! | `told` | what a key has done to a promise, or why something was not done |

mod arm;
mod held;
mod list;
mod over;
mod plan;
mod plans;
mod told;

use std::time::Duration;

use chrono::Timelike as _;
use egui::{ScrollArea, Ui};

use crate::app::arm_form::ArmForm;
use crate::app::form::HandedIn;
use crate::app::plan_form::PlanForm;
use crate::app::{App, Command};
use crate::audit::Ticket;
use crate::input::FieldError;
use crate::journal::Moment;
use crate::market::{LockId, PlanId};
use crate::promises::{Kind, PlanUse, PromiseCommand};
use crate::record::{State, seen};
use crate::ui::tokens::{measure, space};
use crate::ui::widgets::card::column;
use crate::ui::widgets::form::FormDone;
use crate::ui::{Action, UiCommand, View};

pub(crate) use arm::before_it;
pub(crate) use held::undo;
pub(crate) use list::in_order;
pub(crate) use plans::plan_card;
pub(crate) use told::{refused, told_ui};

/// What something that is asked of promises is about: where its refusal is to be said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum About {
    /// A promise that is to be armed.
    Arming,
    /// A promise in force.
    Lock(LockId),
    /// A plan that is to be written.
    Writing,
    Plan(PlanId),
}

impl About {
    /// What a command is about, if it asks something of promises.
    pub(crate) fn of(command: &Command) -> Option<Self> {
        let Command::Promise(ask) = command else {
            return None;
        };
        Some(match ask.as_ref() {
            PromiseCommand::Arm(_) => Self::Arming,
            PromiseCommand::Loosen(of) => Self::Lock(of.lock),
            PromiseCommand::Undo(lock)
            | PromiseCommand::Confirm(lock)
            | PromiseCommand::Cancel(lock)
            | PromiseCommand::Release { lock, .. }
            | PromiseCommand::StillOpen(lock)
            | PromiseCommand::ClosedOn { lock, .. } => Self::Lock(*lock),
            PromiseCommand::WritePlan(_) => Self::Writing,
            PromiseCommand::RenewPlan(plan) | PromiseCommand::WithdrawPlan(plan) => {
                Self::Plan(*plan)
            }
        })
    }
}

/// What is open on the screen.
#[derive(Debug, Default)]
pub(crate) enum Form {
    #[default]
    None,
    /// A promise that is to be armed.
    Arm(Box<ArmForm>),
    /// A plan that is to be written.
    Plan(Box<PlanForm>),
}

/// What is asked about a promise before it is done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PromisePrompt {
    Loosen,
    /// Why it shall be released.
    Release,
}

/// What the screen holds between frames.
#[derive(Debug, Default)]
pub(crate) struct PromisesState {
    form: Form,
    /// What is wrong with it, once it was handed in.
    errors: Vec<FieldError>,
    /// What is being asked about which promise.
    asking: Option<(LockId, PromisePrompt)>,
    /// The sentence of an emergency release, as typed.
    sentence: String,
    /// How long a promise holds yet, told when it was asked.
    minutes: Option<(LockId, String)>,
    /// How many of the promises that are over are shown.
    over: usize,
    waits: bool,
    /// Whether the plans that are over are shown.
    plans_over: bool,
    /// A promise that is to be brought into view.
    show: Option<LockId>,
    /// Whether the list is shown for the first time.
    entering: bool,
}

impl PromisesState {
    /// Opens the list at a promise.
    pub(crate) fn show_lock(&mut self, lock: LockId) {
        self.form = Form::None;
        self.show = Some(lock);
        self.asking = Some((lock, PromisePrompt::Loosen));
    }

    /// Opens the form in which a promise of this kind is armed.
    pub(crate) fn arm(&mut self, kind: Kind, state: &State) {
        self.open(Form::Arm(Box::new(ArmForm::of(kind, state))));
    }

    /// Opens the form of a plan for a ticket: market, side and account are its facts.
    pub(crate) fn write_plan(&mut self, allows: PlanUse, ticket: &Ticket, state: &State) {
        self.open(Form::Plan(Box::new(PlanForm::of(allows, ticket, state))));
    }

    /// Something was carried out: what asked for it is done.
    pub(crate) fn done(&mut self, about: About) {
        match about {
            About::Arming | About::Writing => self.open(Form::None),
            About::Lock(_) => {
                self.asking = None;
                self.sentence.clear();
                self.minutes = None;
                self.entering = true;
            }
            About::Plan(_) => {}
        }
    }

    fn open(&mut self, form: Form) {
        self.form = form;
        self.errors.clear();
        self.entering = true;
    }
}

pub(crate) fn promises_ui(
    ui: &mut Ui,
    view: &View<'_>,
    state: &mut PromisesState,
) -> Option<Action> {
    let entering = std::mem::take(&mut state.entering);
    ScrollArea::vertical()
        .id_salt(match state.form {
            Form::None => "promises",
            Form::Arm(_) => "arming",
            Form::Plan(_) => "planning",
        })
        .auto_shrink(false)
        .show(ui, |ui| {
            ui.add_space(space::FIVE);
            let action = column(ui, measure::FORM + 40.0, |ui| {
                let errors = &mut state.errors;
                let done = match &mut state.form {
                    Form::None => return list::list(ui, view, state, entering),
                    Form::Arm(form) => arm::show(ui, view, form, errors),
                    Form::Plan(form) => plan::show(ui, view, form, errors),
                };
                match done {
                    FormDone::HandedIn(HandedIn::Send(command)) => Some(Action::Do(*command)),
                    FormDone::No if !view.asks(UiCommand::Cancel) => None,
                    _ => {
                        state.open(Form::None);
                        None
                    }
                }
            });
            ui.add_space(space::FIVE);
            action
        })
        .inner
}

/// How many promises are in force.
pub(crate) fn in_force(app: &App, now: &Moment) -> usize {
    app.state().promises().in_force(&seen(now)).count()
}

/// The promise that can be taken back now, the last one first.
pub(crate) fn undoable(app: &App, now: &Moment) -> Option<LockId> {
    let promises = app.state().promises();
    let clocks = seen(now);
    let mut latest = promises.locks().iter().rev();
    latest
        .find(|lock| promises.can_undo(lock, &clocks))
        .map(crate::promises::Lock::id)
}

/// Draws again when the minute turns: an end that is shown before it is armed is exact.
pub(crate) fn keep_exact(ui: &Ui, now: &Moment) {
    let over = Duration::from_secs(u64::from(now.wall.second().min(59)));
    let left = Duration::from_mins(1).saturating_sub(over);
    ui.ctx()
        .request_repaint_after(left.saturating_add(Duration::from_millis(20)));
}
