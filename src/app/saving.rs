//! What is on its way into the journal, and what was not saved.

use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;

use super::{App, Command, Ended, Phase, Refusal, Stage};
use crate::journal::{DiskFault, Entry, EventId, Receipt, json_shown};
use crate::market::AuditId;
use crate::promises::PromiseEvent;
use crate::record::Event;

/// Whether everything is in the journal.
#[derive(Debug)]
pub enum Saving {
    /// It is.
    Quiet,
    /// Something is on its way.
    UnderWay,
    /// Something was not saved, and is kept.
    NotSaved(NotSaved),
}

/// What was not saved: kept whole, to try again, to copy, to save elsewhere.
#[derive(Debug)]
pub struct NotSaved {
    /// What went wrong, in a sentence.
    pub why: String,
    /// The events as text, for a copy.
    pub text: String,
    /// What came of saving it elsewhere, if that was tried.
    pub elsewhere: Option<Result<PathBuf, DiskFault>>,
}

/// An event that waits for its acknowledgement.
#[derive(Debug)]
pub(super) struct Pending {
    entry: Entry,
    then: OnSaved,
    /// What it does to promises.
    pub(super) turn: Option<PromiseEvent>,
}

/// What follows once the journal has acknowledged an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum OnSaved {
    /// Nothing but the fold.
    Nothing,
    /// The answers are sealed.
    Sealed,
    /// The audit has ended.
    Ended(AuditId),
    /// A promise has met it, and that is in the journal.
    Met,
}

impl App {
    /// Sends an event on its way.
    pub(super) fn append(&mut self, event: &Event, then: OnSaved) -> Result<(), Refusal> {
        let entry = event
            .entry()
            .map_err(|error| Refusal::Unwritable(error.to_string()))?;
        let turn = match event {
            Event::Promise(turn) => Some(turn.clone()),
            _ => None,
        };
        self.give(entry, then, turn)
    }

    /// The same for an event whose id is known already.
    pub(super) fn append_entry(&mut self, entry: Entry, then: OnSaved) -> Result<(), Refusal> {
        self.give(entry, then, None)
    }

    fn give(
        &mut self,
        entry: Entry,
        then: OnSaved,
        turn: Option<PromiseEvent>,
    ) -> Result<(), Refusal> {
        if self.read_only {
            return Err(Refusal::NotNow(
                "Nothing can be written here now: the journal is open for reading only.",
            ));
        }
        let binds = turn.is_some();
        self.pending.push_back(Pending {
            entry: entry.clone(),
            then,
            turn,
        });
        let locks = binds.then(|| self.head_locks());
        self.writer.append(entry, locks);
        if !matches!(self.saving, Saving::NotSaved(_)) {
            self.saving = Saving::UnderWay;
        }
        Ok(())
    }

    /// The journal has acknowledged an event.
    pub(super) fn acknowledged(&mut self, event: EventId, receipt: &Receipt) {
        let Some(at) = self.pending.iter().position(|p| p.entry.id() == event) else {
            return;
        };
        let Some(Pending { then, entry, .. }) = self.pending.remove(at) else {
            return;
        };
        if matches!(entry.kind(), "position.closed" | "positions.joined") {
            // What held while the position was open ended, or holds while another one is; and a
            // pause may have begun.
            self.writer.set_locks(self.head_locks());
        }
        match then {
            OnSaved::Nothing => {}
            OnSaved::Sealed => self.answers_sealed(receipt),
            OnSaved::Ended(audit) => self.ended(audit, receipt),
            OnSaved::Met => self.met_is_saved(receipt.seq()),
        }
        if self.pending.is_empty() {
            self.saving = Saving::Quiet;
        }
    }

    /// An audit's last line is in the journal. One that ended beside the audit in hand, as
    /// after a crash, takes nothing away from it.
    fn ended(&mut self, audit: AuditId, receipt: &Receipt) {
        let in_hand = self
            .draft
            .as_ref()
            .map(|draft| draft.audit)
            .or(self.stage.audit());
        if in_hand.is_none_or(|in_hand| in_hand == audit) {
            self.stage = Stage::Ended(Ended {
                audit,
                seq: receipt.seq(),
            });
            self.forget_draft();
        }
    }

    /// Whether the audit's last line is on its way: what comes behind it would come too late.
    pub(super) fn is_ending(&self) -> bool {
        self.pending
            .iter()
            .any(|p| matches!(p.then, OnSaved::Ended(_) | OnSaved::Met))
    }

    /// What of a kind was sent and is not in the journal yet.
    pub(super) fn on_its_way<T: DeserializeOwned>(&self, kind: &str) -> impl Iterator<Item = T> {
        let sent = self.pending.iter().map(|pending| &pending.entry);
        sent.filter(move |entry| entry.kind() == kind)
            .filter_map(|entry| serde_json::from_str(entry.data().get()).ok())
    }

    /// The journal has refused an event, and so every one behind it.
    pub(super) fn failed(&mut self, event: EventId, why: String) {
        if !self.pending.iter().any(|p| p.entry.id() == event) {
            return;
        }
        // The first reason is the one to show: the ones behind it follow from it.
        if !matches!(self.saving, Saving::NotSaved(_)) {
            self.saving = Saving::NotSaved(NotSaved {
                why,
                text: String::new(),
                elsewhere: None,
            });
        }
        let text = self
            .pending
            .iter()
            .map(|p| format!("{} {}", p.entry.kind(), json_shown(p.entry.data().get())))
            .collect::<Vec<_>>()
            .join("\n");
        if let Saving::NotSaved(not_saved) = &mut self.saving {
            not_saved.text = text;
        }
    }

    /// The thread has let go of the journal: nothing that is on its way is saved.
    pub(super) fn stopped(&mut self, why: &str) {
        self.phase = Phase::Refused(why.to_owned());
        self.exporting = false;
        self.backups.stopped();
        if let Some(first) = self.pending.front().map(|pending| pending.entry.id()) {
            self.failed(first, why.to_owned());
        }
    }

    pub(super) fn try_again(&mut self) -> Result<(), Refusal> {
        if !matches!(self.saving, Saving::NotSaved(_)) {
            return Err(Refusal::NotNow("Everything is saved."));
        }
        self.saving = if self.pending.is_empty() {
            Saving::Quiet
        } else {
            Saving::UnderWay
        };
        if matches!(self.phase, Phase::Refused(_) | Phase::Cancelled) {
            // It was let go of meanwhile: without it nothing can be saved.
            self.open_again()?;
        }
        self.writer.resume();
        for pending in &self.pending {
            let locks = pending.turn.as_ref().map(|_| self.head_locks());
            self.writer.append(pending.entry.clone(), locks);
        }
        Ok(())
    }

    pub(super) fn save_elsewhere(&mut self, path: &Path) -> Result<(), Refusal> {
        let Saving::NotSaved(not_saved) = &self.saving else {
            return Err(Refusal::NotNow("Everything is saved."));
        };
        self.writer
            .save_elsewhere(path.to_owned(), not_saved.text.clone());
        Ok(())
    }

    pub(super) fn saved_elsewhere(&mut self, result: Result<PathBuf, DiskFault>) {
        if let Saving::NotSaved(not_saved) = &mut self.saving {
            not_saved.elsewhere = Some(result);
        }
    }

    /// Carries a command out, or says why not.
    ///
    /// # Errors
    /// A [`Refusal`]; nothing has changed then, and nothing typed is lost.
    pub fn send(&mut self, command: Command) -> Result<(), Refusal> {
        match command {
            Command::SetAccount(set) => self.set_account(set),
            Command::RaiseWallet { set, from } => self.raise_wallet(set, from),
            Command::PayIn(paid) => self.pay_in(paid),
            Command::OpenPosition(opened) => self.open_position(opened),
            Command::ChangePosition(change) => self.change_position(change),
            Command::Join(joining) => self.join(joining),
            Command::ClosePosition(closed) => self.close_position(closed),
            Command::BeginAudit => self.begin_audit(),
            Command::BeginTopUp(account) => self.begin_top_up(account),
            Command::KeepDraft(draft) => self.keep_draft(*draft),
            Command::Start(draft) => self.start(*draft),
            Command::Seal(draft) => self.seal_answers(*draft),
            Command::Lower(change) => self.lower(change),
            Command::AsSealed => self.as_sealed(),
            Command::Extend => self.extend(),
            Command::AnswerTrigger { plan, happened } => self.answer_trigger(plan, happened),
            Command::Decide { choice, sentence } => self.decide(choice, sentence.as_deref()),
            Command::WalkAway(draft) => self.walk_away(*draft),
            Command::LeaveAudit => self.leave_audit(),
            Command::BackToTicket => self.back_to_ticket(),
            Command::Promise(ask) => self.ask(&ask),
            Command::Follow(followed) => self.follow(followed),
            Command::WriteAfterwards(written) => self.write_afterwards(*written),
            Command::TellStop(said) => self.tell_stop(said),
            Command::TryAgain => self.try_again(),
            Command::SaveElsewhere(path) => self.save_elsewhere(&path),
            Command::Export { export, path } => self.export(export, path),
            Command::AcceptLoss => self.accept_loss(),
            Command::CancelOpening => self.cancel_opening(),
            Command::OpenAgain => self.open_again(),
            Command::BackUp => self.back_up(),
            Command::LookAtBackup(path) => self.look_at_backup(path),
            Command::CancelBackup => self.cancel_backup(),
            Command::Restore(path) => self.restore(path),
            Command::ReadFile(path) => {
                self.writer.read(path);
                Ok(())
            }
        }
    }
}
