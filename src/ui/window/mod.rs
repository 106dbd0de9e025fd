//! The frame around every screen: rail, banners, keys, the desk's clock.

use std::time::Duration;

use egui::{Align, Frame, Key, KeyboardShortcut, Layout, Margin, Modifiers, Ui, UiBuilder};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::files::Files;
use super::screens::{account, audit, banner, closed, help, home, journal, promises, settings};
use super::tokens::{Palette, measure, space};
use super::widgets::rail;
use super::{Action, View, style};
use crate::desk::{Command, Desk, Phase, Refusal, Stage};
use crate::journal::Moment;
use crate::promises::Ask;

/// The screens of the rail.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Screen {
    /// Where it starts.
    #[default]
    Home,
    /// One audit, from the first question to the decision.
    Audit,
    /// Every audit that has ended.
    Journal,
    /// What she binds herself to.
    Promises,
    /// Accounts, positions, marks.
    Account,
    /// Theme, size of type, where data lies.
    Settings,
    /// What the app does and cannot do.
    Help,
}

impl Screen {
    /// The rail, in its order. Home is behind the name at its top.
    const RAIL: [(Self, &'static str); 4] = [
        (Self::Audit, "Audit"),
        (Self::Journal, "Journal"),
        (Self::Promises, "Promises"),
        (Self::Account, "Account"),
    ];

    /// At the foot of the rail.
    const FOOT: [(Self, &'static str); 2] = [(Self::Settings, "Settings"), (Self::Help, "Help")];
}

/// Dark, light, or as the system has it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// For the night.
    #[default]
    Dark,
    /// For the day.
    Light,
    /// As the system has it.
    System,
}

/// What is kept of the window between runs; nothing that decides anything.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Preferences {
    /// Dark, light or the system's.
    pub theme: Theme,
    /// Size of everything, in percent: 80 to 200.
    pub zoom: u16,
}

impl Default for Preferences {
    fn default() -> Self {
        Self {
            theme: Theme::Dark,
            zoom: 100,
        }
    }
}

/// The window.
#[derive(Debug)]
pub struct Window {
    desk: Desk,
    preferences: Preferences,
    applied: Option<Preferences>,
    screen: Screen,
    audit: audit::AuditState,
    journal: journal::JournalState,
    home: home::HomeState,
    promises: promises::PromisesState,
    /// What was asked of promises last and was not done, and why.
    refused: Option<(promises::About, String)>,
    /// What a key has done to a promise, wherever it was pressed.
    told: Option<String>,
    account: account::AccountState,
    banner: banner::BannerState,
    backups: settings::BackupsState,
    exports: settings::ExportsState,
    files: Files,
}

const NEW_AUDIT: KeyboardShortcut = KeyboardShortcut::new(Modifiers::COMMAND, Key::N);
const TAKE_BACK: KeyboardShortcut = KeyboardShortcut::new(Modifiers::COMMAND, Key::Z);

impl Window {
    /// A window over a desk.
    pub fn new(desk: Desk, preferences: Preferences) -> Self {
        Self {
            desk,
            preferences,
            applied: None,
            screen: Screen::Home,
            audit: audit::AuditState::default(),
            journal: journal::JournalState::default(),
            home: home::HomeState::default(),
            promises: promises::PromisesState::default(),
            refused: None,
            told: None,
            account: account::AccountState::default(),
            banner: banner::BannerState::default(),
            backups: settings::BackupsState::default(),
            exports: settings::ExportsState::default(),
            files: Files::default(),
        }
    }

    /// The desk it stands over.
    pub fn desk(&self) -> &Desk {
        &self.desk
    }

    /// The same, to be worked with.
    pub fn desk_mut(&mut self) -> &mut Desk {
        &mut self.desk
    }

    /// What is kept between runs.
    pub fn preferences(&self) -> &Preferences {
        &self.preferences
    }

    /// The present screen.
    pub fn screen(&self) -> Screen {
        self.screen
    }

    /// Takes in what has happened since the last frame. Draws nothing.
    pub fn logic(&mut self, ctx: &egui::Context) {
        self.desk.tick();
        self.take_files(ctx);
        if let Some(wake) = self.desk.next_wake() {
            ctx.request_repaint_after(wake);
        }
        if let Phase::Opening { .. } = self.desk.phase() {
            ctx.request_repaint_after(Duration::from_millis(100));
        }
    }

    /// Draws the window and carries out what is asked for.
    pub fn ui(&mut self, ui: &mut Ui) {
        self.apply_preferences(ui.ctx());
        self.logic(ui.ctx());
        let now = self.desk.now();
        if self.audit.follow(&self.desk, &now, ui.ctx()) {
            self.screen = Screen::Audit;
        }
        let keys = self.keys(ui);
        self.act_on(keys, ui);
        let whole = ui.available_rect_before_wrap();
        ui.painter().rect_filled(whole, 0, Palette::of(ui).ground);
        if whole.width() >= measure::COMPACT {
            let (left, right) = whole.split_left_right_at_x(whole.left() + measure::RAIL);
            let action = ui
                .scope_builder(UiBuilder::new().max_rect(left), |ui| self.rail(ui))
                .inner;
            self.act_on(action, ui);
            ui.scope_builder(UiBuilder::new().max_rect(right), |ui| {
                self.content(ui, &now);
            });
        } else {
            let (top, rest) =
                whole.split_top_bottom_at_y(whole.top() + measure::BUTTON + space::ONE);
            let action = ui
                .scope_builder(UiBuilder::new().max_rect(top), |ui| self.top_rail(ui))
                .inner;
            self.act_on(action, ui);
            ui.scope_builder(UiBuilder::new().max_rect(rest), |ui| self.content(ui, &now));
        }
        if let Some(keep) = self.audit.draft_to_keep(&self.desk, &now, ui.ctx()) {
            self.act_on(Some(Action::Do(keep)), ui);
        }
    }

    /// Files that were chosen or dropped go to the desk to be read; what it has read goes to
    /// the account's screen.
    fn take_files(&mut self, ctx: &egui::Context) {
        let first = self.desk.book().accounts().first().map(|a| a.set.account);
        for path in self.files.come(ctx) {
            self.carry_out(Command::ReadFile(path));
        }
        if let Some(exported) = self.desk.take_exported() {
            self.exports.told(exported);
        }
        if let Some(text) = self.desk.take_imported() {
            self.account.imported(text, first);
            self.screen = Screen::Account;
        }
    }

    fn content(&mut self, ui: &mut Ui, now: &Moment) {
        ui.set_clip_rect(ui.max_rect());
        let view = View {
            desk: &self.desk,
            now,
            refused: self.refused.as_ref(),
        };
        if let Some(action) = banner::banner_ui(ui, &view, &mut self.banner) {
            self.act_on(Some(action), ui);
        }
        promises::told_ui(ui, &mut self.told);
        let view = View {
            desk: &self.desk,
            now,
            refused: self.refused.as_ref(),
        };
        let action = match self.desk.phase() {
            Phase::Opening { .. } | Phase::Refused(_) | Phase::Cancelled => {
                closed::closed_ui(ui, &view)
            }
            Phase::Ready => match self.screen {
                Screen::Home => home::home_ui(ui, &view, &mut self.home),
                Screen::Audit => audit::audit_ui(ui, &view, &mut self.audit),
                Screen::Journal => journal::journal_ui(ui, &view, &mut self.journal),
                Screen::Promises => promises::promises_ui(ui, &view, &mut self.promises),
                Screen::Account => account::account_ui(ui, &view, &mut self.account),
                Screen::Help => {
                    help::help_ui(ui);
                    None
                }
                Screen::Settings => settings::settings_ui(
                    ui,
                    &view,
                    &mut self.preferences,
                    &mut self.backups,
                    &mut self.exports,
                ),
            },
        };
        self.act_on(action, ui);
    }

    fn rail(&mut self, ui: &mut Ui) -> Option<Action> {
        let mut action = None;
        let rect = ui.max_rect();
        ui.painter().rect_filled(rect, 0, Palette::of(ui).rail);
        Frame::new()
            .inner_margin(Margin::symmetric(12, 14))
            .show(ui, |ui| {
                ui.set_width(rect.width() - 24.0);
                ui.set_height(rect.height() - 28.0);
                if rail::title(ui, "Impulse audit", self.screen == Screen::Home).clicked() {
                    action = Some(Action::Go(Screen::Home));
                }
                ui.add_space(space::ONE);
                for (screen, word) in Screen::RAIL {
                    let count = self.count(screen);
                    if rail::item(ui, word, self.screen == screen, count).clicked() {
                        action = Some(Action::Go(screen));
                    }
                }
                ui.with_layout(Layout::bottom_up(Align::Min), |ui| {
                    for (screen, word) in Screen::FOOT.into_iter().rev() {
                        if rail::item(ui, word, self.screen == screen, None).clicked() {
                            action = Some(Action::Go(screen));
                        }
                    }
                });
            });
        action
    }

    fn top_rail(&mut self, ui: &mut Ui) -> Option<Action> {
        let mut action = None;
        ui.painter()
            .rect_filled(ui.max_rect(), 0, Palette::of(ui).rail);
        egui::ScrollArea::horizontal()
            .id_salt("rail")
            .show(ui, |ui| {
                ui.horizontal_centered(|ui| {
                    ui.spacing_mut().item_spacing.x = space::HALF;
                    ui.add_space(space::HALF);
                    let all = [(Screen::Home, "Home")]
                        .into_iter()
                        .chain(Screen::RAIL)
                        .chain(Screen::FOOT);
                    for (screen, word) in all {
                        if rail::item(ui, word, self.screen == screen, None).clicked() {
                            action = Some(Action::Go(screen));
                        }
                    }
                });
            });
        action
    }

    fn count(&self, screen: Screen) -> Option<usize> {
        match screen {
            Screen::Audit => Some(usize::from(self.desk.draft().is_some())),
            Screen::Promises => Some(promises::in_force(&self.desk, &self.desk.now())),
            Screen::Home | Screen::Journal | Screen::Account | Screen::Settings | Screen::Help => {
                None
            }
        }
    }

    /// Keys that work wherever the focus is.
    fn keys(&self, ui: &Ui) -> Option<Action> {
        if !matches!(self.desk.phase(), Phase::Ready) {
            return None;
        }
        if ui.input_mut(|i| i.consume_shortcut(&NEW_AUDIT)) {
            return Some(begin_or_continue(&self.desk));
        }
        if ui.input_mut(|i| i.consume_key(Modifiers::NONE, Key::F1)) {
            return Some(Action::Go(Screen::Help));
        }
        // Plain digits go to screens only where no text is typed and no key means an answer.
        let typing = ui.ctx().text_edit_focused();
        if !typing && ui.input_mut(|i| i.consume_shortcut(&TAKE_BACK)) {
            let lock = promises::undoable(&self.desk, &self.desk.now());
            return lock.map(Action::TakeBack);
        }
        let answering = self.screen == Screen::Audit && self.audit.takes_digits();
        if typing || answering {
            return None;
        }
        let digits = [
            (Key::Num1, Screen::Audit),
            (Key::Num2, Screen::Journal),
            (Key::Num3, Screen::Promises),
            (Key::Num4, Screen::Account),
            (Key::Num5, Screen::Settings),
            (Key::Num6, Screen::Help),
            (Key::Num0, Screen::Home),
        ];
        digits
            .into_iter()
            .find(|(key, _)| ui.input_mut(|i| i.consume_key(Modifiers::NONE, *key)))
            .map(|(_, screen)| Action::Go(screen))
    }

    fn act_on(&mut self, action: Option<Action>, ui: &Ui) {
        match action {
            None => {}
            Some(Action::Go(screen)) => self.go(screen),
            Some(Action::ToBackups) => {
                self.backups.come();
                self.go(Screen::Settings);
            }
            Some(Action::ShowPromise(lock)) => {
                self.go(Screen::Promises);
                self.promises.show_lock(lock);
            }
            Some(Action::WritePlan(allows, ticket)) => {
                self.go(Screen::Promises);
                self.promises.write_plan(allows, &ticket);
            }
            Some(Action::ClosePosition(position)) => {
                self.go(Screen::Account);
                self.account.close(position);
            }
            Some(Action::TakeBack(lock)) => self.take_back(lock),
            Some(Action::Copy(text)) => ui.ctx().copy_text(text),
            Some(Action::ChooseFile) => self.files.choose(ui.ctx()),
            Some(Action::Do(command)) => self.carry_out(command),
            Some(Action::All(commands)) => commands.into_iter().for_each(|c| self.carry_out(c)),
        }
        if self.screen == Screen::Audit {
            return;
        }
        self.audit.walking = audit::Walking::No;
    }

    fn go(&mut self, screen: Screen) {
        let idle = matches!(self.desk.stage(), Stage::Idle);
        if screen == Screen::Audit && idle && self.desk.draft().is_none() {
            self.carry_out(Command::BeginAudit);
        }
        if self.screen != screen {
            self.told = None;
            self.refused = None;
        }
        self.screen = screen;
    }

    /// Ctrl+Z: works wherever no text is typed, so what it did is said on whatever is shown.
    fn take_back(&mut self, lock: Uuid) {
        let ledger = self.desk.book().promises();
        let Some(sentence) = ledger.lock(lock).map(crate::promises::Lock::sentence) else {
            return;
        };
        match self.desk.send(Command::Ask(Box::new(Ask::Undo(lock)))) {
            Ok(()) => self.told = Some(format!("Taken back: {sentence}")),
            Err(refusal) => self.banner.refusal = Some(refusal.to_string()),
        }
    }

    fn carry_out(&mut self, command: Command) {
        let begins = matches!(command, Command::BeginAudit);
        let leaves = matches!(command, Command::LeaveAudit);
        let keeps = matches!(command, Command::KeepDraft(_));
        // The desk has moved the draft on: its clock is the desk's to set.
        let turns = matches!(command, Command::Start(_) | Command::BackToTicket);
        let about = promises::About::of(&command);
        match self.desk.send(command) {
            Ok(()) if keeps => {}
            Ok(()) => {
                self.banner.refusal = None;
                self.refused = None;
                self.told = None;
                if let Some(about) = about {
                    self.promises.done(about);
                }
                self.audit.problems.clear();
                self.account.problems.clear();
                if let Some(draft) = self.desk.draft().filter(|_| turns) {
                    self.audit.accepted(draft.clone());
                }
                if begins {
                    self.screen = Screen::Audit;
                }
                if leaves {
                    self.screen = Screen::Home;
                }
                self.account.carried_out();
            }
            Err(refusal) if let Some(about) = about => {
                self.refused = Some((about, refusal.to_string()));
            }
            Err(Refusal::Fields(problems)) => match self.screen {
                Screen::Account => self.account.problems = problems,
                _ => self.audit.refused(problems),
            },
            Err(refusal) => self.banner.refusal = Some(refusal.to_string()),
        }
    }

    fn apply_preferences(&mut self, ctx: &egui::Context) {
        if self.applied.as_ref() == Some(&self.preferences) {
            return;
        }
        if self.applied.is_none() {
            style::install(ctx);
        }
        ctx.set_theme(match self.preferences.theme {
            Theme::Dark => egui::ThemePreference::Dark,
            Theme::Light => egui::ThemePreference::Light,
            Theme::System => egui::ThemePreference::System,
        });
        let zoom = self.preferences.zoom.clamp(80, 200);
        ctx.set_zoom_factor(f32::from(zoom) / 100.0);
        self.applied = Some(self.preferences.clone());
    }
}

/// What Ctrl+N and the home screen's button do.
pub(crate) fn begin_or_continue(desk: &Desk) -> Action {
    match desk.stage() {
        _ if desk.draft().is_some() => Action::Go(Screen::Audit),
        Stage::Idle => Action::Do(Command::BeginAudit),
        Stage::Ended(_) => Action::All(vec![Command::LeaveAudit, Command::BeginAudit]),
        _ => Action::Go(Screen::Audit),
    }
}
