//! The frame around every screen.
//!
//! - `rail`: the screens, and the way to each
//! - `keys`: what the keys can ask for, and where
//! - `palette`: every command and every key that works here
//! - `focus`: when Space and Enter press what has the focus
//! - `acting`: what is asked for is carried out, and what came of it is told
//! - `preferences`: theme and size, and how they are kept

mod acting;
mod focus;
mod keys;
mod palette;
mod preferences;
mod rail;

pub use preferences::{Preferences, Theme, WindowLayout};

use std::time::Duration;

use egui::{Ui, UiBuilder};

use super::files::Files;
use super::screens::{account, audit, banner, closed, help, home, journal, promises, settings};
use super::tokens::{Palette, measure, space};
use super::{Action, Screen, UiCommand, View};
use crate::app::{App, Command, Phase};
use crate::journal::Moment;

#[derive(Debug)]
pub struct Window {
    app: App,
    preferences: Preferences,
    keeper: Option<preferences::LayoutKeeper>,
    applied: Option<Preferences>,
    screen: Screen,
    audit: audit::AuditState,
    journal: journal::JournalState,
    home: home::HomeState,
    promises: promises::PromisesState,
    /// What was asked of promises last and was not done, and why.
    refused: Option<(promises::About, String)>,
    /// What a key has done to a promise, wherever it was pressed; or that size and theme are not kept.
    told: Option<String>,
    account: account::AccountState,
    banner: banner::BannerState,
    backups: settings::BackupsState,
    exports: settings::ExportsState,
    rules: settings::RulesState,
    files: Files,
    focus: focus::FocusWatch<keys::Place>,
    commands: palette::CommandList,
    /// What was asked for in the palette, carried out as its key would be.
    chosen: Option<UiCommand>,
}

impl Window {
    /// A window over an app.
    pub fn new(app: App, preferences: Preferences) -> Self {
        Self {
            app,
            preferences,
            keeper: None,
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
            rules: settings::RulesState::default(),
            files: Files::default(),
            focus: focus::FocusWatch::default(),
            commands: palette::CommandList::default(),
            chosen: None,
        }
    }

    /// The app it stands over.
    pub fn app(&self) -> &App {
        &self.app
    }

    /// The same, to be worked with.
    pub fn app_mut(&mut self) -> &mut App {
        &mut self.app
    }

    /// What is kept between runs.
    pub fn preferences(&self) -> &Preferences {
        &self.preferences
    }

    /// Lets it look otherwise.
    pub fn prefer(&mut self, preferences: Preferences) {
        self.preferences = preferences;
    }

    pub fn screen(&self) -> Screen {
        self.screen
    }

    /// Lets the app take in what has happened. Draws nothing; called once a frame, before
    /// [`Window::ui`], and where nothing is drawn.
    pub fn logic(&mut self, ctx: &egui::Context) {
        self.app.tick();
        self.ask_for_wake(ctx);
    }

    fn ask_for_wake(&self, ctx: &egui::Context) {
        if let Some(wake) = self.app.next_wake() {
            ctx.request_repaint_after(wake);
        }
        if let Phase::Opening(_) = self.app.phase() {
            ctx.request_repaint_after(Duration::from_millis(100));
        }
    }

    /// Draws the window; what keys and buttons ask for meanwhile is carried out afterwards.
    pub fn ui(&mut self, ui: &mut Ui) {
        self.apply_preferences(ui.ctx());
        self.keep_preferences(ui.ctx());
        self.take_files(ui.ctx());
        let now = self.app.now();
        self.audit.follow(&mut self.app, &now, ui.ctx());
        let mut pressed = self.pressed(ui);
        pressed.extend(self.chosen.take());
        self.focus
            .guard(ui.ctx(), keys::place(&self.app, self.screen));
        let keys = pressed.iter().filter_map(|key| self.of_the_window(*key));
        let mut asked: Vec<Action> = keys.collect();
        self.draw(ui, &now, &pressed, &mut asked);
        self.chosen = self.chosen_in_palette(ui);
        self.focus
            .follow(ui.ctx(), keys::place(&self.app, self.screen));
        if !asked.is_empty() {
            ui.ctx().request_repaint();
        }
        for action in asked {
            self.act_on(action, ui);
        }
        if self.screen != Screen::Audit {
            self.audit.walking = audit::LeavePrompt::No;
        }
        self.ask_for_wake(ui.ctx());
    }

    fn draw(&mut self, ui: &mut Ui, now: &Moment, pressed: &[UiCommand], asked: &mut Vec<Action>) {
        let whole = ui.available_rect_before_wrap();
        ui.painter().rect_filled(whole, 0, Palette::of(ui).ground);
        let wide = whole.width() >= measure::COMPACT;
        let (rail, rest) = if wide {
            whole.split_left_right_at_x(whole.left() + measure::RAIL)
        } else {
            whole.split_top_bottom_at_y(whole.top() + measure::BUTTON + space::ONE)
        };
        ui.scope_builder(UiBuilder::new().max_rect(rail), |ui| {
            asked.extend(if wide {
                self.left_rail(ui)
            } else {
                self.top_rail(ui)
            });
        });
        ui.scope_builder(UiBuilder::new().max_rect(rest), |ui| {
            self.content(ui, now, pressed, asked);
        });
    }

    /// Files that were chosen or dropped go to the app to be read; what it has read goes to
    /// the account's screen.
    fn take_files(&mut self, ctx: &egui::Context) {
        let first = self.app.state().accounts().first().map(|a| a.set.account);
        for path in self.files.come(ctx) {
            self.carry_out(Command::ReadFile(path));
        }
        if let Some(exported) = self.app.take_exported() {
            self.exports.told(exported);
        }
        if let Some(text) = self.app.take_imported() {
            self.account.imported(text, first);
            self.screen = Screen::Account;
        }
    }

    fn content(
        &mut self,
        ui: &mut Ui,
        now: &Moment,
        pressed: &[UiCommand],
        asked: &mut Vec<Action>,
    ) {
        ui.set_clip_rect(ui.max_rect());
        if self.screen == Screen::Audit {
            self.audit.borrow(&mut self.app);
        }
        let view = View {
            app: &self.app,
            now,
            refused: self.refused.as_ref(),
            pressed,
        };
        asked.extend(banner::banner_ui(ui, &view, &mut self.banner));
        promises::told_ui(ui, &mut self.told);
        asked.extend(match self.app.phase() {
            Phase::Opening(_) | Phase::Refused(_) | Phase::Cancelled => {
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
                    &mut self.rules,
                ),
            },
        });
        self.audit.give_back(&mut self.app);
    }
}
