//! What a screen or a key asks for is carried out here, and what came of it is told.

use egui::Ui;

use super::Window;
use crate::app::{Command, Refusal, Stage};
use crate::market::LockId;
use crate::promises::{Lock, PromiseCommand};
use crate::ui::screens::promises;
use crate::ui::{Action, Screen};

impl Window {
    pub(super) fn act_on(&mut self, action: Action, ui: &Ui) {
        match action {
            Action::Go(screen) => self.go(screen),
            Action::ToBackups => {
                self.backups.come();
                self.go(Screen::Settings);
            }
            Action::ToRules => {
                self.rules.come();
                self.go(Screen::Settings);
            }
            Action::ShowPromise(lock) => {
                self.go(Screen::Promises);
                self.promises.show_lock(lock);
            }
            Action::Promise(kind) => {
                self.go(Screen::Promises);
                self.promises.arm(kind, self.app.state());
            }
            Action::WritePlan(allows, ticket) => {
                self.go(Screen::Promises);
                self.promises.write_plan(allows, &ticket, self.app.state());
            }
            Action::ClosePosition(position) => {
                self.go(Screen::Account);
                self.account.close(position);
            }
            Action::FollowUp(audit) => {
                self.go(Screen::Account);
                self.account.follow_up(self.app.state(), audit);
            }
            Action::WriteAfterwards(form) => {
                self.go(Screen::Account);
                self.account.write_afterwards(*form);
            }
            Action::WriteRules(account, symbol) => {
                self.go(Screen::Account);
                self.account.write_rules(account, &symbol);
            }
            Action::Audit => self.audit(),
            Action::TakeBack(lock) => self.take_back(lock),
            Action::Copy(text) => ui.ctx().copy_text(text),
            Action::ChooseFile => self.files.choose(ui.ctx()),
            Action::Do(command) => self.carry_out(command),
            Action::All(commands) => commands.into_iter().for_each(|c| self.carry_out(c)),
        }
    }

    fn go(&mut self, screen: Screen) {
        let idle = matches!(self.app.stage(), Stage::Idle);
        if screen == Screen::Audit && idle && self.app.draft().is_none() {
            self.carry_out(Command::BeginAudit);
        }
        if self.screen != screen {
            self.told = None;
            self.refused = None;
            self.banner.refusal = None;
        }
        self.screen = screen;
    }

    /// Ctrl+Z: works wherever no text is typed, so what it did is said on whatever is shown.
    fn take_back(&mut self, lock: LockId) {
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
        let about = promises::About::of(&command);
        match self.app.send(command) {
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
            Err(Refusal::HeldAlready(_)) if self.screen == Screen::Account => {
                self.account.held_already();
            }
            Err(refusal) => self.banner.refusal = Some(refusal.to_string()),
        }
    }

    /// The audit in hand is gone on with, or one begins.
    fn audit(&mut self) {
        let in_hand = self.app.draft().is_some();
        match self.app.stage() {
            Stage::Idle if !in_hand => self.carry_out(Command::BeginAudit),
            Stage::Ended(_) if !in_hand => {
                self.carry_out(Command::LeaveAudit);
                self.carry_out(Command::BeginAudit);
            }
            _ => self.go(Screen::Audit),
        }
    }
}
