//! What a rule or a wait is to become: stricter or on again at once, looser or off by the waiting
//! way. What it comes to is seen before it is asked for.

use egui::{Label, Ui};

use super::{Focus, RulesState};
use crate::app::Command;
use crate::app::wait_form::{self, WaitForm};
use crate::input::{Field, FieldError};
use crate::market::LockId;
use crate::promises::{Armed, Kind, LooseningRequested, Promise, PromiseCommand};
use crate::record::seen;
use crate::ui::screens::promises::{About, before_it, keep_exact, refused};
use crate::ui::tokens::space;
use crate::ui::widgets::button::{plain, primary};
use crate::ui::widgets::form::{ends_ui, fields_ui, send_focus, to_first_wrong};
use crate::ui::{Action, View, text};
use crate::waits::WaitRule;
use crate::wording::promise;
use crate::wording::rules::Row;

/// In which way it is changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum RuleChangeKind {
    /// Stricter, at once.
    Stricter,
    /// Looser, by the waiting way.
    Looser,
    /// Off, by the waiting way.
    Off,
    /// On again, or everywhere, at once.
    Again,
}

impl RuleChangeKind {
    /// What the link to it says.
    pub(super) fn words(self, row: &Row<'_>) -> &'static str {
        match self {
            Self::Stricter => "Make it stricter…",
            Self::Looser => "Make it looser…",
            Self::Off => "Switch it off…",
            Self::Again if row.is_off() => "Arm it again…",
            Self::Again => "Arm it for everything…",
        }
    }
}

/// A change as it is typed.
#[derive(Debug)]
pub(super) struct RuleChange {
    pub(super) kind: Kind,
    way: RuleChangeKind,
    /// The value; none where nothing can be typed.
    form: Option<WaitForm>,
    /// As it was filled in: until something is typed, nothing is wrong with it.
    before: Option<WaitForm>,
    errors: Vec<FieldError>,
    /// Names what is armed or comes in its place, so that pressing twice makes one.
    id: LockId,
}

impl RuleChange {
    /// Filled in with what holds; with what holds from the beginning where nothing does.
    pub(super) fn of(view: &View<'_>, row: &Row<'_>, way: RuleChangeKind) -> Self {
        let form = match row.kind {
            Kind::Wait(reason) if way != RuleChangeKind::Off => {
                let promises = view.app.state().promises();
                let held = promises.strictest_wait(reason, &seen(view.now));
                let rule = held.unwrap_or(WaitRule::from_the_beginning(reason));
                Some(WaitForm::of(rule, way != RuleChangeKind::Looser))
            }
            _ => None,
        };
        Self {
            kind: row.kind,
            way,
            before: form.clone(),
            form,
            errors: Vec::new(),
            id: LockId::fresh(),
        }
    }

    /// The promise that would be armed, or come in the place of what holds.
    fn read(&self, view: &View<'_>) -> Result<Armed, Vec<FieldError>> {
        let promise = match (self.kind, &self.form) {
            (Kind::Wait(_), Some(form)) => Promise::Wait(form.read()?),
            (Kind::NoAddingToALoser, _) => Promise::NoAddingToALoser,
            (Kind::NoIncreaseWhileLosing, _) => Promise::NoIncreaseWhileLosing,
            (Kind::CrossNeedsAPlan, _) => Promise::CrossNeedsAPlan,
            _ => return Err(Vec::new()),
        };
        Ok(Armed {
            lock: self.id,
            ..wait_form::always(promise, view.app.state())
        })
    }
}

/// Shows the form, and what it comes to.
pub(super) fn show(
    ui: &mut Ui,
    view: &View<'_>,
    row: &Row<'_>,
    state: &mut RulesState,
) -> Option<Action> {
    let entering = state.takes(Focus::Form);
    let change = state.change.as_mut()?;
    let way = change.way.words(row).trim_end_matches('…');
    ui.label(text::strong(ui, way));
    ui.add_space(space::ONE);
    if let Some(form) = &mut change.form {
        if entering {
            send_focus(ui, Field::Length);
        }
        fields_ui(ui, view, form, &mut change.errors);
        ui.add_space(space::TWO);
    }
    let read = change.read(view);
    let asks = match (&read, change.way) {
        (_, RuleChangeKind::Off) => loosening(view, row.kind, None),
        (Ok(to), RuleChangeKind::Looser) => loosening(view, row.kind, Some(to)),
        (Ok(armed), RuleChangeKind::Stricter | RuleChangeKind::Again) => {
            vec![PromiseCommand::Arm(Box::new(armed.clone()))]
        }
        (Err(_), RuleChangeKind::Stricter | RuleChangeKind::Again | RuleChangeKind::Looser) => {
            Vec::new()
        }
    };
    let untouched = matches!(
        change.way,
        RuleChangeKind::Stricter | RuleChangeKind::Looser
    ) && change.form == change.before;
    let seen = ui
        .scope(|ui| comes_to(ui, view, change, read.as_ref().ok(), &asks, untouched))
        .response;
    refused(ui, view.refused_about(About::Arming));
    ui.add_space(space::ONE);
    let button = match change.way {
        RuleChangeKind::Stricter | RuleChangeKind::Again => primary("Arm it"),
        RuleChangeKind::Looser | RuleChangeKind::Off => plain("Ask for it"),
    };
    let stands = read.is_ok() || change.way == RuleChangeKind::Off;
    let seen = stands.then_some(&seen);
    let (ends, go) = ends_ui(ui, view, button, "Leave it as it is", seen);
    if entering && change.form.is_none() {
        go.request_focus();
    }
    match ends {
        None => return None,
        Some(false) => {
            state.close();
            return None;
        }
        Some(true) => {}
    }
    if let Err(wrong) = read {
        to_first_wrong(ui, &wrong);
        change.errors = wrong;
    }
    let ready = !untouched && view.app.would_all(&asks).is_ok() && !asks.is_empty();
    ready.then(|| {
        let commands = asks.into_iter().map(|ask| Command::Promise(Box::new(ask)));
        Action::All(commands.collect())
    })
}

/// Everything that has to be loosened for it.
fn loosening(view: &View<'_>, kind: Kind, to: Option<&Armed>) -> Vec<PromiseCommand> {
    let promises = view.app.state().promises();
    let promise = to.map(|to| &to.promise);
    let locks = promises.to_loosen(kind, promise, &seen(view.now));
    let to = to.map(|to| Box::new(to.clone()));
    locks
        .into_iter()
        .map(|lock| {
            PromiseCommand::Loosen(LooseningRequested {
                lock,
                to: to.clone(),
            })
        })
        .collect()
}

/// What it comes to, before it is asked for; or why it cannot be.
fn comes_to(
    ui: &mut Ui,
    view: &View<'_>,
    change: &RuleChange,
    read: Option<&Armed>,
    asks: &[PromiseCommand],
    untouched: bool,
) {
    let say = |ui: &mut Ui, words: &str| {
        let words = text::second(ui, words);
        text::announced(ui, words);
    };
    if untouched {
        say(
            ui,
            match change.way {
                RuleChangeKind::Looser => {
                    "Choose a shorter wait or a later threshold. What it comes to stands here before you ask for it."
                }
                RuleChangeKind::Stricter | RuleChangeKind::Again | RuleChangeKind::Off => {
                    "Choose a longer wait or an earlier threshold. What it comes to stands here before you arm it."
                }
            },
        );
        return;
    }
    if read.is_none() && change.way != RuleChangeKind::Off {
        before_it(ui, view, None);
        return;
    }
    if asks.is_empty() {
        say(
            ui,
            "This is no looser than what holds. What is stricter acts at once: make it stricter.",
        );
        return;
    }
    if let Err(why) = view.app.would_all(asks) {
        say(ui, &why.to_string());
        return;
    }
    match change.way {
        RuleChangeKind::Stricter | RuleChangeKind::Again => before_it(ui, view, read),
        RuleChangeKind::Looser | RuleChangeKind::Off => {
            keep_exact(ui, view.now);
            let promises = view.app.state().promises();
            let lock = asks.iter().find_map(|ask| match ask {
                PromiseCommand::Loosen(of) => promises.lock(of.lock),
                _ => None,
            });
            if let Some(to) = read.filter(|_| change.way == RuleChangeKind::Looser) {
                let sentence = to.promise.sentence(&to.scope);
                ui.add(Label::new(text::body(ui, sentence)).wrap());
            }
            if let Some(lock) = lock {
                say(ui, &promise::loosening_would(promises, lock, view.now));
            }
        }
    }
}
