//! The one draft: edited in place by whoever draws it, kept beside the journal so that a restart
//! loses nothing.

use std::time::Duration;

use super::protocol::{BEING_SAVED, NO_AUDIT};
use super::saving::OnSaved;
use super::{App, Refusal, Stage};
use crate::audit::answer_stamp::AnswerStamp;
use crate::audit::looks::LooksAway;
use crate::audit::{Draft, Step};
use crate::journal::Moment;
use crate::record::{AuditLookedAway, AuditSentBack, Event};

/// How long after an edit the draft is kept at the latest.
const KEPT_AFTER: Duration = Duration::from_secs(1);

/// What is known of the draft as it was kept last.
#[derive(Debug, Default)]
pub(super) struct KeptDraft {
    /// Whether it was edited since.
    edited: bool,
    at: Option<Moment>,
    step: Option<Step>,
    looks: LooksAway,
    stamps: [AnswerStamp; 2],
}

impl App {
    /// What is typed so far.
    pub fn draft(&self) -> Option<&Draft> {
        self.draft.as_ref()
    }

    /// Hands the draft out to be edited while the app is read, before its answers are on their way;
    /// [`App::put_back`] follows.
    pub fn lend_draft(&mut self) -> Option<Draft> {
        if self.is_open_to_edits() {
            self.draft.take()
        } else {
            None
        }
    }

    /// Takes a lent draft back, and keeps what was edited: a second after it was kept last, at once
    /// where another step is entered.
    pub fn put_back(&mut self, draft: Draft, edited: bool) {
        self.draft = Some(draft);
        if edited {
            self.edited();
        }
    }

    /// Edits the draft while its answers are written; `edit` answers whether it has.
    pub fn edit_draft(&mut self, edit: impl FnOnce(&mut Draft) -> bool) {
        if self.is_open_to_edits() && self.draft.as_mut().is_some_and(edit) {
            self.edited();
        }
    }

    fn edited(&mut self) {
        let now = self.now();
        if let Some(draft) = &mut self.draft {
            draft.touched = now;
        }
        self.kept.edited = true;
        self.keep_edits();
    }

    fn is_open_to_edits(&self) -> bool {
        matches!(self.stage, Stage::Idle | Stage::Pausing(_))
    }

    /// How long what was edited may wait yet; none where nothing was.
    pub(super) fn edits_wait(&self, now: &Moment) -> Option<Duration> {
        let draft = self.draft.as_ref().filter(|_| self.kept.edited)?;
        let kept = &self.kept;
        let at = kept.at.as_ref().filter(|_| kept.step == Some(draft.step));
        let waited = at.map_or(KEPT_AFTER, |at| now.since(at));
        self.is_open_to_edits()
            .then(|| KEPT_AFTER.saturating_sub(waited))
    }

    /// Keeps what was edited, once it is time to.
    pub(super) fn keep_edits(&mut self) {
        let now = self.now();
        if self.edits_wait(&now) == Some(Duration::ZERO) {
            self.keep_now();
        }
    }

    /// Keeps what was edited without waiting for more: the window is closed.
    pub fn keep_now(&mut self) {
        if !self.kept.edited {
            return;
        }
        let now = self.now();
        if let Some(mut draft) = self.draft.take() {
            draft.looks.count_until(now.up);
            // Refused only where nothing can be written; what was typed is kept all the same.
            let _ = self.note_manner(&draft);
            self.keep(draft);
        }
    }

    fn keep(&mut self, draft: Draft) {
        self.writer.save_draft(&draft);
        self.set_draft(draft);
        self.kept.at = Some(self.now());
    }

    /// This draft is in hand; there is nothing in it that is not kept.
    pub(super) fn set_draft(&mut self, draft: Draft) {
        self.kept = KeptDraft {
            edited: false,
            at: self.kept.at.take(),
            step: Some(draft.step),
            looks: draft.looks.clone(),
            stamps: draft.stamps,
        };
        self.draft = Some(draft);
    }

    pub(super) fn keep_draft(&mut self, draft: Draft) -> Result<(), Refusal> {
        let mut draft = self.in_hand(draft)?;
        self.note_manner(&draft)?;
        draft.touched = self.now();
        self.keep(draft);
        Ok(())
    }

    /// Writes down what the journal does not know yet of how the answers come about: looks away,
    /// which may be waited for, and answers that were sent back. No draft alone keeps them.
    fn note_manner(&mut self, draft: &Draft) -> Result<(), Refusal> {
        let Stage::Pausing(pause) = &self.stage else {
            return Ok(());
        };
        let audit = pause.audit();
        let story = self.state.story(audit);
        // What was kept last is on its way, or is there.
        let looked = |known: &LooksAway| draft.looks.is_news_after(known);
        let looked = looked(&self.kept.looks) && story.is_none_or(|story| looked(&story.looks));
        let sent_back = self.kept.stamps != draft.stamps
            && story.is_none_or(|story| story.stamps != draft.stamps);
        let (looks, stamps) = (draft.looks.clone(), draft.stamps);
        if looked {
            let away = AuditLookedAway { audit, looks };
            self.append(&Event::AuditLookedAway(away), OnSaved::Nothing)?;
        }
        if sent_back {
            let back = AuditSentBack { audit, stamps };
            self.append(&Event::AuditSentBack(back), OnSaved::Nothing)?;
        }
        Ok(())
    }

    /// Only the draft in hand counts, and only before its answers are on their way. When it
    /// began is not for whoever hands it in to say.
    fn in_hand(&self, draft: Draft) -> Result<Draft, Refusal> {
        let known = self.draft.as_ref().filter(|kept| kept.audit == draft.audit);
        let known = known.filter(|_| self.is_open_to_edits()).ok_or(NO_AUDIT)?;
        Ok(Draft {
            started: known.started.clone(),
            ordinal: known.ordinal,
            ..draft
        })
    }

    /// The same for a step that the journal hears of: none comes behind the audit's ending.
    pub(super) fn before_the_seal(&self, draft: Draft) -> Result<Draft, Refusal> {
        let draft = self.in_hand(draft)?;
        if self.is_ending() {
            return Err(BEING_SAVED);
        }
        Ok(draft)
    }

    pub(super) fn forget_draft(&mut self) {
        self.draft = None;
        self.writer.remove_draft();
    }
}
