//! The commands about accounts and positions.

use super::join::Joining;
use super::saving::OnSaved;
use super::{App, Refusal};
use crate::input::{Field, FieldError};
use crate::journal::Finding;
use crate::record::{
    AccountSet, AuditFollowed, AuditStop, Event, PositionChanged, PositionClosed, PositionOpened,
};

const UNKNOWN_POSITION: Refusal = Refusal::NotNow("This position is not open any more.");

impl App {
    pub(super) fn set_account(&mut self, set: AccountSet) -> Result<(), Refusal> {
        self.check_name(&set)?;
        self.note_account(&set)?;
        self.append(&Event::AccountSet(set), OnSaved::Nothing)
    }

    /// No two accounts have one name.
    pub(super) fn check_name(&self, set: &AccountSet) -> Result<(), Refusal> {
        let spelled = |name: &str| name.trim().to_lowercase();
        let taken = self.state.accounts().iter().any(|account| {
            account.set.account != set.account && spelled(&account.set.name) == spelled(&set.name)
        });
        if taken {
            return Err(Refusal::Fields(vec![FieldError::new(
                Field::Name,
                "Another account has this name already.",
            )]));
        }
        Ok(())
    }

    pub(super) fn open_position(&mut self, opened: PositionOpened) -> Result<(), Refusal> {
        if self.state.account(opened.account).is_none() {
            return Err(Refusal::NotNow("This account is not known."));
        }
        self.held_once(Joining::Opened(opened.clone()))?;
        self.note_open(&opened)?;
        self.append(&Event::PositionOpened(opened), OnSaved::Nothing)
    }

    pub(super) fn change_position(&mut self, change: PositionChanged) -> Result<(), Refusal> {
        self.state
            .position(change.position)
            .ok_or(UNKNOWN_POSITION)?;
        self.held_once(Joining::Changed(change.clone()))?;
        self.note_change(&change)?;
        self.append(&Event::PositionChanged(change), OnSaved::Nothing)
    }

    pub(super) fn close_position(&mut self, closed: PositionClosed) -> Result<(), Refusal> {
        self.state
            .position(closed.position)
            .ok_or(UNKNOWN_POSITION)?;
        self.append(&Event::PositionClosed(closed), OnSaved::Nothing)
    }

    pub(super) fn follow(&mut self, followed: AuditFollowed) -> Result<(), Refusal> {
        let waits = self
            .state
            .story(followed.audit)
            .is_some_and(crate::record::Story::is_unfollowed);
        if !waits {
            return Err(Refusal::NotNow("What became of this is written already."));
        }
        self.append(&Event::AuditFollowed(followed), OnSaved::Nothing)
    }

    pub(super) fn tell_stop(&mut self, said: AuditStop) -> Result<(), Refusal> {
        if !self
            .state
            .unstopped()
            .any(|story| story.audit == said.audit)
        {
            return Err(Refusal::NotNow("Nothing is asked about this stop."));
        }
        self.append(&Event::AuditStop(said), OnSaved::Nothing)
    }

    pub(super) fn accept_loss(&mut self) -> Result<(), Refusal> {
        let lost = self
            .findings
            .iter()
            .any(|finding| matches!(finding, Finding::Loss(_)));
        if !lost {
            return Err(Refusal::NotNow("Nothing of the journal is missing."));
        }
        self.writer.accept_loss(self.head_locks());
        Ok(())
    }
}
