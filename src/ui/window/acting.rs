//! What a screen or a key asks for is carried out here, and what came of it is told.

use egui::Ui;
use uuid::Uuid;

use super::{Screen, Window};
use crate::app::{App, Command, Refusal, Stage};
use crate::promises::{Lock, PromiseCommand};
use crate::ui::Action;
use crate::ui::screens::{audit, promises};

impl Window {
    pub(super) fn act_on(&mut self, action: Option<Action>, ui: &Ui) {
        match action {
            None => {}
            Some(Action::Go(screen)) => self.go(screen),
            Some(Action::ToBackups) => {
                self.backups.come();
                self.go(Screen::Settings);
            }
            Some(Action::ToRules) => {
                self.rules.come();
                self.go(Screen::Settings);
            }
            Some(Action::ShowPromise(lock)) => {
                self.go(Screen::Promises);
                self.promises.show_lock(lock);
            }
            Some(Action::Promise(kind)) => {
                self.go(Screen::Promises);
                self.promises.arm(kind);
            }
            Some(Action::WritePlan(allows, ticket)) => {
                self.go(Screen::Promises);
                self.promises.write_plan(allows, &ticket);
            }
            Some(Action::ClosePosition(position)) => {
                self.go(Screen::Account);
                self.account.close(position);
            }
            Some(Action::WriteAfterwards(form)) => {
                self.go(Screen::Account);
                self.account.write_afterwards(*form);
            }
            Some(Action::WriteRules(account, symbol)) => {
                self.go(Screen::Account);
                self.account.write_rules(account, &symbol);
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
        self.audit.walking = audit::LeavePrompt::No;
    }

    fn go(&mut self, screen: Screen) {
        let idle = matches!(self.app.stage(), Stage::Idle);
        if screen == Screen::Audit && idle && self.app.draft().is_none() {
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
        let promises = self.app.state().promises();
        let Some(sentence) = promises.lock(lock).map(Lock::sentence) else {
            return;
        };
        match self
            .app
            .send(Command::Promise(Box::new(PromiseCommand::Undo(lock))))
        {
            Ok(()) => self.told = Some(format!("Taken back: {sentence}")),
            Err(refusal) => self.banner.refusal = Some(refusal.to_string()),
        }
    }

    pub(super) fn carry_out(&mut self, command: Command) {
        let begins = matches!(command, Command::BeginAudit | Command::BeginTopUp(_));
        let leaves = matches!(command, Command::LeaveAudit);
        let keeps = matches!(command, Command::KeepDraft(_));
        // The app has moved the draft on: its clock is the app's to set.
        let turns = matches!(command, Command::Start(_) | Command::BackToTicket);
        let about = promises::About::of(&command);
        match self.app.send(command) {
            Ok(()) if keeps => {}
            Ok(()) => {
                self.banner.refusal = None;
                self.refused = None;
                self.told = None;
                if let Some(about) = about {
                    self.promises.done(about);
                    self.rules.done(about);
                }
                self.audit.problems.clear();
                self.account.problems.clear();
                if let Some(draft) = self.app.draft().filter(|_| turns) {
                    self.audit.accepted(draft.clone());
                }
                if begins {
                    self.screen = Screen::Audit;
                }
                if leaves {
                    self.screen = Screen::Home;
                }
                if self.account.carried_out() {
                    self.screen = Screen::Audit;
                }
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
}

/// What Ctrl+N and the home screen's button do.
pub(crate) fn begin_or_continue(app: &App) -> Action {
    match app.stage() {
        _ if app.draft().is_some() => Action::Go(Screen::Audit),
        Stage::Idle => Action::Do(Command::BeginAudit),
        Stage::Ended(_) => Action::All(vec![Command::LeaveAudit, Command::BeginAudit]),
        _ => Action::Go(Screen::Audit),
    }
}
