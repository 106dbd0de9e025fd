//! Backups: made at a word, listed, and one put back after what it lacks was read.

use std::path::{Path, PathBuf};

use egui::{Key, Label, Ui};

use crate::app::{BackupWork, Command};
use crate::journal::BackupPreview;
use crate::ui::tokens::space;
use crate::ui::widgets::button::{plain, quiet};
use crate::ui::widgets::card::{card, titled};
use crate::ui::widgets::field::{FieldNote, field};
use crate::ui::{Action, UiCommand, View, text};
use crate::wording::backup;
use crate::wording::text::sentence;

/// What is typed before a backup is restored.
const WORD: &str = "restore";

/// What is chosen and typed about backups.
#[derive(Debug, Default)]
pub(crate) struct BackupsState {
    chosen: Option<PathBuf>,
    path: String,
    word: String,
    /// Whether this part is to be brought into view.
    come: bool,
    /// Whether what was read of the chosen one is to be brought into view.
    show: bool,
}

impl BackupsState {
    /// Brings this part into view, its first button in focus.
    pub(crate) fn come(&mut self) {
        self.come = true;
    }

    fn leave(&mut self) {
        self.chosen = None;
        self.word.clear();
    }
}

pub(super) fn backups_ui(ui: &mut Ui, view: &View<'_>, state: &mut BackupsState) -> Option<Action> {
    let mut action = None;
    card(ui, |ui| {
        let heading = ui.label(text::sentence(ui, "Backups"));
        text::name_heading(&heading, "Backups");
        let come = std::mem::take(&mut state.come);
        if come {
            heading.scroll_to_me(Some(egui::Align::TOP));
        }
        let words = "One is made each day at the first start, and fourteen are kept. Each is one file that can be restored here or on another computer. Keep a copy elsewhere now and then.";
        ui.add(Label::new(text::second(ui, words)).wrap());
        let folder = view.app.folders().backups();
        titled(ui, "They lie in", &folder.display().to_string());
        action = make_ui(ui, view, come);
        if let Some(result) = view.app.backups().restored() {
            let words = match result {
                Ok(restored) => text::body(ui, backup::restored(restored)),
                Err(why) => text::attention(ui, sentence(why)),
            };
            text::announced(ui, words);
        }
        ui.add_space(space::ONE);
        // It was restored, or the journal was opened anew: the list again, in this very frame.
        let known = |file: &PathBuf| {
            let backups = view.app.backups();
            backups.work().is_some() || backups.seen(file).is_some()
        };
        if !state.chosen.as_ref().is_none_or(known) {
            state.leave();
        }
        if let Some(file) = state.chosen.clone() {
            action = chosen_ui(ui, view, state, &file).or(action.take());
        } else {
            action = list_ui(ui, view, state).or(action.take());
        }
    });
    action
}

fn make_ui(ui: &mut Ui, view: &View<'_>, focus: bool) -> Option<Action> {
    let backups = view.app.backups();
    let mut action = None;
    ui.horizontal_wrapped(|ui| {
        let idle = backups.work().is_none();
        let button = plain("Back up now").enabled(idle).show(ui);
        if focus {
            button.request_focus();
        }
        if button.clicked() {
            action = Some(Action::Do(Command::BackUp));
        }
        if backups.work() == Some(&BackupWork::Making) {
            ui.spacing_mut().item_spacing.x = space::TWO;
            action = under_way_ui(ui, view, "Making a backup");
        }
    });
    if let Some(result) = backups.made() {
        let words = match result {
            Ok(made) => text::body(ui, backup::made(made)),
            Err(why) => text::attention(ui, sentence(why)),
        };
        text::announced(ui, words);
    }
    action
}

/// How far it is, and the way to give it up.
fn under_way_ui(ui: &mut Ui, view: &View<'_>, words: &str) -> Option<Action> {
    so_far_ui(ui, view, words);
    let pressed = quiet(ui, "Cancel").clicked();
    pressed.then_some(Action::Do(Command::CancelBackup))
}

fn so_far_ui(ui: &mut Ui, view: &View<'_>, words: &str) {
    let progress = view.app.backups().progress().unwrap_or_default();
    ui.label(text::second(ui, backup::so_far(words, progress)));
}

fn list_ui(ui: &mut Ui, view: &View<'_>, state: &mut BackupsState) -> Option<Action> {
    let backups = view.app.backups();
    let mut wanted = None;
    if let Some(why) = backups.unlisted() {
        ui.add(Label::new(text::attention(ui, sentence(why))).wrap());
    } else if backups.list().is_empty() {
        ui.label(text::second(ui, "There is none yet."));
    }
    for file in backups.list() {
        let words = backup::listed(file, view.now.wall);
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = space::TWO;
            ui.label(text::body(ui, words.as_str()));
            let idle = backups.work().is_none();
            let button = ui.add_enabled_ui(idle, |ui| quiet(ui, "Restore…")).inner;
            let name = format!("Restore the backup of {words}…");
            ui.ctx()
                .accesskit_node_builder(button.id, |node| node.set_label(name));
            if button.clicked() {
                wanted = Some(file.path.clone());
            }
        });
    }
    ui.add_space(space::ONE);
    field("A backup that lies elsewhere", &mut state.path)
        .hint("a full path, like /media/stick/journal.jsonl")
        .show(ui, &FieldNote::Nothing);
    let named = !state.path.trim().is_empty();
    if named && quiet(ui, "Look at this file").clicked() {
        wanted = Some(PathBuf::from(state.path.trim()));
    }
    let file = wanted.filter(|_| backups.work().is_none())?;
    state.word.clear();
    state.show = true;
    state.chosen = Some(file.clone());
    Some(Action::Do(Command::LookAtBackup(file)))
}

/// What is in the chosen one, what would be missing, and the word that restores it.
fn chosen_ui(
    ui: &mut Ui,
    view: &View<'_>,
    state: &mut BackupsState,
    file: &Path,
) -> Option<Action> {
    let backups = view.app.backups();
    titled(ui, "Restore this backup", &file.display().to_string());
    let seen = match (backups.work(), backups.seen(file)) {
        (Some(BackupWork::Restoring(_)), _) => {
            so_far_ui(ui, view, "Restoring it");
            return None;
        }
        (Some(BackupWork::LookingAt(_)), _) => {
            let escaped = view.asks(UiCommand::Cancel);
            let cancelled = under_way_ui(ui, view, "Reading it from its first line to its last");
            return cancelled.or(escaped.then_some(Action::Do(Command::CancelBackup)));
        }
        (None, Some(Ok(seen))) => Some(seen),
        (None, Some(Err(why))) => {
            text::announced(ui, text::attention(ui, sentence(why)));
            None
        }
        (None | Some(BackupWork::Making), _) => None,
    };
    let mut entered = false;
    let possible = seen.filter(|seen| !seen.other_journal);
    if let Some(seen) = seen {
        told_ui(ui, view, seen);
        if possible.is_some() {
            entered = word_ui(ui, state);
        }
    }
    buttons_ui(ui, view, state, possible, entered)
}

fn told_ui(ui: &mut Ui, view: &View<'_>, seen: &BackupPreview) {
    for (at, sentence) in backup::preview(seen, view.now.wall).into_iter().enumerate() {
        // What would be missing, or why it cannot be done, is what to look at.
        let words = if at == 2 && (seen.missing.is_some() || seen.other_journal) {
            text::attention(ui, sentence)
        } else {
            text::body(ui, sentence)
        };
        text::announced(ui, words);
    }
}

/// The field for the word; answers whether Enter was pressed in it.
fn word_ui(ui: &mut Ui, state: &mut BackupsState) -> bool {
    ui.add_space(space::ONE);
    let typed = field("Type the word restore to do it", &mut state.word)
        .width(280.0)
        .show(ui, &FieldNote::Nothing);
    if std::mem::take(&mut state.show) {
        typed.request_focus();
        typed.scroll_to_me(None);
    }
    typed.lost_focus() && ui.input(|i| i.key_pressed(Key::Enter))
}

fn buttons_ui(
    ui: &mut Ui,
    view: &View<'_>,
    state: &mut BackupsState,
    possible: Option<&BackupPreview>,
    entered: bool,
) -> Option<Action> {
    ui.add_space(space::HALF);
    ui.horizontal_wrapped(|ui| {
        let mut action = None;
        if let Some(seen) = possible {
            let meant = state.word.trim().eq_ignore_ascii_case(WORD);
            let pressed = plain("Restore it").enabled(meant).show(ui).clicked();
            if meant && (pressed || entered) {
                state.word.clear();
                action = Some(Action::Do(Command::Restore(seen.file.clone())));
            }
        }
        if plain("Back").does(UiCommand::Cancel).show(ui).clicked() || view.asks(UiCommand::Cancel)
        {
            state.leave();
        }
        action
    })
    .inner
}
