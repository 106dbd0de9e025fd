//! An account snapshot from outside: pasted, dropped or from a file; what it would change is
//! shown line by line, and what is missing is asked. Nothing is taken silently.

use std::collections::BTreeMap;
use std::path::PathBuf;

use egui::{Event, Label, Role, Ui, ViewportCommand};

use super::Done;
use crate::app::Command;
use crate::app::import_form::{ImportForm, NoSnapshot, other_markets};
use crate::input::{FieldError, FormValue};
use crate::interchange::ccxt::{ImportQuestion, Preview, Question};
use crate::market::AccountId;
use crate::record::Account;
use crate::ui::tokens::{Palette, space};
use crate::ui::widgets::button::{plain, primary, quiet};
use crate::ui::widgets::card::card;
use crate::ui::widgets::choice::{Mark, segment};
use crate::ui::widgets::field::{FieldNote, field};
use crate::ui::widgets::form::{ends_ui, errors_ui, field_ui};
use crate::ui::{Action, UiCommand, View, text};
use crate::wording::account::LEFT_OUT;

/// A snapshot on its way in, and what is typed about it.
#[derive(Debug)]
pub(crate) struct ImportState {
    pub(super) form: ImportForm,
    path: String,
    typed: BTreeMap<ImportQuestion, (FormValue, Vec<FieldError>)>,
}

impl ImportState {
    /// An empty form.
    pub(super) fn of(account: AccountId) -> Self {
        Self {
            form: ImportForm::of(account),
            path: String::new(),
            typed: BTreeMap::new(),
        }
    }

    /// A text has come in, or why it could not.
    pub(super) fn take(&mut self, text: Result<String, NoSnapshot>) {
        self.form.take(text);
        self.typed.clear();
    }
}

/// Shows it.
pub(super) fn show(
    ui: &mut Ui,
    view: &View<'_>,
    state: &mut ImportState,
    problems: &mut Vec<FieldError>,
    done: &mut Done,
) -> Option<Action> {
    let Some(account) = view.app.state().account(state.form.account) else {
        *done = Done::Back;
        return None;
    };
    text::show_heading(ui, "Bring the account up to date");
    let words = format!(
        "{}: positions, balance and leverage tiers as the ccxt library writes them. Help for making such a file is in the README. Nothing is taken before you say so.",
        account.set.name
    );
    ui.add(Label::new(text::second(ui, words)).wrap());
    ui.add_space(space::ONE);
    let action = sources(ui, state);
    if let Some(why) = state.form.refused() {
        let words = text::body(ui, why).color(Palette::of(ui).attention);
        text::announced(ui, words);
    }
    if let Some(preview) = state.form.preview(account) {
        for question in &preview.questions {
            card(ui, |ui| one_question(ui, view, state, question));
            ui.add_space(space::ONE);
        }
        lines(ui, &mut state.form, account, &preview);
        notes(ui, &preview);
        let left = state.form.left_out(account, &preview);
        left_ui(ui, &left);
        errors_ui(ui, problems.iter());
        ui.add_space(space::TWO);
        match ends_ui(ui, view, primary("Take these in"), "Back", None).0 {
            Some(true) => match state.form.commands(account) {
                Ok(commands) => *done = Done::TakeIn(commands, left),
                Err(problem) => *problems = vec![problem],
            },
            Some(false) => *done = Done::Back,
            None => {}
        }
        return action;
    }
    ui.add_space(space::TWO);
    if plain("Back").does(UiCommand::Cancel).show(ui).clicked() {
        *done = Done::Back;
    }
    action
}

/// Where the text comes from: the clipboard, a file, or dropped on the window.
fn sources(ui: &mut Ui, state: &mut ImportState) -> Option<Action> {
    let mut action = None;
    ui.horizontal_wrapped(|ui| {
        if plain("Paste").key("Ctrl+V").show(ui).clicked() {
            ui.ctx().send_viewport_cmd(ViewportCommand::RequestPaste);
        }
        if plain("Choose a file…").show(ui).clicked() {
            action = Some(Action::ChooseFile);
        }
    });
    field("Or its path", &mut state.path)
        .hint("or drop the file on this window")
        .show(ui, &FieldNote::Nothing);
    let named = !state.path.trim().is_empty();
    if named && quiet(ui, "Read this file").clicked() {
        action = Some(Action::Do(Command::ReadFile(PathBuf::from(
            state.path.trim(),
        ))));
    }
    // A paste into a field is that field's; any other is the snapshot.
    if !ui.ctx().text_edit_focused() {
        let pasted = ui.input(|input| {
            input.events.iter().find_map(|event| match event {
                Event::Paste(text) => Some(text.clone()),
                _ => None,
            })
        });
        if let Some(text) = pasted {
            state.take(Ok(text));
        }
    }
    ui.add_space(space::ONE);
    action
}

fn one_question(ui: &mut Ui, view: &View<'_>, state: &mut ImportState, question: &Question) {
    let words = text::attention(ui, &question.words);
    ui.add(Label::new(words).wrap());
    let asked = &question.asked;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = space::TWO;
        for offer in &question.offers {
            if quiet(ui, &offer.words).clicked() {
                state.form.give(asked, offer.answer);
            }
        }
    });
    let record = view.app.state();
    if let Some(figure) = state.form.figure(question, record) {
        let (value, errors) = state.typed.entry(asked.clone()).or_default();
        let response = field_ui(ui, value, &figure, errors);
        let entered = ui.input(|i| i.key_pressed(egui::Key::Enter)) && response.lost_focus();
        if !value.is_empty(figure.field)
            && (quiet(ui, "Take this number").clicked() || entered)
            && let Err(problem) = state.form.write(question, value, record)
        {
            *errors = vec![problem];
        }
    }
    if quiet(ui, "Leave this out").clicked() {
        state.form.set_aside(asked);
    }
}

/// Each change, taken unless it is left out.
fn lines(ui: &mut Ui, form: &mut ImportForm, account: &Account, preview: &Preview) {
    if preview.lines.is_empty() {
        ui.label(text::second(ui, "Nothing would change yet."));
    }
    for line in &preview.lines {
        let name = line.name();
        let change = line.change(&account.set.collateral);
        let taken = !form.is_left_out(line);
        ui.horizontal_wrapped(|ui| {
            let word = if taken { "Taken" } else { "Left out" };
            let label = format!("{name}: {word}");
            let response = segment(ui, word, None, taken, Mark::Plain, Role::CheckBox);
            ui.ctx()
                .accesskit_node_builder(response.id, |node| node.set_label(label.as_str()));
            if response.clicked() {
                form.turn(line);
            }
            ui.vertical(|ui| {
                ui.add(Label::new(text::body(ui, name.as_str())).wrap());
                ui.add(Label::new(text::note(ui, change)).wrap());
            });
        });
    }
}

/// What is not taken in, or was not.
pub(super) fn left_ui(ui: &mut Ui, left: &[String]) {
    if left.is_empty() {
        return;
    }
    ui.add_space(space::HALF);
    ui.label(text::body(ui, LEFT_OUT));
    for words in left {
        text::announced(ui, text::note(ui, words));
    }
}

fn notes(ui: &mut Ui, preview: &Preview) {
    ui.add_space(space::HALF);
    for note in &preview.notes {
        let words = format!("{}: {}", note.about, note.words);
        ui.add(Label::new(text::faint(ui, words)).wrap());
    }
    if let Some(words) = other_markets(preview) {
        ui.add(Label::new(text::faint(ui, words)).wrap());
    }
}
