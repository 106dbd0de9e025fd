//! One promise in force: until when, in which words it was made, and what can be asked of it.

use egui::{Id, Label, Ui};

use super::told::refused;
use super::{About, PromisePrompt, PromisesState};
use crate::app::Command;
use crate::market::LockId;
use crate::promises::{Lock, LockState, LooseningRequested, PromiseCommand};
use crate::record::seen;
use crate::ui::tokens::space;
use crate::ui::widgets::button::{plain, quiet_about};
use crate::ui::widgets::card::card;
use crate::ui::widgets::field::{FieldNote, field};
use crate::ui::{Action, UiCommand, View, text};
use crate::wording::promise;

pub(super) fn held(
    ui: &mut Ui,
    view: &View<'_>,
    lock: &Lock,
    state: &mut PromisesState,
) -> Option<Action> {
    let id = lock.id();
    let here = state.show == Some(id);
    let shown = card(ui, |ui| {
        ui.add(Label::new(text::strong(ui, lock.sentence())).wrap());
        standing(ui, view, lock, state);
        words(ui, lock);
        let undo = undo(ui, view, lock);
        let waits = waits(ui, view, lock);
        let links = links(ui, view, lock, state, here);
        let asked = match state.asking {
            Some((about, asking)) if about == id => asked(ui, view, lock, asking, state),
            _ => None,
        };
        refused(ui, view.refused_about(About::Lock(id)));
        undo.or(waits).or(links).or(asked)
    });
    if here {
        shown.response.scroll_to_me(None);
        state.show = None;
    }
    shown.inner.map(ask)
}

fn ask(ask: PromiseCommand) -> Action {
    Action::Do(Command::Promise(Box::new(ask)))
}

fn standing(ui: &mut Ui, view: &View<'_>, lock: &Lock, state: &mut PromisesState) {
    let promises = view.app.state().promises();
    let mut words = text::capital(&promise::standing(promises, lock, view.now));
    if lock.armed_on().is_none() {
        words.push_str(", from the beginning");
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::TWO;
        ui.label(text::body(ui, words));
        let Some(left) = promise::left(promises, lock, view.now) else {
            return;
        };
        // Told once, when it is asked for: no digits that run.
        let told = state.minutes.as_ref().filter(|(of, _)| *of == lock.id());
        let told = told.map(|(_, words)| words.clone());
        let pressed = quiet_about(ui, "How long is that", &lock.sentence()).clicked();
        if let Some(told) = &told {
            let words = text::note(ui, told);
            text::announced(ui, words);
        }
        if pressed {
            state.minutes = told.is_none().then(|| (lock.id(), left));
        }
    });
}

fn words(ui: &mut Ui, lock: &Lock) {
    let armed = lock.armed();
    let verb = if lock.is_in_place() {
        "Loosened to this"
    } else if armed.words.is_empty() {
        "Armed"
    } else {
        "You wrote"
    };
    let Some(on) = lock.armed_on() else { return };
    let since = promise::written(verb, on, armed.flat);
    ui.add(Label::new(text::note(ui, since)).wrap());
    if !armed.words.is_empty() {
        let words = text::body(ui, format!("“{}”", armed.words));
        ui.add(Label::new(words).wrap());
    }
}

/// Until when it can be taken back, and how.
pub(crate) fn undo(ui: &mut Ui, view: &View<'_>, lock: &Lock) -> Option<PromiseCommand> {
    let promises = view.app.state().promises();
    let until = promise::take_back_until(promises, lock, view.now)?;
    ui.horizontal_wrapped(|ui| {
        let key = UiCommand::TakeBack.key(ui.ctx());
        let words = text::second(ui, format!("{key} takes it back until {until}"));
        text::announced(ui, words);
        quiet_about(ui, "Take it back", &lock.sentence())
            .clicked()
            .then_some(PromiseCommand::Undo(lock.id()))
    })
    .inner
}

/// A loosening or a release that was asked for.
fn waits(ui: &mut Ui, view: &View<'_>, lock: &Lock) -> Option<PromiseCommand> {
    let promises = view.app.state().promises();
    let clocks = seen(view.now);
    let id = lock.id();
    let mut asked = None;
    match promises.state(lock, &clocks) {
        LockState::Loosening { wait, .. } => {
            ui.add_space(space::HALF);
            ui.horizontal_wrapped(|ui| {
                let ripe = wait == 0;
                if plain("Confirm it").enabled(ripe).show(ui).clicked() {
                    asked = Some(PromiseCommand::Confirm(id));
                }
                if plain("Cancel the request").show(ui).clicked() {
                    asked = Some(PromiseCommand::Cancel(id));
                }
            });
        }
        LockState::InForce | LockState::Ended(_) => {}
    }
    if promises.is_being_released(lock, &clocks) {
        if let Some(sentence) = promises.sentence(id) {
            let words = text::second(ui, format!("You released it: “{sentence}”"));
            ui.add(Label::new(words).wrap());
        }
        if plain("Cancel the release").show(ui).clicked() {
            asked = Some(PromiseCommand::Cancel(id));
        }
    }
    asked
}

fn links(
    ui: &mut Ui,
    view: &View<'_>,
    lock: &Lock,
    state: &mut PromisesState,
    here: bool,
) -> Option<PromiseCommand> {
    let promises = view.app.state().promises();
    let clocks = seen(view.now);
    let sentence = lock.sentence();
    let in_force = promises.state(lock, &clocks) == LockState::InForce;
    if promises.is_being_released(lock, &clocks) {
        return None;
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::THREE;
        if in_force {
            let loosen = quiet_about(ui, "Ask for it to be loosened…", &sentence);
            if here {
                loosen.request_focus();
            }
            if loosen.clicked() {
                toggle(state, lock.id(), PromisePrompt::Loosen);
            }
        }
        if promises.can_be_released(lock, &clocks)
            && quiet_about(ui, "Emergency release…", &sentence).clicked()
        {
            toggle(state, lock.id(), PromisePrompt::Release);
        }
    });
    None
}

fn toggle(state: &mut PromisesState, lock: LockId, asking: PromisePrompt) {
    let open = state.asking == Some((lock, asking));
    state.asking = (!open).then_some((lock, asking));
}

fn asked(
    ui: &mut Ui,
    view: &View<'_>,
    lock: &Lock,
    asking: PromisePrompt,
    state: &mut PromisesState,
) -> Option<PromiseCommand> {
    ui.add_space(space::ONE);
    match asking {
        PromisePrompt::Loosen => loosen(ui, view, lock, state),
        PromisePrompt::Release => release(ui, view, lock, state),
    }
}

fn loosen(
    ui: &mut Ui,
    view: &View<'_>,
    lock: &Lock,
    state: &mut PromisesState,
) -> Option<PromiseCommand> {
    let ask = PromiseCommand::Loosen(LooseningRequested::off(lock.id()));
    if let Err(why) = view.app.would(&ask) {
        let words = text::second(ui, why.to_string());
        text::announced(ui, words);
        return None;
    }
    let promises = view.app.state().promises();
    let words = promise::loosening_would(promises, lock, view.now);
    let words = text::second(ui, words);
    text::announced(ui, words);
    let mut asked = None;
    ui.horizontal_wrapped(|ui| {
        if plain("Ask for it").show(ui).clicked() {
            asked = Some(ask);
        }
        if plain("Leave it as it is").show(ui).clicked() {
            state.asking = None;
        }
    });
    asked
}

fn release(
    ui: &mut Ui,
    view: &View<'_>,
    lock: &Lock,
    state: &mut PromisesState,
) -> Option<PromiseCommand> {
    let promises = view.app.state().promises();
    if let Some(why) = promises.why_no_release(lock, &seen(view.now)) {
        let words = text::second(ui, why);
        text::announced(ui, words);
        return None;
    }
    let words = text::second(ui, promise::release_would(promises, view.now));
    text::announced(ui, words);
    field("Why, in one sentence", &mut state.sentence)
        .id(Id::unique("release sentence"))
        .rows(2)
        .show(ui, &FieldNote::note("One sentence, in your own words"));
    let mut asked = None;
    ui.horizontal_wrapped(|ui| {
        if plain("Release it").show(ui).clicked() {
            asked = Some(PromiseCommand::Release {
                lock: lock.id(),
                sentence: state.sentence.clone(),
            });
        }
        if plain("Leave it as it is").show(ui).clicked() {
            state.asking = None;
        }
    });
    asked
}
